// Caches the connected peers of large rooms for some seconds. Without this, a client that pages through the 20,000 peers of a
// room would cause a read of all of them for each of its 40 pages; with it, later pages use the same read.
import { LRUCache } from 'lru-cache';
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { ActivePeerResource } from './peers.ts';

/** For how long a read serves later pages, in milliseconds. */
const MAX_AGE_MS = 5000;
/** Rooms of fewer peers have at most two pages, so they are not kept. */
const LEAST_PEERS = 101;
/** Maximum number of peers that are kept, of all rooms together: about 100 MB. */
const MAX_PEERS = 100_000;

interface Read {
  readonly peers: readonly ActivePeerResource[];
  readonly readAt: Moment;
}

/** The recent reads by room id, without recent writes applied. */
export class RecentPeers {
  readonly #clock: Clock;
  readonly #reads = new LRUCache<string, Read>({
    maxSize: MAX_PEERS,
    sizeCalculation: ({ peers }) => peers.length,
  });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps a read of a large room. Drops reads that are too old. */
  keep(roomId: string, peers: readonly ActivePeerResource[]): void {
    for (const id of this.#reads.keys()) this.get(id);
    if (peers.length < LEAST_PEERS) return;
    this.#reads.set(roomId, { peers, readAt: this.#clock.moment() });
  }

  /** The peers as they were read in the last 5 s; undefined if they were not read or the room is small. */
  get(roomId: string): readonly ActivePeerResource[] | undefined {
    const read = this.#reads.peek(roomId);
    if (read !== undefined && msBetween(read.readAt, this.#clock.moment()) < MAX_AGE_MS) return read.peers;
    this.#reads.delete(roomId);
    return undefined;
  }

  /** Drops the read, after a change of the room by the gateway or a hint of one. */
  forget(roomId: string): void {
    this.#reads.delete(roomId);
  }
}
