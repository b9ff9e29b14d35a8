// Caches of parsed documents and of parse errors, bounded by their memory. A text is cached when it comes for the second
// time: texts that come once, as an attacker sends them, neither fill the memory nor evict documents in use.
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { mapKey } from '../../map-key.ts';

/** The memory of all cached documents, in bytes. An application of 250 operations takes some 10 MB. */
const MAX_BYTES = 32 * 1024 * 1024;
/** The memory of one parsed token, measured on documents that have fields only. */
const BYTES_PER_TOKEN = 420;
/** The size of all texts with a cached error, in characters: people resend a faulty document while they look for the fault. */
const MAX_FAULTY_CHARACTERS = 1_000_000;
/** How many texts that came once are remembered, by `mapKey`. */
const MAX_SEEN = 5000;

/** The cache that Yoga's option `parserAndValidationCache` takes. */
interface Cache<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

/**
 * New caches for Yoga. Yoga keeps the errors of validation in a WeakMap keyed by the document, so they live as long as the
 * document does.
 */
export function documentCaches(): {
  readonly documentCache: Cache<DocumentNode>;
  readonly errorCache: Cache<object>;
} {
  return {
    documentCache: fromSecondTimeOn(
      new LRUCache<string, DocumentNode>({ maxSize: MAX_BYTES }),
      ({ tokenCount = 0 }, text) => text.length + BYTES_PER_TOKEN * (1 + tokenCount),
    ),
    errorCache: fromSecondTimeOn(
      new LRUCache<string, object>({ maxSize: MAX_FAULTY_CHARACTERS }),
      (_error, text) => 1 + text.length,
    ),
  };
}

function fromSecondTimeOn<Value extends object>(
  cache: LRUCache<string, Value>,
  sizeOf: (value: Value, text: string) => number,
): Cache<Value> {
  const seen = new LRUCache<string, true>({ max: MAX_SEEN });
  return {
    get: (text) => cache.get(mapKey(text)),
    set(text, value) {
      const key = mapKey(text);
      if (seen.has(key)) cache.set(key, value, { size: sizeOf(value, text) });
      else seen.set(key, true);
    },
  };
}
