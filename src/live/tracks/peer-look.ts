// The looks at the tracks of one peer, one at a time: decides when to look next. The first look, and a look after a webhook or a
// change of role, has priority over looks at other peers.
import type { Clock, Moment } from '../../clock.ts';
import type { TrackResource } from '../../rest/peers/peers.ts';
import { Pace, type PaceOptions } from '../upstream/pace.ts';
import type { PollDemand, TracksQueue } from '../upstream/poll-queue.ts';

/** The interval before an urgent look, as a share of the shortest interval. */
const URGENT = 0.25;

/** What a look has shown. `missing`: the REST API answered 404. */
export type TracksShown = readonly TrackResource[] | 'missing' | 'failed';

/** What became of a look. `lost`: nothing, as this instance does not lead any more. */
export type TracksOutcome = 'changed' | 'quiet' | 'missing' | 'failed' | 'lost';

/** What the looks of all peers of a room share. */
export interface PeerLookOptions {
  readonly roomId: string;
  readonly queue: TracksQueue;
  readonly clock: Clock;
  /** The bounds of the wait between two looks at one peer. */
  readonly pace: PaceOptions;
  /** The peer's tracks by the last look; empty before the first one. */
  readonly knownOf: (peerId: string) => readonly TrackResource[];
  /** Takes what a look has shown that was sent at `sentAt`, and `asOf` by the wall clock. */
  readonly take: (
    peerId: string,
    shown: TracksShown,
    asOf: number,
    sentAt: Moment,
  ) => TracksOutcome | Promise<TracksOutcome>;
}

/** Looks from its creation until `stop`. */
export class PeerLook implements PollDemand {
  readonly #peerId: string;
  readonly #options: PeerLookOptions;
  readonly #pace: Pace;
  readonly #looking = new AbortController();
  #isUrgent = true;
  #lookedAt: Moment | null = null;
  #state: 'resting' | 'waiting' | 'looking' = 'resting';
  #looksAgain = false;
  #cancelTimer = () => {};

  constructor(peerId: string, options: PeerLookOptions) {
    this.#peerId = peerId;
    this.#options = options;
    this.#pace = new Pace(options.pace);
    void this.#look();
  }

  /** See PollDemand. */
  get intervalMs(): number {
    return this.#isUrgent ? this.#options.pace.fastestMs * URGENT : this.#pace.intervalMs;
  }

  /** See PollDemand. */
  get lastPolledAt(): Moment | null {
    return this.#lookedAt;
  }

  /** Looks before its time, and once more if a look is in flight. */
  hint(): void {
    this.#pace.changed();
    this.#isUrgent = true;
    if (this.#state === 'resting') void this.#look();
    else this.#looksAgain ||= this.#state === 'looking';
  }

  /** Aborts the look under way, and makes no more. */
  stop(): void {
    this.#looking.abort();
    this.#cancelTimer();
  }

  async #look(): Promise<void> {
    const { clock, take } = this.#options;
    const { signal } = this.#looking;
    this.#cancelTimer();
    this.#state = 'waiting';
    let [sentAt, asOf] = [clock.moment(), clock.now()];
    const sent = () => {
      [sentAt, asOf] = [clock.moment(), clock.now()];
      this.#lookedAt = sentAt;
      this.#isUrgent = false;
      this.#state = 'looking';
    };
    const shown = await this.#read(signal, sent);
    if (signal.aborted) return;
    const outcome = await take(this.#peerId, shown, asOf, sentAt);
    if (signal.aborted || outcome === 'lost') return;
    this.#state = 'resting';
    if (this.#looksAgain) {
      this.#looksAgain = false;
      void this.#look();
      return;
    }
    this.#cancelTimer = clock.schedule(() => void this.#look(), this.#waitMs(outcome));
  }

  async #read(signal: AbortSignal, sent: () => void): Promise<TracksShown> {
    const { roomId, queue, knownOf } = this.#options;
    try {
      const look = await queue.turn(this, signal);
      sent();
      return (await look(roomId, this.#peerId, signal, knownOf(this.#peerId))) ?? 'missing';
    } catch {
      return 'failed';
    }
  }

  #waitMs(outcome: Exclude<TracksOutcome, 'lost'>): number {
    if (outcome === 'changed') return this.#pace.changed();
    return outcome === 'quiet' ? this.#pace.quiet() : this.#pace.failed();
  }
}
