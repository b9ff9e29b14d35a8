// Several gateways as real processes, rooms that change all the time, and clients that move between the gateways, while gateways and
// Redis are killed, paused, stopped, emptied and cut off. CHAOS_SEED chooses the same again, CHAOS_OF is a regular expression of what may
// happen; `npm run test:faults` runs for minutes.
import { describe, expect, it, onTestFinished } from 'vitest';
import { Random } from '../../src/sandbox/random.ts';
import { startFleetProcesses } from '../support/fleet-processes.ts';
import { findRedis, redisNotice } from '../support/redis-server.ts';
import { Chaos } from './chaos/chaos.ts';
import { happenings } from './chaos/happenings.ts';

const isLong = process.env['FAULTS'] === 'all';
const seed = process.env['CHAOS_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31));
const chosen = new RegExp(process.env['CHAOS_OF'] ?? '');
const names = Object.keys(happenings).filter((name) => chosen.test(name));
const variables = {
  POLL_INTERVAL_MS: '300',
  POLL_MAX_INTERVAL_MS: '1000',
  SESSION_CHECK_MS: '1000',
  UPSTREAM_RPS: '500',
  GATEWAY_RATE_LIMIT: '0',
};

/** One of each, in a random order. */
function shuffled(random: Random): string[] {
  const left = [...names];
  return names.map(() => left.splice(random.between(0, left.length - 1), 1)[0] ?? '');
}

describe.skipIf(findRedis('redis') === undefined)(`over redis${redisNotice('redis')}`, () => {
  it.each(isLong ? [false, true] : [false])(
    'tells every client all changes in their order whatever happens; Redis keeps its data: %s',
    async (appendOnly) => {
      const server = { appendOnly };
      await using fleet = await startFleetProcesses({
        count: isLong ? 4 : 3,
        server,
        variables,
        hasProxies: true,
      });
      const random = new Random(seed);
      await using chaos = new Chaos({
        fleet,
        seed,
        names,
        rooms: isLong ? 6 : 4,
        clients: 20,
        pauseMs: isLong ? 10_000 : 2000,
        longestMs: isLong ? 5000 : 1200,
      });
      onTestFinished(({ task }) => {
        // At once: the runner prints errors only when all files have run.
        const errors = (task.result?.errors ?? []).map(({ message }) => `\n${message}`).join('');
        if (isLong || errors !== '') console.log(`CHAOS_SEED=${seed}: ${chaos.report}${errors}`);
      });
      const until = performance.now() + (isLong ? 150_000 : 0);
      if (!isLong) await chaos.round(shuffled(random).slice(0, 2));
      while (performance.now() < until) await chaos.round(shuffled(random).slice(0, random.between(1, 3)));
      expect(chaos.report).toContain('calm');
    },
    isLong ? 600_000 : 120_000,
  );
});
