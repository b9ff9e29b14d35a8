// Caches the parsed form of short texts that clients send repeatedly, such as the value of a header.
import { LRUCache } from 'lru-cache';

/** Maximum number of texts that are kept. Clients send few different ones. */
const MAX_KNOWN = 100;
/** Texts with more characters than this are read each time. */
const LONGEST_KNOWN = 200;

/** Wraps `read` so that its results for short texts are kept. */
export function remembered<Outcome extends string | boolean | null>(
  read: (text: string) => Outcome,
): (text: string) => Outcome {
  const known = new LRUCache<string, { readonly outcome: Outcome }>({ max: MAX_KNOWN });
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined) return kept.outcome;
    const outcome = read(text);
    if (text.length <= LONGEST_KNOWN) known.set(text, { outcome });
    return outcome;
  };
}
