// Parses and checks the URL of a Redis server. This file loads no Redis client, because the configuration uses it too.
import { Secret } from '../secret.ts';

/** Where Redis listens, and as whom to log in. */
export interface RedisAddress {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  /** Default: 6379. */
  readonly port: number;
  /** Null: Redis' default user. */
  readonly username: string | null;
  /** Null: no password is sent. */
  readonly password: Secret | null;
  /** The number of the database; default: 0. */
  readonly database: number;
  /** Whether the connection is encrypted (`rediss:`). The certificate must be valid for the host. */
  readonly isEncrypted: boolean;
}

const DEFAULT_PORT = 6379;

/**
 * Reads `redis://[[user][:password]@]host[:port][/database]`, or the same with `rediss`. Null for anything else, such as other
 * schemes, a query or a fragment.
 */
export function parseRedisUrl(text: string): RedisAddress | null {
  const url = URL.parse(text);
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '' || /[?#]/.test(text))
    return null;
  const path = /^(?:\/(\d{0,5}))?$/.exec(url.pathname);
  const username = decode(url.username);
  const password = decode(url.password);
  if (path === null || username === null || password === null) return null;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    username: username === '' ? null : username,
    password: password === '' ? null : new Secret(password),
    database: Number(path[1] ?? 0),
    isEncrypted: url.protocol === 'rediss:',
  };
}

/** Null: it is no percent-encoded text. */
function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
