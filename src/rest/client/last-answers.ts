// The last successful answer of each URL. An equal answer needs no parsing and no check of its shape: the same object is
// returned. Most answers equal the last one, because polls and pages of rooms are repeated. So values that were computed from an
// object (sorted lists, views, text) can be stored with it and reused.
//
// This is correct because:
// - as many requests are sent as without it; two answers are equal only if all their bytes are equal;
// - the value depends only on the bytes, the expected shape and the omitted values, and the key and the shape contain all of
//   these;
// - no code modifies a value (in tests, test/support/frozen-answers.ts turns this into an error); only Pothos sets a hidden
//   property on Nodes, which contains the same type each time;
// - repairs are reported again for each answer, because callers count them.
// Not stored: answers to writes, answers that were read with another token than the gateway's, and errors.
import { LRUCache } from 'lru-cache';
import type { RepairEvent } from '../shapes/repair.ts';
import type { Shape } from '../shapes/shapes.ts';

/** What is made of a good answer. */
export interface ReadAnswer<T> {
  /** The check that the answer has passed. */
  readonly shape: Shape<T>;
  readonly value: T;
  /** The repairs of the value, to be reported for each equal answer. */
  readonly repairs: readonly RepairEvent[];
}

interface Entry {
  /** Begins with the last body. Written over by the next body, if that is not longer. */
  readonly bytes: Buffer;
  /** The length of the last body. */
  length: number;
  /** What was made of the last body, if the body before it was equal. */
  read: ReadAnswer<unknown> | null;
}

/** A parsed body takes some three times its bytes; both are kept. */
const MEMORY_PER_BYTE = 4;
/** An answer larger than this share of the bound is not kept. */
const LARGEST_SHARE = 1 / 3;
/** The memory of an entry beside its key and its body, in bytes. */
const ENTRY_BYTES = 200;

/** The number of keys that `AskedKeys` remembers at most; a power of 2. */
const ASKED_KEYS = 16_384;

/**
 * Which keys were asked for before, by 32 bits of each: an entry for each URL that comes once would be work for the garbage
 * collector. Keys of the same place replace one another, and two of the same bits count as one; both only change when an
 * answer is first kept.
 */
class AskedKeys {
  readonly #hashes = new Int32Array(ASKED_KEYS);

  /** Notes a key. Returns whether it was noted before. */
  note(key: string): boolean {
    let hash = 1;
    for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01_00_01_93);
    const place = (hash ^ (hash >>> 15)) & (ASKED_KEYS - 1);
    const isKnown = this.#hashes[place] === hash;
    this.#hashes[place] = hash;
    return isKnown;
  }
}

/**
 * The last answers of one client. What is not asked for again costs little: the bytes of an answer are kept from the second
 * request of its URL on, as most URLs with a cursor or a filter are asked for once, and the value from the second equal
 * answer on, as values of answers that change each time would only be work for the garbage collector.
 */
export class LastAnswers {
  readonly #entries: LRUCache<string, Entry>;
  readonly #asked = new AskedKeys();
  readonly #largestBytes: number;

  /** `maxBytes`: the memory of all kept answers, about. The least recently asked go first. */
  constructor(maxBytes: number) {
    this.#largestBytes = (maxBytes * LARGEST_SHARE) / MEMORY_PER_BYTE;
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }, key) => ENTRY_BYTES + 2 * key.length + MEMORY_PER_BYTE * bytes.length,
    });
  }

  /** What was made of the last answer of the key, if its shape is this one and its body has the same bytes. */
  equalTo<T>(key: string, shape: Shape<T>, body: Buffer): ReadAnswer<T> | undefined {
    const entry = this.#entries.get(key);
    if (entry?.read?.shape !== shape || !hasBody(entry, body)) return undefined;
    // The value was read by the same shape, so it is of the same type.
    return entry.read as ReadAnswer<T>;
  }

  /** Keeps an answer in place of the last one of its key. */
  keep(key: string, body: Buffer, read: ReadAnswer<unknown>): void {
    const entry = this.#entries.peek(key);
    if (body.length > this.#largestBytes) {
      this.#entries.delete(key);
    } else if (entry === undefined && !this.#asked.note(key)) {
      // Nothing is kept of a URL that may never come again.
    } else if (entry !== undefined && hasBody(entry, body)) {
      entry.read = read;
    } else if (entry !== undefined && entry.bytes.length >= body.length) {
      body.copy(entry.bytes);
      entry.length = body.length;
      entry.read = null;
    } else {
      // A buffer of its own: a small body is a part of a larger buffer, which it would keep in memory.
      const bytes = Buffer.allocUnsafeSlow(body.length);
      body.copy(bytes);
      this.#entries.set(key, { bytes, length: body.length, read: null });
    }
  }
}

function hasBody({ bytes, length }: Entry, body: Buffer): boolean {
  return length === body.length && bytes.compare(body, 0, body.length, 0, length) === 0;
}
