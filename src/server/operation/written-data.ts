// The `data` of a result as finished JSON text. In an ExecutionResult it replaces the object.

/** Number of characters from which clients share the bytes of a text. */
const LONG = 4 * 1024;

/** Shared by all results that have it. */
export class WrittenData {
  /** JSON without lone surrogates. */
  readonly text: string;
  /** Whether several answers have it. */
  isShared = false;
  #count: (() => number) | null;
  #objects = 0;
  #bytes: Buffer | null = null;

  /** `countObjects`: the points of the objects in the data; called once at most. */
  constructor(text: string, countObjects: () => number) {
    this.text = text;
    this.#count = countObjects;
  }

  /** The points of the objects in the data. */
  get objects(): number {
    if (this.#count !== null) {
      this.#objects = this.#count();
      // The function may keep the data in memory.
      this.#count = null;
    }
    return this.#objects;
  }

  /** Whether it is better to share the bytes than to copy them into each message. */
  get isLong(): boolean {
    return this.text.length >= LONG;
  }

  /** The text in UTF-8, made once for all clients. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.text);
    return this.#bytes;
  }

  /** For `JSON.stringify`, which can't take a text as it is. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** The members of a result as JSON text around its data: `text` alone, or `head`, the data's own text and `tail`. */
export interface WrittenResult {
  readonly head: string;
  /** Null: the result has no data, and all of it is in `head`. */
  readonly data: WrittenData | null;
  readonly tail: string;
}

/** Writes a result whose `data` may be written already. Throws as `JSON.stringify` does. */
export function writeAround(result: object): WrittenResult {
  let [head, tail] = ['{', ''];
  let written: WrittenData | null = null;
  let separator = '';
  for (const [key, value] of Object.entries(result)) {
    const text: string | undefined = value instanceof WrittenData ? '' : JSON.stringify(value);
    // As `JSON.stringify` leaves out members that are undefined or functions.
    if (text === undefined) continue;
    const member = `${separator}${JSON.stringify(key)}:${text}`;
    separator = ',';
    if (written === null) head += member;
    else tail += member;
    if (value instanceof WrittenData) written = value;
  }
  if (written === null) return { head: `${head}}`, data: null, tail: '' };
  return { head, data: written, tail: `${tail}}` };
}
