// The log of an instance that is alone: it leads every feed, and each conclusion is written at once.
import type { LogEngine, LogHost, SharedLog } from './shared-log.ts';

class OwnLog implements SharedLog<unknown, unknown> {
  readonly isLeading = true;
  readonly #host: Pick<LogHost<never, never>, 'lead'>;

  constructor(host: Pick<LogHost<never, never>, 'lead'>) {
    this.#host = host;
  }

  join(): void {
    this.#host.lead(false);
  }

  leave(): void {}

  commit(): true {
    return true;
  }

  reachBack(): null {
    return null;
  }
}

/** The engine of one instance without others. */
export const ownLogs: LogEngine = { open: (_scope, host) => new OwnLog(host), send() {} };
