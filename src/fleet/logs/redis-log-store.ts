// The shared logs in Redis or Valkey. The keys of one log have its scope as a hash tag, so that a cluster would store them on one
// node.
import { randomUUID } from 'node:crypto';
import type { Position } from '../../live/log/cursor.ts';
import { msBetween, systemClock, type Clock, type Moment } from '../../clock.ts';
import type { Fleet, Script } from '../fleet.ts';
import type { Confirmation, Lease, LogStore, StoredEntry, StoredLog } from './log-store.ts';
import { commitEntry, confirmLogs, logHistory, releaseLog, renewLog, takeLog } from './log-scripts.ts';
import { CONFIRMED_END, confirmedBeginning, encodeConfirmation, encodeMessage } from './messages.ts';

/** What the store needs of a fleet. */
export type StoreFleet = Pick<Fleet, 'prefix' | 'run' | 'publish' | 'subscribe' | 'unsubscribe'>;

/** How long a log is kept after its last write, in milliseconds: twice the 5 minutes for which clients can resume. */
const KEPT_FOR_MS = 10 * 60 * 1000;
const ALL_KEYS = ['log', 'items', 'entries'];

/** The store of one instance. */
export class RedisLogStore implements LogStore {
  readonly #fleet: StoreFleet;
  readonly #clock: Clock;
  /** Redis' time in its last answer, in milliseconds, and when the answer came. */
  #lastTold: { readonly time: number; readonly at: Moment } | null = null;

  constructor(fleet: StoreFleet, clock: Clock = systemClock) {
    this.#fleet = fleet;
    this.#clock = clock;
  }

  /** See LogStore. */
  async take(scope: string, me: string, dead: string | null): Promise<StoredLog> {
    const told = encodeMessage({ kind: 'lead', from: me });
    // No instance has the name `-`.
    const args = [me, dead ?? '-', randomUUID(), KEPT_FOR_MS, this.#channelOf(scope), told];
    const answer = await this.#run(takeLog, scope, ALL_KEYS, args);
    const { log, time } = storedLogOf(answer);
    this.#tellTime(time);
    return log;
  }

  /** See LogStore. */
  async commit(scope: string, lease: Lease, entry: StoredEntry): Promise<number | null> {
    const { owner, fence, epoch } = lease;
    const { seq, count, message, head, asOf, stale, keptFrom, readAgeMs, isWhole, set, removed } = entry;
    const written = [owner, fence, epoch, seq, count, message, head, asOf ?? '', stale ? 1 : 0, keptFrom];
    const timing = [Math.round(readAgeMs), isWhole ? 1 : 0, this.#earliestTime()];
    const rest = [KEPT_FOR_MS, this.#channelOf(scope), ...timing, set.size];
    const args = [...written, ...rest, ...[...set].flat(), ...removed];
    const answer = await this.#run(commitEntry, scope, ALL_KEYS, args);
    const [joined, time] = answer as [joined: number, time: string];
    this.#tellTime(Number(time));
    return joined < 0 ? null : joined;
  }

  /** See LogStore. */
  async confirm(me: string, confirmations: readonly Confirmation[]): Promise<readonly (number | null)[]> {
    const keys = confirmations.flatMap(({ scope }) => ALL_KEYS.map((part) => this.#keyOf(scope, part)));
    const frame = [this.#confirmedChannel, confirmedBeginning(me, this.#clock.now()), CONFIRMED_END];
    const logs = confirmations.flatMap((confirmation) => {
      const { scope, lease, seq, asOf, readAgeMs, agoMs } = confirmation;
      const stored = [lease.fence, lease.epoch, seq, asOf, Math.round(readAgeMs + agoMs)];
      return [...stored, this.#channelOf(scope), encodeConfirmation(confirmation)];
    });
    const args = [me, KEPT_FOR_MS, ...frame, this.#earliestTime(), ...logs];
    const answer = await this.#fleet.run(confirmLogs, keys, args);
    const [joined, time] = answer as [joined: readonly number[], time: string];
    this.#tellTime(Number(time));
    return joined.map((count) => (count < 0 ? null : count));
  }

  /** See LogStore. */
  hearConfirmed(hear: (message: string) => void): Promise<void> {
    return this.#fleet.subscribe(this.#confirmedChannel, hear);
  }

  /** See LogStore. */
  async renew(scope: string, { owner, fence, epoch }: Lease): Promise<string | null> {
    const next = randomUUID();
    const isRenewed = await this.#run(renewLog, scope, ALL_KEYS, [owner, fence, epoch, next]);
    return Number(isRenewed) === 1 ? next : null;
  }

  /** See LogStore. */
  async release(scope: string, me: string): Promise<void> {
    const told = encodeMessage({ kind: 'free', from: me });
    await this.#run(releaseLog, scope, ['log'], [me, this.#channelOf(scope), told]);
  }

  /** See LogStore. */
  async history(scope: string, { epoch, seq }: Pick<Position, 'epoch' | 'seq'>): Promise<readonly string[]> {
    const entries = await this.#run(logHistory, scope, ['log', 'entries'], [epoch, seq]);
    // The answer of XRANGE: the id of each entry, and its field and value.
    return (entries as [string, [string, string]][]).map(([, [, message]]) => message);
  }

  /** See LogStore. */
  join(scope: string, hear: (message: string) => void): Promise<void> {
    return this.#fleet.subscribe(this.#channelOf(scope), hear);
  }

  /** See LogStore. */
  leave(scope: string): Promise<void> {
    return this.#fleet.unsubscribe(this.#channelOf(scope));
  }

  /** See LogStore. */
  async tell(scope: string, message: string): Promise<void> {
    await this.#fleet.publish(this.#channelOf(scope), message);
  }

  #tellTime(time: number): void {
    this.#lastTold = { time, at: this.#clock.moment() };
  }

  /** Redis' time now, or a little earlier: its answers need their time. No limit before its first answer. */
  #earliestTime(): number {
    if (this.#lastTold === null) return Number.MAX_SAFE_INTEGER;
    const { time, at } = this.#lastTold;
    return Math.floor(time + msBetween(at, this.#clock.moment()));
  }

  get #confirmedChannel(): string {
    return `${this.#fleet.prefix}confirmed`;
  }

  #keyOf(scope: string, part: string): string {
    return `${this.#fleet.prefix}{${scope}}:${part}`;
  }

  #channelOf(scope: string): string {
    return this.#keyOf(scope, 'told');
  }

  #run(
    script: Script,
    scope: string,
    parts: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    const keys = parts.map((part) => this.#keyOf(scope, part));
    return this.#fleet.run(script, keys, args);
  }
}

/** The answer of `takeLog`. */
function storedLogOf(answer: unknown): { readonly log: StoredLog; readonly time: number } {
  // The script returns eight texts, the keys and values of a hash, and the time.
  const [owner, fence, epoch, seq, head, asOf, age, stale, flat, time] = answer as [
    owner: string,
    fence: string,
    epoch: string,
    seq: string,
    head: string,
    asOf: string,
    age: string,
    stale: string,
    items: string[],
    time: string,
  ];
  const items = new Map<string, string>();
  for (let at = 0; at + 1 < flat.length; at += 2) items.set(flat[at] ?? '', flat[at + 1] ?? '');
  const log = { owner, fence, epoch, seq: Number(seq), head, items, stale: stale === '1' };
  const known =
    asOf === '' ? { asOf: null, ageMs: null } : { asOf: Number(asOf), ageMs: Math.max(0, Number(age)) };
  return { log: { ...log, ...known }, time: Number(time) };
}
