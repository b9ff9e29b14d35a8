// What the writes of a leader cost Redis, by the number of instances that hear of them: a change in a room, and reads of a
// hundred rooms that show no change. CPU time of its process, read before and after some hundred writes, one at a time.
import { pino } from 'pino';
import { systemClock } from '../../src/clock.ts';
import { openFleet } from '../../src/fleet/open-fleet.ts';
import type { Confirmation, Lease, StoredEntry } from '../../src/fleet/logs/log-store.ts';
import { encodeMessage } from '../../src/fleet/logs/messages.ts';
import { RedisLogStore } from '../../src/fleet/logs/redis-log-store.ts';
import { RedisServer } from '../../test/support/redis-server.ts';
import { roomIdOf } from '../subscriptions/messages.ts';
import { redisFigures } from './redis-figures.ts';

const COMMITS = 500;
const CONFIRMS = 100;
const CONFIRMED_LOGS = 100;
const INSTANCES = [1, 10, 40] as const;

/** Rows of a table: instances, and microseconds of Redis' CPU time for a change, and for a hundred reads that show none. */
export async function commitCosts(): Promise<readonly string[][]> {
  const rows = [['instances', 'CPU of Redis for a change', `for ${CONFIRMED_LOGS} quiet reads`]];
  for (const count of INSTANCES) {
    const [change, quiet] = await costsOf(count);
    rows.push([String(count), `${change.toFixed(0)} us`, `${quiet.toFixed(0)} us`]);
  }
  return rows;
}

async function costsOf(instances: number): Promise<readonly [change: number, quiet: number]> {
  await using resources = new AsyncDisposableStack();
  const server = resources.use(await RedisServer.start());
  const stores: RedisLogStore[] = [];
  const options = {
    url: server.secretUrl,
    accessKey: 'bench',
    apiUrl: 'http://127.0.0.1/v2',
    // Long, so that heartbeats are few.
    pollIntervalMs: 60_000,
    clock: systemClock,
    log: pino({ level: 'silent' }),
  };
  for (let index = 0; index < instances; index += 1) {
    stores.push(new RedisLogStore(resources.use(await openFleet(options))));
  }
  const rooms = Array.from({ length: CONFIRMED_LOGS }, (_, index) => roomIdOf(index));
  const hear = (store: RedisLogStore) => rooms.map((scope) => store.join(scope, () => {}));
  await Promise.all(stores.flatMap((store) => [store.hearConfirmed(() => {}), ...hear(store)]));
  const [leader] = stores;
  const [scope] = rooms;
  if (leader === undefined || scope === undefined) return [Number.NaN, Number.NaN];
  const me = '0'.repeat(12);
  const read = { seq: 0, asOf: Date.now(), agoMs: 20, readAgeMs: 5, shownMutation: null };
  const reads: Confirmation[] = [];
  for (const room of rooms) {
    reads.push({ ...read, scope: room, lease: await leader.take(room, me, null) });
  }
  const quiet = await meanCost(server, CONFIRMS, () => leader.confirm(me, reads));
  const lease = await leader.take(scope, me, null);
  const change = await meanCost(server, COMMITS, (at) => leader.commit(scope, lease, changeOf(lease, at)));
  return [change, quiet];
}

/** The mean CPU time of Redis for one of `count` calls of `act`, in microseconds. */
async function meanCost(
  server: RedisServer,
  count: number,
  act: (index: number) => Promise<unknown>,
): Promise<number> {
  const before = await redisFigures(server);
  for (let index = 0; index < count; index += 1) await act(index);
  return ((await redisFigures(server)).cpuMs - before.cpuMs) * (1000 / count);
}

/** A conclusion with one event, after the event `seq`. */
function changeOf({ owner: from, epoch }: Lease, seq: number): StoredEntry {
  const peer = { id: roomIdOf(3), name: 'Ada', user_id: 'ada', role: 'guest', metadata: 'x'.repeat(40) };
  const told = {
    kind: 'told',
    from,
    epoch,
    seq,
    count: 1,
    shownMutation: null,
    events: [peer, peer],
  } as const;
  const state = { asOf: Date.now(), stale: false } as const;
  const head = JSON.stringify({ id: roomIdOf(2), room_id: roomIdOf(1), created_at: '2026-03-12T16:00:00Z' });
  const set = new Map([[peer.id, JSON.stringify(peer)]]);
  const items = { set, removed: [], isWhole: false, keptFrom: 0 };
  return {
    seq,
    count: 1,
    message: encodeMessage({ ...told, ...state }),
    head,
    readAgeMs: 5,
    ...state,
    ...items,
  };
}
