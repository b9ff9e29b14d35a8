// The logs of all feeds of one instance, and the number of those that it leads. Heartbeats tell the other instances this number.
// An instance that leads more than its share hands some logs over; instances that lead fewer take them first. Only an instance
// that has subscribers of a room can lead its log.
import type { Clock } from '../../clock.ts';
import type { Codec, LogEngine, LogHost, Note, SharedLog } from '../../live/log/shared-log.ts';
import { BEATS_PER_TTL, type Fleet } from '../fleet.ts';
import { Confirmations } from './confirmations.ts';
import { FleetLog } from './fleet-log.ts';
import { KeptEntries } from './kept-entries.ts';
import type { LogStore } from './log-store.ts';
import type { JoinedLog, LogSurroundings } from './log-surroundings.ts';
import { encodeMessage } from './messages.ts';

/** Everything that the logs need. */
export interface FleetLogsOptions {
  readonly fleet: Pick<
    Fleet,
    'id' | 'isConnected' | 'members' | 'memberTtlMs' | 'onConnection' | 'onMembers' | 'onBeat' | 'setFact'
  >;
  readonly store: LogStore;
  readonly clock: Clock;
  /** Returns a number in [0, 1). */
  readonly random: () => number;
}

/** The fact by which instances tell how many logs they lead. */
const LEADS = 'leads';
/** An instance with more than this multiple of its part, and one log, hands some over. */
const TOLERANCE = 1.2;
/** The most logs that are handed over at a time, as each one is read anew. */
const MAX_HANDED_OVER = 20;
/** Within this time, in milliseconds, each instance tries to take a free log: at random, so that none takes them all. */
const SPREAD_MS = 80;

/** One for each process. */
export class FleetLogs implements LogEngine {
  readonly #options: FleetLogsOptions;
  /** By scope. */
  readonly #joined = new Map<string, JoinedLog>();
  readonly #leaving = new Set<Promise<void>>();
  /** Logs that the store may still say this instance leads, although it does not. */
  readonly #unreleased = new Set<string>();
  readonly #confirmations: Confirmations;
  readonly #around: LogSurroundings;
  readonly #ends: readonly (() => void)[];
  #leads = 0;
  #beats = 0;

  constructor(options: FleetLogsOptions) {
    this.#options = options;
    const { fleet, store, clock } = options;
    this.#confirmations = new Confirmations({
      me: fleet.id,
      store,
      clock,
      members: () => fleet.members.length,
      logOf: (scope) => this.#joined.get(scope),
    });
    this.#around = {
      me: fleet.id,
      store,
      confirmations: this.#confirmations,
      memberTtlMs: fleet.memberTtlMs,
      isConnected: () => fleet.isConnected,
      isMember: (id) => fleet.members.some((member) => member.id === id),
      patienceMs: () => this.#patienceMs(),
      wait: (callback, delayMs) => clock.schedule(callback, delayMs),
      newEntries: () => new KeptEntries(clock),
      onJoin: (log) => void this.#joined.set(log.scope, log),
      onLeave: (log) => this.#onLeave(log),
      onLease: (hasLease) => (this.#leads += hasLease ? 1 : -1),
      onUnreleased: (scope) => void this.#unreleased.add(scope),
    };
    this.#ends = [
      fleet.onMembers(() => {
        for (const log of this.#joined.values()) log.onMembers();
      }),
      fleet.onConnection((isConnected) => {
        for (const log of this.#joined.values()) log.onConnection(isConnected);
        if (isConnected) this.#releaseAgain();
      }),
      fleet.onBeat(() => this.#onBeat()),
    ];
  }

  /** See LogEngine. */
  open<S, E>(scope: string, host: LogHost<S, E>, codec: Codec<S, E>): SharedLog<S, E> {
    return new FleetLog(scope, host, codec, this.#around);
  }

  /** See LogEngine. */
  send(scope: string, note: Note): void {
    const { fleet, store } = this.#options;
    if (!fleet.isConnected) return;
    // The next read finds whatever is lost here.
    store.tell(scope, encodeMessage({ kind: 'note', from: fleet.id, note })).catch(() => {});
  }

  /** Number of logs that this instance leads by a lease. */
  get leads(): number {
    return this.#leads;
  }

  /** Resolves when the leases of all logs that were left are given back. All feeds must have ended. */
  async close(): Promise<void> {
    this.#confirmations.close();
    for (const end of this.#ends) end();
    await Promise.all(this.#leaving);
  }

  #onLeave(log: JoinedLog): void {
    this.#joined.delete(log.scope);
    const settled = log.settled().finally(() => this.#leaving.delete(settled));
    this.#leaving.add(settled);
  }

  #releaseAgain(): void {
    const { store, fleet } = this.#options;
    for (const scope of this.#joined.keys()) this.#unreleased.delete(scope);
    for (const scope of this.#unreleased) {
      this.#unreleased.delete(scope);
      store.release(scope, fleet.id).catch(() => this.#unreleased.add(scope));
    }
  }

  /** Once in the time to live of a member. */
  #onBeat(): void {
    this.#beats += 1;
    if (this.#beats % BEATS_PER_TTL !== 0) return;
    this.#balance();
    if (this.#options.fleet.isConnected) this.#releaseAgain();
  }

  #balance(): void {
    this.#options.fleet.setFact(LEADS, this.#leads);
    const part = this.#part();
    if (this.#leads <= part * TOLERANCE + 1) return;
    let surplus = Math.min(MAX_HANDED_OVER, Math.floor(this.#leads - part));
    for (const log of this.#joined.values()) {
      if (surplus === 0) return;
      if (!log.canBeHandedOver) continue;
      log.handOver();
      surplus -= 1;
    }
  }

  /** What each instance would lead if all led equally many. */
  #part(): number {
    const { id, members } = this.#options.fleet;
    const others = members.filter((member) => member.id !== id);
    const sum = others.reduce((total, { facts }) => total + (facts[LEADS] ?? 0), this.#leads);
    return sum / (others.length + 1);
  }

  #patienceMs(): number {
    const spreadMs = SPREAD_MS * this.#options.random();
    return this.#leads > this.#part() ? SPREAD_MS + spreadMs : spreadMs;
  }
}
