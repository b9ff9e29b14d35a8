// Tells whether the last read showed a certain user, without a search through all peers, because this is checked for each
// participant at each event.
import type { RoomState } from './differences.ts';

/** The `user_id`s of a room's peers; made when first asked for after a change. */
export class ShownUsers {
  #peers: RoomState['peers'] | null = null;
  #ids: ReadonlySet<string | null | undefined> = new Set();

  /** Whether one of the peers has this `user_id`. */
  has(peers: RoomState['peers'], userId: string): boolean {
    if (this.#peers !== peers) {
      this.#peers = peers;
      this.#ids = new Set([...peers.values()].map((peer) => peer.user_id));
    }
    return this.#ids.has(userId);
  }
}
