// Ids in the vendor's formats. They depend on the seed and on the order of creation, not on the time.
import { Random } from './random.ts';

const FIRST_PREFIX = 0x64a00000;

/** Creates ids. A later object id is greater as text, so descending order of ids is newest first. */
export class Ids {
  readonly #random: Random;
  readonly #machine: string;
  #made = 0;

  constructor(seed: string) {
    this.#random = new Random(`ids:${seed}`);
    this.#machine = this.#random.hex(10);
  }

  /** 24 hexadecimal digits: the ids of rooms, sessions and templates. */
  objectId(): string {
    this.#made += 1;
    const prefix = (FIRST_PREFIX + this.#made).toString(16);
    return `${prefix}${this.#machine}${this.#made.toString(16).padStart(6, '0')}`;
  }

  /** A UUID of version 4: the ids of peers and tracks. */
  uuid(): string {
    const variant = this.#random.pick(['8', '9', 'a', 'b']);
    const [a, b, c, d, e] = [8, 4, 3, 3, 12].map((digits) => this.#random.hex(digits));
    return `${a}-${b}-4${c}-${variant}${d}-${e}`;
  }

  /** A room code: ten letters grouped 3-4-3. */
  roomCode(): string {
    return `${this.#random.letters(3)}-${this.#random.letters(4)}-${this.#random.letters(3)}`;
  }

  /** The part of an instant below the millisecond: 0 to 999999 nanoseconds. */
  nanoseconds(): number {
    return this.#random.between(0, 999_999);
  }
}
