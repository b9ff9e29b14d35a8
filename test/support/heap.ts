// The memory of the heap that is in use.
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Runs a full garbage collection. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  // With the flag each new context has it.
  return runInNewContext('gc') as () => void;
}

/** The bytes of the heap after garbage collection. */
export async function usedHeap(): Promise<number> {
  const collect = collector();
  for (let round = 0; round < 3; round += 1) {
    // What waits for a turn of the event loop holds on to objects.
    await wait(0);
    collect();
  }
  return process.memoryUsage().heapUsed;
}
