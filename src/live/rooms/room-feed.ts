// The feed of one watched room: its state, the events that led to it, and the subscribers that get them. The instance that leads
// the feed makes the reads (room-poller.ts), and derives the events from them; other instances follow (log/shared-log.ts). A feed
// is kept for 5 minutes after its last subscriber has left (see LiveRooms), so that clients can resume.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { EventStamp, LiveSnapshot, PeerChange, PeerFilter, SnapshotReason } from '../changes.ts';
import { UnknownRoomError } from '../errors.ts';
import type { Position } from '../log/cursor.ts';
import { FeedState, type FeedOwner } from '../log/feed-state.ts';
import { peerChangeBytes } from '../log/sizes.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { Conclusion, Note, SharedState, Told } from '../log/shared-log.ts';
import { afterDifferences, differences, EMPTY_ROOM, peerListOf } from './differences.ts';
import type { Difference, RoomReading, RoomState } from './differences.ts';
import { eventFilter } from './peer-filter.ts';
import { PendingMutation } from './pending-mutation.ts';
import { roomCodec } from './room-codec.ts';
import type { RoomFeedOptions } from './room-feed-options.ts';
import { RoomPoller, type PolledRoom, type Outcome } from './room-poller.ts';
import { ShownUsers } from './shown-users.ts';

/** Reads, or follows, while it has subscribers, and only then. */
export class RoomFeed implements PolledRoom, FeedOwner<RoomState, Difference, PeerChange> {
  readonly roomId: string;
  readonly #options: RoomFeedOptions;
  readonly #state: FeedState<RoomState, Difference, PeerChange>;
  readonly #poller: RoomPoller;
  readonly #mutation: PendingMutation;
  readonly #users = new ShownUsers();

  constructor(options: RoomFeedOptions) {
    const { roomId } = options;
    this.roomId = roomId;
    this.#options = options;
    this.#mutation = new PendingMutation(options.clock);
    this.#poller = new RoomPoller(options, this);
    this.#state = new FeedState({
      ...options,
      owner: this,
      scope: roomId,
      empty: EMPTY_ROOM,
      codec: roomCodec,
      bytesOf: peerChangeBytes,
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#state.subscribers;
  }

  /** Whether this instance makes the reads of the room. */
  get isLeading(): boolean {
    return this.#state.isLeading;
  }

  /** Whether the room has a running session, by the last read that did not fail. */
  get isLive(): boolean {
    return this.state.session !== null;
  }

  /** Whether the reads have failed, so that the state may be out of date; see Failures. */
  get isStale(): boolean {
    return this.#state.isStale;
  }

  /** How long ago a read last confirmed the state, in milliseconds; null: no read has yet. */
  get ageMs(): number | null {
    return this.#state.ageMs;
  }

  /** The peers as a read last confirmed them, however long ago; null: no read has yet. */
  get peers(): readonly ActivePeerResource[] | null {
    return this.#state.asOf === null ? null : [...this.state.peers.values()];
  }

  /** Whether the last read showed a peer with this `user_id`, however long ago; null: no read has confirmed any state yet. */
  showsUser(userId: string): boolean | null {
    return this.#state.asOf === null ? null : this.#users.has(this.state.peers, userId);
  }

  /** Adds a subscriber; with the first one the feed joins its log. `after`: see LiveRooms.peerChanges. */
  watch(after: Position | null, filter: PeerFilter | undefined): LiveStream<PeerChange> {
    return this.#state.watch(after, eventFilter(filter));
  }

  /** If this instance leads: reads the room at once, and once more if a poll is in flight. */
  hint(): void {
    this.#poller.hint();
  }

  /** Call after a mutation, which `id` names: `snapshot` returns null, and reads follow soon, until the effect shows. */
  mutated(id: string): void {
    this.#mutation.begin(id, this.isLeading);
    if (this.isLeading) this.#poller.mutated();
  }

  /** The state for a query; null when its age reaches `maxAgeMs`, it is stale, or a mutation's effect is pending. */
  snapshot(maxAgeMs: number): LiveSnapshot | null {
    const { asOf } = this.#state;
    if (asOf === null || this.#isEffectPending || this.isStale) return null;
    if ((this.ageMs ?? Infinity) >= maxAgeMs) return null;
    const { session, peers } = this.state;
    return { roomId: this.roomId, peers: peerListOf(peers), session, asOf };
  }

  /** Ends all subscriptions without an error, and so the reads. */
  end(): void {
    this.#state.end();
  }

  /** Drops the log: the feed is not used any more. */
  forget(): void {
    this.#state.forget();
  }

  /** What the reads have shown, for those who watch the room for more than its peers. */
  get known(): Pick<Conclusion<RoomState, Difference>, 'after' | 'asOf' | 'stale'> {
    return this.#state.known;
  }

  /** See PolledRoom. */
  get state(): RoomState {
    return this.#state.value;
  }

  /** See PolledRoom. */
  conclude(reading: RoomReading, readAgeMs: number): Outcome | Promise<Outcome> {
    const { after, events } = differences(this.state, reading, this.#options.findLeaveReason);
    const asOf = this.#options.clock.now();
    const written = this.#commit({ after, events, asOf, readAgeMs, stale: false });
    const outcome = events.length > 0 ? 'changed' : 'quiet';
    return written === true ? outcome : written.then((isWritten) => (isWritten ? outcome : 'lost'));
  }

  /** See PolledRoom. */
  turnStale(): void {
    if (this.isStale) this.#state.markReady();
    else void this.#commit({ ...this.known, events: [], readAgeMs: 0, stale: true });
  }

  /** See PolledRoom. */
  endUnknown(): void {
    this.#options.logs.send(this.roomId, { kind: 'unknown' });
    this.#state.end(new UnknownRoomError(this.roomId));
  }

  /** See FeedOwner. */
  lead(): void {
    this.#poller.start();
  }

  /** See FeedOwner. */
  follow(): void {
    if (this.#poller.awaitsEffect) this.#mutation.yield();
    this.#poller.yield();
  }

  /** See FeedOwner. */
  hear(note: Note): void {
    if (note.kind === 'unknown') this.#state.end(new UnknownRoomError(this.roomId));
    else if (note.kind === 'mutated') this.mutated(note.id);
    else this.#poller.hint();
  }

  /** See FeedOwner. */
  towards(before: RoomState, { state }: SharedState<RoomState>): ReturnType<typeof differences> {
    const reading = { session: state.session, peers: peerListOf(state.peers) };
    return differences(before, reading, this.#options.findLeaveReason);
  }

  /** See FeedOwner. */
  applied(before: RoomState, { events, shownMutation }: Told<Difference>): RoomState {
    if (shownMutation !== null) this.#mutation.shown(shownMutation);
    return afterDifferences(before, events);
  }

  /** See FeedOwner. */
  event(difference: Difference, stamp: EventStamp): PeerChange {
    return { ...stamp, roomId: this.roomId, ...difference };
  }

  /** See FeedOwner. */
  snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): PeerChange {
    const { session, peers } = this.state;
    const state = { roomId: this.roomId, peers: [...peers.values()], session, asOf: this.#state.asOf };
    return { kind: 'snapshot', ...stamp, ...state, reason, stale };
  }

  /** See FeedOwner. */
  idle(): void {
    this.#poller.stop();
    this.#options.onIdle();
  }

  get #isEffectPending(): boolean {
    return this.#poller.awaitsEffect || this.#mutation.isPending;
  }

  #commit(
    part: Omit<Conclusion<RoomState, Difference>, 'before' | 'shownMutation'>,
  ): true | Promise<boolean> {
    const shownMutation = this.#poller.awaitsEffect ? null : this.#mutation.latest;
    return this.#state.commit({ ...part, shownMutation });
  }
}
