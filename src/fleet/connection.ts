// One connection to Redis, by ioredis. It is never reopened: when it has ended, link.ts opens a new one. The reconnecting,
// queueing and repeating of ioredis are turned off, because a command must fail immediately while Redis is unavailable.
// It speaks RESP3, by which one connection brings answers and the messages of channels. They arrive in the order in which Redis has
// sent them. So an answer proves that no message from before it is still on its way: an instance that reads messages late gets its
// heartbeats' answers late too, and counts as disconnected.
import type { Redis } from 'ioredis';
import { isIP } from 'node:net';
import type { RedisAddress } from './redis-url.ts';

/** The part of the package `ioredis` that is used; loaded by open-fleet.ts. */
export interface RedisClientPackage {
  readonly Redis: typeof Redis;
}

/** How long opening a connection may take, in milliseconds: TCP, TLS and login. */
const OPENING_MS = 2000;

function optionsOf(address: RedisAddress, name: string) {
  const { host, port, username, password, database, isEncrypted } = address;
  return {
    host,
    port,
    ...(username === null ? {} : { username, password: '' }),
    ...(password === null ? {} : { password: password.reveal() }),
    db: database,
    ...(isEncrypted ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    connectionName: name,
    protocol: 3 as const,
    disableClientInfo: true,
    lazyConnect: true,
    connectTimeout: OPENING_MS,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    // Commands that are sent together leave in one write: see commands.ts.
    enableAutoPipelining: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  };
}

/** Opens connections and tells why one failed. */
export class Connection {
  /** Calls commands; use it only after `open`. */
  readonly client: Redis;
  #fault: unknown = null;

  constructor({ Redis: Client }: RedisClientPackage, address: RedisAddress, name: string) {
    this.client = new Client(optionsOf(address, name));
    // ioredis reports the reason of a failure here, and a poor one to the caller of `connect`.
    this.client.on('error', (error: unknown) => (this.#fault ??= error));
  }

  /** Resolves when Redis has accepted the login and RESP3. Rejects with the reason; call `end` then. */
  async open(): Promise<void> {
    const timer = setTimeout(() => this.#giveUp(), OPENING_MS);
    try {
      await this.client.connect();
      if (this.#fault !== null) throw this.#fault;
      // ioredis goes on with RESP2 where a server does not know RESP3.
      if (this.client.condition?.protocol !== 3) throw new Error('the server does not speak RESP3');
    } catch (error) {
      throw this.#fault ?? error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Calls `listener` when the connection is over, whoever ended it. */
  onEnd(listener: () => void): void {
    this.client.once('end', listener);
  }

  /** Cuts the connection without waiting for anything. Commands in flight fail. */
  end(): void {
    const { status } = this.client;
    if (status === 'close' || status === 'end') return;
    this.client.disconnect();
    // `disconnect` waits for the other side to close too, which one that is cut off never does. Before `connect` there is no
    // stream.
    (this.client.stream as Redis['stream'] | undefined)?.destroy();
  }

  #giveUp(): void {
    this.#fault ??= new Error(`no answer within ${OPENING_MS / 1000} s`);
    this.end();
  }
}
