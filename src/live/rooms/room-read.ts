// One read of a room: makes the requests of a reading, and remembers which were made and what they showed. The feed
// decides from that when to read next.
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveObserver, ReadResult } from '../observer.ts';
import type { RoomPolls } from './room-reading.ts';
import type { SessionPoller } from '../sessions/session-poller.ts';
import type { LiveUpstream, PollPeers } from '../upstream/live-upstream.ts';
import type { PeersQueue, PollDemand } from '../upstream/poll-queue.ts';

/** The inputs of one read. */
export interface RoomReadOptions {
  readonly roomId: string;
  readonly upstream: LiveUpstream;
  /** Gives the turns for polls of peers. */
  readonly polls: PeersQueue;
  /** How urgent a poll of this room is. */
  readonly demand: PollDemand;
  /** Batches the requests for the sessions of several rooms. */
  readonly sessions: SessionPoller;
  /** Aborts the read's requests, because the room has lost its last subscriber. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** The room's peers by the last read that did not fail. */
  readonly known: ReadonlyMap<string, ActivePeerResource>;
  /** Called each time a poll of peers is about to be sent. */
  readonly onPoll: () => void;
}

/** Used for one read only. */
export class RoomRead implements RoomPolls {
  readonly #options: RoomReadOptions;
  /** Whether a poll has shown a running session of the room. The feed sets it for a session check. */
  hasSeenSession = false;
  #hasPolledSession = false;
  #hasPolledPeers = false;
  #isEmpty = false;
  #isWaiting = false;
  #lateMs = 0;
  #startedAt: Moment;

  constructor(options: RoomReadOptions) {
    this.#options = options;
    this.#startedAt = options.clock.moment();
  }

  /** When the first poll of peers was sent, or before that, when the read began. */
  get startedAt(): Moment {
    return this.#startedAt;
  }

  /** Whether a poll of peers waits for its turn: whatever happens meanwhile, the poll will show it. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** For how long polls of peers have waited for their turn, in milliseconds. */
  get lateMs(): number {
    return this.#lateMs;
  }

  /** Whether this read has requested the room's session. */
  get hasPolledSession(): boolean {
    return this.#hasPolledSession;
  }

  async peers(): Promise<readonly ActivePeerResource[]> {
    const { roomId, signal, known } = this.#options;
    const poll = await this.#turn();
    const peers = (await poll(roomId, signal, (id) => known.get(id))) ?? [];
    this.#isEmpty = peers.length === 0;
    return peers;
  }

  async session(): Promise<SessionResource | null> {
    const { sessions, roomId, signal } = this.#options;
    this.#hasPolledSession = true;
    const session = await sessions.poll(roomId, signal);
    this.hasSeenSession ||= session !== null;
    return session;
  }

  async #turn(): Promise<PollPeers> {
    const { polls, demand, signal, clock, onPoll } = this.#options;
    const askedAt = clock.moment();
    this.#isWaiting = true;
    const poll = await polls.turn(demand, signal).finally(() => (this.#isWaiting = false));
    const now = clock.moment();
    this.#lateMs += msBetween(askedAt, now);
    if (!this.#hasPolledPeers) this.#startedAt = now;
    this.#hasPolledPeers = true;
    onPoll();
    return poll;
  }

  /** Whether the workspace has this room. The feed requests this until it knows that the room exists. */
  roomExists(): Promise<boolean> {
    const { upstream, roomId, signal } = this.#options;
    return upstream.roomExists(roomId, signal);
  }

  /** Reports the outcome for metrics, if the read has requested peers. */
  report(observer: LiveObserver | undefined, result: Exclude<ReadResult, 'missing'>): void {
    if (this.#hasPolledPeers) observer?.onRead?.(result !== 'changed' && this.#isEmpty ? 'missing' : result);
  }
}
