// Counts the traffic with Redis: commands by kind, and their bytes in Redis' protocol.
import type { RedisWitness } from '../../test/support/simulated-redis/redis.ts';

type Part = string | number | Uint8Array;

/** Commands of one kind, and the bytes of requests and of answers or messages. */
interface Traffic {
  count: number;
  bytesIn: number;
  bytesOut: number;
}

const HEARTBEAT_KEYS = ['deaths', 'facts', 'version'].map((name) => `hms:00000000:{members}:${name}`);
const ID = '0'.repeat(12);
/** The hash by which a script is called. */
const HASH = '0'.repeat(40);
/** The bytes of an answer without a list, such as `:1`. */
export const SHORT_ANSWER_BYTES = 4;

function partBytes(part: Part): number {
  const bytes = part instanceof Uint8Array ? part.byteLength : Buffer.byteLength(String(part));
  return 1 + String(bytes).length + 2 + bytes + 2;
}

/** The bytes of a list of texts, which is also the form of a command. */
export function listBytes(parts: readonly Part[]): number {
  return parts.reduce((sum: number, part) => sum + partBytes(part), 3 + String(parts.length).length);
}

/** The bytes of a command that runs a script. */
export function scriptBytes(keys: readonly string[], args: readonly Part[]): number {
  return listBytes(['EVALSHA', HASH, keys.length, ...keys, ...args]);
}

/** One for each simulation. */
export class Meter implements RedisWitness {
  readonly kinds = new Map<string, Traffic>();
  #factsBytes = new WeakMap<readonly string[], number>();

  /** Forgets what was counted. */
  reset(): void {
    this.kinds.clear();
  }

  add(kind: string, bytesIn: number, bytesOut: number, count = 1): void {
    const traffic = this.kinds.get(kind) ?? { count: 0, bytesIn: 0, bytesOut: 0 };
    this.kinds.set(kind, traffic);
    traffic.count += count;
    traffic.bytesIn += bytesIn;
    traffic.bytesOut += bytesOut;
  }

  /** See RedisWitness. Channels are named as in src/fleet/logs/redis-log-store.ts. */
  onPublished(channel: string, message: string, receivers: number): void {
    const bytes = listBytes(['message', `hms:00000000:{${channel}}:told`, message]);
    this.add('message', 0, bytes * receivers, receivers);
  }

  /** See RedisWitness. */
  onBeat(facts: string, all: readonly string[] | null): void {
    const request = scriptBytes(HEARTBEAT_KEYS, [ID, facts, 1500, 'hms:00000000:members', '1234567']);
    const list = all === null ? 0 : this.#listOf(all);
    this.add('heartbeat', request, listBytes(['1', '1234567']) + list);
  }

  #listOf(all: readonly string[]): number {
    let bytes = this.#factsBytes.get(all);
    if (bytes === undefined) {
      bytes = all.reduce((sum, facts) => sum + partBytes(ID) + partBytes(facts), 6);
      this.#factsBytes.set(all, bytes);
    }
    return bytes;
  }
}
