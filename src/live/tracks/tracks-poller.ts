// Polls the tracks of one peer, one read at a time, and decides when to read next. The first read, and a read after a webhook or a
// change of role, has priority over reads of other peers.
import type { Clock, Moment } from '../../clock.ts';
import type { TrackResource } from '../../rest/peers/peers.ts';
import { Pace, type PaceOptions } from '../upstream/pace.ts';
import type { PollDemand, TracksQueue } from '../upstream/poll-queue.ts';

/** The interval before an urgent read, as a share of the shortest interval. */
const URGENT = 0.25;

/** What a read has shown. `missing`: the REST API answered 404. */
export type TracksShown = readonly TrackResource[] | 'missing' | 'failed';

/** What became of a read. `lost`: nothing, as this instance does not lead any more. */
export type TracksOutcome = 'changed' | 'quiet' | 'missing' | 'failed' | 'lost';

/** What the reads of all peers of a room share. */
export interface TracksPollerOptions {
  readonly roomId: string;
  readonly queue: TracksQueue;
  readonly clock: Clock;
  /** The bounds of the wait between two reads of one peer. */
  readonly pace: PaceOptions;
  /** The peer's tracks by the last read; empty before the first one. */
  readonly knownOf: (peerId: string) => readonly TrackResource[];
  /** Takes what a read has shown that was sent at `sentAt`, and `asOf` by the wall clock. */
  readonly take: (
    peerId: string,
    shown: TracksShown,
    asOf: number,
    sentAt: Moment,
  ) => TracksOutcome | Promise<TracksOutcome>;
}

/** Polls from its creation until `stop`. */
export class TracksPoller implements PollDemand {
  readonly #peerId: string;
  readonly #options: TracksPollerOptions;
  readonly #pace: Pace;
  readonly #period = new AbortController();
  #isUrgent = true;
  #polledAt: Moment | null = null;
  #state: 'resting' | 'waiting' | 'reading' = 'resting';
  #readsAgain = false;
  #cancelTimer = () => {};

  constructor(peerId: string, options: TracksPollerOptions) {
    this.#peerId = peerId;
    this.#options = options;
    this.#pace = new Pace(options.pace);
    void this.#poll();
  }

  /** See PollDemand. */
  get intervalMs(): number {
    return this.#isUrgent ? this.#options.pace.fastestMs * URGENT : this.#pace.intervalMs;
  }

  /** See PollDemand. */
  get lastPolledAt(): Moment | null {
    return this.#polledAt;
  }

  /** Reads earlier than planned, and once more if a read is in flight. */
  hint(): void {
    this.#pace.changed();
    this.#isUrgent = true;
    if (this.#state === 'resting') void this.#poll();
    else this.#readsAgain ||= this.#state === 'reading';
  }

  /** Aborts the read in progress, and makes no more. */
  stop(): void {
    this.#period.abort();
    this.#cancelTimer();
  }

  async #poll(): Promise<void> {
    const { clock, take } = this.#options;
    const { signal } = this.#period;
    this.#cancelTimer();
    this.#state = 'waiting';
    let [sentAt, asOf] = [clock.moment(), clock.now()];
    const sent = () => {
      [sentAt, asOf] = [clock.moment(), clock.now()];
      this.#polledAt = sentAt;
      this.#isUrgent = false;
      this.#state = 'reading';
    };
    const shown = await this.#read(signal, sent);
    if (signal.aborted) return;
    const outcome = await take(this.#peerId, shown, asOf, sentAt);
    if (signal.aborted || outcome === 'lost') return;
    this.#state = 'resting';
    if (this.#readsAgain) {
      this.#readsAgain = false;
      void this.#poll();
      return;
    }
    this.#cancelTimer = clock.schedule(() => void this.#poll(), this.#waitMs(outcome));
  }

  async #read(signal: AbortSignal, sent: () => void): Promise<TracksShown> {
    const { roomId, queue, knownOf } = this.#options;
    try {
      const read = await queue.turn(this, signal);
      sent();
      return (await read(roomId, this.#peerId, signal, knownOf(this.#peerId))) ?? 'missing';
    } catch {
      return 'failed';
    }
  }

  #waitMs(outcome: Exclude<TracksOutcome, 'lost'>): number {
    if (outcome === 'changed') return this.#pace.changed();
    return outcome === 'quiet' ? this.#pace.quiet() : this.#pace.failed();
  }
}
