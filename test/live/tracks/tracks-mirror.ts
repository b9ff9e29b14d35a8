// A client of the tracks in one room: applies each event to its copy, and notes a fault when an event does not fit it.
import { expect } from 'vitest';
import type { TrackChange } from '../../../src/live/changes.ts';
import { decodeCursor } from '../../../src/live/log/cursor.ts';
import type { LiveRooms } from '../../../src/live/live-rooms.ts';
import type { TrackResource } from '../../../src/rest/peers/peers.ts';
import { tracksScope } from '../../../src/live/tracks/tracks-feed.ts';

interface Held {
  readonly tracks: readonly TrackResource[] | null;
  readonly asOf: number | null;
}

/** Subscribes between `connect` and `drop`; comes back with the cursor of its last event. */
export class TracksMirror {
  readonly peers = new Map<string, Held>();
  readonly received: TrackChange[] = [];
  readonly faults: unknown[] = [];
  /** Called with each event before it is applied. */
  witness: (change: TrackChange) => void = () => {};
  stale = false;
  cursor: string | undefined;
  paused = false;
  /** Whether another instance may know less of a peer than the last one did: then its reads may be older. */
  mayGoBack = false;
  #rooms: LiveRooms;
  readonly #roomId: string;
  #iterator: AsyncIterableIterator<TrackChange> | null = null;
  #isPulling = false;
  #position = { epoch: '', seq: -1 };

  constructor(rooms: LiveRooms, roomId: string) {
    this.#rooms = rooms;
    this.#roomId = roomId;
  }

  get connected(): boolean {
    return this.#iterator !== null;
  }

  /** Subscribes to another instance, when it connects the next time. */
  moveTo(rooms: LiveRooms): void {
    this.#rooms = rooms;
  }

  connect(): void {
    if (this.#iterator !== null) return;
    const after = this.cursor;
    this.#iterator = this.#rooms.trackChanges(this.#roomId, after === undefined ? {} : { after });
    void this.#pull();
  }

  drop(): void {
    void this.#iterator?.return?.();
    this.#iterator = null;
    this.#isPulling = false;
  }

  /** Takes no further event until `resume`. */
  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    void this.#pull();
  }

  async #pull(): Promise<void> {
    const iterator = this.#iterator;
    if (this.#isPulling || iterator === null) return;
    this.#isPulling = true;
    while (!this.paused) {
      try {
        const { done, value } = await iterator.next();
        if (iterator !== this.#iterator) return;
        if (done === true) break;
        this.#apply(value);
      } catch (error) {
        this.faults.push(error);
        break;
      }
    }
    this.#isPulling = false;
  }

  #apply(change: TrackChange): void {
    this.received.push(change);
    this.#follow(change);
    this.witness(change);
    switch (change.kind) {
      case 'snapshot': {
        const held = new Map(this.peers);
        this.peers.clear();
        for (const { peer, tracks, asOf } of change.peers) {
          const before = held.get(peer.id)?.asOf ?? 0;
          if (!this.mayGoBack && asOf !== null) expect(asOf, 'age').toBeGreaterThanOrEqual(before);
          this.peers.set(peer.id, { tracks, asOf });
        }
        this.stale = change.stale;
        break;
      }
      case 'awaited':
        if (!this.mayGoBack) expect(this.peers.has(change.peer.id), 'awaited twice').toBe(false);
        this.peers.set(change.peer.id, { tracks: null, asOf: null });
        break;
      case 'tracks': {
        const held = this.peers.get(change.peer.id);
        expect(change.previous).toEqual(held?.tracks ?? null);
        expect(change.tracks).not.toEqual(change.previous);
        if (!this.mayGoBack) {
          // The last event may be older than the last read before this one, which showed the same.
          expect(change.previousAsOf ?? 0).toBeGreaterThanOrEqual(held?.asOf ?? 0);
          expect(change.asOf).toBeGreaterThanOrEqual(change.previousAsOf ?? 0);
        }
        this.peers.set(change.peer.id, { tracks: change.tracks, asOf: change.asOf });
        break;
      }
      default:
        expect(this.peers.delete(change.peer.id), 'ended without having been awaited').toBe(true);
    }
  }

  #follow(change: TrackChange): void {
    const { seq, epoch } = decodeCursor(tracksScope(this.#roomId), change.cursor);
    const last = this.#position;
    if (epoch === last.epoch && change.kind !== 'snapshot') expect(seq, 'numbers').toBe(last.seq + 1);
    if (epoch === last.epoch && change.kind === 'snapshot') {
      expect(seq, 'number of a snapshot').toBeGreaterThanOrEqual(last.seq);
    }
    this.#position = { epoch, seq };
    this.cursor = change.cursor;
  }
}

/** The received events from index `from`, one short text each: `awaited p`, `tracks p: camera on`. */
export function inShort(mirror: TracksMirror, from = 0): string[] {
  return mirror.received.slice(from).map((change) => {
    if (change.kind === 'snapshot') {
      const peers = change.peers.map(({ peer, tracks }) => `${peer.id}: ${tracksInShort(tracks)}`);
      return `snapshot ${change.reason}${change.stale ? ' stale' : ''} [${peers.join('; ')}]`;
    }
    if (change.kind === 'tracks') return `${change.peer.id}: ${tracksInShort(change.tracks)}`;
    return `${change.kind} ${change.peer.id}${change.kind === 'ended' ? ` ${change.cause}` : ''}`;
  });
}

function tracksInShort(tracks: readonly TrackResource[] | null): string {
  if (tracks === null) return '?';
  return tracks.map(({ id, mute }) => `${id} ${mute ? 'off' : 'on'}`).join(', ') || '-';
}
