// Removes long values of one key from a JSON body while it arrives. So a list of sessions can be read even if the record of one
// session, with all peers that ever joined, is larger than the limit for the whole answer.

/** Which values to leave out. */
export interface LeaveOut {
  /** The key, as the vendor writes it, of the objects in the list `data` of the answer. */
  readonly key: string;
  /** Maximum number of objects in the list. A value is long if it takes more than its share of the body's limit. */
  readonly maxElements: number;
}

/** The part of the body's limit that all values of the key may take together. */
const SHARE = 0.8;

/** The length in bytes from which a value is long. */
export function longFrom({ maxElements }: LeaveOut, maxBytes: number): number {
  return (SHARE * maxBytes) / maxElements;
}

/** The key of the size in bytes of a value that was left out of an object; the value itself is null. */
const SIZE_KEY = 'left_out';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Depth of the objects in `{"data": [{ … }]}`. */
const ELEMENT_DEPTH = 3;

/** Takes a body in chunks and returns them without the long values. Does not recognise a key that is written with escapes. */
export class LeavingOut {
  readonly #key: Buffer;
  readonly #maxValueBytes: number;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** How many bytes of the key the current or last string matches; -1 if it is a different string. */
  #matched = -1;
  /** The value that is read: its pieces so far, null once it is too long to be kept; undefined outside a value. */
  #value: Buffer[] | null | undefined = undefined;
  #valueBytes = 0;

  /** Leaves out the values of `key` that have more than `maxValueBytes`. */
  constructor(key: string, maxValueBytes: number) {
    this.#key = Buffer.from(key);
    this.#maxValueBytes = maxValueBytes;
  }

  /** The pieces of `chunk` and of earlier chunks that are kept, in order; an unfinished value waits for its end. */
  push(chunk: Buffer): Buffer[] {
    const kept: Buffer[] = [];
    let from = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      if (this.#value === undefined) {
        if (!this.#opensValue(chunk[index] ?? 0)) continue;
        kept.push(chunk.subarray(from, index + 1));
        this.#value = [];
        this.#valueBytes = 0;
        from = index + 1;
      } else if (this.#endsValue(chunk[index] ?? 0)) {
        this.#keepValue(chunk.subarray(from, index));
        kept.push(...(this.#value ?? [Buffer.from(`null,"${SIZE_KEY}":${this.#valueBytes}`)]));
        this.#value = undefined;
        from = index;
        this.#step(chunk[index] ?? 0);
      }
    }
    if (this.#value === undefined) kept.push(chunk.subarray(from));
    else this.#keepValue(chunk.subarray(from));
    return kept;
  }

  /** Takes the next byte outside a value; true if it is the colon behind the key. */
  #opensValue(byte: number): boolean {
    const isKey =
      byte === COLON &&
      !this.#isInString &&
      this.#depth === ELEMENT_DEPTH &&
      this.#matched === this.#key.length;
    this.#step(byte);
    return isKey;
  }

  /** Takes the next byte of a value, unless it is the comma or bracket behind it: then true. */
  #endsValue(byte: number): boolean {
    const isOutside = !this.#isInString && this.#depth === ELEMENT_DEPTH;
    if (isOutside && (byte === COMMA || CLOSING.has(byte))) return true;
    this.#step(byte);
    return false;
  }

  #keepValue(piece: Buffer): void {
    this.#valueBytes += piece.length;
    if (this.#valueBytes > this.#maxValueBytes) this.#value = null;
    else this.#value?.push(piece);
  }

  #step(byte: number): void {
    if (this.#isInString) this.#stepInString(byte);
    else if (byte === QUOTE) {
      this.#isInString = true;
      this.#matched = this.#depth === ELEMENT_DEPTH ? 0 : -1;
    } else if (OPENING.has(byte)) this.#depth += 1;
    else if (CLOSING.has(byte)) this.#depth -= 1;
    // A string that is a value is followed by a comma: the next colon is not behind it.
    else if (byte === COMMA) this.#matched = -1;
  }

  #stepInString(byte: number): void {
    if (this.#isEscaped) {
      this.#isEscaped = false;
      this.#matched = -1;
    } else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isInString = false;
    else if (this.#matched >= 0) {
      this.#matched = this.#key[this.#matched] === byte ? this.#matched + 1 : -1;
    }
  }
}
