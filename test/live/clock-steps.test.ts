// The wall clock is set while rooms are watched. At whatever moment that happens, polls, checks and events come as
// without it. Every history runs twice, with and without the steps, and both runs must be equal.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../support/fuzz.ts';
import { clockSteps } from '../support/manual-clock.ts';
import { Scene, summary } from './scene.ts';

const ROOMS = ['a', 'b', 'c'];
const roomId = fc.constantFrom(...ROOMS);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(40, 600, 1100, 6000, 20_000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join' as const), roomId }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const), roomId }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mutated' as const), roomId }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hint' as const), roomId }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('outage' as const), begins: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('slow' as const), latencyMs: fc.constantFrom(0, 40, 700, 3000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reconnect' as const), roomId }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('set' as const), clock: fc.constantFrom(...clockSteps) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Plays a history. Returns the requests to the upstream after each step, and the events that clients received. */
async function play(steps: readonly Step[], setsClock: boolean): Promise<unknown> {
  using scene = new Scene();
  const { upstream, live, clock } = scene;
  const clients = new Map(ROOMS.map((id) => [id, scene.watching(id)]));
  const asked: unknown[] = [];
  for (const each of steps) {
    if (each.do === 'wait') await clock.advance(each.ms);
    else if (each.do === 'join') upstream.room(each.roomId).join();
    else if (each.do === 'end') upstream.room(each.roomId).end();
    else if (each.do === 'mutated') live.mutated(each.roomId);
    else if (each.do === 'hint') live.hint(each.roomId);
    else if (each.do === 'slow') upstream.weather.latenciesMs = [each.latencyMs];
    else if (each.do === 'outage') {
      upstream.weather.failing = new Set(each.begins ? (['peers', 'activeSessions'] as const) : []);
    } else if (each.do === 'reconnect') {
      clients.get(each.roomId)?.drop();
      clients.get(each.roomId)?.connect();
    } else if (setsClock) clock.step(each.clock[1]);
    const ages = live.gauges().oldestAsOfAgeMs;
    const hasSnapshots = ROOMS.map((id) => live.snapshot(id) !== null);
    asked.push([upstream.calls.length, ages, hasSnapshots]);
  }
  // Without the ids of peers, which differ between runs.
  const told = [...clients.values()].map((client) =>
    summary(client).map((event) => event.split(' peer-')[0]),
  );
  return { asked, calls: upstream.calls, told };
}

test('a room is polled, and its events are sent, as if the wall clock had not been set', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      expect(await play(steps, true)).toEqual(await play(steps, false));
    }),
    fuzzRuns(60),
  );
}, 600_000);

test.each(clockSteps)(
  'eight rooms are polled on after the clock was set %s while their polls were in flight',
  async (_what, stepMs) => {
    using scene = new Scene();
    const { upstream, clock } = scene;
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const id of ids) {
      upstream.room(id).join();
      scene.watching(id);
    }
    await clock.advance(3000);
    upstream.weather.latenciesMs = [400];
    await clock.advance(1200);
    clock.step(stepMs);
    const before = upstream.count('peers');
    await clock.advance(30_000);
    // At least one poll for each room in the longest interval, 10 s and the time of the answer.
    expect(upstream.count('peers') - before).toBeGreaterThanOrEqual(2 * ids.length);
  },
);
