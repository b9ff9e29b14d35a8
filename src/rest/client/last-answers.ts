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

/** The parsed and checked value of a good answer. */
export interface ReadAnswer<T> {
  /** The check that the answer has passed. */
  readonly shape: Shape<T>;
  readonly value: T;
  /** The repairs of the value, to be reported for each equal answer. */
  readonly repairs: readonly RepairEvent[];
}

interface Entry {
  /** A buffer that begins with the last body. The next body overwrites it, if it is not longer. */
  readonly bytes: Buffer;
  /** The length of the last body. */
  length: number;
  /** The value of the last body, if the body before it was equal. */
  read: ReadAnswer<unknown> | null;
}

/** A parsed body takes about three times its bytes; both are kept. */
const MEMORY_PER_BYTE = 4;
/** An answer larger than this share of the bound is not kept. */
const LARGEST_SHARE = 1 / 3;
/** The memory of an entry in addition to its key and its body, in bytes. */
const ENTRY_BYTES = 200;

/** Maximum number of keys that `AskedKeys` remembers; a power of 2. */
const ASKED_KEYS = 16_384;

/**
 * Remembers which keys were requested before, by 32 bits of each: a map entry for each URL that is requested only once would be
 * work for the garbage collector. Keys with the same slot replace each other, and keys with the same bits count as one. Both only
 * affect when an answer is first kept.
 */
class AskedKeys {
  readonly #hashes = new Int32Array(ASKED_KEYS);

  /** Records a key. Returns whether it was already recorded. */
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
 * The last answers of one client. URLs that are not requested again cost little. The bytes of an answer are kept from the second
 * request of its URL on, because most URLs with a cursor or a filter are requested once. The value is kept from the second equal
 * answer on, because values of answers that change each time would only be work for the garbage collector.
 */
export class LastAnswers {
  readonly #entries: LRUCache<string, Entry>;
  readonly #asked = new AskedKeys();
  readonly #largestBytes: number;

  /** `maxBytes`: approximate memory of all kept answers. The least recently requested are removed first. */
  constructor(maxBytes: number) {
    this.#largestBytes = (maxBytes * LARGEST_SHARE) / MEMORY_PER_BYTE;
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }, key) => ENTRY_BYTES + 2 * key.length + MEMORY_PER_BYTE * bytes.length,
    });
  }

  /** The value of the last answer of the key, if it was read by the same shape and its body has the same bytes. */
  equalTo<T>(key: string, shape: Shape<T>, body: Buffer): ReadAnswer<T> | undefined {
    const entry = this.#entries.get(key);
    if (entry?.read?.shape !== shape || !hasBody(entry, body)) return undefined;
    // The value was read by the same shape, so it is of the same type.
    return entry.read as ReadAnswer<T>;
  }

  /** Keeps an answer in place of the previous one of its key. */
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
      // Copied to a separate buffer: a small body is a part of a larger buffer, which would stay in memory with it.
      const bytes = Buffer.allocUnsafeSlow(body.length);
      body.copy(bytes);
      this.#entries.set(key, { bytes, length: body.length, read: null });
    }
  }
}

function hasBody({ bytes, length }: Entry, body: Buffer): boolean {
  return length === body.length && bytes.compare(body, 0, body.length, 0, length) === 0;
}
