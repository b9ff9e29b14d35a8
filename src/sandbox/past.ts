// The recent past of the world's maps, for reads that lag behind writes: a replica in a cluster answers with the state of some
// seconds ago. Each change is recorded with its reversal. A lagging read undoes the changes, reads, and redoes them.
import type { Clock } from '../clock.ts';

/** Changes older than this are forgotten, so a read can lag by no more than this. */
export const MAX_LAG_MS = 60_000;

interface Change {
  readonly ms: number;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Records the changes of all `PastMap`s of a world, while at least one fault needs them. */
export class Past {
  readonly #clock: Clock;
  #readers = 0;
  #changes: Change[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Starts recording. The returned function ends it, unless another reader still needs the recording. The record stays
   * readable until another recording starts.
   */
  record(): () => void {
    if (this.#readers === 0) this.#changes = [];
    this.#readers += 1;
    let isOver = false;
    return () => {
      if (!isOver) this.#readers -= 1;
      isOver = true;
    };
  }

  /** Runs `read` in the world as it was `lagMs` ago, but not before recording started. `read` must be synchronous. */
  read<Result>(lagMs: number, read: () => Result): Result {
    const sinceMs = this.#clock.now() - lagMs;
    const later = this.#changes.filter(({ ms }) => ms > sinceMs);
    for (const { undo } of later.toReversed()) undo();
    try {
      return read();
    } finally {
      for (const { redo } of later) redo();
    }
  }

  /** Makes a change, and records its reversal. */
  change(redo: () => void, undo: () => void): void {
    redo();
    if (this.#readers === 0) return;
    const ms = this.#clock.now();
    this.#changes.push({ ms, undo, redo });
    const firstKept = this.#changes.findIndex((change) => change.ms >= ms - MAX_LAG_MS);
    if (firstKept > 0) this.#changes.splice(0, firstKept);
  }
}

/** A map whose changes by `set` and `delete` are recorded. Its values must be immutable. */
export class PastMap<Key, Value> extends Map<Key, Value> {
  readonly #past: Past;

  constructor(past: Past) {
    super();
    this.#past = past;
  }

  override set(key: Key, value: Value): this {
    this.#past.change(() => super.set(key, value), this.#restoring(key));
    return this;
  }

  override delete(key: Key): boolean {
    const isKnown = this.has(key);
    if (isKnown) this.#past.change(() => super.delete(key), this.#restoring(key));
    return isKnown;
  }

  #restoring(key: Key): () => void {
    const isKnown = this.has(key);
    const before = super.get(key);
    // A known key has a value of this type, which may be undefined.
    return () => (isKnown ? super.set(key, before as Value) : super.delete(key));
  }
}
