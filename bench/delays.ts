// Delays of changes as a real client has them: one change after another, each timed until its event has come.
import { setTimeout as wait } from 'node:timers/promises';
import { subscribe, type Stage } from './stage.ts';

/** A change that is not delivered by then is an error. */
const PATIENCE_MS = 10_000;

export interface Changes {
  readonly count: number;
  /** Changes come up to so long after the delivery of the one before, evenly spread; milliseconds. */
  readonly pauseMs: number;
  /** Makes the change with this index. Answers when its delay begins, as `performance.now()` tells it. */
  readonly make: (index: number) => Promise<number> | number;
}

/** The delay of each change in milliseconds, ascending; below 0 for an event that came before its delay began. */
export async function delaysOf(stage: Stage, { count, pauseMs, make }: Changes): Promise<number[]> {
  let heard = (_at: number) => {};
  await using subscribers = subscribe(stage, 1, () => heard(performance.now()));
  await subscribers.ready;
  const delays: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await wait(Math.random() * pauseMs);
    const delivery = new Promise<number>((resolve) => (heard = resolve));
    const startedAt = await make(index);
    delays.push((await inTime(delivery)) - startedAt);
  }
  return delays.toSorted((a, b) => a - b);
}

async function inTime(delivery: Promise<number>): Promise<number> {
  const timeout = new AbortController();
  const late = wait(PATIENCE_MS, undefined, { signal: timeout.signal }).then(() => {
    throw new Error(`A change was not delivered within ${PATIENCE_MS} ms.`);
  });
  try {
    return await Promise.race([delivery, late]);
  } finally {
    timeout.abort();
  }
}

/** The value that this share of ascending values does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One kind of change with its delays, ascending, and what p99 of them may be, milliseconds. */
export interface Measured {
  readonly name: string;
  readonly delays: readonly number[];
  readonly boundMs: number;
}

/** The rows of a table, with its head. */
export function rowsOf(by: string, measured: readonly Measured[]): string[][] {
  return [
    [by, 'changes', 'p50 ms', 'p99 ms', 'max ms', 'bound ms'],
    ...measured.map(({ name, delays, boundMs }) => [
      name,
      String(delays.length),
      ...[0.5, 0.99, 1].map((share) => quantile(delays, share).toFixed(1)),
      boundMs.toFixed(1),
    ]),
  ];
}

/** Throws if p99 of any is beyond its bound. */
export function requireBounds(measured: readonly Measured[]): void {
  const missed = measured.filter(({ delays, boundMs }) => !(quantile(delays, 0.99) <= boundMs));
  if (missed.length > 0) throw new Error(`Out of bounds: ${missed.map(({ name }) => name).join(', ')}`);
}
