// The last mutation of a room, made by this or another instance. A follower makes no reads, so the leader tells it when a read
// has shown the effect. Until then queries are not answered from the follower's state.
import { momentAfter, type Clock, type Moment } from '../../clock.ts';

/** How long an effect is waited for, in milliseconds: a second longer than the leader reads for it (mutation-effects.ts). */
const LONGEST_MS = 6000;

/** One instance for each room feed. */
export class PendingMutation {
  readonly #clock: Clock;
  #latest: string | null = null;
  #endsAt: Moment | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The id of the last mutation; null: none is known. */
  get latest(): string | null {
    return this.#latest;
  }

  /** Whether the leader has not said yet that the effect shows. */
  get isPending(): boolean {
    return this.#endsAt !== null && this.#endsAt > this.#clock.moment();
  }

  /** A mutation was made. `isLeading`: this instance sees the effect by its own reads. */
  begin(id: string, isLeading: boolean): void {
    this.#latest = id;
    this.#endsAt = isLeading ? null : momentAfter(this.#clock.moment(), LONGEST_MS);
  }

  /** This instance has led, and now another one does, which sees the effect that is still waited for. */
  yield(): void {
    if (this.#latest !== null) this.begin(this.#latest, false);
  }

  /** The leader has seen the effect of this mutation. */
  shown(id: string): void {
    if (id === this.#latest) this.#endsAt = null;
  }
}
