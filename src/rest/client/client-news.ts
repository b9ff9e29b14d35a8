// The messages by which an instance of the gateway informs the others about the REST API: pauses and breakers, as values that can
// be sent.

/**
 * The state of a family's breaker according to the calls of one instance. `probing`: it has sent the probe of this period, so
 * that no other instance needs to.
 */
export type BreakerNews = 'open' | 'probing' | 'closed';

/** One piece of news, as JSON. Families are those of `familyOf`. */
export type ClientNews =
  /** The upstream has asked for a pause, for this many milliseconds from now. */
  | { readonly paused: string; readonly forMs: number }
  | { readonly breaker: string; readonly state: BreakerNews }
  /** A write has ended: reads that began earlier may show the state before it. */
  | { readonly wrote: true };
