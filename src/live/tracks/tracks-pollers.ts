// Polls the tracks of all peers in one room, while this instance leads: one TracksPoller for each peer who may publish.
import { msBetween, type Moment } from '../../clock.ts';
import { TracksPoller, type TracksPollerOptions } from './tracks-poller.ts';
import type { TracksState } from './track-state.ts';

interface Polled {
  readonly poller: TracksPoller;
  role: string;
  readonly since: Moment;
}

/** Polls from its creation until `stop`. */
export class TracksPollers {
  readonly #options: TracksPollerOptions;
  readonly #polled = new Map<string, Polled>();

  constructor(options: TracksPollerOptions) {
    this.#options = options;
  }

  /** Number of peers whose tracks are polled. */
  get size(): number {
    return this.#polled.size;
  }

  /** The age of the oldest read among the peers, in milliseconds; 0 without peers. */
  get oldestAgeMs(): number {
    const now = this.#options.clock.moment();
    let oldest = 0;
    for (const { poller, since } of this.#polled.values()) {
      oldest = Math.max(oldest, msBetween(poller.lastPolledAt ?? since, now));
    }
    return oldest;
  }

  /** Polls the tracks of the peers of this state and no others. Those of a peer with another role than before are read soon. */
  follow(state: TracksState): void {
    for (const [id, { poller }] of this.#polled) {
      if (state.has(id)) continue;
      poller.stop();
      this.#polled.delete(id);
    }
    for (const [id, { peer }] of state) {
      const known = this.#polled.get(id);
      if (known === undefined) {
        const since = this.#options.clock.moment();
        this.#polled.set(id, { poller: new TracksPoller(id, this.#options), role: peer.role, since });
      } else if (known.role !== peer.role) {
        known.role = peer.role;
        known.poller.hint();
      }
    }
  }

  /** Reads the tracks of this peer soon, or of all peers. */
  hint(peerId?: string): void {
    if (peerId !== undefined) this.#polled.get(peerId)?.poller.hint();
    else for (const { poller } of this.#polled.values()) poller.hint();
  }

  /** Aborts the reads in progress, and makes no more. */
  stop(): void {
    for (const { poller } of this.#polled.values()) poller.stop();
    this.#polled.clear();
  }
}
