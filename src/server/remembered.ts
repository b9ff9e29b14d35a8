// Caches what is made of short texts that clients send repeatedly, such as the value of a header.

/** How many texts each of the two maps holds. Clients send few different ones. */
const MAX_KNOWN = 100;
/** Texts with more characters than this are read each time. */
const LONGEST_KNOWN = 200;

/**
 * Wraps `read` so that its results for short texts are kept: at least those of the last 100 different ones. When a map is full,
 * it replaces the older one, which costs less at each call than to keep the texts in the order of their last use.
 */
export function remembered<Outcome extends string | boolean | null>(
  read: (text: string) => Outcome,
): (text: string) => Outcome {
  let known = new Map<string, Outcome>();
  let older = known;
  const keep = (text: string, outcome: Outcome) => {
    if (known.size === MAX_KNOWN) {
      older = known;
      known = new Map();
    }
    known.set(text, outcome);
    return outcome;
  };
  return (text) => {
    const outcome = known.get(text);
    if (outcome !== undefined) return outcome;
    if (text.length > LONGEST_KNOWN) return read(text);
    return keep(text, older.get(text) ?? read(text));
  };
}
