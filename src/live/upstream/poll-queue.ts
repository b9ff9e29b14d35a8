// Decides which room is polled next, or which peer's tracks. The budget of REST calls gives turns for polls one at a time, and
// each turn goes to the room whose delay is largest relative to its desired interval. So when the budget is too small for all
// rooms, every interval grows by the same factor: no room starves, and busy rooms are still polled more often than quiet ones.
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { LiveObserver } from '../observer.ts';
import type { ReadTracks, PollPeers } from './live-upstream.ts';

/** A room, or a peer, that wants to be polled. The queue reads its members at every turn, so a hint counts while it waits. */
export interface PollDemand {
  /** The time that the room wants between two polls, in milliseconds; greater than 0. */
  readonly intervalMs: number;
  /** When its last poll was sent; null: this is its first one. */
  readonly lastPolledAt: Moment | null;
}

/** Sends one poll. */
type Send<Request extends readonly unknown[], Answer> = (...request: Request) => Promise<Answer>;

/** Everything that a PollQueue needs. */
export interface PollQueueOptions<Request extends readonly unknown[], Answer> {
  /** Resolves when the budget has room for one poll, with the function that sends it. */
  readonly turn: (signal: AbortSignal) => Promise<Send<Request, Answer>>;
  /**
   * Polls in flight at once. Together fewer than the 32 connections of the REST client: a slow upstream makes polls wait here,
   * where waiting is no failure, and leaves connections to queries.
   */
  readonly maxInFlight: number;
  readonly clock: Clock;
  /** Its `onPollSent` is called for each poll. */
  readonly observer?: Pick<LiveObserver, 'onPollSent'> | undefined;
}

interface Waiting<Request extends readonly unknown[], Answer> {
  readonly demand: PollDemand;
  readonly since: Moment;
  readonly resolve: (poll: Send<Request, Answer>) => void;
  readonly reject: (error: Error) => void;
}

/** Weight of the latest poll in `stretch`. */
const STRETCH_WEIGHT = 0.05;

/** One for each kind of poll, for the whole live core. Asks the budget for a turn only while a room waits. */
export class PollQueue<Request extends readonly unknown[], Answer> {
  readonly #options: PollQueueOptions<Request, Answer>;
  readonly #waiting = new Set<Waiting<Request, Answer>>();
  #inFlight = 0;
  /** Aborts the request for a turn; null while none is requested. */
  #asking: AbortController | null = null;
  #stretch = 1;

  constructor(options: PollQueueOptions<Request, Answer>) {
    this.#options = options;
  }

  /** Number of rooms that wait for their turn. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** By how much the intervals of the latest polls exceeded those that their rooms wanted; 1: not at all. */
  get stretch(): number {
    return this.#stretch;
  }

  /**
   * Resolves when it is the room's turn, with the function that sends its poll; call it at once, and once. Waiting for the
   * budget never rejects. Rejects when the upstream has asked for a pause, and when `signal` aborts.
   */
  turn(demand: PollDemand, signal: AbortSignal): Promise<Send<Request, Answer>> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiting);
        if (this.#waiting.size === 0) this.#stopAsking();
        reject(new Error('The wait for a poll was aborted.'));
      };
      const waiting: Waiting<Request, Answer> = {
        demand,
        since: this.#options.clock.moment(),
        resolve(poll) {
          signal.removeEventListener('abort', leave);
          resolve(poll);
        },
        reject(error) {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      this.#waiting.add(waiting);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      this.#ask();
    });
  }

  #ask(): void {
    if (this.#asking !== null || this.#waiting.size === 0 || this.#inFlight >= this.#options.maxInFlight)
      return;
    const asking = new AbortController();
    this.#asking = asking;
    void this.#await(asking);
  }

  async #await(asking: AbortController): Promise<void> {
    try {
      const poll = await this.#options.turn(asking.signal);
      if (this.#asking !== asking) return;
      this.#asking = null;
      this.#give(poll);
      this.#ask();
    } catch (error) {
      if (this.#asking !== asking) return;
      this.#asking = null;
      const failure = new Error('The upstream refuses polls.', { cause: error });
      for (const waiting of this.#waiting) waiting.reject(failure);
      this.#waiting.clear();
    }
  }

  #stopAsking(): void {
    this.#asking?.abort();
    this.#asking = null;
  }

  /** Gives the turn to the room that is furthest behind; of equals, to the one that has waited longest. */
  #give(poll: Send<Request, Answer>): void {
    const now = this.#options.clock.moment();
    let first: Waiting<Request, Answer> | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const waiting of this.#waiting) {
      const behind = lagOf(waiting, now);
      if (behind <= most) continue;
      first = waiting;
      most = behind;
    }
    if (first === undefined) return;
    this.#waiting.delete(first);
    const { lastPolledAt } = first.demand;
    if (lastPolledAt !== null) this.#stretch += (Math.max(1, most) - this.#stretch) * STRETCH_WEIGHT;
    const intervalMs = lastPolledAt === null ? null : msBetween(lastPolledAt, now);
    this.#options.observer?.onPollSent?.(msBetween(first.since, now), intervalMs);
    this.#inFlight += 1;
    first.resolve(async (...request) => {
      try {
        return await poll(...request);
      } finally {
        this.#inFlight -= 1;
        this.#ask();
      }
    });
  }
}

/** The queue for polls of the peers of rooms. */
export type PeersQueue = PollQueue<Parameters<PollPeers>, Awaited<ReturnType<PollPeers>>>;
/** The queue for reads of the tracks of peers. */
export type TracksQueue = PollQueue<Parameters<ReadTracks>, Awaited<ReturnType<ReadTracks>>>;

/** The time since the room's last poll, or since its first wait, in intervals of its own. */
function lagOf({ demand, since }: Pick<Waiting<never, unknown>, 'demand' | 'since'>, now: Moment): number {
  return msBetween(demand.lastPolledAt ?? since, now) / demand.intervalMs;
}
