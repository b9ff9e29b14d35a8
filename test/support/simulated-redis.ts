// A Redis for several instances in one process, on a clock that a test or a benchmark advances: it can be slow, lost, emptied, or cut
// off from one instance. It keeps logs and members by the rules of the scripts in src/fleet; test/fleet/logs/store.test.ts holds both to
// them. Ids and epochs are as long as real ones, so that bytes can be counted.
import type { Clock } from '../../src/clock.ts';
import { FleetUnavailableError, type Member } from '../../src/fleet/fleet.ts';
import type { FleetLogsOptions } from '../../src/fleet/logs/fleet-logs.ts';
import type { LogStore, StoredEntry, StoredLog } from '../../src/fleet/logs/log-store.ts';
import { decodeMessage, encodeMessage } from '../../src/fleet/logs/messages.ts';
import { areSame } from '../../src/fleet/membership.ts';
import type { CheckFleet } from '../../src/fleet/logs/shared-checks.ts';

type Facts = Record<string, number>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Log extends Mutable<Omit<StoredLog, 'items' | 'ageMs' | 'fence'>> {
  fence: number;
  at: number;
  readonly items: Map<string, string>;
  entries: { readonly last: number; readonly message: string }[];
}

/** How long an unanswered command waits, in milliseconds. */
const TIMEOUT_MS = 1000;

/** What a benchmark counts besides commands. */
export interface RedisWitness {
  /** A message was sent to so many subscribers. */
  onPublished(channel: string, message: string, receivers: number): void;
  /** A heartbeat: the facts that it tells, and those of all members if the answer has them. */
  onBeat(facts: string, all: readonly string[] | null): void;
}

export class SimulatedRedis {
  readonly clock: Clock;
  readonly instances = new Set<SimulatedInstance>();
  readonly logs = new Map<string, Log>();
  readonly sets = new Map<string, Set<string>>();
  /** By id, with the time of death. */
  readonly members = new Map<string, { facts: string; diesAt: number }>();
  /** Grows when someone comes, goes, or tells other facts. */
  version = 0;
  /** By the kind of command, how many were carried out. */
  readonly commands = new Map<string, number>();
  /** Null: nobody counts. */
  witness: RedisWitness | null = null;
  isUp = true;
  /** Commands that have arrived while it was paused; null: it is not paused. */
  #held: (() => void)[] | null = null;
  readonly memberTtlMs: number;
  /** Those who are subscribed, by channel. */
  readonly #listeners = new Map<string, Set<SimulatedInstance>>();
  /** The list of members at a version. */
  #list: { readonly version: number; readonly members: readonly Member[] } = { version: -1, members: [] };
  #epochs = 0;
  #ids = 0;
  #random = 1;

  constructor(clock: Clock, memberTtlMs = 1500) {
    this.clock = clock;
    this.memberTtlMs = memberTtlMs;
  }

  /** A new instance, connected. */
  connect(): SimulatedInstance {
    this.#ids += 1;
    // The one that came last has the first id, so that it makes the session checks.
    const instance = new SimulatedInstance(this, String(10 ** 12 - this.#ids));
    this.instances.add(instance);
    instance.beat();
    return instance;
  }

  /** All data is lost. */
  flush(): void {
    this.logs.clear();
    this.sets.clear();
    this.members.clear();
    this.version += 1;
  }

  get isPaused(): boolean {
    return this.#held !== null;
  }

  /** Answers nothing; what arrives meanwhile is carried out by `resume`, however late that is. */
  pause(): void {
    this.#held ??= [];
  }

  resume(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const act of held) act();
  }

  /** Carries out a command that has arrived, now or by `resume`. */
  serve(act: () => void): void {
    if (this.#held === null) act();
    else this.#held.push(act);
  }

  stop(): void {
    this.#held = null;
    this.isUp = false;
    for (const instance of this.instances) instance.lose();
  }

  /** Starts again, without data. */
  start(): void {
    this.flush();
    this.isUp = true;
  }

  newEpoch(): string {
    this.#epochs += 1;
    return `00000000-0000-4000-8000-${String(this.#epochs).padStart(12, '0')}`;
  }

  /** 0 to 3 ms, always in the same order. */
  delayMs(): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random % 4;
  }

  now(): number {
    return Number(this.clock.moment());
  }

  count(kind: string): void {
    this.commands.set(kind, (this.commands.get(kind) ?? 0) + 1);
  }

  publish(channel: string, message: string): number {
    const listeners = this.#listeners.get(channel) ?? [];
    let receivers = 0;
    for (const instance of listeners) {
      if (!this.instances.has(instance)) continue;
      instance.receive(channel, message);
      receivers += 1;
    }
    this.witness?.onPublished(channel, message, receivers);
    return receivers;
  }

  subscribe(channel: string, instance: SimulatedInstance): void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(instance));
  }

  unsubscribe(channel: string, instance: SimulatedInstance): void {
    this.#listeners.get(channel)?.delete(instance);
  }

  /** The members, sorted by id: one list for all who ask at the same version. */
  get list(): readonly Member[] {
    const { version } = this;
    if (this.#list.version !== version) {
      // Facts are the JSON of an instance of this process.
      const all = [...this.members].map(([id, { facts }]) => ({ id, facts: JSON.parse(facts) as Facts }));
      this.#list = { version, members: all.sort((a, b) => (a.id < b.id ? -1 : 1)) };
    }
    return this.#list.members;
  }

  changedMembers(): void {
    this.version += 1;
    for (const instance of this.instances) instance.learn();
  }
}

/** One instance's connection: its Fleet, as far as the logs and checks need it, and its store. */
export class SimulatedInstance implements LogStore, CheckFleet, Pick<FleetLogsOptions['fleet'], 'setFact'> {
  readonly id: string;
  readonly prefix = 'hms:sim:';
  readonly memberTtlMs: number;
  isConnected = true;
  members: readonly Member[] = [];
  /** Whether nothing gets through. */
  isCut = false;
  isGone = false;
  readonly #redis: SimulatedRedis;
  readonly #facts: Facts = {};
  readonly #onConnection = new Set<(isConnected: boolean) => void>();
  readonly #onMembers = new Set<(members: readonly Member[]) => void>();
  readonly #handlers = new Map<string, (message: string) => void>();
  readonly #broadcasts = new Map<string, (data: unknown, from: string) => void>();
  readonly #pending = new Set<(error: Error) => void>();
  /** What is on its way to this instance, in order. */
  readonly #inbox: (() => void)[] = [];
  #deliverAt = 0;
  #arriveAt = 0;
  #failedBeats = 0;
  /** Of the list of members that it knows. */
  #version = -1;

  constructor(redis: SimulatedRedis, id: string) {
    this.#redis = redis;
    this.id = id;
    this.memberTtlMs = redis.memberTtlMs;
  }

  /** The process is gone: nothing of it runs any more, and nobody is told. */
  kill(): void {
    this.isGone = true;
    this.#redis.instances.delete(this);
  }

  /** Leaves the members, who are told. */
  leaveFleet(): void {
    this.kill();
    this.#redis.members.delete(this.id);
    this.#redis.changedMembers();
  }

  /** A heartbeat, and from then on one every quarter of the time to live. */
  beat(): void {
    if (this.isGone) return;
    this.#redis.clock.schedule(() => this.beat(), this.memberTtlMs / 4);
    if (this.isCut || !this.#redis.isUp || this.#redis.isPaused) {
      this.#failedBeats += 1;
      if (this.#failedBeats * (this.memberTtlMs / 4) >= TIMEOUT_MS) this.lose();
      return;
    }
    this.#failedBeats = 0;
    this.#redis.count('heartbeat');
    const { members } = this.#redis;
    const now = this.#redis.now();
    const before = members.get(this.id);
    const isNew = before === undefined || before.diesAt <= now;
    let hasChanged = isNew;
    for (const [id, { diesAt }] of members) if (diesAt <= now) hasChanged = members.delete(id) || hasChanged;
    const facts = JSON.stringify(this.#facts);
    members.set(this.id, { facts, diesAt: now + this.memberTtlMs });
    if (before?.facts !== facts) this.#redis.version += 1;
    const all = this.#version === this.#redis.version && !hasChanged ? null : [...members.values()];
    this.#redis.witness?.onBeat(facts, all?.map((member) => member.facts) ?? null);
    if (hasChanged) this.#redis.changedMembers();
    else this.learn();
    if (isNew && this.isConnected) this.lose();
    if (!this.isConnected) {
      this.isConnected = true;
      this.learn();
      for (const listener of this.#onConnection) listener(true);
    }
  }

  lose(): void {
    if (!this.isConnected) return;
    this.isConnected = false;
    this.members = [{ id: this.id, facts: this.#facts }];
    this.#version = -1;
    for (const reject of this.#pending) reject(new FleetUnavailableError('lost'));
    for (const listener of this.#onConnection) listener(false);
  }

  learn(): void {
    if (!this.isConnected || this.isCut) return;
    const before = this.members;
    const { list, version } = this.#redis;
    this.#version = version;
    this.members = list;
    if (list === before || areSame(list, before)) return;
    for (const listener of this.#onMembers) listener(this.members);
  }

  /** A message is on its way to a handler of this instance. */
  receive(channel: string, message: string): void {
    this.#later(() => this.#handlers.get(channel)?.(message));
  }

  onConnection(listener: (isConnected: boolean) => void): () => void {
    this.#onConnection.add(listener);
    return () => this.#onConnection.delete(listener);
  }

  onMembers(listener: (members: readonly Member[]) => void): () => void {
    this.#onMembers.add(listener);
    return () => this.#onMembers.delete(listener);
  }

  setFact(name: string, value: number): void {
    this.#facts[name] = value;
  }

  onBroadcast(kind: string, handler: (data: unknown, from: string) => void): () => void {
    this.#broadcasts.set(kind, handler);
    return () => this.#broadcasts.delete(kind);
  }

  broadcast(kind: string, data: unknown): Promise<void> {
    return this.#run('broadcast', () => {
      const text = JSON.stringify(data);
      for (const instance of this.#redis.instances) {
        if (instance !== this)
          instance.#later(() => instance.#broadcasts.get(kind)?.(JSON.parse(text), this.id));
      }
    });
  }

  command(name: string, key: string, ...args: readonly (string | number | Buffer)[]): Promise<unknown> {
    return this.#run(name, () => {
      const set = this.#redis.sets.get(key) ?? new Set<string>();
      this.#redis.sets.set(key, set);
      if (name === 'SADD') for (const value of args) set.add(String(value));
      else if (name === 'SREM') for (const value of args) set.delete(String(value));
      else if (name === 'DEL') set.clear();
      return [...set];
    });
  }

  take(scope: string, me: string, dead: string | null): Promise<StoredLog> {
    return this.#run('take-log', () => {
      const { logs } = this.#redis;
      const now = this.#redis.now();
      const log = logs.get(scope) ?? this.#newLog(now);
      logs.set(scope, log);
      if (log.owner === '' || log.owner === dead) {
        log.owner = me;
        log.fence += 1;
        this.#redis.publish(scope, encodeMessage({ kind: 'lead', from: me }));
      }
      const ageMs = log.asOf === null ? null : now - log.at;
      return { ...log, fence: String(log.fence), ageMs, items: new Map(log.items) };
    });
  }

  commit(scope: string, lease: { owner: string; fence: string; epoch: string }, entry: StoredEntry) {
    const sentAt = this.#redis.now();
    return this.#run('commit-entry', () => {
      const log = this.#logOf(scope, lease);
      if (log === null || log.seq !== entry.seq) return null;
      const { count, message, head, asOf, stale, set, removed, isWhole, keptFrom } = entry;
      Object.assign(log, { seq: entry.seq + count, head, asOf, stale });
      if (!stale || isWhole) log.at = sentAt - entry.lookMs;
      if (isWhole) log.items.clear();
      for (const [id, item] of set) log.items.set(id, item);
      for (const id of removed) log.items.delete(id);
      if (count > 0) log.entries.push({ last: log.seq, message });
      log.entries = log.entries.filter(({ last }) => last >= keptFrom);
      return this.#redis.publish(scope, message);
    });
  }

  renew(scope: string, lease: { owner: string; fence: string; epoch: string }) {
    return this.#run('renew-log', () => {
      const log = this.#logOf(scope, lease);
      if (log === null) return null;
      log.items.clear();
      Object.assign(log, {
        epoch: this.#redis.newEpoch(),
        seq: 0,
        head: 'null',
        asOf: null,
        stale: false,
        entries: [],
      });
      return log.epoch;
    });
  }

  release(scope: string, me: string): Promise<void> {
    return this.#run('release-log', () => {
      const log = this.#redis.logs.get(scope);
      if (log?.owner !== me) return;
      log.owner = '';
      this.#redis.publish(scope, encodeMessage({ kind: 'free', from: me }));
    });
  }

  history(scope: string, { epoch, seq }: { epoch: string; seq: number }): Promise<readonly string[]> {
    return this.#run('log-history', () => {
      const log = this.#redis.logs.get(scope);
      if (log?.epoch !== epoch) return [];
      return log.entries.filter(({ last }) => last > seq).map(({ message }) => message);
    });
  }

  async join(scope: string, hear: (message: string) => void): Promise<void> {
    this.#handlers.set(scope, hear);
    this.#redis.subscribe(scope, this);
    await this.#run('subscribe', () => {}).catch(() => {});
  }

  leave(scope: string): Promise<void> {
    this.#handlers.delete(scope);
    this.#redis.unsubscribe(scope, this);
    return Promise.resolve();
  }

  async tell(scope: string, message: string): Promise<void> {
    await this.#run('publish', () => this.#redis.publish(scope, message));
    decodeMessage(message);
  }

  #newLog(now: number): Log {
    const state = { head: 'null', asOf: null, stale: false, items: new Map<string, string>(), entries: [] };
    return { owner: '', fence: 0, epoch: this.#redis.newEpoch(), seq: 0, at: now, ...state };
  }

  #logOf(
    scope: string,
    { owner, fence, epoch }: { owner: string; fence: string; epoch: string },
  ): Log | null {
    const log = this.#redis.logs.get(scope);
    const isHeld =
      log !== undefined && log.owner === owner && String(log.fence) === fence && log.epoch === epoch;
    return isHeld ? log : null;
  }

  /** Carries a command out after those before it and after a while, if it gets through. */
  #run<T>(kind: string, act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#pending.delete(fail);
        cancelTimeout();
        if (!hasArrived) cancelArrival();
      };
      let hasArrived = false;
      const fail = (error: Error) => {
        end();
        reject(error);
      };
      this.#pending.add(fail);
      const lose = () => fail(new FleetUnavailableError('away'));
      const arrive = () => {
        if (this.isGone || this.isCut) return;
        if (!this.#redis.isUp) {
          lose();
          return;
        }
        hasArrived = true;
        this.#redis.serve(() => {
          this.#redis.count(kind);
          const result = act();
          end();
          resolve(result);
        });
      };
      const now = this.#redis.now();
      this.#arriveAt = Math.max(this.#arriveAt, now + this.#redis.delayMs());
      const cancelArrival = this.#redis.clock.schedule(arrive, this.#arriveAt - now);
      const cancelTimeout = this.#redis.clock.schedule(lose, TIMEOUT_MS);
      if (!this.isConnected) lose();
    });
  }

  /** Delivers in order; what is on its way to an instance that is cut off is lost. */
  #later(deliver: () => void): void {
    const { clock } = this.#redis;
    const now = this.#redis.now();
    this.#deliverAt = Math.max(this.#deliverAt, now + this.#redis.delayMs());
    // By a queue, as two timers of a real clock may end in another order.
    this.#inbox.push(deliver);
    clock.schedule(() => {
      const first = this.#inbox.shift();
      if (!this.isGone && !this.isCut && this.isConnected) first?.();
    }, this.#deliverAt - now);
  }
}
