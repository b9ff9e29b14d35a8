// A Redis for several instances in one process, on a clock that a test or a benchmark advances. It can be slow, paused, lost, emptied,
// or cut off from one instance. Ids and epochs are as long as real ones, so that bytes can be counted. An instance connects with `new SimulatedInstance(redis)`.
import type { Clock } from '../../../src/clock.ts';
import { SimulatedLogs } from './logs.ts';
import { SimulatedMembers } from './members.ts';

/** An instance as Redis knows it. */
export interface RedisClient {
  /** A message of a channel is sent to this instance. */
  receive(channel: string, message: string): void;
  /** A broadcast of another instance is sent to this one. */
  receiveBroadcast(kind: string, text: string, from: string): void;
  /** The members have changed. */
  learn(): void;
  /** The connection is lost. */
  lose(): void;
}

/** What a benchmark counts. */
export interface RedisWitness {
  /** A message was sent to so many subscribers. */
  onPublished(channel: string, message: string, receivers: number): void;
  /** A heartbeat: the facts that it tells, and those of all members if the answer has them. */
  onBeat(facts: string, all: readonly string[] | null): void;
}

/** The data, and the clients that are connected. */
export class SimulatedRedis {
  readonly clock: Clock;
  readonly instances = new Set<RedisClient>();
  readonly logs = new SimulatedLogs(this);
  readonly sets = new Map<string, Set<string>>();
  readonly members: SimulatedMembers;
  /** Null: nothing is counted. */
  witness: RedisWitness | null = null;
  isUp = true;
  /** Commands that have arrived while it was paused; null: it is not paused. */
  #held: (() => void)[] | null = null;
  /** Subscribers by channel. */
  readonly #listeners = new Map<string, Set<RedisClient>>();
  #ids = 0;
  #random = 1;

  constructor(clock: Clock, memberTtlMs = 1500) {
    this.clock = clock;
    this.members = new SimulatedMembers(memberTtlMs);
  }

  /** As long as a real one. The latest instance has the first id, so that it makes the session checks. */
  newId(): string {
    this.#ids += 1;
    return String(10 ** 12 - this.#ids);
  }

  /** All data is lost. */
  flush(): void {
    this.logs.all.clear();
    this.sets.clear();
    this.members.clear();
  }

  get isPaused(): boolean {
    return this.#held !== null;
  }

  /** Answers nothing from now on. `resume` executes the commands that have arrived in the meantime, however late. */
  pause(): void {
    this.#held ??= [];
  }

  resume(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const act of held) act();
  }

  /** Executes a command that has arrived, now or at `resume`. */
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

  /** 0 to 3 ms, always in the same order. */
  delayMs(): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random % 4;
  }

  now(): number {
    return Number(this.clock.moment());
  }

  /** Returns how many instances are subscribed to the channel. */
  publish(channel: string, message: string): number {
    const receivers = this.#receiversOf(channel);
    for (const instance of receivers) instance.receive(channel, message);
    this.witness?.onPublished(channel, message, receivers.length);
    return receivers.length;
  }

  subscribersOf(channel: string): number {
    return this.#receiversOf(channel).length;
  }

  subscribe(channel: string, instance: RedisClient): void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(instance));
  }

  unsubscribe(channel: string, instance: RedisClient): void {
    this.#listeners.get(channel)?.delete(instance);
  }

  #receiversOf(channel: string): readonly RedisClient[] {
    return [...(this.#listeners.get(channel) ?? [])].filter((instance) => this.instances.has(instance));
  }

  /** Tells all instances that the members have changed. */
  changedMembers(): void {
    this.members.version += 1;
    for (const instance of this.instances) instance.learn();
  }
}
