// The law of the live core, for several instances that share their logs: whatever happens to them and to Redis, the events that a
// client received add up to states that the room had, in order, and finally to its present state. FUZZ_RUNS raises their number.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../support/fuzz.ts';
import { fleetStep, FleetWorld, type FleetStep } from './fleet-world.ts';

/** Two instances are alone, and read the room in the same millisecond: one before a peer joins, one after. */
const readTogether: readonly FleetStep[] = [
  { do: 'move', client: 0, slot: 1 },
  { do: 'connect', client: 4 },
  { do: 'lose redis' },
  { do: 'connect', client: 1 },
  { do: 'move', client: 4, slot: 1 },
  { do: 'join', roomId: 'a', index: 0 },
];

/** The leader dies while Redis is paused, and the client of another instance, which is alone then, comes back once Redis is. */
const leaderDied: readonly FleetStep[] = [
  { do: 'connect', client: 5 },
  { do: 'wait', ms: 10 },
  { do: 'pause redis' },
  { do: 'die', slot: 0 },
  { do: 'wait', ms: 6000 },
  { do: 'drop', client: 5 },
  { do: 'join', roomId: 'b', index: 0 },
];

/** A client pauses between two events of a poll, and moves to an instance that has nothing to tell yet. */
const pausedBetween: readonly FleetStep[] = [
  { do: 'connect', client: 4 },
  { do: 'lose redis' },
  { do: 'pause', client: 4 },
  { do: 'join', roomId: 'a', index: 0 },
  { do: 'wait', ms: 10 },
  { do: 'move', client: 4, slot: 1 },
  { do: 'resume', client: 4 },
];

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
    { ...fuzzRuns(100), examples: [readTogether, leaderDied, pausedBetween].map((steps) => [[...steps]]) },
  );
  expect([...reasons]).toContain('CURSOR_TOO_OLD');
}, 600_000);
