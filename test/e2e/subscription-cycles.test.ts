// Subscriptions that end leave no timers and no memory in use.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runProcess } from '../support/child-process.ts';

interface Held {
  readonly subscribers: number;
  readonly watchedRooms: number;
  readonly timers: number;
  readonly heapBytes: number;
}

test('four thousand subscriptions that begin and end leave no subscriber, no timer and no memory', async () => {
  const script = fileURLToPath(new URL('subscription-cycles.ts', import.meta.url));
  const output = await runProcess(process.execPath, ['--expose-gc', script]);
  const { before, after } = JSON.parse(output) as { before: Held; after: Held };
  expect(after).toMatchObject({ subscribers: 0, watchedRooms: 0 });
  expect(after.timers).toBeLessThanOrEqual(before.timers);
  // 500 bytes a subscription.
  expect(after.heapBytes - before.heapBytes).toBeLessThan(2_000_000);
}, 130_000);
