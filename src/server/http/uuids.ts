// Random UUIDs for the ids of requests. `randomUUID` of Node makes a text of 20 parts, which V8 joins when it is read. All these
// parts stay in memory until then, or until the request ends. Here the text of several UUIDs is made in one piece.
import { randomFillSync } from 'node:crypto';

/** UUIDs that are made together. Few, as each one keeps the text of all in memory. */
const TOGETHER = 16;
/** Bytes of a UUID, and characters of its text. */
const BYTES = 16;
const LENGTH = 36;

const DASH = 0x2d;
/** The hexadecimal digits as bytes of text. */
const DIGITS = Buffer.from('0123456789abcdef');

/** Makes UUIDs of version 4 (RFC 9562 section 5.4). */
export class Uuids {
  /** Random bytes for 256 UUIDs: to ask for a few takes as long as to ask for many. */
  readonly #random = Buffer.alloc(256 * BYTES);
  #randomAt = this.#random.length;
  readonly #bytes = Buffer.alloc(TOGETHER * LENGTH);
  #text = '';
  #at = 0;

  next(): string {
    if (this.#at === this.#text.length) this.#refill();
    const from = this.#at;
    this.#at += LENGTH;
    return this.#text.slice(from, this.#at);
  }

  #refill(): void {
    if (this.#randomAt === this.#random.length) {
      randomFillSync(this.#random);
      this.#randomAt = 0;
    }
    for (let at = 0; at < this.#bytes.length; at += LENGTH) {
      writeUuid(this.#random, this.#randomAt, this.#bytes, at);
      this.#randomAt += BYTES;
    }
    this.#text = this.#bytes.toString('latin1');
    this.#at = 0;
  }
}

/** Writes the text of the UUID with the random bytes at `from`. */
function writeUuid(random: Buffer, from: number, text: Buffer, to: number): void {
  let at = to;
  for (let index = 0; index < BYTES; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text[at++] = DASH;
    const byte = random[from + index] ?? 0;
    const versioned = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    text[at++] = DIGITS[versioned >> 4] ?? 0;
    text[at++] = DIGITS[versioned & 0x0f] ?? 0;
  }
}
