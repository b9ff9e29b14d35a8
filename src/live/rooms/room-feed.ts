// One watched room: when to look, what a look means, what is told. One look at a time; every failure is "unknown".
// The feed outlives its watchers for a while (see LiveRooms), so that who comes back can go on where they were.
import type { Clock } from '../../clock.ts';
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveSnapshot, PeerChange, PeerFilter, SnapshotReason, Told } from '../changes.ts';
import { Channel } from '../log/channel.ts';
import type { Position } from '../log/cursor.ts';
import {
  differences,
  EMPTY_ROOM,
  type LeaveReasonOf,
  type RoomReading,
  type RoomState,
} from './differences.ts';
import { UnknownRoomError } from '../errors.ts';
import { filterChange } from './peer-filter.ts';
import { MutationEffects } from './mutation-effects.ts';
import type { LiveObserver } from '../observer.ts';
import { Pace, type PaceOptions } from '../upstream/pace.ts';
import { readRoom } from './room-reading.ts';
import { RoomLook } from './room-look.ts';
import type { RoomWatcher, SessionWatch } from '../sessions/session-poller.ts';
import type { Subscriber } from '../log/subscriber.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';

export interface RoomFeedOptions {
  readonly roomId: string;
  readonly upstream: LiveUpstream;
  readonly clock: Clock;
  readonly sessions: SessionWatch;
  readonly pace: PaceOptions;
  readonly epoch: string;
  readonly logSize: number;
  readonly queueSize: number;
  readonly observer: LiveObserver | undefined;
  readonly leaveReasonOf: LeaveReasonOf;
  /** The last watcher has left. */
  readonly onIdle: (feed: RoomFeed) => void;
}

/** So many looks in a row must fail before watchers are told that the room is stale. */
const FAILURES_UNTIL_STALE = 2;

export class RoomFeed implements RoomWatcher {
  readonly roomId: string;
  readonly #options: RoomFeedOptions;
  readonly #channel: Channel<PeerChange>;
  readonly #pace: Pace;
  readonly #effects = new MutationEffects();
  #state: RoomState = EMPTY_ROOM;
  #asOf: number | null = null;
  #exists = false;
  #failures = 0;
  /** Looks at the session that began before this tell nothing new: see `SessionWatch.order`. */
  #sessionOrder = 0;
  /** While somebody watches. */
  #watched: AbortController | null = null;
  #looking = false;
  #lookAgain = false;
  #cancelTimer = () => {};

  constructor(options: RoomFeedOptions) {
    this.roomId = options.roomId;
    this.#options = options;
    this.#pace = new Pace(options.pace);
    this.#channel = new Channel<PeerChange>({
      scope: options.roomId,
      epoch: options.epoch,
      logSize: options.logSize,
      queueSize: options.queueSize,
      clock: options.clock,
      snapshot: (told, reason, stale) => this.#snapshotEvent(told, reason, stale),
      onEmpty: () => this.#stop(),
      onDelivered: (delayMs) => options.observer?.onDelivered?.(delayMs),
    });
  }

  get subscribers(): number {
    return this.#channel.size;
  }

  get live(): boolean {
    return this.#state.session !== null;
  }

  get stale(): boolean {
    return this.#channel.stale;
  }

  /** When the state was last known to be true, milliseconds since the Unix epoch; null: never. */
  get asOf(): number | null {
    return this.#asOf;
  }

  watch(after: Position | null, filter: PeerFilter | undefined): Subscriber<PeerChange> {
    if (this.#watched === null) this.#start();
    return this.#channel.subscribe(after, (change) =>
      filter === undefined ? change : filterChange(change, filter),
    );
  }

  /** Something may have happened: look now, and once more if a look is under way. */
  hint(): void {
    this.#pace.changed();
    this.#look();
  }

  /** What is known is no longer good for queries; looks until the effect shows. */
  mutated(): void {
    this.#effects.mutated(this.#options.clock.now(), this.#watched !== null && this.live);
    this.hint();
  }

  /** Who is there by the last look that could be believed; null: none could yet. */
  get peers(): readonly ActivePeerResource[] | null {
    return this.#asOf === null ? null : [...this.#state.peers.values()];
  }

  snapshot(maxAgeMs: number): LiveSnapshot | null {
    const asOf = this.#asOf;
    if (asOf === null || this.#effects.forgotten || this.stale) return null;
    if (this.#options.clock.now() - asOf >= maxAgeMs) return null;
    return {
      roomId: this.roomId,
      peers: [...this.#state.peers.values()],
      session: this.#state.session,
      asOf,
    };
  }

  sessionSeen(look: SessionResource | null | Error, order: number): void {
    if (order < this.#sessionOrder) return;
    if (look instanceof Error) {
      // A live room is judged by its polls.
      if (!this.live && !this.#looking) this.#failed();
    } else if (!this.live || look?.id !== this.#state.session?.id) {
      this.#look(look);
    }
  }

  /** Ends all watching. */
  end(): void {
    this.#channel.end();
  }

  #start(): void {
    this.#watched = new AbortController();
    this.#failures = 0;
    this.#pace.changed();
    this.#channel.unsettle();
    this.#options.sessions.add(this.roomId, this);
    this.#look();
  }

  #stop(): void {
    this.#watched?.abort();
    this.#watched = null;
    this.#looking = false;
    this.#lookAgain = false;
    this.#effects.giveUp();
    this.#cancelTimer();
    this.#options.sessions.remove(this.roomId);
    this.#options.onIdle(this);
  }

  #look(sessionLook?: SessionResource | null): void {
    if (this.#watched === null) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = true;
    this.#cancelTimer();
    void this.#attempt(this.#watched.signal, sessionLook);
  }

  async #attempt(signal: AbortSignal, sessionLook?: SessionResource | null): Promise<void> {
    const { upstream, sessions, clock } = this.#options;
    // Who comes and goes within one turn costs nothing.
    await Promise.resolve();
    if (signal.aborted) return;
    const startedAt = clock.now();
    const look = new RoomLook({ roomId: this.roomId, upstream, sessions, signal, startedAt });
    look.sawSession = sessionLook !== undefined && sessionLook !== null;
    const effectsSeen = this.#effects.lookBegins(startedAt);
    const reading = await this.#read(look, sessionLook);
    if (signal.aborted) return;
    this.#looking = false;
    if (reading === 'no such room') {
      this.#channel.end(new UnknownRoomError(this.roomId));
      return;
    }
    const result = this.#take(reading, look.askedSession || sessionLook !== undefined);
    if (result !== 'failed') effectsSeen(result === 'changed');
    look.report(this.#options.observer, result);
    this.#goOn(look, this.#pace[result](), result === 'failed');
  }

  /** null: unknown. */
  async #read(
    look: RoomLook,
    sessionLook?: SessionResource | null,
  ): Promise<RoomReading | 'no such room' | null> {
    try {
      const reading = await readRoom(this.#state, look, sessionLook);
      if (reading?.session) this.#exists = true;
      if (reading !== null && !this.#exists) this.#exists = await look.roomExists();
      return reading === null || this.#exists ? reading : 'no such room';
    } catch {
      return null;
    }
  }

  /** Tells what changed; null is a failure. */
  #take(reading: RoomReading | null, sessionLooked: boolean): 'changed' | 'quiet' | 'failed' {
    if (reading === null) {
      this.#failed();
      return 'failed';
    }
    const { roomId } = this;
    const { after, told } = differences(this.#state, reading, this.#options.leaveReasonOf);
    if (sessionLooked || after.session?.id !== this.#state.session?.id) {
      this.#sessionOrder = this.#options.sessions.order();
    }
    // State and events in one go: no snapshot is taken in between, so each holds just what is numbered.
    this.#state = after;
    this.#asOf = this.#options.clock.now();
    this.#failures = 0;
    for (const difference of told) this.#channel.publish((base) => ({ ...base, roomId, ...difference }));
    this.#channel.setStale(false);
    this.#channel.settle();
    return told.length > 0 ? 'changed' : 'quiet';
  }

  #failed(): void {
    this.#failures += 1;
    if (this.#failures < FAILURES_UNTIL_STALE) return;
    this.#channel.setStale(true);
    this.#channel.settle();
  }

  /** What comes after a look: another at once if asked for meanwhile, or a timer while the room is live. */
  #goOn(look: RoomLook, delayMs: number, failed: boolean): void {
    if (this.#lookAgain) {
      this.#lookAgain = false;
      this.#look();
      return;
    }
    if (!this.live && !look.sawSession) {
      // A room that is not live is looked at by the shared look alone.
      if (failed) this.#options.sessions.lookWithin(delayMs);
      return;
    }
    const now = this.#options.clock.now();
    const regular = Math.max(look.startedAt + delayMs, now + this.#options.pace.fastestMs / 4);
    const dueAt = Math.min(regular, this.#effects.nextLookAt);
    this.#cancelTimer = this.#options.clock.schedule(() => this.#look(), Math.max(0, dueAt - now));
  }

  #snapshotEvent(told: Told, reason: SnapshotReason, stale: boolean): PeerChange {
    const { session, peers } = this.#state;
    const { roomId } = this;
    return {
      kind: 'snapshot',
      ...told,
      roomId,
      peers: [...peers.values()],
      session,
      reason,
      stale,
      asOf: this.#asOf,
    };
  }
}
