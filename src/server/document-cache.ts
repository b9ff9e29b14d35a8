// Documents that were parsed before, bounded by what they take: an attacker sends a new one each time.
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** An application has fewer operations. The parsed form of the largest document takes about half a megabyte. */
const MAX_DOCUMENTS = 250;
/** Documents that could not be parsed: the same one comes again while its author wonders. */
const MAX_ERRORS = 50;
/** All documents together, in characters of text. */
const MAX_CHARACTERS = 2_000_000;

/** For Yoga, which keeps the result of validation as long as the document. */
export function documentCaches() {
  return { documentCache: bounded<DocumentNode>(MAX_DOCUMENTS), errorCache: bounded<object>(MAX_ERRORS) };
}

function bounded<Value extends object>(max: number): LRUCache<string, Value> {
  return new LRUCache({
    max,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_value: Value, text: string) => Math.max(1, text.length),
  });
}
