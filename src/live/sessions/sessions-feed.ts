// The feed of the workspace's running sessions: compares the answers of the session checks, and publishes which
// sessions started and which ended. The counterpart of RoomFeed, without polls of its own; see SessionPoller.
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { EventStamp, LiveSession, SessionChange, SnapshotReason } from '../changes.ts';
import { Channel, type ChannelCommon } from '../log/channel.ts';
import type { Position } from '../log/cursor.ts';
import { sessionChangeBytes } from '../log/sizes.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { SessionPoller, WorkspaceListener } from './session-poller.ts';

/** Everything the feed needs; `epoch` is that of ChannelOptions. */
export interface SessionsFeedOptions extends ChannelCommon {
  /** Makes the session checks while this feed has subscribers. */
  readonly sessions: SessionPoller;
  readonly epoch: string;
}

/** The scope of this feed's cursors. The vendor's room ids are hexadecimal, so no room has this id. */
export const WORKSPACE = '*';

/** Failed checks in a row until subscribers get a snapshot with `stale`: a single failure passes unnoticed. */
const FAILURES_UNTIL_STALE = 2;

/** One instance for the whole live core. */
export class SessionsFeed implements WorkspaceListener {
  readonly #options: SessionsFeedOptions;
  readonly #channel: Channel<SessionChange>;
  /** By session id, oldest first. */
  #running: ReadonlyMap<string, LiveSession> = new Map();
  #asOf: number | null = null;
  #failures = 0;

  constructor(options: SessionsFeedOptions) {
    this.#options = options;
    this.#channel = new Channel<SessionChange>({
      ...options,
      scope: WORKSPACE,
      bytesOf: sessionChangeBytes,
      snapshot: (stamp, reason, stale) => this.#snapshotEvent(stamp, reason, stale),
      onEmpty: () => options.sessions.setWorkspaceListener(null),
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#channel.size;
  }

  /** Adds a subscriber; the first one starts checks of the whole workspace. `after`: see LiveRooms.sessionChanges. */
  watch(after: Position | null): LiveStream<SessionChange> {
    const isFirst = this.#channel.size === 0;
    if (isFirst) {
      this.#failures = 0;
      this.#channel.markUnready();
    }
    const subscriber = this.#channel.subscribe(after, null);
    if (isFirst) this.#options.sessions.setWorkspaceListener(this);
    return subscriber;
  }

  /** Called by the session check. */
  onSessions(sessions: readonly SessionResource[] | Error): void {
    if (!(sessions instanceof Error)) {
      this.#conclude(sessions);
      return;
    }
    this.#failures += 1;
    if (this.#failures < FAILURES_UNTIL_STALE) return;
    this.#channel.setStale(true);
    this.#channel.markReady();
  }

  /** Ends all subscriptions without an error, and so the checks. */
  end(): void {
    this.#channel.end();
  }

  #conclude(sessions: readonly SessionResource[]): void {
    const before = this.#running;
    const seen = new Set(sessions.map(({ id }) => id));
    const ended = [...before.values()].filter(({ id }) => !seen.has(id));
    const started = sessions.filter(({ id }) => !before.has(id)).sort(byStart);
    const running = new Map([...before].filter(([id]) => seen.has(id)));
    for (const { id, room_id, created_at } of started) running.set(id, { id, room_id, created_at });
    // The state changes in the same turn as its events are numbered, so a snapshot's number always fits its content.
    this.#running = running;
    this.#asOf = this.#options.clock.now();
    this.#failures = 0;
    const begun = started.map(({ id }) => running.get(id)).filter((session) => session !== undefined);
    this.#channel.publish([
      ...ended.map((session) => turnOf('sessionEnded', session)),
      ...begun.map((session) => turnOf('sessionStarted', session)),
    ]);
    this.#channel.setStale(false);
    this.#channel.markReady();
  }

  #snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): SessionChange {
    return {
      kind: 'sessions',
      ...stamp,
      sessions: [...this.#running.values()],
      reason,
      stale,
      asOf: this.#asOf,
    };
  }
}

function turnOf(kind: 'sessionStarted' | 'sessionEnded', session: LiveSession) {
  return (stamp: EventStamp): SessionChange => ({ kind, ...stamp, roomId: session.room_id, session });
}

function byStart(a: SessionResource, b: SessionResource): number {
  return Date.parse(a.created_at) - Date.parse(b.created_at) || (a.id < b.id ? -1 : 1);
}
