// The feed of one watched room: its state, the events that led to it, and the subscribers that get them. The instance that leads
// the feed makes the looks (room-looks.ts), and concludes from them what happened; another one follows (log/shared-log.ts).
// A feed outlives its subscribers by 5 minutes (see LiveRooms), so that clients can resume.
import { momentAfter, msBetween, type Moment } from '../../clock.ts';
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { EventStamp, LiveSnapshot, PeerChange, PeerFilter, SnapshotReason } from '../changes.ts';
import { UnknownRoomError } from '../errors.ts';
import { Channel } from '../log/channel.ts';
import type { Position } from '../log/cursor.ts';
import { peerChangeBytes } from '../log/sizes.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { Conclusion, LogHost, Note, SharedLog, SharedState, Told } from '../log/shared-log.ts';
import { afterDifferences, differences, EMPTY_ROOM, peerListOf } from './differences.ts';
import type { Difference, RoomReading, RoomState } from './differences.ts';
import { eventFilter } from './peer-filter.ts';
import { PendingMutation } from './pending-mutation.ts';
import { roomCodec } from './room-codec.ts';
import type { RoomFeedOptions } from './room-feed-options.ts';
import { RoomLooks, type LookedAt, type Outcome } from './room-looks.ts';
import { ShownUsers } from './shown-users.ts';

type RoomConclusion = Conclusion<RoomState, Difference>;

/** Looks, or follows, while it has subscribers, and only then. */
export class RoomFeed implements LookedAt, LogHost<RoomState, Difference> {
  readonly roomId: string;
  readonly #options: RoomFeedOptions;
  readonly #channel: Channel<PeerChange>;
  readonly #log: SharedLog<RoomState, Difference>;
  readonly #looks: RoomLooks;
  readonly #mutation: PendingMutation;
  #state: RoomState = EMPTY_ROOM;
  /** When a look last confirmed the state, by the wall clock, for readers; null: no look has yet. */
  #asOf: number | null = null;
  /** The same, to measure the age of the state. */
  #confirmedAt: Moment | null = null;
  readonly #users = new ShownUsers();

  constructor(options: RoomFeedOptions) {
    this.roomId = options.roomId;
    this.#options = options;
    this.#mutation = new PendingMutation(options.clock);
    this.#log = options.logs.open(options.roomId, this, roomCodec);
    this.#looks = new RoomLooks(options, this);
    this.#channel = new Channel<PeerChange>({
      ...options,
      scope: options.roomId,
      bytesOf: peerChangeBytes,
      snapshot: (stamp, reason, stale) => this.#snapshotEvent(stamp, reason, stale),
      reachBack: (position) => this.#log.reachBack(position),
      onEmpty: () => this.#stop(),
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#channel.size;
  }

  /** Whether this instance makes the looks of the room. */
  get isLeading(): boolean {
    return this.#log.isLeading;
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

  /** Adds a subscriber; with the first one the feed joins its log. `after`: see LiveRooms.peerChanges. */
  watch(after: Position | null, filter: PeerFilter | undefined): LiveStream<PeerChange> {
    if (this.#channel.size === 0) {
      this.#channel.markUnready();
      this.#log.join();
    }
    return this.#channel.subscribe(after, eventFilter(filter));
  }

  /** If this instance leads: looks at the room at once, and once more if a poll is in flight. */
  hint(): void {
    this.#looks.hint();
  }

  /** Call after a mutation, which `id` names: `snapshot` returns null, and looks follow soon, until the effect shows. */
  mutated(id: string): void {
    this.#mutation.begin(id, this.isLeading);
    if (this.isLeading) this.#looks.mutated();
  }

  /** The state for a query; null when its age reaches `maxAgeMs`, it is stale, or a mutation's effect is pending. */
  snapshot(maxAgeMs: number): LiveSnapshot | null {
    const asOf = this.#asOf;
    if (asOf === null || this.#isEffectPending || this.isStale) return null;
    if ((this.ageMs ?? Infinity) >= maxAgeMs) return null;
    const { session, peers } = this.#state;
    return { roomId: this.roomId, peers: peerListOf(peers), session, asOf };
  }

  /** Ends all subscriptions without an error, and so the looks. */
  end(): void {
    this.#channel.end();
  }

  /** Drops the log: the feed is not used any more. */
  forget(): void {
    this.#channel.clear();
  }

  /** See LookedAt. */
  get state(): RoomState {
    return this.#state;
  }

  /** See LookedAt. */
  conclude(reading: RoomReading, lookMs: number): Outcome | Promise<Outcome> {
    const { after, events } = differences(this.#state, reading, this.#options.findLeaveReason);
    const conclusion = this.#conclusion({
      after,
      events,
      asOf: this.#options.clock.now(),
      lookMs,
      stale: false,
    });
    const written = this.#log.commit(conclusion);
    if (written === true) return this.#concluded(conclusion);
    return written.then((isWritten) => (isWritten ? this.#concluded(conclusion) : 'lost'));
  }

  /** See LookedAt. */
  turnStale(): void {
    if (this.isStale) this.#channel.markReady();
    else void this.#writeStale();
  }

  /** See LookedAt. */
  endUnknown(): void {
    this.#options.logs.send(this.roomId, { kind: 'unknown' });
    this.#channel.end(new UnknownRoomError(this.roomId));
  }

  /** See LogHost. */
  lead(isAlone: boolean): void {
    if (isAlone) this.#channel.beginOwnEra();
    this.#looks.start();
  }

  /** See LogHost. */
  follow(): void {
    if (this.#looks.awaitsEffect) this.#mutation.yield();
    this.#looks.yield();
    if (this.#asOf !== null) this.#channel.markReady();
  }

  /** See LogHost. */
  adopt(shared: SharedState<RoomState>): void {
    if (!this.#channel.hasTold) {
      this.#channel.restart(shared);
      this.#state = shared.state;
    } else {
      const reading = { session: shared.state.session, peers: peerListOf(shared.state.peers) };
      const { after, events } = differences(this.#state, reading, this.#options.findLeaveReason);
      this.#state = after;
      this.#channel.bridge(this.#stamped(events), shared);
    }
    this.#confirm(shared.asOf, shared.ageMs ?? 0);
    this.#channel.setStale(shared.stale);
  }

  /** See LogHost. */
  begin(position: Pick<Position, 'epoch' | 'seq'>): void {
    if (this.#channel.hasTold) this.#channel.bridge([], position);
    else this.#channel.restart(position);
  }

  /** See LogHost. */
  apply({ events, asOf, stale, shownMutation }: Told<Difference>): void {
    this.#state = afterDifferences(this.#state, events);
    if (shownMutation !== null) this.#mutation.shown(shownMutation);
    this.#tell(events, asOf, stale);
    this.#options.observer?.onApplied?.();
  }

  /** See LogHost. */
  hear(note: Note): void {
    if (note.kind === 'unknown') this.#channel.end(new UnknownRoomError(this.roomId));
    else if (note.kind === 'mutated') this.mutated(note.id);
    else this.#looks.hint();
  }

  /** See LogHost. */
  get position(): Pick<Position, 'epoch' | 'seq'> {
    return this.#channel.position;
  }

  /** See LogHost. */
  get heldFrom(): Pick<Position, 'epoch' | 'seq'> {
    return this.#channel.heldFrom;
  }

  /** See LogHost. */
  get known(): Pick<RoomConclusion, 'after' | 'asOf' | 'stale'> {
    return { after: this.#state, asOf: this.#asOf, stale: this.isStale };
  }

  /** See LogHost. */
  prepend(polls: readonly Pick<Told<Difference>, 'events' | 'asOf'>[]): void {
    this.#channel.prepend(
      polls.map(({ events, asOf }) => ({ makers: this.#stamped(events), at: asOf ?? 0 })),
    );
  }

  get #isEffectPending(): boolean {
    return this.#looks.awaitsEffect || this.#mutation.isPending;
  }

  #stop(): void {
    this.#looks.stop();
    this.#log.leave();
    this.#options.onIdle();
  }

  #conclusion(part: Omit<RoomConclusion, 'before' | 'shownMutation'>): RoomConclusion {
    const shownMutation = this.#looks.awaitsEffect ? null : this.#mutation.latest;
    return { ...part, before: this.#state, shownMutation };
  }

  /** The conclusion is written. The state changes in the same turn as its events are numbered, so the two always fit. */
  #concluded({ after, events, asOf, stale }: RoomConclusion): 'changed' | 'quiet' {
    this.#state = after;
    this.#tell(events, asOf, stale);
    return events.length > 0 ? 'changed' : 'quiet';
  }

  /** Publishes the events that have led to the state. */
  #tell(events: readonly Difference[], asOf: number | null, stale: boolean): void {
    if (!stale) this.#confirm(asOf, 0);
    this.#channel.publish(this.#stamped(events), asOf ?? undefined);
    this.#channel.setStale(stale);
    this.#channel.markReady();
  }

  #confirm(asOf: number | null, ageMs: number): void {
    this.#asOf = asOf;
    this.#confirmedAt = asOf === null ? null : momentAfter(this.#options.clock.moment(), -ageMs);
  }

  async #writeStale(): Promise<void> {
    const conclusion = this.#conclusion({ ...this.known, events: [], lookMs: 0, stale: true });
    const written = this.#log.commit(conclusion);
    if (written === true || (await written)) this.#concluded(conclusion);
  }

  #stamped(events: readonly Difference[]): ((stamp: EventStamp) => PeerChange)[] {
    return events.map((event) => (stamp) => ({ ...stamp, roomId: this.roomId, ...event }));
  }

  #snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): PeerChange {
    const { session, peers } = this.#state;
    const state = { roomId: this.roomId, peers: [...peers.values()], session, asOf: this.#asOf };
    return { kind: 'snapshot', ...stamp, ...state, reason, stale };
  }
}
