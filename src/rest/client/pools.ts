// The connections to one host: a pool for each family of endpoints. A call that hangs occupies its connection until its deadline.
// In a common pool, such calls would soon occupy all connections, and calls of other families would wait.
import { Pool, type Dispatcher } from 'undici';
import { proxyAgentFor } from '../../proxy.ts';
import type { Subject } from '../errors.ts';
import type { RestClientOptions } from './client-options.ts';
import { familyOf } from './families.ts';

/** The pools of one host, through the proxy if there is one. A pool is made for the first call of its family. */
export class Pools {
  readonly #origin: string;
  readonly #options: RestClientOptions;
  readonly #made = new Map<string, Dispatcher>();

  constructor(origin: string, options: RestClientOptions) {
    this.#origin = origin;
    this.#options = options;
  }

  /** The dispatcher for a call: that of the options, or the pool of its family. */
  of(subject: Subject): Dispatcher {
    const { dispatcher } = this.#options;
    if (dispatcher !== undefined) return dispatcher;
    const family = familyOf(subject);
    let pool = this.#made.get(family);
    if (pool === undefined) {
      pool = poolOf(this.#origin, this.#options);
      this.#made.set(family, pool);
    }
    return pool;
  }

  /** Closes all connections, also those in use. */
  async destroy(): Promise<void> {
    await Promise.all(Array.from(this.#made.values(), (pool) => pool.destroy()));
  }
}

function poolOf(origin: string, options: RestClientOptions): Dispatcher {
  const limits = {
    connections: options.connections ?? 32,
    connectTimeout: options.connectTimeoutMs ?? 3000,
    headersTimeout: options.headersTimeoutMs ?? 5000,
    bodyTimeout: options.bodyTimeoutMs ?? 5000,
  };
  return proxyAgentFor(origin, options.proxy, limits) ?? new Pool(origin, limits);
}
