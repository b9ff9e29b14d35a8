// The memory that plans count against that which the heap has for them, for documents of all sizes.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runProcess } from '../../support/child-process.ts';
import type { Measured } from './memory.ts';

it('the memory of plans is counted in full, and not as much as 1.75 times, for each kind of document', async () => {
  const script = fileURLToPath(new URL('memory.ts', import.meta.url));
  // V8 drops the bytecode of functions that were not called lately, which would make the heap smaller while it is measured.
  const flags = ['--expose-gc', '--no-flush-bytecode'];
  const output = await runProcess(process.execPath, [...flags, script]);
  const measured = JSON.parse(output) as readonly Measured[]; // what the script prints
  expect(measured.length).toBeGreaterThan(8);
  for (const { name, sent, kept, countedBytes, heapBytes } of measured) {
    expect(kept, name).toBe(sent);
    expect(countedBytes / heapBytes, name).toBeGreaterThan(1);
    expect(countedBytes / heapBytes, name).toBeLessThan(1.75);
  }
}, 60_000);
