// A client of one room: applies each event to its copy of the room, and notes a fault when an event does not fit it.
import { expect } from 'vitest';
import type { LiveSession, PeerChange, PeerFilter } from '../../src/live/changes.ts';
import { decodeCursor } from '../../src/live/log/cursor.ts';
import type { LiveRooms } from '../../src/live/live-rooms.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';

export interface MirrorOptions {
  readonly roomId: string;
  readonly filter?: PeerFilter;
  /** Called with each event before it is applied. */
  readonly witness?: (change: PeerChange) => void;
}

export class Mirror {
  readonly peers = new Map<string, ActivePeerResource>();
  readonly received: PeerChange[] = [];
  readonly faults: unknown[] = [];
  /** Called with each event after it is applied. */
  applied: (change: PeerChange) => void = () => {};
  session: LiveSession | null = null;
  stale = false;
  cursor: string | undefined;
  #seq = -1;
  paused = false;
  /** Whether it has received an event since it has connected. */
  isTold = false;
  #pulling = false;
  #iterator: AsyncIterableIterator<PeerChange> | null = null;
  #epoch = '';
  #rooms: LiveRooms;
  readonly #options: MirrorOptions;

  constructor(rooms: LiveRooms, options: MirrorOptions) {
    this.#rooms = rooms;
    this.#options = options;
  }

  get connected(): boolean {
    return this.#iterator !== null;
  }

  /** Subscribes to another instance, when it connects the next time. */
  moveTo(rooms: LiveRooms): void {
    this.#rooms = rooms;
  }

  /** Subscribes, with the cursor of the last received event. */
  connect(): void {
    if (this.#iterator !== null) return;
    this.isTold = false;
    const { roomId, filter } = this.#options;
    this.#iterator = this.#rooms.peerChanges(roomId, {
      ...(this.cursor !== undefined && { after: this.cursor }),
      ...(filter !== undefined && { filter }),
    });
    void this.#pull();
  }

  drop(): void {
    void this.#iterator?.return?.();
    this.#iterator = null;
    this.#pulling = false;
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
    if (this.#pulling || iterator === null) return;
    this.#pulling = true;
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
    this.#pulling = false;
  }

  #apply(change: PeerChange): void {
    this.isTold = true;
    this.received.push(change);
    this.#options.witness?.(change);
    this.#follow(change);
    switch (change.kind) {
      case 'snapshot':
        this.peers.clear();
        for (const peer of change.peers) this.peers.set(peer.id, peer);
        this.session = change.session;
        this.stale = change.stale;
        break;
      case 'joined':
        expect(this.session?.id).toBe(change.sessionId);
        expect(this.peers.has(change.peer.id), 'joined twice').toBe(false);
        this.peers.set(change.peer.id, change.peer);
        break;
      case 'left':
        expect(this.session?.id).toBe(change.sessionId);
        expect(this.peers.delete(change.peer.id), 'left without having joined').toBe(true);
        break;
      case 'updated': {
        expect(this.session?.id).toBe(change.sessionId);
        expect(this.peers.get(change.peer.id)).toMatchObject(change.previous);
        this.peers.set(change.peer.id, change.peer);
        break;
      }
      case 'sessionStarted':
        expect(this.session).toBeNull();
        this.session = change.session;
        break;
      default:
        expect(this.session?.id).toBe(change.session.id);
        expect(this.peers.size).toBe(0);
        this.session = null;
    }
    this.applied(change);
  }

  #follow(change: PeerChange): void {
    const { seq, epoch } = decodeCursor(this.#options.roomId, change.cursor);
    const isOther = epoch !== this.#epoch;
    this.#epoch = epoch;
    // Each epoch numbers by itself.
    if (isOther) {
      this.#seq = seq;
      this.cursor = change.cursor;
      return;
    }
    if (change.kind !== 'snapshot') {
      if (this.#options.filter === undefined) expect(seq, 'numbers').toBe(this.#seq + 1);
      else expect(seq, 'numbers').toBeGreaterThan(this.#seq);
    } else if (change.reason === 'BURST' || change.reason === 'SLOW_CONSUMER') {
      expect(seq, 'number of a snapshot that replaces events').toBeGreaterThan(this.#seq);
    } else if (change.reason === 'STALENESS' && this.#options.filter === undefined) {
      expect(seq, 'number of a staleness snapshot').toBe(this.#seq);
    }
    this.#seq = seq;
    this.cursor = change.cursor;
  }
}
