// The live core's front: who watches which room, one feed a room however many watch it.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ActivePeerResource } from '../rest/peers/peers.ts';
import type { LiveSnapshot, PeerChange, PeerFilter, SessionChange } from './changes.ts';
import { decodeCursor } from './log/cursor.ts';
import { EventBus } from './webhooks/event-bus.ts';
import type { LiveGauges, LiveObserver } from './observer.ts';
import { Recent } from './expiring-map.ts';
import { RoomFeed } from './rooms/room-feed.ts';
import { SessionWatch } from './sessions/session-poller.ts';
import { SessionsFeed, WORKSPACE } from './sessions/sessions-feed.ts';
import type { LiveUpstream } from './upstream/live-upstream.ts';
import { WebhookMemory } from './webhooks/webhook-memory.ts';
import type { WebhookEvent } from './webhooks/webhook-event.ts';
import { webhookMeaning } from './webhooks/webhook-types.ts';

export interface LiveRoomsOptions {
  readonly upstream: LiveUpstream;
  readonly clock: Clock;
  /** Fastest poll of one live room, milliseconds. */
  readonly pollIntervalMs: number;
  /** Slowest poll of one live room, milliseconds. */
  readonly pollMaxIntervalMs: number;
  /** How often the sessions of all watched rooms are looked at, milliseconds. */
  readonly sessionCheckMs: number;
  /** In [0, 1); default Math.random. */
  readonly random?: () => number;
  /** Names a log; default a random one, so that no cursor outlives the log that made it. */
  readonly newEpoch?: () => string;
  /** Events kept a room; default 256. */
  readonly logSize?: number;
  /** Events held for one slow watcher; default 64. */
  readonly queueSize?: number;
  readonly observer?: LiveObserver;
}

/** Rooms that nobody watches any more are kept so long, for those who come back. */
const KEPT_FOR_MS = 5 * 60 * 1000;
const MAX_KEPT = 500;
const LOG_SIZE = 256;
const QUEUE_SIZE = 64;

/** Watches rooms for whoever asks. Nobody watches: no call, no timer. */
export class LiveRooms implements Disposable {
  readonly #options: LiveRoomsOptions;
  readonly #sessions: SessionWatch;
  readonly #sessionsFeed: SessionsFeed;
  readonly #bus: EventBus;
  readonly #memory: WebhookMemory;
  readonly #watched = new Map<string, RoomFeed>();
  readonly #kept: Recent<RoomFeed>;

  constructor(options: LiveRoomsOptions) {
    this.#options = options;
    const { clock, upstream, observer, sessionCheckMs, pollIntervalMs } = options;
    this.#bus = new EventBus(options.queueSize ?? QUEUE_SIZE);
    this.#memory = new WebhookMemory(clock);
    this.#kept = new Recent({ clock, maxAgeMs: KEPT_FOR_MS, maxEntries: MAX_KEPT });
    const random = options.random ?? Math.random;
    this.#sessions = new SessionWatch({
      upstream,
      clock,
      checkMs: sessionCheckMs,
      retryMs: pollIntervalMs,
      random,
      observer,
    });
    this.#sessionsFeed = new SessionsFeed({ sessions: this.#sessions, ...this.#common() });
  }

  /**
   * Tells what changes in a room, beginning with a snapshot, or behind `after` (with the filter it was told with).
   * Watching begins with this call and ends with the iterator's `return()`.
   * Throws InvalidCursorError at once; `next()` throws UnknownRoomError when there is no such room.
   */
  peerChanges(
    roomId: string,
    options: { readonly after?: string; readonly filter?: PeerFilter } = {},
  ): AsyncIterableIterator<PeerChange> {
    const after = options.after === undefined ? null : decodeCursor(roomId, options.after);
    const feed = this.#watched.get(roomId) ?? this.#kept.take(roomId) ?? this.#newFeed(roomId);
    this.#watched.set(roomId, feed);
    return feed.watch(after, options.filter);
  }

  /**
   * Tells which sessions of the workspace start and end, beginning with all that run, or behind `after`.
   * Watching begins with this call and ends with the iterator's `return()`. Throws InvalidCursorError at once.
   */
  sessionChanges(options: { readonly after?: string } = {}): AsyncIterableIterator<SessionChange> {
    const after = options.after === undefined ? null : decodeCursor(WORKSPACE, options.after);
    return this.#sessionsFeed.watch(after);
  }

  /** Republishes a room's webhooks, of the given types or all. A slow reader loses the oldest. No call upstream. */
  roomEvents(roomId: string, types?: ReadonlySet<string>): AsyncIterableIterator<WebhookEvent> {
    return this.#bus.subscribe(roomId, types);
  }

  /** A room from memory, for queries: null unless younger than `pollIntervalMs`, not stale, not forgotten. */
  snapshot(roomId: string): LiveSnapshot | null {
    const feed = this.#watched.get(roomId) ?? this.#kept.get(roomId);
    return feed?.snapshot(this.#options.pollIntervalMs) ?? null;
  }

  /** Who is in a room as all who watch it have been told, however long ago; null: nobody watches it, or nothing is known yet. */
  watchedPeers(roomId: string): readonly ActivePeerResource[] | null {
    return this.#watched.get(roomId)?.peers ?? null;
  }

  /** Look at this room now: something may have happened. Nothing if nobody watches it. */
  hint(roomId: string): void {
    this.#watched.get(roomId)?.hint();
  }

  /**
   * The gateway itself changed something in this room: what is known is no longer good for queries, and a watched
   * room is looked at now and, until the effect shows, after 250 ms and 1 s.
   */
  mutated(roomId: string): void {
    const feed = this.#watched.get(roomId) ?? this.#kept.get(roomId);
    feed?.mutated();
  }

  /**
   * Takes in a webhook: republishes it, and looks at its room. A repeated delivery is told by its id or by what it
   * reports, for 24 hours, and does nothing.
   */
  receive(event: WebhookEvent): 'accepted' | 'duplicate' {
    if (!this.#memory.isNew(event)) return 'duplicate';
    const meaning = webhookMeaning(event.type);
    const { room_id: roomId } = event.data;
    if (typeof roomId === 'string') {
      if (meaning.changesRoom) this.#options.upstream.forgetRoom(roomId);
      this.#bus.publish(roomId, event);
      this.hint(roomId);
    }
    if (meaning.checksSessions) this.#sessions.workspaceHint();
    return 'accepted';
  }

  gauges(): LiveGauges {
    const now = this.#options.clock.now();
    const feeds = [...this.#watched.values()];
    const ofRooms = feeds.reduce((sum, feed) => sum + feed.subscribers, 0);
    return {
      watchedRooms: feeds.length,
      liveRooms: feeds.filter((feed) => feed.live).length,
      staleRooms: feeds.filter((feed) => feed.stale).length,
      keptRooms: this.#kept.size,
      subscribers: ofRooms + this.#sessionsFeed.subscribers + this.#bus.subscribers,
      oldestAsOfAgeMs: feeds.reduce(
        (oldest, { asOf }) => Math.max(oldest, asOf === null ? 0 : now - asOf),
        0,
      ),
    };
  }

  /** Ends all watching: iterators give what waits and end without an error. */
  close(): void {
    for (const feed of this.#watched.values()) feed.end();
    this.#sessionsFeed.end();
    this.#bus.end();
    this.#kept.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #common() {
    const { clock, observer, logSize = LOG_SIZE, queueSize = QUEUE_SIZE } = this.#options;
    return { clock, observer, logSize, queueSize, epoch: (this.#options.newEpoch ?? randomUUID)() };
  }

  #newFeed(roomId: string): RoomFeed {
    const { upstream, pollIntervalMs, pollMaxIntervalMs, random = Math.random } = this.#options;
    return new RoomFeed({
      roomId,
      upstream,
      sessions: this.#sessions,
      pace: { fastestMs: pollIntervalMs, slowestMs: pollMaxIntervalMs, random },
      leaveReasonOf: (peerId) => this.#memory.leaveReason(roomId, peerId),
      onIdle: (feed) => this.#keep(feed),
      ...this.#common(),
    });
  }

  /** A room of which nothing was ever known is not worth keeping. */
  #keep(feed: RoomFeed): void {
    this.#watched.delete(feed.roomId);
    if (feed.asOf !== null) this.#kept.set(feed.roomId, feed);
  }
}
