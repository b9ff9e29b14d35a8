// Randomness from a seed: the same seed gives the same draws, on any machine.
// The generator is mulberry32, seeded by an FNV-1a hash of the text; it is for fake data and never for secrets.

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A stream of draws that `seed` alone decides. Streams of different seeds do not disturb one another. */
export class Random {
  #state: number;

  constructor(seed: string) {
    this.#state = 0x811c9dc5;
    for (let index = 0; index < seed.length; index += 1) {
      this.#state = Math.imul(this.#state ^ seed.charCodeAt(index), 0x01000193);
    }
  }

  /** A number from 0 up to but not including 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True with the probability `likelihood` (0 to 1). */
  chance(likelihood: number): boolean {
    return this.next() < likelihood;
  }

  /** One element of a list; throws on an empty one. */
  pick<T>(list: readonly T[]): T {
    const element = list[this.between(0, list.length - 1)];
    if (element === undefined) throw new RangeError('nothing to pick from');
    return element;
  }

  /** `digits` hexadecimal digits. */
  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.between(0, 15).toString(16)).join('');
  }

  /** `count` lower-case letters. */
  letters(count: number): string {
    return Array.from({ length: count }, () => LETTERS.charAt(this.between(0, 25))).join('');
  }
}
