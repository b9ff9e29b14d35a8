// The log of a single instance, which leads every feed. A conclusion need not be written anywhere, so it takes effect
// immediately.
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
