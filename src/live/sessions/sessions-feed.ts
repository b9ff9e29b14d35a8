// The running sessions of the workspace, as a stream: which start, which end. The shared look tells; see SessionWatch.
import type { Clock } from '../../clock.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveSession, SessionChange, SnapshotReason, Told } from '../changes.ts';
import { Channel } from '../log/channel.ts';
import type { Position } from '../log/cursor.ts';
import type { LiveObserver } from '../observer.ts';
import type { SessionWatch, WorkspaceWatcher } from './session-poller.ts';
import type { Subscriber } from '../log/subscriber.ts';

export interface SessionsFeedOptions {
  readonly clock: Clock;
  readonly sessions: SessionWatch;
  readonly epoch: string;
  readonly logSize: number;
  readonly queueSize: number;
  readonly observer: LiveObserver | undefined;
}

/** What the cursors of this stream are good for. No room has this id. */
export const WORKSPACE = '*';

const FAILURES_UNTIL_STALE = 2;

export class SessionsFeed implements WorkspaceWatcher {
  readonly #options: SessionsFeedOptions;
  readonly #channel: Channel<SessionChange>;
  /** By session id, oldest first. */
  #running: ReadonlyMap<string, LiveSession> = new Map();
  #asOf: number | null = null;
  #failures = 0;

  constructor(options: SessionsFeedOptions) {
    this.#options = options;
    this.#channel = new Channel<SessionChange>({
      scope: WORKSPACE,
      epoch: options.epoch,
      logSize: options.logSize,
      queueSize: options.queueSize,
      clock: options.clock,
      snapshot: (told, reason, stale) => this.#snapshotEvent(told, reason, stale),
      onEmpty: () => options.sessions.setWorkspace(null),
      onDelivered: (delayMs) => options.observer?.onDelivered?.(delayMs),
    });
  }

  get subscribers(): number {
    return this.#channel.size;
  }

  watch(after: Position | null): Subscriber<SessionChange> {
    const first = this.#channel.size === 0;
    if (first) {
      this.#failures = 0;
      this.#channel.unsettle();
    }
    const subscriber = this.#channel.subscribe(after, (change) => change);
    if (first) this.#options.sessions.setWorkspace(this);
    return subscriber;
  }

  sessionsSeen(sessions: readonly SessionResource[] | Error): void {
    if (!(sessions instanceof Error)) {
      this.#conclude(sessions);
      return;
    }
    this.#failures += 1;
    if (this.#failures < FAILURES_UNTIL_STALE) return;
    this.#channel.setStale(true);
    this.#channel.settle();
  }

  /** Ends all watching. */
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
    // State and events in one go: no snapshot is taken in between, so each holds just what is numbered.
    this.#running = running;
    this.#asOf = this.#options.clock.now();
    this.#failures = 0;
    for (const session of ended) this.#tell('sessionEnded', session);
    for (const { id } of started) {
      const session = running.get(id);
      if (session !== undefined) this.#tell('sessionStarted', session);
    }
    this.#channel.setStale(false);
    this.#channel.settle();
  }

  #tell(kind: 'sessionStarted' | 'sessionEnded', session: LiveSession): void {
    this.#channel.publish((base) => ({ kind, ...base, roomId: session.room_id, session }));
  }

  #snapshotEvent(told: Told, reason: SnapshotReason, stale: boolean): SessionChange {
    return {
      kind: 'sessions',
      ...told,
      sessions: [...this.#running.values()],
      reason,
      stale,
      asOf: this.#asOf,
    };
  }
}

function byStart(a: SessionResource, b: SessionResource): number {
  return Date.parse(a.created_at) - Date.parse(b.created_at) || (a.id < b.id ? -1 : 1);
}
