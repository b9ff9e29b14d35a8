// The feed of the workspace's running sessions: compares the answers of the session checks, and publishes which
// sessions started and which ended. The counterpart of RoomFeed, without polls of its own; see SessionPoller.
import { momentAfter, msBetween, type Moment } from '../../clock.ts';
import type { EventStamp, LiveSession, SessionChange, SnapshotReason } from '../changes.ts';
import { Channel, type ChannelCommon } from '../log/channel.ts';
import type { Position } from '../log/cursor.ts';
import { sessionChangeBytes } from '../log/sizes.ts';
import type { LiveStream } from '../log/live-stream.ts';
import type {
  Conclusion,
  LogEngine,
  LogHost,
  Note,
  SharedLog,
  SharedState,
  Told,
} from '../log/shared-log.ts';
import { afterTurns, sessionsCodec, turnsBetween, type Running, type Turn } from './running-sessions.ts';
import type { SessionPoller, WorkspaceListener } from './session-poller.ts';

/** Everything the feed needs; `epoch` is that of ChannelOptions. */
export interface SessionsFeedOptions extends ChannelCommon {
  /** Makes the session checks while this feed has subscribers. */
  readonly sessions: SessionPoller;
  /** Makes the feed's log. */
  readonly logs: LogEngine;
  readonly epoch: string;
}

/** The scope of this feed's cursors. The vendor's room ids are hexadecimal, so no room has this id. */
export const WORKSPACE = '*';

/** Failed checks in a row until subscribers get a snapshot with `stale`: a single failure passes unnoticed. */
const FAILURES_UNTIL_STALE = 2;

/** One instance for the whole live core. */
export class SessionsFeed implements WorkspaceListener, LogHost<Running, Turn> {
  readonly #options: SessionsFeedOptions;
  readonly #channel: Channel<SessionChange>;
  readonly #log: SharedLog<Running, Turn>;
  #running: Running = new Map();
  #asOf: number | null = null;
  #confirmedAt: Moment | null = null;
  #failures = 0;
  #isWriting = false;
  /** The last answer that came while one was written. */
  #next: readonly LiveSession[] | Error | null = null;

  constructor(options: SessionsFeedOptions) {
    this.#options = options;
    this.#log = options.logs.open(WORKSPACE, this, sessionsCodec);
    this.#channel = new Channel<SessionChange>({
      ...options,
      scope: WORKSPACE,
      bytesOf: sessionChangeBytes,
      snapshot: (stamp, reason, stale) => this.#snapshotEvent(stamp, reason, stale),
      reachBack: (position) => this.#log.reachBack(position),
      onEmpty: () => this.#stop(),
    });
  }

  /** Number of subscribers. */
  get subscribers(): number {
    return this.#channel.size;
  }

  /** Adds a subscriber; the first one starts checks of the whole workspace. `after`: see LiveRooms.sessionChanges. */
  watch(after: Position | null): LiveStream<SessionChange> {
    const isFirst = this.#channel.size === 0;
    if (isFirst) this.#channel.markUnready();
    const subscriber = this.#channel.subscribe(after, null);
    if (isFirst) this.#log.join();
    return subscriber;
  }

  /** Called by the session check. */
  onSessions(sessions: readonly LiveSession[] | Error): void {
    if (this.#isWriting) this.#next = sessions;
    else void this.#take(sessions);
  }

  /** Ends all subscriptions without an error, and so the checks. */
  end(): void {
    this.#channel.end();
  }

  /** See LogHost. */
  lead(isAlone: boolean): void {
    if (isAlone) this.#channel.beginOwnEra();
    this.#failures = 0;
    this.#options.sessions.setWorkspaceListener(this);
  }

  /** See LogHost. */
  follow(): void {
    this.#options.sessions.setWorkspaceListener(null);
    if (this.#asOf !== null) this.#channel.markReady();
  }

  /** See LogHost. */
  adopt({ epoch, seq, state, asOf, ageMs, stale }: SharedState<Running>): void {
    if (!this.#channel.hasTold) this.#channel.restart({ epoch, seq });
    else this.#channel.bridge(this.#stamped(turnsBetween(this.#running, state)), { epoch, seq });
    this.#running = state;
    this.#confirm(asOf, ageMs ?? 0);
    this.#channel.setStale(stale);
  }

  /** See LogHost. */
  begin(position: Pick<Position, 'epoch' | 'seq'>): void {
    if (this.#channel.hasTold) this.#channel.bridge([], position);
    else this.#channel.restart(position);
  }

  /** See LogHost. */
  apply({ events, asOf, stale }: Told<Turn>): void {
    this.#running = afterTurns(this.#running, events);
    this.#tell(events, asOf, stale);
    this.#options.observer?.onApplied?.();
  }

  /** See LogHost. */
  hear(note: Note): void {
    if (note.kind === 'look') this.#options.sessions.hintWorkspace();
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
  get known(): Pick<Conclusion<Running, Turn>, 'after' | 'asOf' | 'stale'> {
    return { after: this.#running, asOf: this.#asOf, stale: this.#channel.isStale };
  }

  /** See LogHost. */
  prepend(polls: readonly Pick<Told<Turn>, 'events' | 'asOf'>[]): void {
    this.#channel.prepend(
      polls.map(({ events, asOf }) => ({ makers: this.#stamped(events), at: asOf ?? 0 })),
    );
  }

  #stop(): void {
    this.#options.sessions.setWorkspaceListener(null);
    this.#log.leave();
  }

  /** One answer after another: what an answer changes depends on the state after the one before. */
  async #take(sessions: readonly LiveSession[] | Error): Promise<void> {
    this.#isWriting = true;
    await (sessions instanceof Error ? this.#fail() : this.#conclude(sessions));
    this.#isWriting = false;
    const next = this.#next;
    this.#next = null;
    if (next !== null) this.onSessions(next);
  }

  #fail(): Promise<void> | undefined {
    this.#failures += 1;
    if (this.#failures < FAILURES_UNTIL_STALE) return undefined;
    if (!this.#channel.isStale) return this.#write({ ...this.known, stale: true }, []);
    this.#channel.markReady();
    return undefined;
  }

  #conclude(sessions: readonly LiveSession[]): Promise<void> | undefined {
    this.#failures = 0;
    const now = new Map(sessions.map((session) => [session.id, session]));
    const events = turnsBetween(this.#running, now);
    const after = afterTurns(this.#running, events);
    const asOf = this.#options.clock.now();
    return this.#write({ after, asOf, stale: false }, events);
  }

  #write(
    what: Pick<Conclusion<Running, Turn>, 'after' | 'asOf' | 'stale'>,
    events: readonly Turn[],
  ): Promise<void> | undefined {
    const lookMs = this.#options.sessions.sinceCheckMs;
    const written = this.#log.commit({ ...what, before: this.#running, events, lookMs, shownMutation: null });
    if (written !== true)
      return written.then((isWritten) => (isWritten ? this.#written(what, events) : undefined));
    this.#written(what, events);
    return undefined;
  }

  /** The state changes in the same turn as its events are numbered, so a snapshot's number always fits its content. */
  #written(
    { after, asOf, stale }: Pick<Conclusion<Running, Turn>, 'after' | 'asOf' | 'stale'>,
    events: readonly Turn[],
  ): void {
    this.#running = after;
    this.#tell(events, asOf, stale);
  }

  #tell(events: readonly Turn[], asOf: number | null, stale: boolean): void {
    if (!stale) this.#confirm(asOf, 0);
    this.#channel.publish(this.#stamped(events), asOf ?? undefined);
    this.#channel.setStale(stale);
    this.#channel.markReady();
  }

  #confirm(asOf: number | null, ageMs: number): void {
    this.#asOf = asOf;
    this.#confirmedAt = asOf === null ? null : momentAfter(this.#options.clock.moment(), -ageMs);
  }

  #stamped(events: readonly Turn[]): ((stamp: EventStamp) => SessionChange)[] {
    return events.map((event) => (stamp) => ({ ...stamp, roomId: event.session.room_id, ...event }));
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
