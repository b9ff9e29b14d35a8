// The link to Redis: one connection, which serves commands and subscriptions. When it ends, the next one is opened, without a
// limit of attempts. The link writes one log line when the connection is lost and one when it is back.
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { textOf } from './commands.ts';
import type { Connection } from './connection.ts';
import type { RedisAddress } from './redis-url.ts';

/**
 * Between two attempts to connect, in milliseconds. The longest wait doubles with each failure, and the wait is a random part of
 * it.
 */
const MIN_WAIT_MS = 100;
const MAX_WAIT_MS = 2000;

export interface LinkOptions {
  /** A connection that has not been opened. */
  readonly connect: () => Connection;
  /** Puts a new connection into use. If it rejects, the connection is closed. */
  readonly prepare: (client: Redis) => Promise<void>;
  /** The connection is in use. */
  readonly onUp: () => void;
  /** The connection in use is over. */
  readonly onDown: () => void;
  readonly address: RedisAddress;
  readonly clock: Clock;
  readonly log: Logger;
  /** From 0 to 1. */
  readonly random: () => number;
}

type State = 'away' | 'up' | 'closed';

/** Keeps a connection open. */
export class Link {
  readonly #options: LinkOptions;
  readonly #place: string;
  #state: State = 'away';
  #connection: Connection | null = null;
  #client: Redis | null = null;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;
  /** What the log has been told of this absence. */
  readonly #told = new Set<'away' | 'login'>();

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#place = `${options.address.host}:${options.address.port}`;
  }

  /** The connection in use; null while Redis is away. */
  get client(): Redis | null {
    return this.#client;
  }

  /** Opens a connection; if that fails, goes on in the background. Resolves after the first attempt. */
  async open(): Promise<void> {
    const connection = this.#options.connect();
    this.#connection = connection;
    const isCurrent = () => this.#connection === connection;
    try {
      await connection.open();
      connection.onEnd(() => isCurrent() && this.lose('the connection was closed'));
      await this.#options.prepare(connection.client);
      if (isCurrent()) this.#begin(connection.client);
    } catch (error) {
      if (isCurrent()) this.lose(textOf(error, this.#options.address.password));
    }
  }

  /** Ends the connection, whether in use or not yet, and opens the next one after a while. */
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

  #begin(client: Redis): void {
    this.#state = 'up';
    this.#client = client;
    this.#failures = 0;
    if (this.#told.size > 0) this.#options.log.warn(`Redis at ${this.#place} is back`);
    this.#told.clear();
    this.#options.onUp();
  }

  #end(): void {
    const connection = this.#connection;
    this.#connection = null;
    this.#client = null;
    connection?.end();
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
