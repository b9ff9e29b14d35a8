// The questions of one look at a room, and what is to be remembered of the answers.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';
import type { LiveObserver, PollResult } from '../observer.ts';
import type { RoomProbe } from './room-reading.ts';
import type { SessionWatch } from '../sessions/session-poller.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';

export interface RoomLookOptions {
  readonly roomId: string;
  readonly upstream: LiveUpstream;
  readonly sessions: SessionWatch;
  readonly signal: AbortSignal;
  readonly startedAt: number;
}

export class RoomLook implements RoomProbe {
  readonly #options: RoomLookOptions;
  /** Whether a session of this room was seen running. */
  sawSession = false;
  #askedSession = false;
  #polled = false;
  #nobody = false;

  constructor(options: RoomLookOptions) {
    this.#options = options;
  }

  /** Milliseconds since the Unix epoch. */
  get startedAt(): number {
    return this.#options.startedAt;
  }

  get askedSession(): boolean {
    return this.#askedSession;
  }

  async peers(): Promise<readonly ActivePeerResource[]> {
    const { upstream, roomId, signal } = this.#options;
    this.#polled = true;
    const peers = (await upstream.peers(roomId, signal)) ?? [];
    this.#nobody = peers.length === 0;
    return peers;
  }

  async session(): Promise<SessionResource | null> {
    const { sessions, roomId, signal } = this.#options;
    this.#askedSession = true;
    const session = await sessions.look(roomId, signal);
    this.sawSession ||= session !== null;
    return session;
  }

  roomExists(): Promise<boolean> {
    const { upstream, roomId, signal } = this.#options;
    return upstream.roomExists(roomId, signal);
  }

  /** Tells how it went, if peers were asked for. */
  report(observer: LiveObserver | undefined, result: Exclude<PollResult, 'missing'>): void {
    if (this.#polled) observer?.onPoll?.(result !== 'changed' && this.#nobody ? 'missing' : result);
  }
}
