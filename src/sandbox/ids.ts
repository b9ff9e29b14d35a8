// Ids in the vendor's shapes, decided by a seed and the order of creation, never by the time.
import { Random } from './random.ts';

const FIRST_PREFIX = 0x64a00000;

/** Makes ids. Of two object ids the later one is greater as text, so descending id means newest first. */
export class Ids {
  readonly #random: Random;
  readonly #machine: string;
  #made = 0;

  constructor(seed: string) {
    this.#random = new Random(`ids:${seed}`);
    this.#machine = this.#random.hex(10);
  }

  /** 24 hexadecimal digits, as rooms, sessions and templates have. */
  objectId(): string {
    this.#made += 1;
    const prefix = (FIRST_PREFIX + this.#made).toString(16);
    return `${prefix}${this.#machine}${this.#made.toString(16).padStart(6, '0')}`;
  }

  /** A UUID of version 4, as peers and tracks have. */
  uuid(): string {
    const variant = this.#random.pick(['8', '9', 'a', 'b']);
    const [a, b, c, d, e] = [8, 4, 3, 3, 12].map((digits) => this.#random.hex(digits));
    return `${a}-${b}-4${c}-${variant}${d}-${e}`;
  }

  /** A room code: ten letters grouped 3-4-3. */
  roomCode(): string {
    return `${this.#random.letters(3)}-${this.#random.letters(4)}-${this.#random.letters(3)}`;
  }

  /** What an instant has below its millisecond: 0 to 999999 nanoseconds. */
  nanoseconds(): number {
    return this.#random.between(0, 999_999);
  }
}
