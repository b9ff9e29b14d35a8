// Documents that were parsed before, bounded by what they take. An attacker sends a new one each time, so a document is
// kept when it comes for the second time: what comes once neither fills the memory nor drives out what is used.
import { hash } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** All that is kept of documents together, in bytes. An application of 250 operations takes some 10 MB. */
const MAX_BYTES = 32 * 1024 * 1024;
/** What a token takes once it is parsed, measured on documents that are nothing but fields. */
const BYTES_PER_TOKEN = 420;
/** Documents that cannot be parsed or are too large, in characters: the same one comes again while its author wonders. */
const MAX_FAULTY = 1_000_000;
/** Texts that came once are remembered so far back. */
const MAX_SEEN = 5000;

/** What Yoga asks of a cache. */
interface Cache<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

/** For Yoga, which keeps the result of validation as long as the document. */
export function documentCaches(): {
  readonly documentCache: Cache<DocumentNode>;
  readonly errorCache: Cache<object>;
} {
  return {
    documentCache: fromSecondTimeOn(
      new LRUCache<string, DocumentNode>({
        maxSize: MAX_BYTES,
        sizeCalculation: ({ tokenCount = 0 }, text) => text.length + BYTES_PER_TOKEN * (1 + tokenCount),
      }),
    ),
    errorCache: fromSecondTimeOn(
      new LRUCache<string, object>({
        maxSize: MAX_FAULTY,
        sizeCalculation: (_error, text) => 1 + text.length,
      }),
    ),
  };
}

function fromSecondTimeOn<Value extends object>(cache: LRUCache<string, Value>): Cache<Value> {
  const seen = new LRUCache<string, true>({ max: MAX_SEEN });
  return {
    get: (text) => cache.get(text),
    set(text, value) {
      const digest = hash('sha256', text, 'base64');
      if (seen.has(digest)) cache.set(text, value);
      else seen.set(digest, true);
    },
  };
}
