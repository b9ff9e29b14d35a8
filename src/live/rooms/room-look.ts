// One look at a room: makes the requests of a reading, and remembers which were made and what they showed. The feed
// decides from that when to look next.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveObserver, LookResult } from '../observer.ts';
import type { RoomPolls } from './room-reading.ts';
import type { SessionPoller } from '../sessions/session-poller.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';

/** What one look needs. */
export interface RoomLookOptions {
  readonly roomId: string;
  readonly upstream: LiveUpstream;
  /** Batches the requests for the sessions of several rooms. */
  readonly sessions: SessionPoller;
  /** Aborts the look's requests, because the room has lost its last subscriber. */
  readonly signal: AbortSignal;
  /** When the look began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

/** Used for one look only. */
export class RoomLook implements RoomPolls {
  readonly #options: RoomLookOptions;
  /** Whether a poll has shown a running session of the room. The feed sets it for a session check. */
  hasSeenSession = false;
  #hasPolledSession = false;
  #hasPolledPeers = false;
  #isEmpty = false;

  constructor(options: RoomLookOptions) {
    this.#options = options;
  }

  /** When the look began, in milliseconds since the Unix epoch. */
  get startedAt(): number {
    return this.#options.startedAt;
  }

  /** Whether this look has requested the room's session. */
  get hasPolledSession(): boolean {
    return this.#hasPolledSession;
  }

  async peers(): Promise<readonly ActivePeerResource[]> {
    const { upstream, roomId, signal } = this.#options;
    this.#hasPolledPeers = true;
    const peers = (await upstream.peers(roomId, signal)) ?? [];
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

  /** Whether the workspace has this room. The feed requests this until it knows that the room exists. */
  roomExists(): Promise<boolean> {
    const { upstream, roomId, signal } = this.#options;
    return upstream.roomExists(roomId, signal);
  }

  /** Reports the outcome for metrics, if the look has requested peers. */
  report(observer: LiveObserver | undefined, result: Exclude<LookResult, 'missing'>): void {
    if (this.#hasPolledPeers) observer?.onLook?.(result !== 'changed' && this.#isEmpty ? 'missing' : result);
  }
}
