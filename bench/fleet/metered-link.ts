// The link of one instance to the simulated Redis, which counts all traffic. The real store writes the commands whose bytes count.
import type { Script } from '../../src/fleet/fleet.ts';
import type { LogStore, StoredLog } from '../../src/fleet/logs/log-store.ts';
import { RedisLogStore } from '../../src/fleet/logs/redis-log-store.ts';
import type { CheckFleet } from '../../src/fleet/logs/shared-checks.ts';
import type { SimulatedInstance } from '../../test/support/simulated-redis/instance.ts';
import { listBytes, scriptBytes, SHORT_ANSWER_BYTES, type Meter } from './meter.ts';

const PREFIX = 'hms:00000000:';
/** Empty answers in the form of the scripts'; `[]` for all others. */
const EMPTY_ANSWERS: Readonly<Record<string, readonly unknown[]>> = {
  'take-log': ['', '', '', '', '', '', '', '', []],
  'confirm-logs': [[], '0'],
};

/** A store that sends nothing, and counts what it would send. */
function countingStore(meter: Meter): RedisLogStore {
  const subscription = (name: string, channel: string): Promise<void> => {
    meter.add(name, listBytes([name, channel]), listBytes([name, channel]) + SHORT_ANSWER_BYTES);
    return Promise.resolve();
  };
  return new RedisLogStore({
    prefix: PREFIX,
    run({ name }: Script, keys, args) {
      meter.add(name, scriptBytes(keys, args), SHORT_ANSWER_BYTES);
      return Promise.resolve(EMPTY_ANSWERS[name] ?? []);
    },
    publish(channel, message) {
      meter.add('publish', listBytes(['publish', channel, message]), SHORT_ANSWER_BYTES);
      return Promise.resolve(0);
    },
    subscribe: (channel) => subscription('subscribe', channel),
    unsubscribe: (channel) => subscription('unsubscribe', channel),
  });
}

/** A store that counts, and passes everything on to `inner`. */
export function meteredStore(inner: SimulatedInstance, meter: Meter): LogStore {
  const written = countingStore(meter);
  // While Redis is away, nothing is sent.
  const count = (act: (store: LogStore) => Promise<unknown>) => {
    if (inner.isConnected && !inner.isGone) void act(written);
  };
  return {
    async take(...args) {
      count((store) => store.take(...args));
      const log = await inner.take(...args);
      meter.add('take-log', 0, storedBytes(log), 0);
      return log;
    },
    commit(...args) {
      count((store) => store.commit(...args));
      return inner.commit(...args);
    },
    confirm(...args) {
      count((store) => store.confirm(...args));
      return inner.confirm(...args);
    },
    hearConfirmed(...args) {
      count((store) => store.hearConfirmed(...args));
      return inner.hearConfirmed(...args);
    },
    renew(...args) {
      count((store) => store.renew(...args));
      return inner.renew(...args);
    },
    release(...args) {
      count((store) => store.release(...args));
      return inner.release(...args);
    },
    async history(...args) {
      count((store) => store.history(...args));
      const entries = await inner.history(...args);
      meter.add('log-history', 0, listBytes(entries), 0);
      return entries;
    },
    join(...args) {
      count((store) => store.join(...args));
      return inner.join(...args);
    },
    leave(scope) {
      count((store) => store.leave(scope));
      return inner.leave(scope);
    },
    tell(...args) {
      count((store) => store.tell(...args));
      return inner.tell(...args);
    },
  };
}

function storedBytes({ owner, fence, epoch, seq, head, asOf, ageMs, stale, items }: StoredLog): number {
  const fields = [owner, fence, epoch, seq, head, asOf ?? '', ageMs ?? '', stale ? 1 : 0];
  return listBytes(fields) + listBytes([...items].flat());
}

/** The fleet of the session checks, counted. */
export function meteredFleet(inner: SimulatedInstance, meter: Meter, members: () => number): CheckFleet {
  return {
    id: inner.id,
    prefix: PREFIX,
    memberTtlMs: inner.memberTtlMs,
    get isConnected() {
      return inner.isConnected;
    },
    get members() {
      return inner.members;
    },
    onConnection: (listener) => inner.onConnection(listener),
    onMembers: (listener) => inner.onMembers(listener),
    onBeat: (listener) => inner.onBeat(listener),
    onBroadcast: (kind, handler) => inner.onBroadcast(kind, handler),
    async command(name, ...args) {
      const [key = '', ...rest] = args;
      // The only commands here are those for the sets of the session checks, and their answers are lists of texts.
      const answer = (await inner.command(name, String(key), ...rest)) as string[];
      const isList = name === 'SMEMBERS';
      meter.add(
        name.toLowerCase(),
        listBytes([name, ...args]),
        isList ? listBytes(answer) : SHORT_ANSWER_BYTES,
      );
      return answer;
    },
    broadcast(kind, data) {
      const channel = `${PREFIX}broadcast`;
      const message = JSON.stringify({ from: inner.id, kind, data });
      meter.add('publish', listBytes(['publish', channel, message]), SHORT_ANSWER_BYTES);
      const receivers = members();
      meter.add('message', 0, listBytes(['message', channel, message]) * receivers, receivers);
      return inner.broadcast(kind, data);
    },
  };
}
