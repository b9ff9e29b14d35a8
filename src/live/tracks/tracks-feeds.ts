// The feeds of the tracks in all watched rooms, with the queue and the share of the budget that they have in common.
import type { TrackChange } from '../changes.ts';
import { ExpiringMap, type ExpiringMapOptions } from '../expiring-map.ts';
import { decodeCursor } from '../log/cursor.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { LiveGauges } from '../observer.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';
import { PollQueue, type TracksQueue } from '../upstream/poll-queue.ts';
import { TracksFeed, tracksScope, type TracksFeedOptions, type WatchedRoom } from './tracks-feed.ts';
import { TrackShare } from './track-share.ts';

/** Everything that the feeds need. */
export interface TracksFeedsOptions extends Omit<
  TracksFeedOptions,
  'roomId' | 'epoch' | 'queue' | 'share' | 'watchRoom' | 'onIdle'
> {
  readonly upstream: Pick<LiveUpstream, 'trackTurn' | 'publishingRoles'>;
  /** Reads a second, over all rooms. */
  readonly readsPerSecond: number;
  readonly newEpoch: () => string;
  readonly watchRoom: (roomId: string) => WatchedRoom;
  /** How long and how many feeds are kept without subscribers, so that clients can resume. */
  readonly keeping: ExpiringMapOptions;
}

/** The counts of the feeds for metrics. */
export type TrackGauges = Pick<
  LiveGauges,
  'trackedRooms' | 'trackedPeers' | 'waitingTrackReads' | 'oldestTracksAgeMs'
>;

/** Reads in flight at once. With the polls in flight still fewer than the connections of the REST client. */
const MAX_IN_FLIGHT = 6;

/** One instance for the whole live core. Without subscribers it makes no requests and has no timers. */
export class TracksFeeds {
  /** What was sent, what waits, and the pace, which a fleet changes. */
  readonly reads: Pick<TrackShare, 'sent' | 'waiting' | 'setPace'>;
  readonly #share: TrackShare;
  readonly #options: TracksFeedsOptions;
  readonly #queue: TracksQueue;
  readonly #watched = new Map<string, TracksFeed>();
  readonly #kept: ExpiringMap<TracksFeed>;

  constructor(options: TracksFeedsOptions) {
    const { clock, upstream, readsPerSecond, keeping } = options;
    const share = new TrackShare(clock, readsPerSecond);
    this.#share = share;
    this.#options = options;
    this.#queue = new PollQueue({
      clock,
      maxInFlight: MAX_IN_FLIGHT,
      async turn(signal) {
        await share.take(1, signal);
        return upstream.trackTurn(signal);
      },
    });
    const queue = this.#queue;
    this.reads = {
      get sent() {
        return share.sent;
      },
      get waiting() {
        return queue.waiting + share.waiting;
      },
      setPace: (pace) => share.setPace(pace),
    };
    this.#kept = new ExpiringMap<TracksFeed>(keeping, (feed) => feed.forget());
  }

  /** Subscribers of all rooms. */
  get subscribers(): number {
    return [...this.#watched.values()].reduce((sum, feed) => sum + feed.subscribers, 0);
  }

  /** See LiveRooms.trackChanges. */
  watch(roomId: string, cursor: string | undefined): LiveStream<TrackChange> {
    const after = cursor === undefined ? null : decodeCursor(tracksScope(roomId), cursor);
    const feed = this.#watched.get(roomId) ?? this.#kept.take(roomId) ?? this.#newFeed(roomId);
    this.#watched.set(roomId, feed);
    return feed.watch(after);
  }

  /** Reads the tracks of a peer soon, because they may have changed. Does nothing for a room whose tracks nobody watches. */
  hint(roomId: string, peerId: string): void {
    this.#watched.get(roomId)?.hint(peerId);
  }

  /** Computed on each call. */
  gauges(): TrackGauges {
    const pollers = [...this.#watched.values()].flatMap((feed) => feed.pollers ?? []);
    return {
      trackedRooms: this.#watched.size,
      trackedPeers: pollers.reduce((sum, { size }) => sum + size, 0),
      waitingTrackReads: this.#queue.waiting,
      oldestTracksAgeMs: pollers.reduce((oldest, { oldestAgeMs }) => Math.max(oldest, oldestAgeMs), 0),
    };
  }

  /** Ends all subscriptions without an error. */
  end(): void {
    for (const feed of this.#watched.values()) feed.end();
    this.#kept.clear();
  }

  #newFeed(roomId: string): TracksFeed {
    const feed: TracksFeed = new TracksFeed({
      ...this.#options,
      roomId,
      epoch: this.#options.newEpoch(),
      queue: this.#queue,
      share: this.#share,
      watchRoom: () => this.#options.watchRoom(roomId),
      onIdle: () => this.#keep(feed),
    });
    return feed;
  }

  /** Keeps an idle feed for clients that resume, unless its tracks have never been read. */
  #keep(feed: TracksFeed): void {
    this.#watched.delete(feed.roomId);
    if (feed.ageMs === null) feed.forget();
    else this.#kept.set(feed.roomId, feed);
  }
}
