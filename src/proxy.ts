// The proxy through which the gateway calls other hosts, by the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY. Loopback
// addresses, such as the embedded sandbox's, are always called directly.
import { EnvHttpProxyAgent } from 'undici';
import { isLoopback } from './loopback.ts';
import type { Secret } from './secret.ts';

/** URLs of proxies, which may have a user and a password. */
export interface ProxySettings {
  /** For https hosts; null: the proxy for http hosts, if any. */
  readonly https: Secret | null;
  /** For http hosts; null: none. */
  readonly http: Secret | null;
  /** Comma list of the hosts that are called directly, each with its subdomains; `*`: all. */
  readonly except: string;
}

/** The dispatcher for requests to `url`, with further `options` of undici; null: the request needs no proxy. */
export function proxyAgentFor(
  url: string,
  settings: ProxySettings | null | undefined,
  options: EnvHttpProxyAgent.Options = {},
): EnvHttpProxyAgent | null {
  if (settings == null || isLoopback(new URL(url).hostname)) return null;
  // An empty text keeps undici from reading the environment itself.
  return new EnvHttpProxyAgent({
    ...options,
    httpsProxy: settings.https?.reveal() ?? '',
    httpProxy: settings.http?.reveal() ?? '',
    noProxy: settings.except,
  });
}
