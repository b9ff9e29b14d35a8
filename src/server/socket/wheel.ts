// One timer for a task that many sockets need once in each period, because a separate timer would cost each socket some 300
// bytes. The sockets are handled in groups, so that the task does not run for thousands of sockets at the same time.
import type { Clock } from '../../clock.ts';

const SLICES = 12;
/** How many slices before its visit a member is announced. */
const EARLIER = 4;

/**
 * Visits each member once in a period. Time in which the event loop was blocked counts as one slice at most, as it is not the
 * clients that are late then. Has a timer only while it has members.
 */
export class Wheel<Member extends object> {
  readonly #clock: Clock;
  readonly #sliceMs: number;
  readonly #visit: (member: Member) => void;
  readonly #announce: ((member: Member) => void) | null;
  readonly #slices = Array.from({ length: SLICES }, () => new Set<Member>());
  #now = 0;
  #size = 0;
  #cancelTimer: (() => void) | null = null;

  /**
   * A member's first visit comes a period after it was added, or up to a twelfth of that earlier. `announce` is called for it a
   * third of a period before each visit; default: no call.
   */
  constructor(
    clock: Clock,
    periodMs: number,
    visit: (member: Member) => void,
    announce: ((member: Member) => void) | null = null,
  ) {
    this.#clock = clock;
    this.#sliceMs = periodMs / SLICES;
    this.#visit = visit;
    this.#announce = announce;
  }

  /** The returned function removes the member; calling it twice is harmless. */
  add(member: Member): () => void {
    const slice = this.#slices[this.#now];
    slice?.add(member);
    this.#size += 1;
    this.#cancelTimer ??= this.#clock.schedule(() => this.#turn(), this.#sliceMs);
    return () => {
      if (slice?.delete(member) === true) this.#removed();
    };
  }

  #removed(): void {
    this.#size -= 1;
    if (this.#size > 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #turn(): void {
    this.#cancelTimer = this.#clock.schedule(() => this.#turn(), this.#sliceMs);
    this.#now = (this.#now + 1) % SLICES;
    for (const member of this.#slices[this.#now] ?? []) this.#visit(member);
    if (this.#announce === null) return;
    for (const member of this.#slices[(this.#now + EARLIER) % SLICES] ?? []) this.#announce(member);
  }
}
