// The messages by which an instance of the gateway informs the others about the REST API: pauses and breakers, as values that can
// be sent.

/**
 * How the breaker of a family fares by an instance's own calls. `probing`: it has sent the probe of this period, so no other
 * instance needs to.
 */
export type BreakerNews = 'open' | 'probing' | 'closed';

/** One piece of news, as JSON. Families are those of `familyOf`. */
export type ClientNews =
  /** The upstream has asked to be left alone, for so many milliseconds from now. */
  | { readonly paused: string; readonly forMs: number }
  | { readonly breaker: string; readonly state: BreakerNews }
  /** A write has ended: reads that began before show the state before it. */
  | { readonly wrote: true };
