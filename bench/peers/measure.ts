// Measures a workload: in each round every target, one after another, so that the machine's noise affects all of them equally.
import { compareAnswers, sampleAnswers } from './checks.ts';
import type { Options } from './options.ts';
import { cpuMicroseconds } from './processes.ts';
import type { Target } from './targets.ts';
import type { Upstream } from './upstream-process.ts';
import type { Workload } from './workloads.ts';
import { runWrk } from './wrk.ts';

/** How long the load runs before the first reading, in milliseconds. */
const EDGE_MS = 1000;
/** The longest load, in seconds, if answers are so slow that the last reading is late. */
const MAX_SECONDS = 120;

/** What a target spent in one round. */
export interface Sample {
  /** CPU time for each request, in microseconds. */
  readonly cpu: number;
  /** REST calls for each request. */
  readonly calls: number;
  /** Requests answered in a second. */
  readonly rate: number;
}

/** The samples of each target, in the order of `targets`: one for each round. */
export async function measure(
  targets: readonly Target[],
  upstream: Upstream,
  workload: Workload,
  { rounds, seconds, warmUpSeconds }: Options,
): Promise<readonly (readonly Sample[])[]> {
  await upstream.setChanging(workload.isChanging);
  for (const target of targets) {
    await compareAnswers(target, workload, () => upstream.status());
    await runWrk(target, workload, warmUpSeconds);
  }
  const samples: Sample[][] = targets.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < targets.length; turn += 1) {
      // Each round begins with another target.
      const index = (turn + round) % targets.length;
      const target = targets[index];
      if (target !== undefined) samples[index]?.push(await takeSample(target, upstream, workload, seconds));
    }
  }
  return samples;
}

/** Counters at one moment of the load. */
interface Reading {
  readonly atMs: number;
  readonly requests: number;
  readonly cpu: number;
  readonly calls: Promise<number>;
}

/** Loads a target, and compares two readings during the load: at both, the same number of requests is in flight. */
async function takeSample(
  target: Target,
  upstream: Upstream,
  workload: Workload,
  seconds: number,
): Promise<Sample> {
  const sampler = { count: 0 };
  let first: Reading | null = null;
  let last: Reading | null = null;
  const beganAt = performance.now();
  const isEnough = (sent: number): boolean => {
    if (last !== null) return false;
    const atMs = performance.now();
    const isDue = first === null ? atMs > beganAt + EDGE_MS : atMs > first.atMs + seconds * 1000;
    if (!isDue) return false;
    const calls = upstream.status().then((status) => status.calls);
    const reading = { atMs, requests: sent + sampler.count, cpu: cpuMicroseconds(target.pid), calls };
    if (first === null) first = reading;
    else last = reading;
    return last !== null;
  };
  const loaded = new AbortController();
  const load = runWrk(target, workload, MAX_SECONDS, isEnough);
  await Promise.all([
    load.finally(() => loaded.abort()),
    sampleAnswers(target, workload, sampler, loaded.signal),
  ]);
  return difference(target, first, last);
}

async function difference(target: Target, first: Reading | null, last: Reading | null): Promise<Sample> {
  if (first === null || last === null) throw new Error(`${target.name} was too slow to be measured`);
  const requests = last.requests - first.requests;
  return {
    cpu: (last.cpu - first.cpu) / requests,
    calls: ((await last.calls) - (await first.calls)) / requests,
    rate: (1000 * requests) / (last.atMs - first.atMs),
  };
}
