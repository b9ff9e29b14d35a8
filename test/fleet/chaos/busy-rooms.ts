// Rooms whose peers change all the time, and the truth about them.
import { Random } from '../../../src/sandbox/random.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { addRooms } from '../../support/worlds.ts';
import { peerText, SESSION } from './copies.ts';

const ROLES = ['host', 'guest'];
/** Most peers in a room. */
const CROWD = 8;
/** Between two changes of all rooms together, in milliseconds. */
const LONGEST_PAUSE_MS = 120;

/** Changes nothing before `begin`. */
export class BusyRooms implements Disposable {
  readonly ids: readonly string[];
  changes = 0;
  readonly #world: World;
  readonly #random: Random;
  #timer: NodeJS.Timeout | undefined;

  constructor(world: World, count: number, seed: string) {
    this.#world = world;
    this.#random = new Random(`rooms ${seed}`);
    this.ids = addRooms(world, count, `busy-${seed}`).map(({ id }) => id);
    for (const roomId of this.ids) this.#join(roomId);
  }

  begin(): void {
    this.#timer = setTimeout(
      () => {
        this.#change(this.#random.pick(this.ids));
        this.begin();
      },
      this.#random.between(1, LONGEST_PAUSE_MS),
    );
  }

  rest(): void {
    clearTimeout(this.#timer);
  }

  [Symbol.dispose](): void {
    this.rest();
  }

  /** Whether a peer is in the room now. */
  isHere(roomId: string, peerId: string): boolean {
    return this.#world.sessions.connectedPeer(roomId, peerId) !== undefined;
  }

  /** What a copy of the room must have; `role`: of peers with this role. */
  truthOf(roomId: string, role: string | null): Map<string, string> {
    const truth = new Map<string, string>();
    for (const peer of this.#world.sessions.connectedPeers(roomId)) {
      if (role === null || peer.role === role) truth.set(peer.id, peerText(peer));
    }
    const session = this.#world.sessions.active(roomId);
    if (session !== undefined) truth.set(SESSION, session.id);
    return truth;
  }

  /** What a copy of the workspace's sessions must have. */
  sessions(): Map<string, string> {
    const running = this.ids.map((roomId) => this.#world.sessions.active(roomId)?.id);
    return new Map(running.filter((id) => id !== undefined).map((id) => [id, '']));
  }

  #change(roomId: string): void {
    this.changes += 1;
    const random = this.#random;
    const here = this.#world.sessions.connectedPeers(roomId);
    if (here.length === 0 || (here.length < CROWD && random.chance(0.35))) this.#join(roomId);
    else if (random.chance(0.4)) this.#world.leave(roomId, random.pick(here).id);
    else if (random.chance(0.04)) this.#world.endSession(roomId);
    else {
      const change = random.chance(0.5)
        ? { role: random.pick(ROLES) }
        : { metadata: `hand ${this.changes}`, name: `Renamed ${this.changes}` };
      this.#world.updatePeer(roomId, random.pick(here).id, change);
    }
  }

  #join(roomId: string): void {
    const number = this.#random.between(1, 1e9);
    const newcomer = { name: `Guest ${number}`, role: this.#random.pick(ROLES), userId: `user-${number}` };
    this.#world.join(roomId, newcomer);
  }
}
