// The looks at the peers of one room, while this instance leads its tracks: one PeerLook for each peer who may publish.
import { msBetween, type Moment } from '../../clock.ts';
import { PeerLook, type PeerLookOptions } from './peer-look.ts';
import type { TracksState } from './track-state.ts';

interface Looked {
  readonly look: PeerLook;
  role: string;
  readonly since: Moment;
}

/** Looks from its creation until `stop`. */
export class TrackLooks {
  readonly #options: PeerLookOptions;
  readonly #looked = new Map<string, Looked>();

  constructor(options: PeerLookOptions) {
    this.#options = options;
  }

  /** Number of peers who are looked at. */
  get size(): number {
    return this.#looked.size;
  }

  /** How long ago the peer was looked at whose look is longest ago, in milliseconds; 0 without peers. */
  get oldestAgeMs(): number {
    const now = this.#options.clock.moment();
    let oldest = 0;
    for (const { look, since } of this.#looked.values()) {
      oldest = Math.max(oldest, msBetween(look.lastPolledAt ?? since, now));
    }
    return oldest;
  }

  /** Looks at the peers of this state and at no others. One with another role than before is looked at soon. */
  follow(state: TracksState): void {
    for (const [id, { look }] of this.#looked) {
      if (state.has(id)) continue;
      look.stop();
      this.#looked.delete(id);
    }
    for (const [id, { peer }] of state) {
      const known = this.#looked.get(id);
      if (known === undefined) {
        const since = this.#options.clock.moment();
        this.#looked.set(id, { look: new PeerLook(id, this.#options), role: peer.role, since });
      } else if (known.role !== peer.role) {
        known.role = peer.role;
        known.look.hint();
      }
    }
  }

  /** Looks soon at this peer, or at all. */
  hint(peerId?: string): void {
    if (peerId !== undefined) this.#looked.get(peerId)?.look.hint();
    else for (const { look } of this.#looked.values()) look.hint();
  }

  /** Aborts the looks under way, and makes no more. */
  stop(): void {
    for (const { look } of this.#looked.values()) look.stop();
    this.#looked.clear();
  }
}
