// Measures the delays of changes at a real client: makes one change after another and waits for the event of each.
import { setTimeout as wait } from 'node:timers/promises';
import { subscribe, type Stage } from './stage.ts';

/** Time limit for the delivery of one change. */
const TIMEOUT_MS = 10_000;

/** The changes to make. */
export interface Changes {
  readonly count: number;
  /** Longest pause between a delivery and the next change, in milliseconds; pauses are random, evenly distributed. */
  readonly pauseMs: number;
  /** Makes the change with this index. Returns the time at which its delay begins, by `performance.now()`. */
  readonly make: (index: number) => Promise<number> | number;
}

/** The delays of all changes in milliseconds, ascending; negative if the event arrived before the delay began. */
export async function delaysOf(stage: Stage, { count, pauseMs, make }: Changes): Promise<number[]> {
  let onDelivery = (_at: number) => {};
  await using subscribers = subscribe(stage, 1, () => onDelivery(performance.now()));
  await subscribers.ready;
  const delays: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await wait(Math.random() * pauseMs);
    const delivery = new Promise<number>((resolve) => (onDelivery = resolve));
    const startedAt = await make(index);
    delays.push((await inTime(delivery)) - startedAt);
  }
  return delays.toSorted((a, b) => a - b);
}

async function inTime(delivery: Promise<number>): Promise<number> {
  const timeout = new AbortController();
  const late = wait(TIMEOUT_MS, undefined, { signal: timeout.signal }).then(() => {
    throw new Error(`A change was not delivered within ${TIMEOUT_MS} ms.`);
  });
  try {
    return await Promise.race([delivery, late]);
  } finally {
    timeout.abort();
  }
}

/** A quantile of ascending values, for example their p99 for a `share` of 0.99; NaN without values. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The measured delays of one kind of change. */
export interface Measured {
  readonly name: string;
  /** In milliseconds, ascending. */
  readonly delays: readonly number[];
  /** Highest permitted p99, in milliseconds. */
  readonly boundMs: number;
}

/** The rows of a table of delays; the first row has the column names. `by` is the name of the first column. */
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

/** Throws if the p99 of a kind of change is over its bound. */
export function requireBounds(measured: readonly Measured[]): void {
  const missed = measured.filter(({ delays, boundMs }) => !(quantile(delays, 0.99) <= boundMs));
  if (missed.length > 0)
    throw new Error(`p99 is over its bound: ${missed.map(({ name }) => name).join(', ')}`);
}
