// The law of the live core, tested with random histories: see random-history.ts. FUZZ_RUNS raises their number.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../support/fuzz.ts';
import { step, World } from './random-history.ts';

test('the events of a client add up to states that the room had, and finally to its present state', async () => {
  const reasons = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      using world = new World();
      await world.run(steps);
      await world.calmDown();
      world.live.close();
      for (const { received } of world.clients) {
        for (const change of received) if (change.kind === 'snapshot') reasons.add(change.reason);
      }
      expect(world.clock.pending).toBe(0);
    }),
    fuzzRuns(150),
  );
  expect([...reasons]).toContain('BURST');
}, 600_000);
