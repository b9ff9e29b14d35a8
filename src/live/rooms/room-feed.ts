// The feed of one watched room: decides when to look, publishes the events between the last state and the new one, and
// answers queries from the state. One look at a time. A failed look leaves the state as it is: unknown is not empty.
// A feed outlives its subscribers by 5 minutes (see LiveRooms), so that clients can resume.
import { msBetween, type Moment } from '../../clock.ts';
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { EventStamp, LiveSnapshot, PeerChange, PeerFilter, SnapshotReason } from '../changes.ts';
import { UnknownRoomError } from '../errors.ts';
import { Channel } from '../log/channel.ts';
import type { Position } from '../log/cursor.ts';
import { peerChangeBytes } from '../log/sizes.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { SessionListener } from '../sessions/session-poller.ts';
import { Pace } from '../upstream/pace.ts';
import type { PollDemand } from '../upstream/poll-queue.ts';
import { differences, EMPTY_ROOM, peerListOf, type RoomReading, type RoomState } from './differences.ts';
import { Failures } from './failures.ts';
import { MutationEffects } from './mutation-effects.ts';
import { eventFilter } from './peer-filter.ts';
import type { RoomFeedOptions } from './room-feed-options.ts';
import { RoomLook } from './room-look.ts';
import { readRoom } from './room-reading.ts';
import { ShownUsers } from './shown-users.ts';

/** The interval before a first look, and after a hint or a mutation, as a share of the shortest interval. */
const URGENT = 0.25;

/** Polls while it has subscribers, and only then. */
export class RoomFeed implements SessionListener, PollDemand {
  readonly roomId: string;
  readonly #options: RoomFeedOptions;
  readonly #channel: Channel<PeerChange>;
  readonly #pace: Pace;
  readonly #effects = new MutationEffects();
  #state: RoomState = EMPTY_ROOM;
  /** When a look last confirmed the state, by the wall clock, for readers; null: no look has yet. */
  #asOf: number | null = null;
  /** The same, to measure the age of the state. */
  #confirmedAt: Moment | null = null;
  readonly #users = new ShownUsers();
  #exists = false;
  readonly #failures = new Failures();
  /** Session checks with a smaller `order` are ignored: they began before the current state was concluded. */
  #sessionOrder = 0;
  /** Aborts the requests of this period with subscribers; null while there are no subscribers. */
  #watching: AbortController | null = null;
  /** The look under way, of which there is one at most. */
  #current: RoomLook | null = null;
  #looksAgain = false;
  #isUrgent = true;
  #cancelTimer = () => {};

  constructor(options: RoomFeedOptions) {
    this.roomId = options.roomId;
    this.#options = options;
    this.#pace = new Pace(options.pace);
    this.#channel = new Channel<PeerChange>({
      ...options,
      scope: options.roomId,
      bytesOf: peerChangeBytes,
      snapshot: (stamp, reason, stale) => this.#snapshotEvent(stamp, reason, stale),
      onEmpty: () => this.#stop(),
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#channel.size;
  }

  /** Whether the room has a running session, by the last look that did not fail. */
  get isLive(): boolean {
    return this.#state.session !== null;
  }

  /** Whether the looks have failed, so that the state may be out of date; see Failures. */
  get isStale(): boolean {
    return this.#channel.isStale;
  }

  /** How long ago a look last confirmed the state, in milliseconds; null: no look has yet. */
  get ageMs(): number | null {
    return this.#confirmedAt === null ? null : msBetween(this.#confirmedAt, this.#options.clock.moment());
  }

  /** The peers as a look last confirmed them, however long ago; null: no look has yet. */
  get peers(): readonly ActivePeerResource[] | null {
    return this.#asOf === null ? null : [...this.#state.peers.values()];
  }

  /** Whether the last look showed a peer with this `user_id`, however long ago; null: no look has confirmed any state yet. */
  showsUser(userId: string): boolean | null {
    return this.#asOf === null ? null : this.#users.has(this.#state.peers, userId);
  }

  /** See PollDemand. */
  get intervalMs(): number {
    return this.#isUrgent ? this.#options.pace.fastestMs * URGENT : this.#pace.intervalMs;
  }

  /** See PollDemand. */
  get lastPolledAt(): Moment | null {
    return this.#failures.polledAt;
  }

  /** Adds a subscriber; the first one starts the polling. `after`: see LiveRooms.peerChanges. */
  watch(after: Position | null, filter: PeerFilter | undefined): LiveStream<PeerChange> {
    if (this.#watching === null) this.#start();
    return this.#channel.subscribe(after, eventFilter(filter));
  }

  /** Looks at once, and once more if a poll is in flight. Does nothing without subscribers. */
  hint(): void {
    this.#pace.changed();
    this.#isUrgent = true;
    this.#look();
  }

  /** Call after a mutation: `snapshot` returns null, and looks follow at short intervals, until the effect shows. */
  mutated(): void {
    this.#effects.mutated(this.#options.clock.moment(), this.#watching !== null && this.isLive);
    this.hint();
  }

  /** The state for a query; null when its age reaches `maxAgeMs`, it is stale, or a mutation's effect is pending. */
  snapshot(maxAgeMs: number): LiveSnapshot | null {
    const asOf = this.#asOf;
    if (asOf === null || this.#effects.isPending || this.isStale) return null;
    if ((this.ageMs ?? Infinity) >= maxAgeMs) return null;
    const { session, peers } = this.#state;
    return { roomId: this.roomId, peers: peerListOf(peers), session, asOf };
  }

  /** Called by the session check. A session that the state does not have makes the feed look at once. */
  onSession(session: SessionResource | null | Error, order: number): void {
    if (order < this.#sessionOrder) return;
    if (session instanceof Error) {
      // A live room has looks of its own, which count their own failures.
      if (!this.isLive && this.#current === null) this.#countFailure();
    } else if (!this.isLive || session?.id !== this.#state.session?.id) {
      this.#look(session);
    }
  }

  /** Ends all subscriptions without an error, and so the polling. */
  end(): void {
    this.#channel.end();
  }

  /** Drops the log: the feed is not used any more. */
  forget(): void {
    this.#channel.clear();
  }

  #start(): void {
    this.#watching = new AbortController();
    this.#failures.reset();
    this.#pace.changed();
    this.#isUrgent = true;
    this.#channel.markUnready();
    this.#options.sessions.add(this.roomId, this);
    this.#look();
  }

  #stop(): void {
    this.#watching?.abort();
    this.#watching = null;
    this.#current = null;
    this.#looksAgain = false;
    this.#effects.cancelLooks();
    this.#cancelTimer();
    this.#options.sessions.remove(this.roomId);
    this.#options.onIdle();
  }

  #look(polledSession?: SessionResource | null): void {
    if (this.#watching === null) return;
    if (this.#current !== null) {
      // A poll that waits for its turn will show what has happened by then.
      this.#looksAgain ||= !this.#current.isWaiting;
      return;
    }
    this.#cancelTimer();
    const { signal } = this.#watching;
    let endLook = this.#effects.beginLook(this.#options.clock.moment());
    const onPoll = () => {
      const now = this.#options.clock.moment();
      this.#isUrgent = false;
      this.#failures.polled(now);
      endLook = this.#effects.beginLook(now);
    };
    const known = this.#state.peers;
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
    this.#current = null;
    if (reading === 'unknown room') {
      this.#channel.end(new UnknownRoomError(this.roomId));
      return;
    }
    const result = this.#conclude(reading, look.hasPolledSession || polledSession !== undefined);
    if (reading !== null) {
      const isLagging = this.#options.upstream.isLagging(this.roomId, reading.peers);
      endLook(!(isLagging ?? result === 'quiet'));
    }
    look.report(this.#options.observer, result);
    const delayMs = result === 'quiet' ? this.#pace.quiet(look.lateMs) : this.#pace[result]();
    this.#planNext(look, delayMs, result === 'failed');
  }

  /** The room's state; null when a request failed or the answers contradict each other. */
  async #read(
    look: RoomLook,
    polledSession?: SessionResource | null,
  ): Promise<RoomReading | 'unknown room' | null> {
    try {
      const reading = await readRoom(this.#state, look, polledSession);
      if (reading?.session) this.#exists = true;
      if (reading !== null && !this.#exists) this.#exists = await look.roomExists();
      return reading === null || this.#exists ? reading : 'unknown room';
    } catch {
      return null;
    }
  }

  /** Publishes the events that lead from the state to the reading, which becomes the state. Null counts as a failure. */
  #conclude(reading: RoomReading | null, hasPolledSession: boolean): 'changed' | 'quiet' | 'failed' {
    if (reading === null) {
      this.#countFailure();
      return 'failed';
    }
    const { after, events } = differences(this.#state, reading, this.#options.findLeaveReason);
    if (hasPolledSession || after.session?.id !== this.#state.session?.id) {
      this.#sessionOrder = this.#options.sessions.nextOrder();
    }
    // The state changes in the same turn as its events are numbered, so a snapshot's number always fits its content.
    this.#state = after;
    const now = this.#options.clock.moment();
    this.#asOf = this.#options.clock.now();
    this.#confirmedAt = now;
    this.#failures.succeeded(now);
    this.#channel.publish(events.map((event) => (stamp) => ({ ...stamp, roomId: this.roomId, ...event })));
    this.#channel.setStale(false);
    this.#channel.markReady();
    return events.length > 0 ? 'changed' : 'quiet';
  }

  #countFailure(): void {
    if (!this.#failures.failed(this.#options.clock.moment())) return;
    this.#channel.setStale(true);
    this.#channel.markReady();
  }

  /** Looks again at once if a hint came during the look, else after `delayMs` while the room is live. */
  #planNext(look: RoomLook, delayMs: number, hasFailed: boolean): void {
    if (this.#looksAgain) {
      this.#looksAgain = false;
      this.#look();
      return;
    }
    if (!this.isLive && !look.hasSeenSession) {
      // The session check finds out when an idle room becomes live, so the feed has no timer of its own.
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

  #snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): PeerChange {
    const { session, peers } = this.#state;
    const state = { roomId: this.roomId, peers: [...peers.values()], session, asOf: this.#asOf };
    return { kind: 'snapshot', ...stamp, ...state, reason, stale };
  }
}
