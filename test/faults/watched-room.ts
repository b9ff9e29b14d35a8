// A room in which people come and go, and a WebSocket client that watches it and keeps its own copy.
import type { World } from '../../src/sandbox/live/world.ts';
import { followPeers, type PeerChange } from '../e2e/documents.ts';
import { webSocketClient, type SubscribingClient } from '../support/sockets.ts';

/** Begins when it is made, and ends when it is disposed of. */
export class WatchedRoom implements AsyncDisposable {
  readonly roomId: string;
  /** Resolves with the first snapshot. */
  readonly begun: Promise<void>;
  /** What the client was told against the truth: a peer told as gone who is there. */
  readonly lies: string[] = [];
  isStale = false;
  /** How often the room became stale. */
  timesStale = 0;
  readonly #world: World;
  readonly #client: SubscribingClient;
  /** Vendor ids of the peers, by what the client was told. */
  readonly #peers = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  readonly #reading: Promise<void>;
  #isOver = false;
  #guests: string[] = [];
  #count = 0;

  /** Somebody comes or goes every `changeMs` milliseconds. */
  constructor(
    world: World,
    roomId: string,
    { url, changeMs }: { readonly url: string; readonly changeMs: number },
  ) {
    this.#world = world;
    this.roomId = roomId;
    world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada' });
    this.#timer = setInterval(() => this.#change(), changeMs);
    this.#client = webSocketClient(url);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.begun = promise;
    this.#reading = this.#read(resolve);
  }

  /** Whether the client's copy equals the room, and it was not told that the copy is stale. */
  get isTrue(): boolean {
    const there = this.#there();
    return !this.isStale && there.size === this.#peers.size && [...there].every((id) => this.#peers.has(id));
  }

  /** From now on nobody comes or goes. */
  rest(): void {
    clearInterval(this.#timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.rest();
    this.#isOver = true;
    await this.#client[Symbol.asyncDispose]();
    await this.#reading;
  }

  #there(): Set<string> {
    return new Set(this.#world.sessions.connectedPeers(this.roomId).map(({ id }) => id));
  }

  #change(): void {
    this.#count += 1;
    const [oldest] = this.#guests;
    if (oldest !== undefined && this.#guests.length > 3) {
      this.#guests = this.#guests.slice(1);
      this.#world.leave(this.roomId, oldest);
    } else {
      const guest = { name: `Guest ${this.#count}`, role: 'guest', userId: `guest-${this.#count}` };
      this.#guests = [...this.#guests, this.#world.join(this.roomId, guest).id];
    }
  }

  async #read(onBegun: () => void): Promise<void> {
    const watching = this.#client.watch(followPeers, { roomId: this.roomId });
    try {
      for (;;) {
        this.#apply((await watching.next()).peerChanges);
        onBegun();
      }
    } catch (error) {
      // The stream ends with the client; before that it must not end.
      if (!this.#isOver) this.lies.push(`the subscription ended: ${String(error)}`);
    }
  }

  #apply(change: PeerChange): void {
    if (change.__typename === 'PeersSnapshot') {
      if (change.stale && !this.isStale) this.timesStale += 1;
      this.isStale = change.stale;
      this.#peers.clear();
      for (const { hmsId } of change.peers) this.#peers.add(hmsId);
    } else if (change.__typename === 'PeerJoined') {
      this.#peers.add(change.peer.hmsId);
    } else if (change.__typename === 'PeerLeft') {
      this.#peers.delete(change.peer.hmsId);
      if (this.#there().has(change.peer.hmsId)) this.lies.push(`${change.peer.hmsId} has not left`);
    }
  }
}
