// The network between one instance and a simulated Redis: commands and messages arrive in order, after a while, or not at all.
import { FleetUnavailableError } from '../../../src/fleet/fleet.ts';
import type { SimulatedRedis } from './redis.ts';

/** How long an unanswered command waits, in milliseconds. */
export const TIMEOUT_MS = 1000;

/** Decides whether messages to and from an instance get through. */
export interface Reachable {
  readonly isConnected: boolean;
  /** Whether nothing gets through. */
  readonly isCut: boolean;
  readonly isGone: boolean;
}

/** One instance's way to Redis and back. */
export class SimulatedNetwork {
  readonly #redis: SimulatedRedis;
  readonly #instance: Reachable;
  readonly #pending = new Set<(error: Error) => void>();
  /** Messages on their way to the instance, in order. */
  readonly #inbox: (() => void)[] = [];
  #deliverAt = 0;
  #arriveAt = 0;

  constructor(redis: SimulatedRedis, instance: Reachable) {
    this.#redis = redis;
    this.#instance = instance;
  }

  /** All commands that wait for an answer fail. */
  fail(): void {
    for (const reject of this.#pending) reject(new FleetUnavailableError('lost'));
  }

  /** Executes a command after the earlier ones and after a delay, if it gets through. */
  run<T>(act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#pending.delete(fail);
        cancelTimeout();
        if (!hasArrived) cancelArrival();
      };
      let hasArrived = false;
      const fail = (error: Error) => {
        end();
        reject(error);
      };
      this.#pending.add(fail);
      const lose = () => fail(new FleetUnavailableError('away'));
      const arrive = () => {
        if (this.#instance.isGone || this.#instance.isCut) return;
        if (!this.#redis.isUp) {
          lose();
          return;
        }
        hasArrived = true;
        this.#redis.serve(() => {
          const result = act();
          end();
          resolve(result);
        });
      };
      const now = this.#redis.now();
      this.#arriveAt = Math.max(this.#arriveAt, now + this.#redis.delayMs());
      const cancelArrival = this.#redis.clock.schedule(arrive, this.#arriveAt - now);
      const cancelTimeout = this.#redis.clock.schedule(lose, TIMEOUT_MS);
      if (!this.#instance.isConnected) lose();
    });
  }

  /** Delivers in order. A message that is on its way to an instance that is cut off is lost. */
  deliver(hear: () => void): void {
    const { clock } = this.#redis;
    const now = this.#redis.now();
    this.#deliverAt = Math.max(this.#deliverAt, now + this.#redis.delayMs());
    // By a queue, as two timers of a real clock may end in another order.
    this.#inbox.push(hear);
    clock.schedule(() => {
      const first = this.#inbox.shift();
      const { isGone, isCut, isConnected } = this.#instance;
      if (!isGone && !isCut && isConnected) first?.();
    }, this.#deliverAt - now);
  }
}
