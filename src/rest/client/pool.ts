// The connections to one host.
import { Pool, type Dispatcher } from 'undici';
import { proxyAgentFor } from '../../proxy.ts';
import type { RestClientOptions } from './client-options.ts';

/** A pool of connections to `origin`, through the proxy if there is one. */
export function poolOf(origin: string, options: RestClientOptions): Dispatcher {
  const limits = {
    connections: options.connections ?? 32,
    connectTimeout: options.connectTimeoutMs ?? 3000,
    headersTimeout: options.headersTimeoutMs ?? 8000,
    bodyTimeout: options.bodyTimeoutMs ?? 5000,
  };
  return proxyAgentFor(origin, options.proxy, limits) ?? new Pool(origin, limits);
}
