// Pseudo-random numbers: the same seed gives the same numbers on every machine. For invented data, never for secrets.
// The generator is mulberry32, seeded with the FNV-1a hash of a text.

const HEX_DIGITS = '0123456789abcdef';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A sequence of numbers that depends on `seed` only. Draws from one instance do not change those of another. */
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

  /** One element of the list; throws a RangeError if the list is empty. */
  pick<T>(list: readonly T[]): T {
    const element = list[this.between(0, list.length - 1)];
    if (element === undefined) throw new RangeError('cannot pick from an empty list');
    return element;
  }

  /** `digits` hexadecimal digits. */
  hex(digits: number): string {
    return this.#characters(digits, HEX_DIGITS);
  }

  /** `count` lower-case letters. */
  letters(count: number): string {
    return this.#characters(count, LETTERS);
  }

  // A loop, because demo data have thousands of ids and every test with them waits for these.
  #characters(count: number, alphabet: string): string {
    let text = '';
    for (let index = 0; index < count; index += 1)
      text += alphabet.charAt(this.between(0, alphabet.length - 1));
    return text;
  }
}
