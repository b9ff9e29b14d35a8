// Reports to operators about the file of API keys while the gateway runs: with lines of the log, and a metric.
import type { Logger } from 'pino';
import type { KeyChanges } from './api-keys.ts';
import { ApiKeyError } from './errors.ts';
import type { KeyFileObserver } from './key-file.ts';

/** Writes a line for each change of the file (info) and for each file that cannot be used (error). */
export class KeyFileReport implements KeyFileObserver {
  /** Whether the file's present content is invalid, so that the earlier keys stay in use. */
  isRefused = false;
  readonly #log: Pick<Logger, 'info' | 'error'>;
  readonly #setting: string | undefined;

  /** `setting`: see `ApiKeyError`. */
  constructor(log: Pick<Logger, 'info' | 'error'>, setting?: string) {
    this.#log = log;
    this.#setting = setting;
  }

  readonly onChange = (changes: KeyChanges): void => {
    this.isRefused = false;
    this.#log.info(changes, 'the API keys were read again');
  };

  readonly onFault = ({ faults }: ApiKeyError): void => {
    this.isRefused = true;
    const { message } = new ApiKeyError(faults, this.#setting);
    this.#log.error(`${message}\nThe earlier keys stay in use.`);
  };
}
