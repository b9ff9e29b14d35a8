// The law of `trackChanges`, tested with random histories: see tracks-history.ts. FUZZ_RUNS raises their number.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../support/fuzz.ts';
import { TracksWorld, trackStep } from './tracks-history.ts';

test('what trackChanges tells is what was, in order, never older than it says, with reads within their share', async () => {
  const told = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(trackStep, { maxLength: 60, size: 'max' }), async (steps) => {
      using world = new TracksWorld();
      await world.run(steps);
      await world.calmDown();
      world.checkReads();
      world[Symbol.dispose]();
      for (const { received } of world.clients) {
        for (const change of received) told.add(change.kind === 'snapshot' ? change.reason : change.kind);
      }
      expect(world.clock.pending).toBe(0);
    }),
    fuzzRuns(300),
  );
  const reasons = ['SUBSCRIBED', 'CURSOR_TOO_OLD', 'STALENESS'];
  expect([...told]).toEqual(expect.arrayContaining([...reasons, 'awaited', 'tracks', 'ended']));
}, 600_000);
