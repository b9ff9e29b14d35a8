// Random choices for the documents and values of the differential test.

/** Numbers that look random and are the same for the same text. */
export function randomOf(text: string): () => number {
  // FNV-1a for the start, then mulberry32.
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Choices that a property test has drawn. When they are used up, the first of each kind is taken, so failures shrink. */
export class Choices {
  readonly #drawn: readonly number[];
  #next = 0;

  constructor(drawn: readonly number[]) {
    this.#drawn = drawn;
  }

  /** A number from 0 to `count - 1`. */
  below(count: number): number {
    const drawn = this.#drawn[this.#next] ?? 0;
    this.#next += 1;
    return drawn % count;
  }

  of<Item>(items: readonly Item[]): Item {
    // In bounds.
    return items[this.below(items.length)] as Item;
  }

  /** Yes in one of `odds` cases; no once the choices are used up. */
  oneIn(odds: number): boolean {
    return this.below(odds) === odds - 1;
  }

  get areUsedUp(): boolean {
    return this.#next >= this.#drawn.length;
  }
}
