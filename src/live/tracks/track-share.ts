// The part of the budget of REST calls that reads of tracks may use: TRACKS_RPS, or this instance's share of it. Calls are spaced
// evenly, without bursts. A caller that takes several calls at once may send them together, and then the next caller waits
// longer.
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';

interface Waiter {
  readonly calls: number;
  readonly resolve: () => void;
}

/** One instance for the whole live core. It has a timer only while a call waits. */
export class TrackShare {
  readonly #clock: Clock;
  readonly #waiters: Waiter[] = [];
  #msPerCall: number;
  #sent = 0;
  /** When the next call may be sent. */
  #freeAt: Moment;
  #cancelTimer = () => {};

  /** `requestsPerSecond`: the pace until `setPace`. */
  constructor(clock: Clock, requestsPerSecond: number) {
    this.#clock = clock;
    this.#msPerCall = 1000 / requestsPerSecond;
    this.#freeAt = clock.moment();
  }

  /** Number of calls that were let through since the start. */
  get sent(): number {
    return this.#sent;
  }

  /** Calls that wait now. */
  get waiting(): number {
    return this.#waiters.reduce((sum, { calls }) => sum + calls, 0);
  }

  /** Changes the pace from now on, and shortens or stretches the wait that has begun. */
  setPace({ requestsPerSecond }: { readonly requestsPerSecond: number }): void {
    const now = this.#clock.moment();
    const restMs = Math.max(0, msBetween(now, this.#freeAt));
    const msPerCall = 1000 / requestsPerSecond;
    this.#freeAt = momentAfter(now, (restMs * msPerCall) / this.#msPerCall);
    this.#msPerCall = msPerCall;
    this.#serve();
  }

  /** Resolves when this many calls may be sent; in the order of the calls. Rejects when `signal` aborts. */
  take(calls: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        this.#serve();
        reject(new Error('The wait for a read of tracks was aborted.'));
      };
      const waiter: Waiter = {
        calls,
        resolve() {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#waiters.push(waiter);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      this.#serve();
    });
  }

  #serve(): void {
    this.#cancelTimer();
    for (let [first] = this.#waiters; first !== undefined; [first] = this.#waiters) {
      const now = this.#clock.moment();
      const waitMs = msBetween(now, this.#freeAt);
      if (waitMs > 0) {
        this.#cancelTimer = this.#clock.schedule(() => this.#serve(), waitMs);
        return;
      }
      this.#waiters.shift();
      this.#freeAt = momentAfter(now, first.calls * this.#msPerCall);
      this.#sent += first.calls;
      first.resolve();
    }
  }
}
