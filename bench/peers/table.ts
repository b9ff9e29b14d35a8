// The table of a workload: medians of the rounds with their spread.
import { printTable } from '../stage.ts';
import type { Sample } from './measure.ts';

/** A target's samples of one workload, one for each round. */
export interface Row {
  readonly name: string;
  readonly samples: readonly Sample[];
}

/** Prints a row for each target; the first is the one that all are compared with, round by round. */
export function printSamples(rows: readonly Row[]): void {
  const [base] = rows;
  if (base === undefined) return;
  printTable([
    ['target', 'CPU us/request', 'REST calls/request', 'requests/s', `${base.name} / it`],
    ...rows.map(({ name, samples }) => [
      name,
      withSpread(
        samples.map(({ cpu }) => cpu),
        0,
      ),
      middle(samples.map(({ calls }) => calls)).toFixed(2),
      middle(samples.map(({ rate }) => rate)).toFixed(0),
      name === base.name ? '' : withSpread(ratios(base.samples, samples), 2),
    ]),
  ]);
}

/** Prints the ratios of all workloads: medians over the rounds, a row for each workload. */
export function printSummary(
  results: readonly { readonly workload: string; readonly rows: readonly Row[] }[],
): void {
  const [base, ...others] = results[0]?.rows ?? [];
  if (base === undefined) return;
  console.log(` CPU of ${base.name} / CPU of the other, medians`);
  printTable([
    ['', ...others.map(({ name }) => name)],
    ...results.map(({ workload, rows: [of, ...to] }) => [
      workload,
      ...to.map(({ samples }) => middle(ratios(of?.samples ?? [], samples)).toFixed(2)),
    ]),
  ]);
}

function ratios(of: readonly Sample[], to: readonly Sample[]): number[] {
  return of.map(({ cpu }, round) => cpu / (to[round]?.cpu ?? Number.NaN));
}

/** The median, followed by the least and the largest value. */
function withSpread(values: readonly number[], digits: number): string {
  const [least, largest] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return `${middle(values).toFixed(digits)} (${least}..${largest})`;
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
