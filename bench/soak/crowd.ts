// What happens in the rooms of the sandbox, and a record of it against which clients are checked.
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { between, oneOf, type Random } from './random.ts';

/** A peer as clients see them. */
export interface SeenPeer {
  readonly hmsId: string;
  readonly name: string | null;
  readonly role: string;
  readonly metadata: string | null;
}

/** All that a peer has been. Instants are in milliseconds since the Unix epoch. */
interface Life {
  readonly roomId: string;
  readonly joinedAt: number;
  leftAt: number;
  /** Each form that the peer has had. */
  readonly forms: Set<string>;
}

/** How much older than its `asOf` the content of an answer may be, and how much younger, in milliseconds. */
const OLDER_MS = 4000;
const YOUNGER_MS = 1000;
const MOST_PEERS = 12;
const ROLES = ['host', 'guest'];

/** The people in the rooms. */
export class Crowd {
  readonly roomIds: readonly string[];
  readonly #sandbox: Sandbox;
  readonly #random: Random;
  readonly #lives = new Map<string, Life>();
  #count = 0;

  constructor(sandbox: Sandbox, rooms: number, random: Random) {
    this.#sandbox = sandbox;
    this.#random = random;
    const { world } = sandbox;
    world.events.on((event) => {
      if (event.type === 'peer.joined' || event.type === 'peer.updated')
        this.#note(event.room.id, event.peer);
      if (event.type === 'peer.left') this.#lifeOf(event.peer.id).leftAt = Date.now();
    });
    this.roomIds = Array.from(
      { length: rooms },
      (_, index) => world.rooms.create({ name: `soak-${index}` }).id,
    );
    for (const roomId of this.roomIds) for (let peers = 0; peers < 4; peers += 1) this.#join(roomId);
  }

  /** How many changes there were. */
  get changes(): number {
    return this.#count;
  }

  /** One change in one room. */
  change(): void {
    const { world } = this.#sandbox;
    const roomId = oneOf(this.#random, this.roomIds);
    const peers = world.sessions.connectedPeers(roomId);
    const chance = this.#random();
    this.#count += 1;
    if (peers.length === 0 || (chance < 0.35 && peers.length < MOST_PEERS)) return this.#join(roomId);
    const { id } = oneOf(this.#random, peers);
    if (chance < 0.6) world.leave(roomId, id);
    else if (chance < 0.62) world.endSession(roomId);
    else if (chance < 0.75) world.updatePeer(roomId, id, { role: oneOf(this.#random, ROLES) });
    else if (chance < 0.88) world.updatePeer(roomId, id, { metadata: `{"n":${this.#count}}` });
    else world.updatePeer(roomId, id, { name: `Person ${this.#count}` });
  }

  /** The peers of a room now. */
  peersOf(roomId: string): readonly SeenPeer[] {
    return this.#sandbox.world.sessions.connectedPeers(roomId).map(seen);
  }

  /** Whether a peer of the room has ever been so. */
  hasBeen(roomId: string, peer: SeenPeer): boolean {
    const life = this.#lives.get(peer.hmsId);
    return life?.roomId === roomId && life.forms.has(formOf(peer));
  }

  /** Whether the peer has left. */
  hasLeft(peerId: string): boolean {
    return this.#lifeOf(peerId).leftAt !== Infinity;
  }

  /** What is wrong with a list of all peers of a room as of `asOf`; null: nothing. */
  faultIn(roomId: string, peers: readonly SeenPeer[], asOf: number): string | null {
    const [from, until] = [asOf - OLDER_MS, asOf + YOUNGER_MS];
    const shown = new Set(peers.map(({ hmsId }) => hmsId));
    for (const peer of peers) {
      if (!this.hasBeen(roomId, peer)) return `shows ${JSON.stringify(peer)}, who never was so`;
      const { joinedAt, leftAt } = this.#lifeOf(peer.hmsId);
      if (joinedAt > until || leftAt < from) return `shows ${peer.hmsId}, who was not there`;
    }
    for (const [id, { roomId: of, joinedAt, leftAt }] of this.#lives) {
      if (of === roomId && joinedAt < from && leftAt > until && !shown.has(id))
        return `lacks ${id}, who was there`;
    }
    return null;
  }

  #join(roomId: string): void {
    const number = this.#lives.size;
    const role = oneOf(this.#random, ROLES);
    this.#sandbox.world.join(roomId, {
      name: `Person ${number}`,
      role,
      userId: `user-${between(this.#random, 1, 500)}`,
    });
  }

  #note(roomId: string, peer: Parameters<typeof seen>[0]): void {
    const life = this.#lives.get(peer.id) ?? {
      roomId,
      joinedAt: Date.now(),
      leftAt: Infinity,
      forms: new Set(),
    };
    life.forms.add(formOf(seen(peer)));
    this.#lives.set(peer.id, life);
  }

  #lifeOf(peerId: string): Life {
    const life = this.#lives.get(peerId);
    if (life === undefined) throw new Error(`there never was a peer ${peerId}`);
    return life;
  }
}

function seen(peer: { id: string; name: string; role: string; metadata: string }): SeenPeer {
  // The graph shows empty texts as null.
  return { hmsId: peer.id, name: peer.name || null, role: peer.role, metadata: peer.metadata || null };
}

function formOf({ name, role, metadata }: SeenPeer): string {
  return JSON.stringify([name, role, metadata]);
}
