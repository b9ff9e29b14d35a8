// The feed of the workspace's running sessions: compares the answers of the session checks, and publishes which sessions started
// and which ended. Its counterpart for one room is RoomFeed. This feed makes no polls of its own; see SessionPoller.
import type { EventStamp, LiveSession, SessionChange, SnapshotReason } from '../changes.ts';
import type { Position } from '../log/cursor.ts';
import { FeedState, type FeedCommon, type FeedOwner } from '../log/feed-state.ts';
import { sessionChangeBytes } from '../log/sizes.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type { Conclusion, Note, SharedState, Told } from '../log/shared-log.ts';
import { afterTurns, sessionsCodec, turnsBetween, type Running, type Turn } from './running-sessions.ts';
import type { SessionPoller, WorkspaceListener } from './session-poller.ts';

/** Everything the feed needs. */
export interface SessionsFeedOptions extends FeedCommon {
  /** Makes the session checks while this feed has subscribers. */
  readonly sessions: SessionPoller;
}

/** The scope of this feed's cursors. The vendor's room ids are hexadecimal, so no room has this id. */
export const WORKSPACE = '*';

/** Failed checks in a row until subscribers get a snapshot with `stale`: a single failure passes unnoticed. */
const FAILURES_UNTIL_STALE = 2;

/** One instance for the whole live core. */
export class SessionsFeed implements WorkspaceListener, FeedOwner<Running, Turn, SessionChange> {
  readonly #options: SessionsFeedOptions;
  readonly #state: FeedState<Running, Turn, SessionChange>;
  #failures = 0;
  #isWriting = false;
  /** The last answer that came while one was written. */
  #next: readonly LiveSession[] | Error | null = null;

  constructor(options: SessionsFeedOptions) {
    this.#options = options;
    this.#state = new FeedState({
      ...options,
      owner: this,
      scope: WORKSPACE,
      empty: new Map(),
      codec: sessionsCodec,
      bytesOf: sessionChangeBytes,
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#state.subscribers;
  }

  /** Adds a subscriber; the first one starts checks of the whole workspace. `after`: see LiveRooms.sessionChanges. */
  watch(after: Position | null): LiveStream<SessionChange> {
    return this.#state.watch(after, null);
  }

  /** Called by the session check. */
  onSessions(sessions: readonly LiveSession[] | Error): void {
    if (this.#isWriting) this.#next = sessions;
    else void this.#take(sessions);
  }

  /** Ends all subscriptions without an error, and so the checks. */
  end(): void {
    this.#state.end();
  }

  /** See FeedOwner. */
  lead(): void {
    this.#failures = 0;
    this.#options.sessions.setWorkspaceListener(this);
  }

  /** See FeedOwner. */
  follow(): void {
    this.#options.sessions.setWorkspaceListener(null);
  }

  /** See FeedOwner. */
  hear(note: Note): void {
    if (note.kind === 'read') this.#options.sessions.hintWorkspace();
  }

  /** See FeedOwner. */
  towards(before: Running, { state }: SharedState<Running>) {
    return { after: state, events: turnsBetween(before, state) };
  }

  /** See FeedOwner. */
  applied(before: Running, { events }: Told<Turn>): Running {
    return afterTurns(before, events);
  }

  /** See FeedOwner. */
  event(turn: Turn, stamp: EventStamp): SessionChange {
    return { ...stamp, roomId: turn.session.room_id, ...turn };
  }

  /** See FeedOwner. */
  snapshotEvent(stamp: EventStamp, reason: SnapshotReason, stale: boolean): SessionChange {
    const { value, asOf } = this.#state;
    return { kind: 'sessions', ...stamp, sessions: [...value.values()], reason, stale, asOf };
  }

  /** See FeedOwner. */
  idle(): void {
    this.#options.sessions.setWorkspaceListener(null);
  }

  /** One answer after another: what an answer changes depends on the state after the one before. */
  async #take(sessions: readonly LiveSession[] | Error): Promise<void> {
    this.#isWriting = true;
    const written = sessions instanceof Error ? this.#fail() : this.#conclude(sessions);
    if (written !== true) await written;
    this.#isWriting = false;
    const next = this.#next;
    this.#next = null;
    if (next !== null) this.onSessions(next);
  }

  #fail(): true | Promise<boolean> {
    this.#failures += 1;
    if (this.#failures < FAILURES_UNTIL_STALE) return true;
    if (!this.#state.isStale) return this.#commit({ ...this.#state.known, events: [], stale: true });
    this.#state.markReady();
    return true;
  }

  #conclude(sessions: readonly LiveSession[]): true | Promise<boolean> {
    this.#failures = 0;
    const before = this.#state.value;
    const events = turnsBetween(before, new Map(sessions.map((session) => [session.id, session])));
    const asOf = this.#options.clock.now();
    return this.#commit({ after: afterTurns(before, events), events, asOf, stale: false });
  }

  #commit(
    part: Pick<Conclusion<Running, Turn>, 'after' | 'events' | 'asOf' | 'stale'>,
  ): true | Promise<boolean> {
    const readAgeMs = this.#options.sessions.sinceCheckMs;
    return this.#state.commit({ ...part, readAgeMs, shownMutation: null });
  }
}
