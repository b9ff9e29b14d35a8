// What one conclusion costs Redis, by the number of instances that follow the room: CPU time of its process, read before and after some
// hundred conclusions without events, one at a time.
import { pino } from 'pino';
import { systemClock } from '../../src/clock.ts';
import { openFleet } from '../../src/fleet/open-fleet.ts';
import type { StoredEntry } from '../../src/fleet/logs/log-store.ts';
import { encodeMessage } from '../../src/fleet/logs/messages.ts';
import { RedisLogStore } from '../../src/fleet/logs/redis-log-store.ts';
import { RedisServer } from '../../test/support/redis-server.ts';
import { roomIdOf } from '../subscriptions/messages.ts';
import { redisFigures } from './redis-figures.ts';

const COMMITS = 500;
const FOLLOWERS = [1, 10, 40] as const;

/** Rows of a table: followers, and microseconds of Redis' CPU time for one conclusion. */
export async function commitCosts(): Promise<readonly string[][]> {
  const rows = [['instances that follow', 'CPU of Redis for a conclusion']];
  for (const count of FOLLOWERS) {
    rows.push([String(count), `${(await costOf(count)).toFixed(0)} us`]);
  }
  return rows;
}

async function costOf(followers: number): Promise<number> {
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
  for (let index = 0; index < followers; index += 1) {
    stores.push(new RedisLogStore(resources.use(await openFleet(options))));
  }
  const scope = roomIdOf(1);
  await Promise.all(stores.map((store) => store.join(scope, () => {})));
  const [leader] = stores;
  if (leader === undefined) return Number.NaN;
  const { owner, fence, epoch } = await leader.take(scope, '0'.repeat(12), null);
  const before = await redisFigures(server);
  for (let index = 0; index < COMMITS; index += 1) {
    await leader.commit(scope, { owner, fence, epoch }, quiet(owner, epoch));
  }
  return ((await redisFigures(server)).cpuMs - before.cpuMs) * (1000 / COMMITS);
}

/** A conclusion without events. */
function quiet(from: string, epoch: string): StoredEntry {
  const told = { kind: 'told', from, epoch, seq: 0, count: 0, shownMutation: null } as const;
  const state = { asOf: Date.now(), stale: false } as const;
  const head = JSON.stringify({ id: roomIdOf(2), room_id: roomIdOf(1), created_at: '2026-03-12T16:00:00Z' });
  const items = { set: new Map<string, string>(), removed: [], isWhole: false, keptFrom: 0 };
  return {
    seq: 0,
    count: 0,
    message: encodeMessage({ ...told, ...state }),
    head,
    lookMs: 5,
    ...state,
    ...items,
  };
}
