// The implementation of the fleet with Redis: connects the link, the members, the channels and the commands, and sends the
// heartbeats.
import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { Channels } from './channels.ts';
import { Commands, evaluate, textOf } from './commands.ts';
import { Connection, type RedisClientPackage } from './connection.ts';
import {
  BEATS_PER_TTL,
  type CommandArgument,
  type Fleet,
  type FleetObserver,
  type Member,
  type Script,
} from './fleet.ts';
import { Link } from './link.ts';
import { areSame, Membership } from './membership.ts';
import type { RedisAddress } from './redis-url.ts';

/** What `RedisFleet` needs; see `OpenFleetOptions`. */
export interface RedisFleetOptions {
  readonly package: RedisClientPackage;
  readonly address: RedisAddress;
  readonly accessKey: string;
  readonly apiUrl: string;
  readonly pollIntervalMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
}

/** The shortest time to live, in milliseconds. */
const MIN_TTL_MS = 1000;
/**
 * How long a heartbeat may take, in milliseconds, and as a share of the time to live: a lost instance knows it before it is dead.
 */
const BEAT_MS = 1000;
const BEAT_SHARE = 0.65;

type Broadcast = (data: unknown, from: string) => void;

/** See `Fleet`. Does nothing until `start`. */
export class RedisFleet implements Fleet {
  readonly id = randomBytes(6).toString('hex');
  readonly prefix: string;
  readonly memberTtlMs: number;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #link: Link;
  readonly #channels: Channels;
  readonly #commands: Commands;
  readonly #membership: Membership;
  readonly #connectionListeners = new Set<(isConnected: boolean) => void>();
  readonly #memberListeners = new Set<(members: readonly Member[]) => void>();
  readonly #beatListeners = new Set<() => void>();
  readonly #broadcasts = new Map<string, Set<Broadcast>>();
  #isConnected = false;
  #members: readonly Member[];
  #cancelBeat: () => void = () => undefined;
  #isBeating = false;
  #isBeatDue = false;
  #closing: Promise<void> | null = null;

  constructor(options: RedisFleetOptions) {
    const { address, clock, log, random } = options;
    const workspace = createHash('sha256').update(`${options.accessKey}\n${options.apiUrl}`).digest('hex');
    this.prefix = `hms:${workspace.slice(0, 8)}:`;
    this.memberTtlMs = Math.max(MIN_TTL_MS, 1.5 * options.pollIntervalMs);
    this.#clock = clock;
    this.#log = log;
    this.#membership = new Membership(this.id, this.prefix, this.memberTtlMs);
    this.#members = this.#membership.members;
    this.#channels = new Channels(clock, (error) => log.error({ err: error }, 'a message of the fleet'));
    this.#commands = new Commands(clock, () => this.#link.client);
    this.#link = new Link({
      connect: () => new Connection(options.package, address, `hms-gateway-${this.id}`),
      prepare: (client) => this.#prepare(client),
      onUp: () => this.#up(),
      onDown: () => this.#down(),
      address,
      clock,
      log,
      random,
    });
    void this.#channels.subscribe(this.#membership.channel, () => void this.#beat());
    void this.#channels.subscribe(this.#broadcastChannel, (message) => this.#receive(message));
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  /** Connects; resolves after the first attempt, whether it succeeds or not. */
  start(): Promise<void> {
    this.#scheduleBeat();
    return this.#link.open();
  }

  onConnection(listener: (isConnected: boolean) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => void this.#connectionListeners.delete(listener);
  }

  onMembers(listener: (members: readonly Member[]) => void): () => void {
    this.#memberListeners.add(listener);
    return () => void this.#memberListeners.delete(listener);
  }

  onBeat(listener: () => void): () => void {
    this.#beatListeners.add(listener);
    return () => void this.#beatListeners.delete(listener);
  }

  setFact(name: string, value: number): void {
    this.#membership.setFact(name, value);
  }

  run(script: Script, keys: readonly string[], args: readonly CommandArgument[]): Promise<unknown> {
    return this.#commands.send(script.name, (client) => evaluate(client, script, keys, args));
  }

  command(name: string, ...args: readonly CommandArgument[]): Promise<unknown> {
    return this.#commands.send(name.toLowerCase(), (client) => client.call(name, ...args));
  }

  async publish(channel: string, message: string): Promise<number> {
    return Number(await this.command('publish', channel, message));
  }

  subscribe(channel: string, handler: (message: string) => void): Promise<void> {
    return this.#channels.subscribe(channel, handler);
  }

  unsubscribe(channel: string): Promise<void> {
    return this.#channels.unsubscribe(channel);
  }

  async broadcast(kind: string, data: unknown): Promise<void> {
    await this.publish(this.#broadcastChannel, JSON.stringify({ from: this.id, kind, data }));
  }

  onBroadcast(kind: string, handler: Broadcast): () => void {
    const handlers = this.#broadcasts.get(kind) ?? new Set();
    this.#broadcasts.set(kind, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  observe(observer: FleetObserver): void {
    this.#commands.observer = observer;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #broadcastChannel(): string {
    return `${this.prefix}broadcast`;
  }

  /** Subscriptions come first: a change of the members that the first heartbeat does not show is told by a message. */
  async #prepare(client: Redis): Promise<void> {
    await this.#channels.attach(client);
    await this.#heartbeat(client);
    await this.#channels.settled();
  }

  #up(): void {
    this.#tell([true]);
  }

  #down(): void {
    this.#channels.detach();
    this.#commands.observer?.onLoss();
    this.#membership.forget();
    this.#tell([false]);
  }

  #scheduleBeat(): void {
    this.#cancelBeat = this.#clock.schedule(() => {
      this.#scheduleBeat();
      this.#call(this.#beatListeners, undefined);
      void this.#beat();
    }, this.memberTtlMs / BEATS_PER_TTL);
  }

  /** One heartbeat, and another one if it was asked for meanwhile. */
  async #beat(): Promise<void> {
    const { client } = this.#link;
    // After `leave` a heartbeat would enter it again.
    if (client === null || this.#closing !== null) return;
    this.#isBeatDue = this.#isBeating;
    if (this.#isBeating) return;
    this.#isBeating = true;
    try {
      const wasMember = await this.#heartbeat(client);
      if (this.#link.client === client) this.#showBeat(wasMember);
    } catch (error) {
      if (this.#link.client === client) this.#link.lose(textOf(error));
    } finally {
      this.#isBeating = false;
    }
    if (this.#isBeatDue) await this.#beat();
  }

  /** Rejects unless Redis answers in time, and so has brought all messages from before. */
  #heartbeat(client: Redis): Promise<boolean> {
    const ms = Math.min(BEAT_MS, BEAT_SHARE * this.memberTtlMs);
    return this.#membership.beat((script, keys, args) =>
      this.#commands.sendOn(client, script.name, () => evaluate(client, script, keys, args), ms),
    );
  }

  #showBeat(wasMember: boolean): void {
    if (!wasMember) {
      this.#log.warn('Redis had forgotten this instance: it was paused, or Redis lost its data');
    }
    this.#tell(wasMember ? [] : [false, true]);
  }

  /** Shows the members and the states of the connection that it has passed through, then calls the listeners. */
  #tell(states: readonly boolean[]): void {
    const { members } = this.#membership;
    const isSame = areSame(members, this.#members);
    this.#members = members;
    for (const isConnected of states) {
      this.#isConnected = isConnected;
      this.#call(this.#connectionListeners, isConnected);
    }
    if (!isSame) this.#call(this.#memberListeners, members);
  }

  #call<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
    for (const listener of listeners) {
      try {
        listener(value);
      } catch (error) {
        this.#log.error({ err: error }, 'a listener of the fleet');
      }
    }
  }

  #receive(message: string): void {
    // Sent by `broadcast` of this or another version.
    const { from, kind, data } = JSON.parse(message) as { from: string; kind: string; data: unknown };
    if (from === this.id) return;
    for (const handler of this.#broadcasts.get(kind) ?? []) handler(data, from);
  }

  async #close(): Promise<void> {
    this.#cancelBeat();
    const { client } = this.#link;
    this.#isConnected = false;
    if (client !== null) {
      // Without an answer the others find out after the time to live.
      await this.#membership
        .leave((script, keys, args) =>
          this.#commands.sendOn(client, script.name, () => evaluate(client, script, keys, args)),
        )
        .catch(() => undefined);
    }
    this.#link.close();
  }
}
