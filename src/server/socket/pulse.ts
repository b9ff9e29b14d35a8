// Whether the client of one socket answers pings. Most of the cost of a ping is its write. So if frames are written shortly before
// a ping is due, the ping is added to them. Without such frames it is written alone.

/** What is to be done when the time for a ping has come. */
export type Beat = 'ping' | 'cut' | 'nothing';

/** One for each socket. In each period `soon` is called first, and `beat` later. */
export class Pulse {
  #isAnswering = true;
  /** The ping of this period. */
  #ping: 'none' | 'due' | 'sent' = 'none';

  /** The time for a ping will come soon. */
  soon(): void {
    if (this.#isAnswering) this.#ping = 'due';
  }

  /** Whether a ping is to go along with frames that are written now; if so, it counts as sent. */
  goesAlong(): boolean {
    if (this.#ping !== 'due') return false;
    this.#ping = 'sent';
    this.#isAnswering = false;
    return true;
  }

  /** The time for a ping has come. 'ping': counts as sent. 'cut': the client has not answered the one of the period before. */
  beat(): Beat {
    const hasGone = this.#ping === 'sent';
    this.#ping = 'none';
    if (hasGone) return 'nothing';
    if (!this.#isAnswering) return 'cut';
    this.#isAnswering = false;
    return 'ping';
  }

  /** The client has answered. */
  answered(): void {
    this.#isAnswering = true;
  }
}
