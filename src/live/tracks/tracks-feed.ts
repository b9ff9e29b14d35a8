// The feed of the tracks in one watched room: which tracks each peer publishes, by reads of one peer after another. It learns
// which peers are in the room from the room's own feed, to which it subscribes, so the room is polled once for both. If there are
// several instances, one leads and makes the reads (track-lead.ts), and the others follow (log/shared-log.ts). The counterpart of
// RoomFeed.
import type { EventStamp, PeerChange, SnapshotReason, TrackChange } from '../changes.ts';
import type { Position } from '../log/cursor.ts';
import { FeedState, type FeedCommon, type FeedOwner } from '../log/feed-state.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { Note, SharedState, Told } from '../log/shared-log.ts';
import { trackChangeBytes } from '../log/sizes.ts';
import type { RoomFeed } from '../rooms/room-feed.ts';
import { TrackLead, type LedTracks, type TrackLeadOptions, type TracksConclusion } from './track-lead.ts';
import { afterTrackEvents, tracksBetween, tracksCodec } from './track-state.ts';
import type { TrackDifference, TracksState } from './track-state.ts';

/** A room that is watched for its tracks. */
export interface WatchedRoom {
  readonly feed: Pick<RoomFeed, 'known'>;
  /** Wakes the feed of the tracks, which calls its `return`. */
  readonly events: LiveStream<PeerChange>;
}

/** Everything a feed needs. */
export interface TracksFeedOptions extends FeedCommon, Omit<TrackLeadOptions, 'observer'> {
  readonly watchRoom: () => WatchedRoom;
  /** Called when the last subscriber has left and all reads have stopped. */
  readonly onIdle: () => void;
}

/** The scope of the cursors and of the log of a room's tracks. No room's id has a blank. */
export function tracksScope(roomId: string): string {
  return `tracks ${roomId}`;
}

/** Reads, or follows, while it has subscribers, and only then. */
export class TracksFeed implements FeedOwner<TracksState, TrackDifference, TrackChange>, LedTracks {
  readonly roomId: string;
  readonly #options: TracksFeedOptions;
  readonly #state: FeedState<TracksState, TrackDifference, TrackChange>;
  readonly #lead: TrackLead;
  /** Null without subscribers. */
  #room: WatchedRoom | null = null;
  /** Whether the room's feed has told something since it is watched. */
  #hasRoom = false;

  constructor(options: TracksFeedOptions) {
    this.roomId = options.roomId;
    this.#options = options;
    this.#lead = new TrackLead(options, this);
    this.#state = new FeedState({
      ...options,
      owner: this,
      scope: tracksScope(options.roomId),
      empty: new Map(),
      codec: tracksCodec,
      bytesOf: trackChangeBytes,
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#state.subscribers;
  }

  /** How long ago a read last confirmed the state, in milliseconds; null: no read has yet. */
  get ageMs(): number | null {
    return this.#state.ageMs;
  }

  /** The pollers of this instance; null: another instance leads, or nobody watches. */
  get pollers(): TrackLead['pollers'] {
    return this.#lead.pollers;
  }

  /** Adds a subscriber; with the first one the feed watches the room and joins its log. `after`: see LiveRooms.trackChanges. */
  watch(after: Position | null): LiveStream<TrackChange> {
    if (this.#room === null) {
      const room = this.#options.watchRoom();
      this.#room = room;
      this.#hasRoom = false;
      void this.#followRoom(room);
    }
    return this.#state.watch(after, null);
  }

  /** If this instance leads: reads the tracks of the peer with this id soon. */
  hint(peerId: string): void {
    this.#lead.hint(peerId);
  }

  /** Ends all subscriptions without an error, and so the reads. */
  end(): void {
    this.#state.end();
  }

  /** Drops the log: the feed is not used any more. */
  forget(): void {
    this.#state.forget();
  }

  /** See LedTracks. */
  get known(): LedTracks['known'] {
    return this.#state.known;
  }

  /** See LedTracks. */
  get room(): LedTracks['room'] {
    return this.#hasRoom ? (this.#room?.feed.known ?? null) : null;
  }

  /** See LedTracks. */
  commit(conclusion: TracksConclusion): true | Promise<boolean> {
    return this.#state.commit(conclusion);
  }

  /** See FeedOwner. */
  lead(): void {
    this.#lead.start();
  }

  /** See FeedOwner. */
  follow(): void {
    this.#lead.stop();
  }

  /** See FeedOwner. That the room does not exist is told by the room's own feed. */
  hear(note: Note): void {
    if (note.kind === 'read') this.#lead.hint();
  }

  /** See FeedOwner. */
  towards(before: TracksState, { state, asOf }: SharedState<TracksState>) {
    const events = tracksBetween(before, state, this.#present, asOf ?? this.#options.clock.now());
    return { after: state, events };
  }

  /** See FeedOwner. */
  applied(before: TracksState, { events, confirmed }: Told<TrackDifference>): TracksState {
    return afterTrackEvents(before, events, confirmed);
  }

  /** See FeedOwner. */
  event(difference: TrackDifference, stamp: EventStamp): TrackChange {
    return { ...stamp, roomId: this.roomId, ...difference };
  }

  /** See FeedOwner. */
  snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): TrackChange {
    const present = this.#present;
    const peers = [...this.#state.value.values()].map((known) => {
      const peer = present.get(known.peer.id) ?? known.peer;
      return peer === known.peer ? known : Object.assign({}, known, { peer });
    });
    return { kind: 'snapshot', ...stamp, roomId: this.roomId, peers, reason, stale, asOf: this.#oldest };
  }

  /** See FeedOwner. */
  idle(): void {
    this.#lead.stop();
    const room = this.#room;
    this.#room = null;
    void room?.events.return();
    this.#options.onIdle();
  }

  /** The peers by the room's own feed, whose names and roles are younger than those in the state. */
  get #present(): RoomFeed['state']['peers'] {
    return this.room?.after.peers ?? new Map();
  }

  /** The time of the oldest read among the peers; null: the tracks of one have not been read yet. */
  get #oldest(): number | null {
    let oldest = this.#state.asOf;
    for (const { asOf } of this.#state.value.values()) {
      if (asOf === null) return null;
      if (oldest === null || asOf < oldest) oldest = asOf;
    }
    return oldest;
  }

  async #followRoom(room: WatchedRoom): Promise<void> {
    try {
      for await (const _ of room.events) {
        if (room !== this.#room) return;
        this.#hasRoom = true;
        this.#lead.roomChanged();
      }
    } catch (error) {
      // UnknownRoomError, the only one with which the events of a room end.
      if (room === this.#room) this.#state.end(error as Error);
    }
  }
}
