// The live core's front: who watches which room, one feed a room however many watch it.
import type { Clock } from '../clock.ts';
import type { LiveSnapshot, PeerChange, PeerFilter, SessionChange } from './changes.ts';
import type { LiveGauges, LiveObserver } from './observer.ts';
import type { LiveUpstream } from './upstream.ts';
import type { WebhookEvent } from './webhooks.ts';

export interface LiveRoomsOptions {
  readonly upstream: LiveUpstream;
  readonly clock: Clock;
  /** Fastest poll of one live room, milliseconds. */
  readonly pollIntervalMs: number;
  /** Slowest poll of one live room, milliseconds. */
  readonly pollMaxIntervalMs: number;
  /** How often the sessions of all watched rooms are looked at, milliseconds. */
  readonly sessionCheckMs: number;
  /** In [0, 1); default Math.random. */
  readonly random?: () => number;
  /** Names a log; default a random one, so that no cursor outlives the log that made it. */
  readonly newEpoch?: () => string;
  /** Events kept a room; default 256. */
  readonly logSize?: number;
  /** Events held for one slow watcher; default 64. */
  readonly queueSize?: number;
  readonly observer?: LiveObserver;
}

/** Watches rooms for whoever asks. */
export class LiveRooms implements Disposable {
  constructor(options: LiveRoomsOptions) {
    void options;
  }

  /**
   * Tells what changes in a room, beginning with a snapshot, or behind `after`.
   * Watching begins with this call and ends with the iterator's `return()`.
   * Throws InvalidCursorError at once; `next()` throws UnknownRoomError when there is no such room.
   */
  peerChanges(
    roomId: string,
    options: { readonly after?: string; readonly filter?: PeerFilter } = {},
  ): AsyncIterableIterator<PeerChange> {
    throw new Error(`${roomId}${options.after}`);
  }

  /** Tells which sessions of the workspace start and end, beginning with all that run, or behind `after`. */
  sessionChanges(options: { readonly after?: string } = {}): AsyncIterableIterator<SessionChange> {
    throw new Error(options.after);
  }

  /** Republishes a room's webhooks, of the given types or all. A slow reader loses the oldest. */
  roomEvents(roomId: string, types?: ReadonlySet<string>): AsyncIterableIterator<WebhookEvent> {
    throw new Error(`${roomId}${types?.size}`);
  }

  /** A room from memory, for queries: null unless younger than `pollIntervalMs`, not stale, not forgotten. */
  snapshot(roomId: string): LiveSnapshot | null {
    throw new Error(roomId);
  }

  /** Look at this room now: something may have happened. Nothing if nobody watches it. */
  hint(roomId: string): void {
    throw new Error(roomId);
  }

  /** The gateway itself changed something in this room: forgets it and looks until the effect shows. */
  mutated(roomId: string): void {
    throw new Error(roomId);
  }

  /** Takes in a webhook. Repeated deliveries are told by id and by what they report. */
  receive(event: WebhookEvent): 'accepted' | 'duplicate' {
    throw new Error(event.id);
  }

  gauges(): LiveGauges {
    throw new Error('not yet');
  }

  /** Ends all watching; iterators end without an error. */
  close(): void {
    throw new Error('not yet');
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
