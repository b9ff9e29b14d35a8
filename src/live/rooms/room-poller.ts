// Makes the reads of one watched room, one at a time: decides when to read, and passes the result to the room's feed. A failed
// read does not change the state, because an unknown room is not an empty room. Runs only on the instance that leads the feed.
import { msBetween, type Moment } from '../../clock.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { FoundSession, SessionListener } from '../sessions/session-poller.ts';
import { Pace } from '../upstream/pace.ts';
import type { PollDemand } from '../upstream/poll-queue.ts';
import type { RoomReading, RoomState } from './differences.ts';
import { Failures } from './failures.ts';
import { MutationEffects } from './mutation-effects.ts';
import type { RoomFeedOptions } from './room-feed-options.ts';
import { RoomRead } from './room-read.ts';
import { readRoom } from './room-reading.ts';

/** The interval before a first read, and after a hint or a mutation, as a share of the shortest interval. */
const URGENT = 0.25;

/** What a feed made of a reading. `lost`: nothing, as this instance does not lead the feed any more. */
export type Outcome = 'changed' | 'quiet' | 'lost';

/** The feed whose room is read. */
export interface PolledRoom {
  /** By the last read that did not fail. */
  readonly state: RoomState;
  /** Publishes the events that lead from the state to the reading, which becomes the state. `readAgeMs`: see Conclusion. */
  conclude(reading: RoomReading, readAgeMs: number): Outcome | Promise<Outcome>;
  /** Reads have failed, so that the state may be out of date. */
  turnStale(): void;
  /** The room does not exist. The feed ends. */
  endUnknown(): void;
}

/** Polls one room, from `start` until `stop`. */
export class RoomPoller implements SessionListener, PollDemand {
  readonly #options: RoomFeedOptions;
  readonly #room: PolledRoom;
  readonly #pace: Pace;
  readonly #effects = new MutationEffects();
  readonly #failures = new Failures();
  #exists = false;
  /** Session checks with a smaller `order` are ignored: they began before the current state was concluded. */
  #sessionOrder = 0;
  /** Aborts the requests since the last `start`; null: stopped. */
  #period: AbortController | null = null;
  /** The read in progress; null: none. At most one runs at a time. */
  #current: RoomRead | null = null;
  #readsAgain = false;
  #isUrgent = true;
  #cancelTimer = () => {};

  constructor(options: RoomFeedOptions, room: PolledRoom) {
    this.#options = options;
    this.#room = room;
    this.#pace = new Pace(options.pace);
  }

  /** Whether the effect of a mutation is still to show. */
  get awaitsEffect(): boolean {
    return this.#effects.isPending;
  }

  /** See PollDemand. */
  get intervalMs(): number {
    return this.#isUrgent ? this.#options.pace.fastestMs * URGENT : this.#pace.intervalMs;
  }

  /** See PollDemand. */
  get lastPolledAt(): Moment | null {
    return this.#failures.polledAt;
  }

  /** Begins to poll, with a read at once. Does nothing if it has begun. */
  start(): void {
    if (this.#period !== null) return;
    this.#period = new AbortController();
    this.#failures.reset();
    this.#pace.changed();
    this.#isUrgent = true;
    this.#options.sessions.add(this.#options.roomId, this);
    this.#begin();
  }

  /** Aborts the read in progress, and makes no more. */
  stop(): void {
    if (this.#period === null) return;
    this.#period.abort();
    this.#period = null;
    this.#current = null;
    this.#readsAgain = false;
    this.#effects.cancelReads();
    this.#cancelTimer();
    this.#options.sessions.remove(this.#options.roomId);
  }

  /** Stops, because another instance now polls the room. That instance also waits for the effects of mutations. */
  yield(): void {
    this.stop();
    this.#effects.forget();
  }

  /** Reads the room at once, and once more if a poll is in flight. Does nothing while stopped. */
  hint(): void {
    this.#pace.changed();
    this.#isUrgent = true;
    this.#begin();
  }

  /** Call after a mutation: reads follow at short intervals until its effect shows. Until then `awaitsEffect` is true. */
  mutated(): void {
    this.#effects.mutated(this.#options.clock.moment(), this.#period !== null && this.#isLive);
    this.hint();
  }

  /** Called by the session check. If the session is not the one of the state, the room is read at once. */
  onSession(session: FoundSession | null | Error, order: number): void {
    if (order < this.#sessionOrder) return;
    if (session instanceof Error) {
      // A live room has reads of its own, which count their own failures.
      if (!this.#isLive && this.#current === null) this.#countFailure();
    } else if (!this.#isLive || session?.id !== this.#room.state.session?.id) {
      // Without its joins a session cannot be compared with the peers, so the read asks for it.
      this.#begin(session === null || isWhole(session) ? session : undefined);
    }
  }

  get #isLive(): boolean {
    return this.#room.state.session !== null;
  }

  #begin(polledSession?: SessionResource | null): void {
    if (this.#period === null) return;
    if (this.#current !== null) {
      // A poll that waits for its turn will show what has happened by then.
      this.#readsAgain ||= !this.#current.isWaiting;
      return;
    }
    this.#cancelTimer();
    const { signal } = this.#period;
    let endRead = this.#effects.beginRead(this.#options.clock.moment());
    const onPoll = () => {
      const now = this.#options.clock.moment();
      this.#isUrgent = false;
      this.#failures.polled(now);
      endRead = this.#effects.beginRead(now);
    };
    const known = this.#room.state.peers;
    const read = new RoomRead({ ...this.#options, demand: this, signal, onPoll, known });
    read.hasSeenSession = polledSession !== undefined && polledSession !== null;
    this.#current = read;
    void this.#run(read, signal, (isShown) => endRead(isShown), polledSession);
  }

  async #run(
    read: RoomRead,
    signal: AbortSignal,
    endRead: (isShown: boolean) => void,
    polledSession?: SessionResource | null,
  ): Promise<void> {
    // A subscriber that leaves in the turn in which it came has aborted `signal` by then: no request is sent.
    await Promise.resolve();
    if (signal.aborted) return;
    const reading = await this.#read(read, polledSession);
    if (signal.aborted) return;
    if (reading === 'unknown room') {
      this.#room.endUnknown();
      return;
    }
    const { session } = this.#room.state;
    const readAgeMs = msBetween(read.startedAt, this.#options.clock.moment());
    const outcome = reading === null ? this.#countFailure() : this.#room.conclude(reading, readAgeMs);
    const result = outcome instanceof Promise ? await outcome : outcome;
    if (result === 'lost') return;
    if (reading !== null) {
      this.#succeeded(
        read.hasPolledSession || polledSession !== undefined || session?.id !== reading.session?.id,
      );
      const isLagging = this.#options.upstream.isLagging(this.#options.roomId, reading.peers);
      endRead(!(isLagging ?? result === 'quiet'));
    }
    read.report(this.#options.observer, result);
    if (signal.aborted) return;
    this.#current = null;
    const delayMs = result === 'quiet' ? this.#pace.quiet(read.lateMs) : this.#pace[result]();
    this.#planNext(read, delayMs, result === 'failed');
  }

  /** The room's state; null when a request failed or the answers contradict each other. */
  async #read(
    read: RoomRead,
    polledSession?: SessionResource | null,
  ): Promise<RoomReading | 'unknown room' | null> {
    try {
      const reading = await readRoom(this.#room.state, read, polledSession);
      if (reading?.session) this.#exists = true;
      if (reading !== null && !this.#exists) this.#exists = await read.roomExists();
      return reading === null || this.#exists ? reading : 'unknown room';
    } catch {
      return null;
    }
  }

  /** The state is confirmed. `knowsSession`: whether its session is younger than the last check. */
  #succeeded(knowsSession: boolean): void {
    if (knowsSession) this.#sessionOrder = this.#options.sessions.nextOrder();
    this.#failures.succeeded(this.#options.clock.moment());
  }

  #countFailure(): 'failed' {
    if (this.#failures.failed(this.#options.clock.moment())) this.#room.turnStale();
    return 'failed';
  }

  /** Reads again at once if a hint came during the read, else after `delayMs` while the room is live. */
  #planNext(read: RoomRead, delayMs: number, hasFailed: boolean): void {
    if (this.#readsAgain) {
      this.#readsAgain = false;
      this.#begin();
      return;
    }
    if (!this.#isLive && !read.hasSeenSession) {
      // The session check finds out when an idle room becomes live, so the room has no timer of its own.
      if (hasFailed) this.#options.sessions.checkWithin(delayMs);
      return;
    }
    const { clock, pace } = this.#options;
    const now = clock.moment();
    const regularMs = Math.max(delayMs - msBetween(read.startedAt, now), pace.fastestMs / 4);
    const effectMs = this.#effects.msUntilNextRead(now);
    const onDue = () => {
      this.#isUrgent ||= effectMs <= regularMs;
      this.#begin();
    };
    this.#cancelTimer = clock.schedule(onDue, Math.max(0, Math.min(regularMs, effectMs)));
  }
}

function isWhole(session: FoundSession): session is SessionResource {
  return session.peers !== undefined;
}
