// Makes the looks at one watched room, one at a time: decides when to look, and passes the result to the room's feed. A failed
// look does not change the state, because an unknown room is not an empty room. Runs only on the instance that leads the feed.
import { msBetween, type Moment } from '../../clock.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { FoundSession, SessionListener } from '../sessions/session-poller.ts';
import { Pace } from '../upstream/pace.ts';
import type { PollDemand } from '../upstream/poll-queue.ts';
import type { RoomReading, RoomState } from './differences.ts';
import { Failures } from './failures.ts';
import { MutationEffects } from './mutation-effects.ts';
import type { RoomFeedOptions } from './room-feed-options.ts';
import { RoomLook } from './room-look.ts';
import { readRoom } from './room-reading.ts';

/** The interval before a first look, and after a hint or a mutation, as a share of the shortest interval. */
const URGENT = 0.25;

/** What a feed made of a reading. `lost`: nothing, as this instance does not lead the feed any more. */
export type Outcome = 'changed' | 'quiet' | 'lost';

/** The feed whose room is looked at. */
export interface LookedAt {
  /** By the last look that did not fail. */
  readonly state: RoomState;
  /** Publishes the events that lead from the state to the reading, which becomes the state. `lookMs`: see Conclusion. */
  conclude(reading: RoomReading, lookMs: number): Outcome | Promise<Outcome>;
  /** Looks have failed, so that the state may be out of date. */
  turnStale(): void;
  /** The room does not exist. The feed ends. */
  endUnknown(): void;
}

/** Looks between `start` and `stop`, and only then. */
export class RoomLooks implements SessionListener, PollDemand {
  readonly #options: RoomFeedOptions;
  readonly #room: LookedAt;
  readonly #pace: Pace;
  readonly #effects = new MutationEffects();
  readonly #failures = new Failures();
  #exists = false;
  /** Session checks with a smaller `order` are ignored: they began before the current state was concluded. */
  #sessionOrder = 0;
  /** Aborts the requests of this period; null while no looks are made. */
  #looking: AbortController | null = null;
  /** The look under way, of which there is one at most. */
  #current: RoomLook | null = null;
  #looksAgain = false;
  #isUrgent = true;
  #cancelTimer = () => {};

  constructor(options: RoomFeedOptions, room: LookedAt) {
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

  /** Begins to look, at once. Does nothing while looks are made. */
  start(): void {
    if (this.#looking !== null) return;
    this.#looking = new AbortController();
    this.#failures.reset();
    this.#pace.changed();
    this.#isUrgent = true;
    this.#options.sessions.add(this.#options.roomId, this);
    this.#look();
  }

  /** Aborts the look under way, and makes no more. */
  stop(): void {
    if (this.#looking === null) return;
    this.#looking.abort();
    this.#looking = null;
    this.#current = null;
    this.#looksAgain = false;
    this.#effects.cancelLooks();
    this.#cancelTimer();
    this.#options.sessions.remove(this.#options.roomId);
  }

  /** Makes no more looks, as another instance makes them, which also sees the effects of mutations. */
  yield(): void {
    this.stop();
    this.#effects.forget();
  }

  /** Looks at once, and once more if a poll is in flight. Does nothing while no looks are made. */
  hint(): void {
    this.#pace.changed();
    this.#isUrgent = true;
    this.#look();
  }

  /** Call after a mutation: looks follow at short intervals until its effect shows; `awaitsEffect` is true for so long. */
  mutated(): void {
    this.#effects.mutated(this.#options.clock.moment(), this.#looking !== null && this.#isLive);
    this.hint();
  }

  /** Called by the session check. A session that the state does not have makes the room be looked at at once. */
  onSession(session: FoundSession | null | Error, order: number): void {
    if (order < this.#sessionOrder) return;
    if (session instanceof Error) {
      // A live room has looks of its own, which count their own failures.
      if (!this.#isLive && this.#current === null) this.#countFailure();
    } else if (!this.#isLive || session?.id !== this.#room.state.session?.id) {
      // Without its joins a session cannot be compared with the peers, so the look asks for it.
      this.#look(session === null || isWhole(session) ? session : undefined);
    }
  }

  get #isLive(): boolean {
    return this.#room.state.session !== null;
  }

  #look(polledSession?: SessionResource | null): void {
    if (this.#looking === null) return;
    if (this.#current !== null) {
      // A poll that waits for its turn will show what has happened by then.
      this.#looksAgain ||= !this.#current.isWaiting;
      return;
    }
    this.#cancelTimer();
    const { signal } = this.#looking;
    let endLook = this.#effects.beginLook(this.#options.clock.moment());
    const onPoll = () => {
      const now = this.#options.clock.moment();
      this.#isUrgent = false;
      this.#failures.polled(now);
      endLook = this.#effects.beginLook(now);
    };
    const known = this.#room.state.peers;
    const look = new RoomLook({ ...this.#options, demand: this, signal, onPoll, known });
    look.hasSeenSession = polledSession !== undefined && polledSession !== null;
    this.#current = look;
    void this.#run(look, signal, (isShown) => endLook(isShown), polledSession);
  }

  async #run(
    look: RoomLook,
    signal: AbortSignal,
    endLook: (isShown: boolean) => void,
    polledSession?: SessionResource | null,
  ): Promise<void> {
    // A subscriber that leaves in the turn in which it came has aborted `signal` by then: no request is sent.
    await Promise.resolve();
    if (signal.aborted) return;
    const reading = await this.#read(look, polledSession);
    if (signal.aborted) return;
    if (reading === 'unknown room') {
      this.#room.endUnknown();
      return;
    }
    const { session } = this.#room.state;
    const lookMs = msBetween(look.startedAt, this.#options.clock.moment());
    const outcome = reading === null ? this.#countFailure() : this.#room.conclude(reading, lookMs);
    const result = outcome instanceof Promise ? await outcome : outcome;
    if (result === 'lost') return;
    if (reading !== null) {
      this.#succeeded(
        look.hasPolledSession || polledSession !== undefined || session?.id !== reading.session?.id,
      );
      const isLagging = this.#options.upstream.isLagging(this.#options.roomId, reading.peers);
      endLook(!(isLagging ?? result === 'quiet'));
    }
    look.report(this.#options.observer, result);
    if (signal.aborted) return;
    this.#current = null;
    const delayMs = result === 'quiet' ? this.#pace.quiet(look.lateMs) : this.#pace[result]();
    this.#planNext(look, delayMs, result === 'failed');
  }

  /** The room's state; null when a request failed or the answers contradict each other. */
  async #read(
    look: RoomLook,
    polledSession?: SessionResource | null,
  ): Promise<RoomReading | 'unknown room' | null> {
    try {
      const reading = await readRoom(this.#room.state, look, polledSession);
      if (reading?.session) this.#exists = true;
      if (reading !== null && !this.#exists) this.#exists = await look.roomExists();
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

  /** Looks again at once if a hint came during the look, else after `delayMs` while the room is live. */
  #planNext(look: RoomLook, delayMs: number, hasFailed: boolean): void {
    if (this.#looksAgain) {
      this.#looksAgain = false;
      this.#look();
      return;
    }
    if (!this.#isLive && !look.hasSeenSession) {
      // The session check finds out when an idle room becomes live, so the room has no timer of its own.
      if (hasFailed) this.#options.sessions.checkWithin(delayMs);
      return;
    }
    const { clock, pace } = this.#options;
    const now = clock.moment();
    const regularMs = Math.max(delayMs - msBetween(look.startedAt, now), pace.fastestMs / 4);
    const effectMs = this.#effects.msUntilNextLook(now);
    const onDue = () => {
      this.#isUrgent ||= effectMs <= regularMs;
      this.#look();
    };
    this.#cancelTimer = clock.schedule(onDue, Math.max(0, Math.min(regularMs, effectMs)));
  }
}

function isWhole(session: FoundSession): session is SessionResource {
  return session.peers !== undefined;
}
