// The state of each family of endpoints, as the client knows it: its circuit breaker and its retry budget.
import type { Clock } from '../../clock.ts';
import type { Subject } from '../errors.ts';
import { Breaker } from './breaker.ts';
import { familyOf } from './families.ts';
import type { BreakerNews } from './client-news.ts';
import type { BreakerState } from './fault-observer.ts';
import { RetryBudget } from './retry-budget.ts';

/** The policies of one family. */
export interface FamilyHealth {
  readonly breaker: Breaker;
  readonly retries: RetryBudget;
}

/** Everything that `Health` needs. */
export interface HealthOptions {
  readonly clock: Clock;
  /** See `RestClientOptions`. */
  readonly breakerFailures: number | undefined;
  /** Returns a number in [0, 1). */
  readonly random: () => number;
  /** Called with each new state of a breaker. */
  readonly onBreaker: (family: string, state: BreakerState) => void;
  /** Called with what other instances should know of a breaker; undefined: there are none. */
  readonly onBreakerNews: ((family: string, news: BreakerNews) => void) | undefined;
}

/** The policies by family; made for the first call of each. */
export class Health {
  readonly #options: HealthOptions;
  readonly #families = new Map<string, FamilyHealth>();

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** Those for a call. */
  of(subject: Subject): FamilyHealth {
    return this.ofFamily(familyOf(subject));
  }

  /** Those of a family. */
  ofFamily(family: string): FamilyHealth {
    let health = this.#families.get(family);
    if (health === undefined) {
      const { clock, breakerFailures: failures, random, onBreaker, onBreakerNews } = this.#options;
      health = {
        breaker: new Breaker({
          clock,
          failures,
          random,
          onChange: (state) => onBreaker(family, state),
          onNews: onBreakerNews && ((news) => onBreakerNews(family, news)),
        }),
        retries: new RetryBudget(clock, random),
      };
      this.#families.set(family, health);
    }
    return health;
  }

  /** Ends all timers. */
  stop(): void {
    for (const { breaker } of this.#families.values()) breaker.stop();
  }
}
