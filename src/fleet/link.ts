// The link to Redis: a pair of connections, one for commands and one for subscriptions, which open and end together. When a pair
// ends, the next one is opened, without a limit of attempts. The link writes one log line when the connection is lost and one
// when it is back.
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { textOf } from './commands.ts';
import type { Connection } from './connection.ts';
import type { RedisAddress } from './redis-url.ts';

/** Between two attempts to connect, in milliseconds. The longest wait doubles with each failure, and the wait is a random part of it. */
const MIN_WAIT_MS = 100;
const MAX_WAIT_MS = 2000;

/** Two connections that are open. */
export interface Pair {
  /** For commands. */
  readonly commands: Redis;
  /** For subscriptions; it serves nothing else but PING. */
  readonly channels: Redis;
}

export interface LinkOptions {
  /** A connection that has not been opened; `role` is part of its name in Redis. */
  readonly connect: (role: 'commands' | 'channels') => Connection;
  /** Puts a new pair into use. If it rejects, the pair is closed. */
  readonly prepare: (pair: Pair) => Promise<void>;
  /** The pair is in use. */
  readonly onUp: () => void;
  /** The pair in use is over. */
  readonly onDown: () => void;
  readonly address: RedisAddress;
  readonly clock: Clock;
  readonly log: Logger;
  /** From 0 to 1. */
  readonly random: () => number;
}

type State = 'away' | 'up' | 'closed';

/** Keeps a pair open. */
export class Link {
  readonly #options: LinkOptions;
  readonly #place: string;
  #state: State = 'away';
  #open: readonly Connection[] = [];
  #pair: Pair | null = null;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;
  /** What the log has been told of this absence. */
  readonly #told = new Set<'away' | 'login'>();

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#place = `${options.address.host}:${options.address.port}`;
  }

  /** The pair in use; null while Redis is away. */
  get pair(): Pair | null {
    return this.#pair;
  }

  /** Opens a pair; if that fails, goes on in the background. Resolves after the first attempt. */
  async open(): Promise<void> {
    const connections = [this.#options.connect('commands'), this.#options.connect('channels')] as const;
    this.#open = connections;
    const isCurrent = () => this.#open === connections;
    try {
      await Promise.all(connections.map((connection) => connection.open()));
      const pair = { commands: connections[0].client, channels: connections[1].client };
      for (const connection of connections) {
        connection.onEnd(() => isCurrent() && this.lose('the connection was closed'));
      }
      await this.#options.prepare(pair);
      if (isCurrent()) this.#begin(pair);
    } catch (error) {
      if (isCurrent()) this.lose(textOf(error, this.#options.address.password));
    }
  }

  /** Ends the pair, whether in use or not yet, and opens the next one after a while. */
  lose(reason: string): void {
    if (this.#state === 'closed') return;
    const wasUp = this.#state === 'up';
    this.#state = 'away';
    this.#end();
    this.#tell(reason, wasUp);
    if (wasUp) this.#options.onDown();
    const longest = Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** Math.min(this.#failures + 1, 10));
    this.#failures += 1;
    const waitMs = MIN_WAIT_MS + this.#options.random() * (longest - MIN_WAIT_MS);
    this.#cancelRetry();
    this.#cancelRetry = this.#options.clock.schedule(() => void this.open(), waitMs);
  }

  /** Ends everything. */
  close(): void {
    this.#state = 'closed';
    this.#cancelRetry();
    this.#end();
  }

  #begin(pair: Pair): void {
    this.#state = 'up';
    this.#pair = pair;
    this.#failures = 0;
    if (this.#told.size > 0) this.#options.log.warn(`Redis at ${this.#place} is back`);
    this.#told.clear();
    this.#options.onUp();
  }

  #end(): void {
    const connections = this.#open;
    this.#open = [];
    this.#pair = null;
    for (const connection of connections) connection.end();
  }

  #tell(reason: string, wasUp: boolean): void {
    const { log } = this.#options;
    const goesOn = 'This instance works on its own and keeps trying to connect.';
    if (/^(?:WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR invalid password)\b/.test(reason)) {
      if (!this.#told.has('login')) {
        log.error(`Redis at ${this.#place} refuses the user or password (${reason}). ${goesOn}`);
      }
      this.#told.add('login').add('away');
    } else if (!this.#told.has('away')) {
      this.#told.add('away');
      log.warn(`Redis at ${this.#place} is ${wasUp ? 'lost' : 'away'}: ${reason}. ${goesOn}`);
    }
  }
}
