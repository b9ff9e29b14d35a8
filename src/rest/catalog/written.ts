// The writes of the last seconds, by id. Reads of the REST API may lag behind writes: the vendor's own tests wait 2 s before they
// read. For some seconds, the gateway's own writes are applied to each read. A write is a value, not a function, so that other
// instances of the gateway can apply it to their reads too.
import { momentAfter, type Clock, type Moment } from '../../clock.ts';
import { RestNotFoundError } from '../errors.ts';

/** How long a write is applied to reads, in milliseconds: longer than the 2 s that the vendor's own tests wait. */
export const WRITE_LAG_MS = 5000;

/** A done write of one object. Both values are JSON. */
export interface DoneWrite<T, Change> {
  /** The vendor's id of the object, or of the room or template that it belongs to. */
  readonly id: string;
  readonly change: Change;
  /** The whole object, which is returned if the read does not find it; null if the write's answer had only a part. */
  readonly whole: T | null;
}

interface Write<T, Change> extends DoneWrite<T, Change> {
  readonly endsAt: Moment;
}

/** How writes to the objects of one kind are kept and applied. */
export interface WrittenOptions<T, Change> {
  readonly clock: Clock;
  /** Applies a write to a read that may not show it yet. It must be safe to apply twice. */
  readonly apply: (read: T, change: Change) => T;
  /** Called with each write that `lay` gets. Must not throw. Default: not called. */
  readonly onLaid?: ((write: DoneWrite<T, Change>) => void) | undefined;
}

/** The recent writes to the objects of one kind. */
export class Written<T extends object, Change> {
  readonly #options: WrittenOptions<T, Change>;
  readonly #writes = new Map<string, readonly Write<T, Change>[]>();

  constructor(options: WrittenOptions<T, Change>) {
    this.#options = options;
  }

  /**
   * Call when a write of this instance is done. `whole` is the whole object, if the answer to the write has it, for example after
   * a creation.
   */
  lay(id: string, change: Change, whole: T | null = null): void {
    this.repeat({ id, change, whole });
    this.#options.onLaid?.({ id, change, whole });
  }

  /** Applies a write that another instance has done to later reads. */
  repeat({ id, change, whole }: DoneWrite<T, Change>): void {
    const now = this.#options.clock.moment();
    this.#forgetEnded(now);
    const earlier = (this.#writes.get(id) ?? []).filter(({ endsAt }) => endsAt > now);
    // The end of a later write is later, so its object goes to the end of the map, which is sorted by these ends.
    this.#writes.delete(id);
    this.#writes.set(id, [...earlier, { id, change, whole, endsAt: momentAfter(now, WRITE_LAG_MS) }]);
  }

  /** The result of a read (null if it found nothing) with the recent writes applied. */
  over(id: string, read: T): T;
  over(id: string, read: T | null): T | null;
  over(id: string, read: T | null): T | null {
    const now = this.#options.clock.moment();
    const writes = (this.#writes.get(id) ?? []).filter(({ endsAt }) => endsAt > now);
    return writes.reduce<T | null>(
      (value, { change, whole }) => (value === null ? whole : this.#options.apply(value, change)),
      read,
    );
  }

  /** The result of `read` with the recent writes applied; if `read` finds nothing, the object of a write. Rejects as `read`. */
  async read(id: string, read: () => Promise<T>): Promise<T> {
    try {
      return this.over(id, await read());
    } catch (error) {
      const known = error instanceof RestNotFoundError ? this.over(id, null) : null;
      if (known === null) throw error;
      return known;
    }
  }

  #forgetEnded(now: Moment): void {
    for (const [id, writes] of this.#writes) {
      if (writes.some(({ endsAt }) => endsAt > now)) return;
      this.#writes.delete(id);
    }
  }
}

/** The keys of a write's answer that have a value; in answers to writes, keys may be missing, empty, or have the zero date. */
export function filledIn<T extends object>(answer: T): Partial<T> {
  const isZero = (value: unknown) => typeof value === 'string' && value.startsWith(ZERO_DATE);
  const filled = Object.entries(answer).filter(
    ([, value]) => value != null && value !== '' && !isZero(value),
  );
  // The entries are those of `answer`, so each value fits its key.
  return Object.fromEntries(filled) as Partial<T>;
}

/** The vendor's date that means "not set", with 0 to 9 fraction digits behind it. */
const ZERO_DATE = '0001-01-01T00:00:00';
