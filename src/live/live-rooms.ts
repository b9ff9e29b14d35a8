// The entry point of the live core: it watches rooms by polling the REST API, and publishes their changes. One feed
// serves all subscribers of a room. Terms in this folder:
//   poll       a request that the gateway sends without a client's query: for a room's peers, or for sessions
//   read       one attempt to learn a room's state, by one or more polls (rooms/room-reading.ts)
//   check      the periodic poll for the running sessions of all watched rooms (sessions/session-poller.ts)
//   hint       a reason to read immediately: a webhook, or a mutation by this gateway
//   feed       the state of one room, of its tracks, or of the workspace's sessions, with the reads that keep it current
//   channel    the events of one feed, numbered, with the log and the subscribers (log/channel.ts)
//   log        the last events of a channel, which its subscribers read, and from which a client resumes
//   epoch      the name of one log; a cursor of another epoch cannot be resumed
//   subscriber one reader of a channel; a room is watched while its feed has subscribers
//   turn       the permission of the budget to send one poll; the most delayed room gets it (upstream/poll-queue.ts)
//   lead       to make the reads of a feed; if there are several instances, one leads and the others follow (log/shared-log.ts)
//   stale      reads fail, so the state may be out of date (rooms/failures.ts); waiting for a turn is not a failure
import { randomUUID } from 'node:crypto';
import type { ActivePeerResource } from '../rest/peers/peers.ts';
import type { LiveSnapshot, PeerChange, PeerFilter, SessionChange, TrackChange } from './changes.ts';
import { ExpiringMap } from './expiring-map.ts';
import type { ChannelLimits } from './log/channel.ts';
import { decodeCursor } from './log/cursor.ts';
import { Deliveries } from './log/deliveries.ts';
import type { LiveStream } from './log/live-stream.ts';
import { LogMemory } from './log/log-memory.ts';
import { ownLogs } from './log/own-log.ts';
import type { LogEngine } from './log/shared-log.ts';
import type { LiveRoomsOptions } from './live-rooms-options.ts';
import type { LiveGauges } from './observer.ts';
import { RoomFeed } from './rooms/room-feed.ts';
import { SessionPoller } from './sessions/session-poller.ts';
import { SessionsFeed, WORKSPACE } from './sessions/sessions-feed.ts';
import type { PaceOptions } from './upstream/pace.ts';
import { TracksFeeds } from './tracks/tracks-feeds.ts';
import { PollQueue, type PeersQueue } from './upstream/poll-queue.ts';
import { EventBus } from './webhooks/event-bus.ts';
import type { WebhookEvent } from './webhooks/webhook-event.ts';
import { WebhookMemory } from './webhooks/webhook-memory.ts';
import { webhookMeaning } from './webhooks/webhook-types.ts';

/** How long the feed of a room is kept after its last subscriber has left, so that clients can resume. */
const KEPT_FOR_MS = 5 * 60 * 1000;
const MAX_KEPT = 500;
const KIB = 1024;
const LIMITS: ChannelLimits = {
  maxBytes: 4 * KIB * KIB,
  maxAgeMs: 15 * 60 * 1000,
  backlogBytes: 256 * KIB,
  burstBytes: 256 * KIB,
  burstChanges: 64,
};
const TOTAL_LOG_BYTES = 64 * KIB * KIB;
const QUEUE_SIZE = 64;
/** Polls of peers in flight at once. */
const MAX_IN_FLIGHT = 24;
const READS_PER_SECOND = 10;

/**
 * The live core of one gateway. It polls only rooms that have subscribers; without subscribers it makes no requests
 * and has no timers. `close` (or `using`) ends it.
 */
export class LiveRooms implements Disposable {
  readonly #options: LiveRoomsOptions;
  readonly #sessions: SessionPoller;
  readonly #sessionsFeed: SessionsFeed;
  readonly #polls: PeersQueue;
  readonly #tracks: TracksFeeds;
  readonly #bus: EventBus;
  readonly #memory: WebhookMemory;
  readonly #watched = new Map<string, RoomFeed>();
  readonly #kept: ExpiringMap<RoomFeed>;
  readonly #deliveries = new Deliveries();
  readonly #logMemory: LogMemory;
  readonly #logs: LogEngine;

  constructor(options: LiveRoomsOptions) {
    this.#options = options;
    this.#logs = options.shared?.logs ?? ownLogs;
    const { clock, upstream, observer, sessionCheckMs, pollIntervalMs } = options;
    this.#polls = new PollQueue({
      turn: (signal) => upstream.turn(signal),
      maxInFlight: MAX_IN_FLIGHT,
      clock,
      observer,
    });
    this.#bus = new EventBus(options.queueSize ?? QUEUE_SIZE, this.#deliveries);
    this.#logMemory = new LogMemory(options.totalLogBytes ?? TOTAL_LOG_BYTES);
    this.#memory = new WebhookMemory(clock);
    const bounds = { clock, maxAgeMs: KEPT_FOR_MS, maxEntries: MAX_KEPT };
    this.#kept = new ExpiringMap<RoomFeed>(bounds, (feed) => feed.forget());
    const random = options.random ?? Math.random;
    this.#sessions = new SessionPoller({
      upstream,
      clock,
      checkMs: sessionCheckMs,
      retryMs: pollIntervalMs,
      random,
      observer,
      share: options.shared?.checks,
    });
    this.#sessionsFeed = new SessionsFeed({ sessions: this.#sessions, ...this.#common() });
    this.#tracks = new TracksFeeds({
      ...this.#common(),
      upstream,
      pace: this.#pace,
      readsPerSecond: options.trackLooksPerSecond ?? READS_PER_SECOND,
      newEpoch: options.newEpoch ?? randomUUID,
      keeping: bounds,
      watchRoom: (roomId) => {
        const feed = this.#feedOf(roomId);
        return { feed, events: feed.watch(null, undefined) };
      },
    });
  }

  /**
   * Subscribes to a room. The first event is a snapshot, sent when the room has been read; with `after`, the cursor of
   * an earlier event under the same filter, the first events are those that follow it, if the log still holds them.
   * Polling begins with this call and ends with the iterator's `return()`, which the caller must call.
   * Throws InvalidCursorError. `next()` rejects with UnknownRoomError when the room does not exist.
   */
  peerChanges(
    roomId: string,
    options: { readonly after?: string; readonly filter?: PeerFilter } = {},
  ): LiveStream<PeerChange> {
    const after = options.after === undefined ? null : decodeCursor(roomId, options.after);
    return this.#feedOf(roomId).watch(after, options.filter);
  }

  /**
   * Subscribes to the tracks of the peers in a room who may publish. The first event is a snapshot, sent when the room has been
   * read: it has the tracks that were read before; the tracks of each other peer follow when they have been read. `after`,
   * the polling and the errors are as in `peerChanges`.
   */
  trackChanges(roomId: string, options: { readonly after?: string } = {}): LiveStream<TrackChange> {
    return this.#tracks.watch(roomId, options.after);
  }

  /**
   * Subscribes to the starts and ends of the workspace's sessions. The first event is a snapshot of all running ones;
   * `after`, the polling and InvalidCursorError are as in `peerChanges`.
   */
  sessionChanges(options: { readonly after?: string } = {}): LiveStream<SessionChange> {
    const after = options.after === undefined ? null : decodeCursor(WORKSPACE, options.after);
    return this.#sessionsFeed.watch(after);
  }

  /**
   * Subscribes to a room's webhooks, of the given types or, without `types`, of all. A slow subscriber loses the
   * oldest. Makes no requests, and does not check that the room exists.
   */
  roomEvents(roomId: string, types?: ReadonlySet<string>): LiveStream<WebhookEvent> {
    return this.#bus.subscribe(roomId, types);
  }

  /**
   * A room's state for a query. Null when it is older than `pollIntervalMs` or stale, when the effect of a mutation is
   * pending, and when the feed does not exist: no client has watched the room in the last 5 minutes.
   */
  snapshot(roomId: string): LiveSnapshot | null {
    const feed = this.#watched.get(roomId) ?? this.#kept.get(roomId);
    return feed?.snapshot(this.#options.pollIntervalMs) ?? null;
  }

  /** A watched room's peers by the last read, however long ago; null when it is not watched or not read yet. */
  watchedPeers(roomId: string): readonly ActivePeerResource[] | null {
    return this.#watched.get(roomId)?.peers ?? null;
  }

  /** Whether the last read of a watched room showed a peer with this `user_id`; null when it is not watched or not read yet. */
  showsUser(roomId: string, userId: string): boolean | null {
    return this.#watched.get(roomId)?.showsUser(userId) ?? null;
  }

  /** Reads a watched room at once, because it may have changed. Does nothing for other rooms. */
  hint(roomId: string): void {
    this.#watched.get(roomId)?.hint();
  }

  /** Reads all stale rooms at once. Call when an upstream that had failed may answer again. */
  readStaleRooms(): void {
    for (const feed of this.#watched.values()) if (feed.isStale) feed.hint();
  }

  /**
   * Call after a mutation of the gateway's own in this room: `snapshot` returns null until its effect shows, and a
   * watched room is read at once and, until the effect shows, after 250 ms and 1, 2, 3 and 5 s.
   */
  mutated(roomId: string): void {
    const id = randomUUID();
    const feed = this.#watched.get(roomId) ?? this.#kept.get(roomId);
    feed?.mutated(id);
    this.#logs.send(roomId, { kind: 'mutated', id });
  }

  /**
   * Takes a webhook: passes it on to the room's subscribers, reads the room at once, and does what webhook-types.ts
   * says of its type. A repetition within 24 hours, recognized by its id or its content, does nothing.
   */
  receive(event: WebhookEvent): 'accepted' | 'duplicate' {
    if (!this.#memory.remember(event)) return 'duplicate';
    const meaning = webhookMeaning(event.type);
    const { room_id: roomId, peer_id: peerId } = event.data;
    if (typeof roomId === 'string') {
      if (meaning.changesRoom) this.#options.upstream.forgetRoom(roomId);
      this.#bus.publish(roomId, event);
      this.hint(roomId);
      if (typeof peerId === 'string') this.#tracks.hint(roomId, peerId);
    }
    if (meaning.checksSessions) this.#sessions.hintWorkspace();
    return 'accepted';
  }

  /** Polls that are due and wait for a turn. */
  get waitingPolls(): number {
    return this.#polls.waiting;
  }

  /** The reads of tracks, for a fleet: what was sent, what waits, and the pace. */
  get trackReads(): TracksFeeds['reads'] {
    return this.#tracks.reads;
  }

  /** Counts for metrics, computed on each call. */
  gauges(): LiveGauges {
    const feeds = [...this.#watched.values()];
    // First, as it drops the logs of rooms whose time is over.
    const keptRooms = this.#kept.size;
    const tracks = this.#tracks.gauges();
    // The feed of a room's tracks is a subscriber of the room.
    const roomSubscribers = feeds.reduce((sum, feed) => sum + feed.subscribers, -tracks.trackedRooms);
    const trackSubscribers = this.#tracks.subscribers;
    return {
      watchedRooms: feeds.length,
      ledRooms: feeds.filter((feed) => feed.isLeading).length,
      liveRooms: feeds.filter((feed) => feed.isLive).length,
      staleRooms: feeds.filter((feed) => feed.isStale).length,
      waitingPolls: this.waitingPolls,
      pollStretch: this.#polls.stretch,
      keptRooms,
      logBytes: this.#logMemory.bytes,
      subscribers:
        roomSubscribers + trackSubscribers + this.#sessionsFeed.subscribers + this.#bus.subscribers,
      ...tracks,
      oldestAsOfAgeMs: feeds.reduce((oldest, { ageMs }) => Math.max(oldest, ageMs ?? 0), 0),
    };
  }

  /** Ends all subscriptions: each iterator yields its queued events and then ends without an error. */
  close(): void {
    this.#tracks.end();
    for (const feed of this.#watched.values()) feed.end();
    this.#sessionsFeed.end();
    this.#bus.end();
    this.#kept.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #common() {
    const { clock, observer, newEpoch = randomUUID } = this.#options;
    const limits = { ...LIMITS, ...this.#options.limits };
    const shared = { limits, memory: this.#logMemory, deliveries: this.#deliveries };
    return { clock, observer, ...shared, logs: this.#logs, epoch: newEpoch() };
  }

  get #pace(): PaceOptions {
    const { pollIntervalMs, pollMaxIntervalMs, random = Math.random } = this.#options;
    return { fastestMs: pollIntervalMs, slowestMs: pollMaxIntervalMs, random };
  }

  #feedOf(roomId: string): RoomFeed {
    const feed = this.#watched.get(roomId) ?? this.#kept.take(roomId) ?? this.#newFeed(roomId);
    this.#watched.set(roomId, feed);
    return feed;
  }

  #newFeed(roomId: string): RoomFeed {
    const { upstream } = this.#options;
    const feed: RoomFeed = new RoomFeed({
      roomId,
      upstream,
      sessions: this.#sessions,
      polls: this.#polls,
      pace: this.#pace,
      findLeaveReason: (peerId) => this.#memory.leaveReason(roomId, peerId),
      onIdle: () => this.#keep(feed),
      ...this.#common(),
    });
    return feed;
  }

  /** Keeps an idle feed for clients that resume, unless its room has never been read. */
  #keep(feed: RoomFeed): void {
    this.#watched.delete(feed.roomId);
    if (feed.ageMs === null) feed.forget();
    else this.#kept.set(feed.roomId, feed);
  }
}
