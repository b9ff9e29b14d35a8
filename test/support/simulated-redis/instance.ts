// One instance's connection to a simulated Redis: its Fleet, as far as the logs and checks need it, and the store of its logs.
import type { Fleet, Member } from '../../../src/fleet/fleet.ts';
import type { Confirmation, LogStore, StoredEntry, StoredLog } from '../../../src/fleet/logs/log-store.ts';
import { confirmedBeginning, decodeMessage } from '../../../src/fleet/logs/messages.ts';
import type { CheckFleet } from '../../../src/fleet/logs/shared-checks.ts';
import { areSame } from '../../../src/fleet/membership.ts';
import { CONFIRMED, type Lease } from './logs.ts';
import { SimulatedNetwork, TIMEOUT_MS, type Reachable } from './network.ts';
import type { RedisClient, SimulatedRedis } from './redis.ts';

/** Is connected from the beginning, and sends heartbeats. */
export class SimulatedInstance
  implements LogStore, CheckFleet, Pick<Fleet, 'setFact' | 'onBeat'>, RedisClient, Reachable
{
  readonly id: string;
  readonly prefix = 'hms:sim:';
  readonly memberTtlMs: number;
  isConnected = true;
  members: readonly Member[] = [];
  isCut = false;
  isGone = false;
  readonly #redis: SimulatedRedis;
  readonly #network: SimulatedNetwork;
  readonly #facts: Record<string, number> = {};
  readonly #onConnection = new Set<(isConnected: boolean) => void>();
  readonly #onMembers = new Set<(members: readonly Member[]) => void>();
  readonly #onBeat = new Set<() => void>();
  readonly #handlers = new Map<string, (message: string) => void>();
  readonly #broadcasts = new Map<string, (data: unknown, from: string) => void>();
  #failedBeats = 0;
  /** Of the list of members that it knows. */
  #version = -1;

  constructor(redis: SimulatedRedis) {
    this.#redis = redis;
    this.#network = new SimulatedNetwork(redis, this);
    this.id = redis.newId();
    this.memberTtlMs = redis.members.ttlMs;
    redis.instances.add(this);
    this.#beat();
  }

  /** Kills the process: nothing of it runs any more, and no other instance is informed. */
  kill(): void {
    this.isGone = true;
    this.#redis.instances.delete(this);
  }

  /** Leaves the members, who are told. */
  leaveFleet(): void {
    this.kill();
    this.#redis.members.byId.delete(this.id);
    this.#redis.changedMembers();
  }

  /** See RedisClient. */
  lose(): void {
    if (!this.isConnected) return;
    this.isConnected = false;
    this.members = [{ id: this.id, facts: this.#facts }];
    this.#version = -1;
    this.#network.fail();
    for (const listener of this.#onConnection) listener(false);
  }

  /** See RedisClient. */
  learn(): void {
    if (!this.isConnected || this.isCut) return;
    const before = this.members;
    const { list, version } = this.#redis.members;
    this.#version = version;
    this.members = list;
    if (list === before || areSame(list, before)) return;
    for (const listener of this.#onMembers) listener(this.members);
  }

  /** See RedisClient. */
  receive(channel: string, message: string): void {
    this.#network.deliver(() => this.#handlers.get(channel)?.(message));
  }

  /** See RedisClient. */
  receiveBroadcast(kind: string, text: string, from: string): void {
    this.#network.deliver(() => this.#broadcasts.get(kind)?.(JSON.parse(text), from));
  }

  onConnection(listener: (isConnected: boolean) => void): () => void {
    this.#onConnection.add(listener);
    return () => this.#onConnection.delete(listener);
  }

  onMembers(listener: (members: readonly Member[]) => void): () => void {
    this.#onMembers.add(listener);
    return () => this.#onMembers.delete(listener);
  }

  onBeat(listener: () => void): () => void {
    this.#onBeat.add(listener);
    return () => this.#onBeat.delete(listener);
  }

  setFact(name: string, value: number): void {
    this.#facts[name] = value;
  }

  onBroadcast(kind: string, handler: (data: unknown, from: string) => void): () => void {
    this.#broadcasts.set(kind, handler);
    return () => this.#broadcasts.delete(kind);
  }

  broadcast(kind: string, data: unknown): Promise<void> {
    return this.#network.run(() => {
      const text = JSON.stringify(data);
      for (const instance of this.#redis.instances)
        if (instance !== this) instance.receiveBroadcast(kind, text, this.id);
    });
  }

  command(name: string, key: string, ...args: readonly (string | number | Buffer)[]): Promise<unknown> {
    return this.#network.run(() => {
      const set = this.#redis.sets.get(key) ?? new Set<string>();
      this.#redis.sets.set(key, set);
      if (name === 'SADD') for (const value of args) set.add(String(value));
      else if (name === 'SREM') for (const value of args) set.delete(String(value));
      else if (name === 'DEL') set.clear();
      return [...set];
    });
  }

  take(scope: string, me: string, dead: string | null): Promise<StoredLog> {
    return this.#network.run(() => this.#redis.logs.take(scope, me, dead, this.#redis.now()));
  }

  commit(scope: string, lease: Lease, entry: StoredEntry): Promise<number | null> {
    const sentAt = this.#redis.now();
    return this.#network.run(() => this.#redis.logs.commit(scope, lease, entry, sentAt));
  }

  confirm(me: string, confirmations: readonly Confirmation[]): Promise<readonly (number | null)[]> {
    const sentAt = this.#redis.now();
    const beginning = confirmedBeginning(me, this.#redis.clock.now());
    return this.#network.run(() => this.#redis.logs.confirm(beginning, confirmations, sentAt));
  }

  hearConfirmed(hear: (message: string) => void): Promise<void> {
    this.#handlers.set(CONFIRMED, hear);
    this.#redis.subscribe(CONFIRMED, this);
    return Promise.resolve();
  }

  renew(scope: string, lease: Lease): Promise<string | null> {
    return this.#network.run(() => this.#redis.logs.renew(scope, lease));
  }

  release(scope: string, me: string): Promise<void> {
    return this.#network.run(() => this.#redis.logs.release(scope, me));
  }

  history(scope: string, after: { epoch: string; seq: number }): Promise<readonly string[]> {
    return this.#network.run(() => this.#redis.logs.history(scope, after));
  }

  async join(scope: string, hear: (message: string) => void): Promise<void> {
    this.#handlers.set(scope, hear);
    this.#redis.subscribe(scope, this);
    await this.#network.run(() => {}).catch(() => {});
  }

  leave(scope: string): Promise<void> {
    this.#handlers.delete(scope);
    this.#redis.unsubscribe(scope, this);
    return Promise.resolve();
  }

  async tell(scope: string, message: string): Promise<void> {
    await this.#network.run(() => this.#redis.publish(scope, message));
    decodeMessage(message);
  }

  /** A heartbeat, and from then on one every quarter of the time to live. */
  #beat(): void {
    if (this.isGone) return;
    const redis = this.#redis;
    redis.clock.schedule(() => this.#beat(), this.memberTtlMs / 4);
    for (const listener of this.#onBeat) listener();
    if (this.isCut || !redis.isUp || redis.isPaused) {
      this.#failedBeats += 1;
      if (this.#failedBeats * (this.memberTtlMs / 4) >= TIMEOUT_MS) this.lose();
      return;
    }
    this.#failedBeats = 0;
    const { members } = redis;
    const facts = JSON.stringify(this.#facts);
    const { isNew, hasChanged } = members.beat(this.id, facts, redis.now());
    const isCurrent = this.#version === members.version && !hasChanged;
    redis.witness?.onBeat(facts, isCurrent ? null : [...members.byId.values()].map((one) => one.facts));
    if (hasChanged) redis.changedMembers();
    else this.learn();
    if (isNew && this.isConnected) this.lose();
    if (this.isConnected) return;
    this.isConnected = true;
    this.learn();
    for (const listener of this.#onConnection) listener(true);
  }
}
