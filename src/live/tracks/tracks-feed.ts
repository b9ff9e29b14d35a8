// The feed of the tracks in one watched room: who publishes what, by looks at one peer after another. Who is in the room it learns
// from the room's own feed, which it watches like a subscriber and which polls for both. Of several instances one leads and looks
// (track-lead.ts), and the others follow (log/shared-log.ts). The counterpart of RoomFeed.
import { momentAfter, msBetween, type Moment } from '../../clock.ts';
import type { EventStamp, PeerChange, SnapshotReason, TrackChange } from '../changes.ts';
import { Channel, type ChannelCommon } from '../log/channel.ts';
import type { Position } from '../log/cursor.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { LogEngine, LogHost, Note, SharedLog, SharedState, Told } from '../log/shared-log.ts';
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
export interface TracksFeedOptions extends ChannelCommon, Omit<TrackLeadOptions, 'observer'> {
  /** Makes the feed's log, which says whether this instance looks at the tracks. */
  readonly logs: LogEngine;
  /** See ChannelOptions. */
  readonly epoch: string;
  readonly watchRoom: () => WatchedRoom;
  /** Called when the last subscriber has left and all looks have stopped. */
  readonly onIdle: () => void;
}

/** The scope of the cursors and of the log of a room's tracks. No room's id has a blank. */
export function tracksScope(roomId: string): string {
  return `tracks ${roomId}`;
}

/** Looks, or follows, while it has subscribers, and only then. */
export class TracksFeed implements LogHost<TracksState, TrackDifference>, LedTracks {
  readonly roomId: string;
  readonly #options: TracksFeedOptions;
  readonly #channel: Channel<TrackChange>;
  readonly #log: SharedLog<TracksState, TrackDifference>;
  readonly #lead: TrackLead;
  #state: TracksState = new Map();
  #asOf: number | null = null;
  #confirmedAt: Moment | null = null;
  /** Null without subscribers. */
  #room: WatchedRoom | null = null;
  /** Whether the room's feed has told something since it is watched. */
  #hasRoom = false;

  constructor(options: TracksFeedOptions) {
    const scope = tracksScope(options.roomId);
    this.roomId = options.roomId;
    this.#options = options;
    this.#log = options.logs.open(scope, this, tracksCodec);
    this.#lead = new TrackLead(options, this);
    this.#channel = new Channel<TrackChange>({
      ...options,
      scope,
      bytesOf: trackChangeBytes,
      snapshot: (stamp, reason, stale) => this.#snapshotEvent(stamp, reason, stale),
      reachBack: (position) => this.#log.reachBack(position),
      onEmpty: () => this.#stop(),
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#channel.size;
  }

  /** The looks that this instance makes; null: another one makes them, or nobody watches. */
  get looks(): TrackLead['looks'] {
    return this.#lead.looks;
  }

  /** Adds a subscriber; with the first one the feed watches the room and joins its log. `after`: see LiveRooms.trackChanges. */
  watch(after: Position | null): LiveStream<TrackChange> {
    if (this.#room === null) {
      this.#channel.markUnready();
      const room = this.#options.watchRoom();
      this.#room = room;
      this.#hasRoom = false;
      this.#log.join();
      void this.#followRoom(room);
    }
    return this.#channel.subscribe(after, null);
  }

  /** If this instance leads: looks soon at the peer of this id. */
  hint(peerId: string): void {
    this.#lead.hint(peerId);
  }

  /** Ends all subscriptions without an error, and so the looks. */
  end(): void {
    this.#channel.end();
  }

  /** Drops the log: the feed is not used any more. */
  forget(): void {
    this.#channel.clear();
  }

  /** See LedTracks. */
  get room(): LedTracks['room'] {
    return this.#hasRoom ? (this.#room?.feed.known ?? null) : null;
  }

  /** See LedTracks. */
  commit(conclusion: TracksConclusion): true | Promise<boolean> {
    return this.#log.commit(conclusion);
  }

  /** See LedTracks. The state changes in the same turn as its events are numbered, so the two always fit. */
  concluded({ after, events, asOf, stale }: TracksConclusion): void {
    this.#state = after;
    this.#tell(events, asOf, stale);
  }

  /** See LogHost. */
  lead(isAlone: boolean): void {
    if (isAlone) this.#channel.beginOwnEra();
    this.#lead.start();
  }

  /** See LogHost. */
  follow(): void {
    this.#lead.stop();
    if (this.#asOf !== null) this.#channel.markReady();
  }

  /** See LogHost. */
  adopt(shared: SharedState<TracksState>): void {
    if (!this.#channel.hasTold) this.#channel.restart(shared);
    else {
      const asOf = shared.asOf ?? this.#options.clock.now();
      const events = tracksBetween(this.#state, shared.state, this.#present, asOf);
      this.#channel.bridge(this.#stamped(events), shared);
    }
    this.#state = shared.state;
    this.#confirm(shared.asOf, shared.ageMs ?? 0);
    this.#channel.setStale(shared.stale);
  }

  /** See LogHost. */
  begin(position: Pick<Position, 'epoch' | 'seq'>): void {
    if (this.#channel.hasTold) this.#channel.bridge([], position);
    else this.#channel.restart(position);
  }

  /** See LogHost. */
  apply({ events, asOf, stale, confirmed }: Told<TrackDifference>): void {
    this.#state = afterTrackEvents(this.#state, events, confirmed);
    this.#tell(events, asOf, stale);
    this.#options.observer?.onApplied?.();
  }

  /** See LogHost. That the room does not exist is told by the room's own feed. */
  hear(note: Note): void {
    if (note.kind === 'look') this.#lead.hint();
  }

  /** See LogHost. */
  get ageMs(): number | null {
    return this.#confirmedAt === null ? null : msBetween(this.#confirmedAt, this.#options.clock.moment());
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
  get known(): LedTracks['known'] {
    return { after: this.#state, asOf: this.#asOf, stale: this.#channel.isStale };
  }

  /** See LogHost. */
  prepend(polls: readonly Pick<Told<TrackDifference>, 'events' | 'asOf'>[]): void {
    this.#channel.prepend(
      polls.map(({ events, asOf }) => ({ makers: this.#stamped(events), at: asOf ?? 0 })),
    );
  }

  /** The peers by the room's own feed, whose names and roles are younger than those in the state. */
  get #present(): RoomFeed['state']['peers'] {
    return this.room?.after.peers ?? new Map();
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
      if (room === this.#room) this.#channel.end(error as Error);
    }
  }

  #stop(): void {
    this.#lead.stop();
    this.#log.leave();
    const room = this.#room;
    this.#room = null;
    void room?.events.return();
    this.#options.onIdle();
  }

  #tell(events: readonly TrackDifference[], asOf: number | null, stale: boolean): void {
    if (!stale) this.#confirm(asOf, 0);
    this.#channel.publish(this.#stamped(events), asOf ?? undefined);
    this.#channel.setStale(stale);
    this.#channel.markReady();
  }

  #confirm(asOf: number | null, ageMs: number): void {
    this.#asOf = asOf;
    this.#confirmedAt = asOf === null ? null : momentAfter(this.#options.clock.moment(), -ageMs);
  }

  #stamped(events: readonly TrackDifference[]): ((stamp: EventStamp) => TrackChange)[] {
    return events.map((event) => (stamp) => ({ ...stamp, roomId: this.roomId, ...event }));
  }

  #snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): TrackChange {
    const present = this.#present;
    const peers = [...this.#state.values()].map((known) => {
      const peer = present.get(known.peer.id) ?? known.peer;
      return peer === known.peer ? known : Object.assign({}, known, { peer });
    });
    return { kind: 'snapshot', ...stamp, roomId: this.roomId, peers, reason, stale, asOf: this.#oldest };
  }

  /** When the peer was looked at whose look is longest ago; null: one has not been looked at yet. */
  get #oldest(): number | null {
    let oldest = this.#asOf;
    for (const { asOf } of this.#state.values()) {
      if (asOf === null) return null;
      if (oldest === null || asOf < oldest) oldest = asOf;
    }
    return oldest;
  }
}
