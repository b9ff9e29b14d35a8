// The objects for which the REST API fails while it answers for others, such as rooms on a broken server. Their failures are not
// a sign that the whole family of endpoints fails. An object is identified by the path of its URL.
import { msBetween, type Clock, type Moment } from '../../clock.ts';

/** An object is forgotten if it has not failed for this time, in milliseconds. */
const FORGOTTEN_MS = 120_000;
/** The most objects that are known; beyond them the oldest are forgotten. */
const MOST = 1000;

/** The objects of one family. Holds nothing while nothing fails. */
export class FailingObjects {
  readonly #clock: Clock;
  /** Those that have failed since the last answer. */
  readonly #sinceAnswer = new Set<string>();
  /** Those that had failed when another one was answered, with the moment of their last failure. */
  readonly #alone = new Map<string, Moment>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Records a failure. Returns whether the object is new evidence of an outage: it has not failed yet, neither alone nor in this
   * row.
   */
  failed(object: string): boolean {
    const now = this.#clock.moment();
    const before = this.#alone.get(object);
    const isAlone = before !== undefined && msBetween(before, now) < FORGOTTEN_MS;
    if (isAlone) this.#keep(object, now);
    const isNew = !isAlone && !this.#sinceAnswer.has(object);
    if (isNew && this.#sinceAnswer.size < MOST) this.#sinceAnswer.add(object);
    return isNew;
  }

  /**
   * Records an answer, for an object or for none in particular (null). Objects that have failed since the previous answer then
   * count as failing alone.
   */
  answered(object: string | null): void {
    const now = this.#clock.moment();
    for (const failed of this.#sinceAnswer) this.#keep(failed, now);
    this.#sinceAnswer.clear();
    if (object !== null) this.#alone.delete(object);
  }

  /** Whether no object is known to fail. */
  get isEmpty(): boolean {
    return this.#sinceAnswer.size === 0 && this.#alone.size === 0;
  }

  #keep(object: string, at: Moment): void {
    this.#alone.delete(object);
    this.#alone.set(object, at);
    for (const [oldest] of this.#alone) {
      if (this.#alone.size <= MOST) break;
      this.#alone.delete(oldest);
    }
  }
}
