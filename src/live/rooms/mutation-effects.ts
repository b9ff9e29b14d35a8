// The effects of the gateway's own mutations on a room's snapshot and polls. The REST API accepts a mutation before it takes
// effect, and its reads may lag behind it: the vendor's own tests wait 2 s. So a watched live room is polled immediately, and
// then at growing intervals for 5 s, until a poll shows the effect. Until then queries do not use the snapshot.

import { momentAfter, msBetween, type Moment } from '../../clock.ts';

/** When to read again after a mutation, besides at once; milliseconds after it. */
const READ_DELAYS_MS = [250, 1000, 2000, 3000, 5000];

/** One instance for each room feed. It keeps times only; the feed makes the reads. */
export class MutationEffects {
  #mutations = 0;
  /** In order. */
  #dueAt: readonly Moment[] = [];
  #isPending = false;

  /** True from a mutation until a read shows its effect, or the last of its reads does not. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** How long after `now` the next read for an effect is due, in milliseconds; Infinity when no read is due. */
  msUntilNextRead(now: Moment): number {
    const [next] = this.#dueAt;
    return next === undefined ? Number.POSITIVE_INFINITY : msBetween(now, next);
  }

  /**
   * A mutation was accepted at `now`. `readsAgain`: whether to schedule extra reads; false when the room is not watched or not
   * live.
   */
  mutated(now: Moment, readsAgain: boolean): void {
    this.#mutations += 1;
    this.#isPending = true;
    this.#dueAt = readsAgain ? READ_DELAYS_MS.map((delayMs) => momentAfter(now, delayMs)) : [];
  }

  /**
   * Call when a read begins, with the time. Call the returned function with whether the read shows the effect; a
   * read that began before the latest mutation is ignored.
   */
  beginRead(now: Moment): (isShown: boolean) => void {
    const mutations = this.#mutations;
    this.#dueAt = this.#dueAt.filter((dueAt) => dueAt > now);
    return (isShown) => {
      if (mutations !== this.#mutations) return;
      if (isShown) this.#dueAt = [];
      if (this.#dueAt.length === 0) this.#isPending = false;
    };
  }

  /** Cancels the extra reads, because the room has lost its last subscriber. The snapshot stays unused. */
  cancelReads(): void {
    this.#dueAt = [];
  }

  /** Nothing is waited for any more. */
  forget(): void {
    this.#dueAt = [];
    this.#isPending = false;
  }
}
