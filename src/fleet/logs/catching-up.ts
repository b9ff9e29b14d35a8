// Brings a feed to the state of its stored log when its instance joins, comes back, or has missed something. Subscribers get the
// missed events or, if these are no longer stored, events for the difference between the states. They never get an older state:
// if this instance was disconnected and knows a newer state than the store, its state is stored, or the leader must read first.
import type { Codec, LogHost } from '../../live/log/shared-log.ts';
import { entryOf } from './entry.ts';
import type { LogSurroundings } from './log-surroundings.ts';
import type { StoredLog } from './log-store.ts';
import { encodeMessage, toldOf, type ToldMessage } from './messages.ts';

/** Stored times have whole milliseconds: a state may be older than its stored age by so many. */
const ROUNDING_MS = 2;

/** A read may have begun so long before it ended, in milliseconds, and what it showed is as old as its beginning. */
const LONGEST_READ_MS = 15_000;

/** One for each log. */
export class CatchingUp<S, E> {
  readonly #scope: string;
  readonly #host: LogHost<S, E>;
  readonly #codec: Codec<S, E>;
  readonly #around: LogSurroundings;

  constructor(scope: string, host: LogHost<S, E>, codec: Codec<S, E>, around: LogSurroundings) {
    this.#scope = scope;
    this.#host = host;
    this.#codec = codec;
    this.#around = around;
  }

  /**
   * Whether another instance leads and the stored state is older than what subscribers were told here while this instance was
   * cut off. Then it asks the leader for a read, whose conclusion will be younger.
   */
  async mustWait(stored: StoredLog): Promise<boolean> {
    const { store, me } = this.#around;
    if (stored.owner === me || !this.#isOlder(stored)) return false;
    await store.tell(this.#scope, encodeMessage({ kind: 'note', from: me, note: { kind: 'read' } }));
    return true;
  }

  /** Brings the host to the state of `stored`. Resolves to the log as it is stored then; null: `isCurrent` has become false. */
  async run(stored: StoredLog, isCurrent: () => boolean): Promise<StoredLog | null> {
    const isOurs = stored.owner === this.#around.me;
    const knowsMore = stored.asOf === null ? this.#host.known.asOf !== null : this.#isOlder(stored);
    const log = isOurs && knowsMore ? await this.#renew(stored) : stored;
    if (!isCurrent()) return null;
    if (log.asOf === null) return log;
    await this.#tellMissed(log, isCurrent);
    if (!isCurrent()) return null;
    const { position } = this.#host;
    // The events that were missed may have brought the host further than the log was when it was read.
    if (position.epoch !== log.epoch || position.seq <= log.seq) this.#adopt(log);
    return log;
  }

  /** Tells the host what the leader has concluded. */
  apply({ events, asOf, stale, shownMutation, confirmed }: ToldMessage): void {
    const decoded = events === undefined ? [] : this.#codec.decode(events);
    this.#host.apply({ events: decoded, asOf, stale, shownMutation, confirmed });
  }

  #isOlder({ epoch, ageMs }: StoredLog): boolean {
    const { position, ageMs: ownAgeMs } = this.#host;
    if (ageMs === null || ownAgeMs === null || position.epoch === epoch) return false;
    return ownAgeMs <= ageMs + ROUNDING_MS;
  }

  async #tellMissed({ epoch, seq }: StoredLog, isCurrent: () => boolean): Promise<void> {
    const { position, known } = this.#host;
    if (known.asOf === null || position.epoch !== epoch || position.seq >= seq) return;
    const missed = await this.#around.store.history(this.#scope, position);
    if (!isCurrent()) return;
    for (const message of toldOf(missed)) if (message.seq === this.#host.position.seq) this.apply(message);
  }

  #adopt({ epoch, seq, head, items, asOf, ageMs, stale }: StoredLog): void {
    const parsed = new Map([...items].map(([id, text]) => [id, JSON.parse(text) as unknown]));
    const state = this.#codec.state(JSON.parse(head), parsed);
    this.#host.adopt({ epoch, seq, state, asOf, ageMs, stale });
  }

  /**
   * The log under a new epoch, with what this instance knows as its state. It is written before subscribers get cursors of that
   * epoch: whoever resumes elsewhere must find the state that the cursor stands for.
   */
  async #renew(stored: StoredLog): Promise<StoredLog> {
    const { store, newEntries } = this.#around;
    const lease = { owner: stored.owner, fence: stored.fence, epoch: stored.epoch };
    const epoch = await store.renew(this.#scope, lease);
    if (epoch === null) throw new Error('The lease is over.');
    const { ageMs, known } = this.#host;
    const { after, asOf, stale } = known;
    // The host counts from the end of its read. An instance that takes the state for a younger one than it is could go back in
    // time.
    const readAgeMs = (ageMs ?? 0) + LONGEST_READ_MS;
    const whole = { before: after, after, events: [], asOf, readAgeMs, stale, shownMutation: null };
    const renewed = { ...lease, epoch };
    const place = { seq: 0, isWhole: true, codec: this.#codec, entries: newEntries() };
    const entry = entryOf(whole, renewed, place);
    if ((await store.commit(this.#scope, renewed, entry)) === null) throw new Error('The lease is over.');
    return { ...stored, ...renewed, seq: 0, asOf, ageMs, stale, items: entry.set, head: entry.head };
  }
}
