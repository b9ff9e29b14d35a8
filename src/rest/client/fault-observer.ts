// The hooks by which the REST client reports how it deals with faults of the upstream, for metrics.
import type { Subject } from '../errors.ts';

/** The state of the circuit breaker of one family of endpoints. `half-open`: it lets one call through, to probe. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** Each hook is optional. A hook must not throw. */
export interface FaultObserver {
  /**
   * A read has failed and may be repeated: it is sent again (`sent`), or not, because the retry budget is used up (`no budget`).
   */
  onRetry?(subject: Subject, outcome: 'sent' | 'no budget'): void;
  /** The breaker of a family (see `familyOf`) has got a new state. A family without a call is closed. */
  onBreaker?(family: string, state: BreakerState): void;
  /** A call was not sent, because the breaker of its family is open. */
  onBreakerRefusal?(family: string): void;
}
