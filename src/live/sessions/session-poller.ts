// Polls the running sessions: the session check is one request for all watched rooms every SESSION_CHECK_MS, or for
// the whole workspace while clients watch that. It finds out which rooms are live, and notices a session that ended
// and another that started between two polls of a room's peers.
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveObserver } from '../observer.ts';
import { Batches } from '../upstream/batches.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';
import { Pace } from '../upstream/pace.ts';

/** The feed of a watched room. */
export interface SessionListener {
  /** Called after each session check: the room's running session, null without one, an Error when the check failed. */
  onSession(session: SessionResource | null | Error, order: number): void;
}

/** The feed of the workspace's sessions. */
export interface WorkspaceListener {
  /** Called after each session check: all running sessions, newest first, or an Error when the check failed. */
  onSessions(sessions: readonly SessionResource[] | Error): void;
}

/** Everything a SessionPoller needs. */
export interface SessionPollerOptions {
  readonly upstream: LiveUpstream;
  readonly clock: Clock;
  /** Milliseconds from the start of one session check to the start of the next. */
  readonly checkMs: number;
  /** Milliseconds until a failed check is first repeated, and the shortest time between two early checks. */
  readonly retryMs: number;
  /** Jitter of the retries; see PaceOptions. */
  readonly random: () => number;
  readonly observer?: LiveObserver | undefined;
}

/** One instance for the whole live core. Without rooms and without a workspace listener it makes no requests. */
export class SessionPoller {
  readonly #options: SessionPollerOptions;
  readonly #batches: Batches<SessionResource | null>;
  readonly #pace: Pace;
  readonly #rooms = new Map<string, SessionListener>();
  #workspace: WorkspaceListener | null = null;
  #order = 0;
  /** Aborts the check in flight; null when no check is. */
  #check: AbortController | null = null;
  #checksAgain = false;
  /** When the last check began; null: none has. */
  #checkedAt: Moment | null = null;
  /** When the next check is due; null: none is planned. */
  #dueAt: Moment | null = null;
  #cancelTimer = () => {};

  constructor(options: SessionPollerOptions) {
    this.#options = options;
    const slowestMs = options.checkMs;
    const fastestMs = Math.min(options.retryMs, slowestMs);
    this.#pace = new Pace({ fastestMs, slowestMs, random: options.random });
    this.#batches = new Batches(
      (roomIds, signal) => options.upstream.activeSessions(roomIds, signal),
      (result) => options.observer?.onSessionPoll?.(result),
    );
  }

  /**
   * A number greater than all before. Each check takes one when it begins, a feed takes one when it concludes a state:
   * the smaller number tells the feed that the check began earlier.
   */
  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  /** Includes a room in the session checks; the next one begins within `checkMs`. */
  add(roomId: string, listener: SessionListener): void {
    this.#rooms.set(roomId, listener);
    this.checkWithin(this.#options.checkMs);
  }

  /** Excludes a room. When nothing is left to check, the check in flight is aborted. */
  remove(roomId: string): void {
    this.#rooms.delete(roomId);
    this.#stopIfIdle();
  }

  /** Includes all sessions of the workspace, beginning with a check at once; null excludes them. */
  setWorkspaceListener(listener: WorkspaceListener | null): void {
    this.#workspace = listener;
    if (listener === null) this.#stopIfIdle();
    else if (this.#check === null) this.#checkNow();
    else this.#checksAgain = true;
  }

  /**
   * One room's running session, requested after this call; null without one. Rejects when the request failed, and when
   * `signal` aborts; other rooms in the same batch are not affected.
   */
  poll(roomId: string, signal: AbortSignal): Promise<SessionResource | null> {
    return this.#batches.load(roomId, signal);
  }

  /** A session of the workspace started or ended: the next check comes early, if clients watch the workspace. */
  hintWorkspace(): void {
    if (this.#workspace === null) return;
    if (this.#check === null) this.checkWithin(this.#gapMs());
    else this.#checksAgain = true;
  }

  /** Brings the next check forward to `delayMs` from now or earlier. Does nothing when there is nothing to check. */
  checkWithin(delayMs: number): void {
    const dueAt = momentAfter(this.#options.clock.moment(), delayMs);
    if (this.#isIdle() || (this.#dueAt !== null && dueAt >= this.#dueAt)) return;
    this.#cancelTimer();
    this.#dueAt = dueAt;
    this.#cancelTimer = this.#options.clock.schedule(() => this.#checkNow(), delayMs);
  }

  /** Milliseconds until an early check may begin. */
  #gapMs(): number {
    return Math.max(0, this.#options.retryMs - this.#sinceCheckMs());
  }

  /** Milliseconds since the last check began; Infinity before the first one. */
  #sinceCheckMs(): number {
    const { clock } = this.#options;
    return this.#checkedAt === null ? Number.POSITIVE_INFINITY : msBetween(this.#checkedAt, clock.moment());
  }

  #isIdle(): boolean {
    return this.#rooms.size === 0 && this.#workspace === null;
  }

  #stopIfIdle(): void {
    if (!this.#isIdle()) return;
    this.#cancelTimer();
    this.#dueAt = null;
    this.#checksAgain = false;
    this.#check?.abort();
    this.#check = null;
  }

  #checkNow(): void {
    this.#cancelTimer();
    this.#dueAt = null;
    // One check at a time: when the one in flight ends, it plans the next.
    if (this.#check !== null) return;
    this.#checksAgain = false;
    this.#checkedAt = this.#options.clock.moment();
    this.#check = new AbortController();
    void this.#run(this.#check.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const order = this.nextOrder();
    const rooms = new Map(this.#rooms);
    const workspace = this.#workspace;
    const { all, sessionIn } = await this.#request([...rooms.keys()], workspace !== null, signal);
    if (signal.aborted) return;
    let hasFailed = all instanceof Error;
    if (workspace !== null && workspace === this.#workspace) workspace.onSessions(all);
    for (const [roomId, listener] of rooms) {
      const session = sessionIn(roomId);
      hasFailed ||= session instanceof Error;
      if (this.#rooms.get(roomId) === listener) listener.onSession(session, order);
    }
    this.#options.observer?.onSessionPoll?.(hasFailed ? 'failed' : 'answered');
    this.#planNext(hasFailed);
  }

  /** Requests all sessions if the workspace is watched, else those of the watched rooms. Never rejects. */
  async #request(roomIds: readonly string[], wholeWorkspace: boolean, signal: AbortSignal): Promise<Answer> {
    const { upstream } = this.#options;
    try {
      if (wholeWorkspace) {
        const all = await upstream.allActiveSessions(signal);
        const byRoom = newestByRoom(all);
        return { all, sessionIn: (roomId) => byRoom.get(roomId) ?? null };
      }
      const found = await upstream.activeSessions(roomIds, signal);
      const missing = new Error('The answer of the session check lacks this room.');
      return { all: [], sessionIn: (roomId) => (found.has(roomId) ? (found.get(roomId) ?? null) : missing) };
    } catch (error) {
      const failure = new Error('The session check failed.', { cause: error });
      return { all: failure, sessionIn: () => failure };
    }
  }

  #planNext(hasFailed: boolean): void {
    this.#check = null;
    if (!hasFailed) this.#pace.changed();
    const regularMs = Math.max(this.#options.checkMs - this.#sinceCheckMs(), this.#options.retryMs / 4);
    this.checkWithin(hasFailed ? this.#pace.failed() : regularMs);
    if (this.#checksAgain) this.checkWithin(this.#gapMs());
  }
}

interface Answer {
  /** All running sessions; empty when only those of the watched rooms were requested. */
  readonly all: readonly SessionResource[] | Error;
  readonly sessionIn: (roomId: string) => SessionResource | null | Error;
}

/** `sessions` are newest first. Of two in one room the older one is about to end. */
function newestByRoom(sessions: readonly SessionResource[]): ReadonlyMap<string, SessionResource> {
  const newest = new Map<string, SessionResource>();
  for (const session of sessions) {
    if (!newest.has(session.room_id)) newest.set(session.room_id, session);
  }
  return newest;
}
