// The law of the live core, for several instances that share their logs: whatever happens to them and to Redis, the events that a
// client received add up to states that the room had, in order, and finally to its present state. FUZZ_RUNS raises their number.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../support/fuzz.ts';
import { fleetStep, FleetWorld } from './fleet-world.ts';

test('the events of a client add up to states that the room had, whichever instances it reads them from', async () => {
  const reasons = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fleetStep, { maxLength: 60, size: 'max' }), async (steps) => {
      using world = new FleetWorld();
      await world.runAll(steps);
      await world.calmDown();
      for (const { received } of world.clients) {
        for (const change of received) if (change.kind === 'snapshot') reasons.add(change.reason);
      }
    }),
    fuzzRuns(100),
  );
  expect([...reasons]).toContain('CURSOR_TOO_OLD');
}, 600_000);
