// The shared look at sessions: one for all watched rooms every so often, and for the whole workspace while somebody
// watches that. It tells which rooms are live, and that a session ended and began anew between two polls.
import type { Clock } from '../../clock.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import { Batches } from '../upstream/batches.ts';
import type { LiveObserver } from '../observer.ts';
import { Pace } from '../upstream/pace.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';

/** A watched room. `order` tells when the look began: see `SessionWatch.order`. An Error: unknown. */
export interface RoomWatcher {
  sessionSeen(look: SessionResource | null | Error, order: number): void;
}

/** Whoever watches all running sessions. An Error: unknown. */
export interface WorkspaceWatcher {
  sessionsSeen(sessions: readonly SessionResource[] | Error): void;
}

export interface SessionWatchOptions {
  readonly upstream: LiveUpstream;
  readonly clock: Clock;
  /** Milliseconds from the beginning of one shared look to the next. */
  readonly checkMs: number;
  /** Milliseconds: how soon a failed look is repeated at first, and how close two shared looks may be. */
  readonly retryMs: number;
  readonly random: () => number;
  readonly observer?: LiveObserver | undefined;
}

export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #looks: Batches<SessionResource | null>;
  readonly #pace: Pace;
  readonly #rooms = new Map<string, RoomWatcher>();
  #workspace: WorkspaceWatcher | null = null;
  #order = 0;
  #sweep: AbortController | null = null;
  #sweepAgain = false;
  #sweptAt = Number.NEGATIVE_INFINITY;
  #dueAt = Number.POSITIVE_INFINITY;
  #cancelTimer = () => {};

  constructor(options: SessionWatchOptions) {
    this.#options = options;
    const slowestMs = options.checkMs;
    const fastestMs = Math.min(options.retryMs, slowestMs);
    this.#pace = new Pace({ fastestMs, slowestMs, random: options.random });
    this.#looks = new Batches(
      (roomIds, signal) => options.upstream.activeSessions(roomIds, signal),
      (result) => options.observer?.onSessionLook?.(result),
    );
  }

  /** Grows with each call. A look that began before a conclusion has the smaller number. */
  order(): number {
    this.#order += 1;
    return this.#order;
  }

  add(roomId: string, watcher: RoomWatcher): void {
    this.#rooms.set(roomId, watcher);
    this.lookWithin(this.#options.checkMs);
  }

  remove(roomId: string): void {
    this.#rooms.delete(roomId);
    this.#restIfIdle();
  }

  /** Looks at all running sessions at once and from then on; null ends it. */
  setWorkspace(watcher: WorkspaceWatcher | null): void {
    this.#workspace = watcher;
    if (watcher === null) this.#restIfIdle();
    else if (this.#sweep === null) this.#sweepNow();
    else this.#sweepAgain = true;
  }

  /**
   * One room's session, asked for after this call; null: none. Rejects when it can't be told. `signal` ends this wait
   * only. See Batches.
   */
  look(roomId: string, signal: AbortSignal): Promise<SessionResource | null> {
    return this.#looks.ask(roomId, signal);
  }

  /** Something happened to a session of the workspace: if that is watched, the next shared look comes early. */
  workspaceHint(): void {
    if (this.#workspace === null) return;
    if (this.#sweep === null) this.lookWithin(this.#gapMs());
    else this.#sweepAgain = true;
  }

  /** Milliseconds until another shared look may begin. */
  #gapMs(): number {
    return Math.max(0, this.#sweptAt + this.#options.retryMs - this.#options.clock.now());
  }

  #idle(): boolean {
    return this.#rooms.size === 0 && this.#workspace === null;
  }

  #restIfIdle(): void {
    if (!this.#idle()) return;
    this.#cancelTimer();
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#sweepAgain = false;
    this.#sweep?.abort();
    this.#sweep = null;
  }

  /** Makes sure that the next shared look begins at most `delayMs` from now, if anything is watched. */
  lookWithin(delayMs: number): void {
    const dueAt = this.#options.clock.now() + delayMs;
    if (this.#idle() || dueAt >= this.#dueAt) return;
    this.#cancelTimer();
    this.#dueAt = dueAt;
    this.#cancelTimer = this.#options.clock.schedule(() => this.#sweepNow(), delayMs);
  }

  #sweepNow(): void {
    this.#cancelTimer();
    this.#dueAt = Number.POSITIVE_INFINITY;
    // One at a time: the one in flight plans the next.
    if (this.#sweep !== null) return;
    this.#sweepAgain = false;
    this.#sweptAt = this.#options.clock.now();
    this.#sweep = new AbortController();
    void this.#run(this.#sweep.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const order = this.order();
    const rooms = new Map(this.#rooms);
    const workspace = this.#workspace;
    const { all, lookAt } = await this.#ask([...rooms.keys()], workspace !== null, signal);
    if (signal.aborted) return;
    let failed = all instanceof Error;
    if (workspace !== null && workspace === this.#workspace) workspace.sessionsSeen(all);
    for (const [roomId, watcher] of rooms) {
      const look = lookAt(roomId);
      failed ||= look instanceof Error;
      if (this.#rooms.get(roomId) === watcher) watcher.sessionSeen(look, order);
    }
    this.#options.observer?.onSessionLook?.(failed ? 'failed' : 'answered');
    this.#planNext(failed);
  }

  /** By the whole workspace if that is watched, else by the rooms. */
  async #ask(roomIds: readonly string[], workspace: boolean, signal: AbortSignal): Promise<Answer> {
    const { upstream } = this.#options;
    try {
      if (workspace) {
        const all = await upstream.allActiveSessions(signal);
        const ofRooms = newestOfRooms(all);
        return { all, lookAt: (roomId) => ofRooms.get(roomId) ?? null };
      }
      const found = await upstream.activeSessions(roomIds, signal);
      const missing = new Error('The room is missing in the answer.');
      return { all: [], lookAt: (roomId) => (found.has(roomId) ? (found.get(roomId) ?? null) : missing) };
    } catch (error) {
      const failure = new Error('The sessions are unknown.', { cause: error });
      return { all: failure, lookAt: () => failure };
    }
  }

  #planNext(failed: boolean): void {
    this.#sweep = null;
    if (!failed) this.#pace.changed();
    const sinceStartMs = this.#options.clock.now() - this.#sweptAt;
    const regularMs = Math.max(this.#options.checkMs - sinceStartMs, this.#options.retryMs / 4);
    this.lookWithin(failed ? this.#pace.failed() : regularMs);
    if (this.#sweepAgain) this.lookWithin(this.#gapMs());
  }
}

interface Answer {
  readonly all: readonly SessionResource[] | Error;
  readonly lookAt: (roomId: string) => SessionResource | null | Error;
}

/** Given newest first: an older one of the same room is about to end. */
function newestOfRooms(sessions: readonly SessionResource[]): ReadonlyMap<string, SessionResource> {
  const newest = new Map<string, SessionResource>();
  for (const session of sessions) {
    if (!newest.has(session.room_id)) newest.set(session.room_id, session);
  }
  return newest;
}
