// The logs of a simulated Redis, by the rules of the scripts in src/fleet/logs: test/fleet/logs/store.test.ts compares both.
import type { Confirmation, StoredEntry, StoredLog } from '../../../src/fleet/logs/log-store.ts';
import { CONFIRMED_END, encodeConfirmation, encodeMessage } from '../../../src/fleet/logs/messages.ts';

/** The channel of confirmations. No room has this id. */
export const CONFIRMED = 'confirmed';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Log extends Mutable<Omit<StoredLog, 'items' | 'ageMs' | 'fence'>> {
  fence: number;
  at: number;
  readonly items: Map<string, string>;
  entries: { readonly last: number; readonly message: string }[];
}

/** The lease that allows an instance to write a log. */
export interface Lease {
  readonly owner: string;
  readonly fence: string;
  readonly epoch: string;
}

/** The channels of a simulated Redis. */
interface Channels {
  /** Sends a message to the subscribers of a channel, and returns how many these are. */
  publish(channel: string, message: string): number;
  subscribersOf(channel: string): number;
}

/** Each method is one script: nothing comes between its steps. */
export class SimulatedLogs {
  /** By scope. */
  readonly all = new Map<string, Log>();
  readonly #channels: Channels;
  #epochs = 0;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  /** `dead`: an instance whose lease is over. */
  take(scope: string, me: string, dead: string | null, now: number): StoredLog {
    const log = this.all.get(scope) ?? this.#newLog(now);
    this.all.set(scope, log);
    if (log.owner === '' || log.owner === dead) {
      log.owner = me;
      log.fence += 1;
      this.#channels.publish(scope, encodeMessage({ kind: 'lead', from: me }));
    }
    const ageMs = log.asOf === null ? null : now - log.at;
    return { ...log, fence: String(log.fence), ageMs, items: new Map(log.items) };
  }

  /** Returns how many subscribers got it; null if the lease has ended, or the entry is not the next one. */
  commit(scope: string, lease: Lease, entry: StoredEntry, sentAt: number): number | null {
    const log = this.#held(scope, lease);
    if (log === null || log.seq !== entry.seq) return null;
    const { count, message, head, asOf, stale, set, removed, isWhole, keptFrom } = entry;
    Object.assign(log, { seq: entry.seq + count, head, asOf, stale });
    if (!stale || isWhole) log.at = sentAt - entry.readAgeMs;
    if (isWhole) log.items.clear();
    for (const [id, item] of set) log.items.set(id, item);
    for (const id of removed) log.items.delete(id);
    if (count > 0) log.entries.push({ last: log.seq, message });
    log.entries = log.entries.filter(({ last }) => last >= keptFrom);
    return this.#channels.publish(scope, message);
  }

  /** Returns for each how many have joined; null: the lease is over, or the log has other events. */
  confirm(
    beginning: string,
    confirmations: readonly Confirmation[],
    sentAt: number,
  ): readonly (number | null)[] {
    const told: string[] = [];
    const joined = confirmations.map((confirmation) => {
      const { scope, lease, seq, asOf, readAgeMs, agoMs } = confirmation;
      const log = this.#held(scope, lease);
      if (log === null || log.seq !== seq) return null;
      Object.assign(log, { asOf, at: sentAt - readAgeMs - agoMs });
      told.push(encodeConfirmation(confirmation));
      return this.#channels.subscribersOf(scope);
    });
    if (told.length > 0) this.#channels.publish(CONFIRMED, beginning + told.join(',') + CONFIRMED_END);
    return joined;
  }

  /** Empties a log and returns its new epoch; null if the lease has ended. */
  renew(scope: string, lease: Lease): string | null {
    const log = this.#held(scope, lease);
    if (log === null) return null;
    log.items.clear();
    const epoch = this.#newEpoch();
    Object.assign(log, { epoch, seq: 0, head: 'null', asOf: null, stale: false, entries: [] });
    return epoch;
  }

  /** Ends the lease of `me`, if it has one. */
  release(scope: string, me: string): void {
    const log = this.all.get(scope);
    if (log?.owner !== me) return;
    log.owner = '';
    this.#channels.publish(scope, encodeMessage({ kind: 'free', from: me }));
  }

  /** The entries after a position. */
  history(scope: string, { epoch, seq }: { epoch: string; seq: number }): readonly string[] {
    const log = this.all.get(scope);
    if (log?.epoch !== epoch) return [];
    return log.entries.filter(({ last }) => last > seq).map(({ message }) => message);
  }

  #newEpoch(): string {
    this.#epochs += 1;
    return `${String(this.#epochs).padStart(8, '0')}-0000-4000-8000-000000000000`;
  }

  #newLog(now: number): Log {
    const state = { head: 'null', asOf: null, stale: false, items: new Map<string, string>(), entries: [] };
    return { owner: '', fence: 0, epoch: this.#newEpoch(), seq: 0, at: now, ...state };
  }

  #held(scope: string, { owner, fence, epoch }: Lease): Log | null {
    const log = this.all.get(scope);
    const isHeld =
      log !== undefined && log.owner === owner && String(log.fence) === fence && log.epoch === epoch;
    return isHeld ? log : null;
  }
}
