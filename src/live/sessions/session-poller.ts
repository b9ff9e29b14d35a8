// Polls the running sessions: the session check is one request for all watched rooms every SESSION_CHECK_MS, or for the whole
// workspace while clients watch that. It finds out which rooms are live, and notices if a room's session has ended and another
// has started between two polls of the room's peers. If there are several instances, one makes the check for all
// (check-share.ts).
import { momentAfter, msBetween, type Clock, type Moment } from '../../clock.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveSession } from '../changes.ts';
import type { LiveObserver } from '../observer.ts';
import { Batches } from '../upstream/batches.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';
import { Pace } from '../upstream/pace.ts';
import type { CheckAnswer, CheckListener, CheckShare, Wanted } from './check-share.ts';

/** The feed of a watched room. */
export interface SessionListener {
  /**
   * Called after each session check: the room's running session, null without one, an Error when the check failed. Of a session
   * that another instance has found, the joins are not known.
   */
  onSession(session: FoundSession | null | Error, order: number): void;
}

/** A running session; `peers` if its record with all joins is known. */
export type FoundSession = LiveSession & Partial<Pick<SessionResource, 'peers'>>;

/** The feed of the workspace's sessions. */
export interface WorkspaceListener {
  /** Called after each session check: all running sessions, newest first, or an Error when the check failed. */
  onSessions(sessions: readonly LiveSession[] | Error): void;
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
  /** What other instances want checked; undefined: there are none. */
  readonly share?: CheckShare | undefined;
}

const NOTHING: Wanted = { roomIds: [], workspace: false };

/** One instance for the whole live core. Without rooms and without a workspace listener it makes no requests. */
export class SessionPoller implements CheckListener {
  readonly #options: SessionPollerOptions;
  readonly #batches: Batches<SessionResource | null>;
  readonly #pace: Pace;
  readonly #rooms = new Map<string, SessionListener>();
  #workspace: WorkspaceListener | null = null;
  #order = 0;
  /** The order of the check whose answer the workspace was told last: while members change two instances may make one. */
  #shownOrder = 0;
  /** The order of the check that another instance has begun. */
  #heardOrder = 0;
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
    if (options.share === undefined) return;
    options.share.listen(this);
    // An instance that has just come may be the one that makes the checks, for rooms that others lead.
    this.onTurn();
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
    this.#options.share?.want(roomId, true);
    if (this.#isOurs) this.#plan(this.#options.checkMs);
  }

  /** Excludes a room. When nothing is left to check, the check in flight is aborted. */
  remove(roomId: string): void {
    this.#rooms.delete(roomId);
    this.#options.share?.want(roomId, false);
    this.#stopIfIdle();
  }

  /** Includes all sessions of the workspace, beginning with a check at once; null excludes them. */
  setWorkspaceListener(listener: WorkspaceListener | null): void {
    this.#workspace = listener;
    this.#options.share?.want(null, listener !== null);
    if (listener === null) this.#stopIfIdle();
    else if (!this.#isOurs) this.checkWithin(0);
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
    if (this.#isOurs) this.#plan(delayMs);
    else this.#options.share?.wish(delayMs);
  }

  /** See CheckListener. */
  onTurn(): void {
    if (!this.#isOurs) this.#stopTimer();
    else if (this.#check === null) this.#plan(Math.max(0, this.#options.checkMs - this.sinceCheckMs));
    this.#stopIfIdle();
  }

  /** See CheckListener. */
  onBegin(): void {
    this.#checkedAt = this.#options.clock.moment();
    this.#heardOrder = this.nextOrder();
  }

  /** See CheckListener. */
  onAnswer(answer: CheckAnswer): void {
    this.#deliver(answer, this.#heardOrder, this.#rooms, this.#workspace);
    this.#options.observer?.onApplied?.();
  }

  /** See CheckListener. */
  onWish(delayMs: number): void {
    if (!this.#isOurs) return;
    if (this.#check === null) this.#plan(Math.max(delayMs, this.#gapMs()));
    else this.#checksAgain = true;
  }

  /** Whether this instance makes the check. */
  get #isOurs(): boolean {
    return this.#options.share?.isOurs ?? true;
  }

  #plan(delayMs: number): void {
    const dueAt = momentAfter(this.#options.clock.moment(), delayMs);
    if (this.#isIdle() || (this.#dueAt !== null && dueAt >= this.#dueAt)) return;
    this.#cancelTimer();
    this.#dueAt = dueAt;
    this.#cancelTimer = this.#options.clock.schedule(() => this.#checkNow(), delayMs);
  }

  /** Milliseconds until an early check may begin. */
  #gapMs(): number {
    return Math.max(0, this.#options.retryMs - this.sinceCheckMs);
  }

  /** Milliseconds since the last check began, here or elsewhere; Infinity before the first one. */
  get sinceCheckMs(): number {
    const { clock } = this.#options;
    return this.#checkedAt === null ? Number.POSITIVE_INFINITY : msBetween(this.#checkedAt, clock.moment());
  }

  #isIdle(): boolean {
    const servesOthers = this.#isOurs && this.#options.share?.hasOthers === true;
    return this.#rooms.size === 0 && this.#workspace === null && !servesOthers;
  }

  #stopTimer(): void {
    this.#cancelTimer();
    this.#dueAt = null;
    this.#checksAgain = false;
  }

  #stopIfIdle(): void {
    if (!this.#isIdle()) return;
    this.#stopTimer();
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
    const { share, observer } = this.#options;
    const others = share === undefined ? NOTHING : await share.begin().then(() => share.wanted());
    if (signal.aborted) return;
    const order = this.nextOrder();
    const rooms = new Map(this.#rooms);
    const workspace = this.#workspace;
    const asksForAll = workspace !== null || others.workspace;
    const roomIds = [...new Set([...rooms.keys(), ...others.roomIds])];
    if (!asksForAll && roomIds.length === 0) {
      this.#planNext(false);
      return;
    }
    const answer = await this.#request(asksForAll ? null : roomIds, signal);
    if (signal.aborted) return;
    share?.tell(answer);
    const hasFailed = answer.sessions === null || answer.failed.length > 0;
    this.#deliver(answer, order, rooms, workspace);
    observer?.onSessionPoll?.(hasFailed ? 'failed' : 'answered');
    this.#planNext(hasFailed);
  }

  /** Requests the sessions of these rooms, or those of the workspace if `asked` is null. Never rejects. */
  async #request(asked: readonly string[] | null, signal: AbortSignal): Promise<CheckAnswer> {
    const { upstream } = this.#options;
    try {
      if (asked === null) {
        return { asked, sessions: await upstream.allActiveSessions(signal), failed: [] };
      }
      const found = await upstream.activeSessions(asked, signal);
      const answers = asked.map((roomId) => found.get(roomId));
      const sessions = answers.filter(isFound);
      const failed = asked.filter((_, at) => answers[at] === undefined || answers[at] instanceof Error);
      return { asked, sessions, failed };
    } catch {
      return { asked, sessions: null, failed: [] };
    }
  }

  /** Tells the answer to those of `rooms` and `workspace` that still listen. */
  #deliver(
    { asked, sessions, failed }: CheckAnswer,
    order: number,
    rooms: ReadonlyMap<string, SessionListener>,
    workspace: WorkspaceListener | null,
  ): void {
    const failure = new Error('The session check failed.');
    if (asked === null && workspace !== null && workspace === this.#workspace && order > this.#shownOrder) {
      this.#shownOrder = order;
      workspace.onSessions(sessions ?? failure);
    }
    const byRoom = newestByRoom(sessions ?? []);
    const [known, unknown] = [asked === null ? null : new Set(asked), new Set(failed)];
    for (const [roomId, listener] of rooms) {
      if (this.#rooms.get(roomId) !== listener || known?.has(roomId) === false) continue;
      const isUnknown = sessions === null || unknown.has(roomId);
      listener.onSession(isUnknown ? failure : (byRoom.get(roomId) ?? null), order);
    }
  }

  #planNext(hasFailed: boolean): void {
    this.#check = null;
    if (!hasFailed) this.#pace.changed();
    const regularMs = Math.max(this.#options.checkMs - this.sinceCheckMs, this.#options.retryMs / 4);
    this.#plan(hasFailed ? this.#pace.failed() : regularMs);
    if (this.#checksAgain) this.#plan(this.#gapMs());
  }
}

/** `sessions` are newest first. Of two in one room the older one is about to end. */
function newestByRoom(sessions: readonly FoundSession[]): ReadonlyMap<string, FoundSession> {
  const newest = new Map<string, FoundSession>();
  for (const session of sessions) {
    if (!newest.has(session.room_id)) newest.set(session.room_id, session);
  }
  return newest;
}

function isFound(answer: SessionResource | Error | null | undefined): answer is SessionResource {
  return answer !== undefined && answer !== null && !(answer instanceof Error);
}
