// The gateway beside its peers: CPU time and REST calls of a request, in the same run over the same upstream.
import { existsSync } from 'node:fs';
import { measure } from './peers/measure.ts';
import { HELP, readOptions, type Options } from './peers/options.ts';
import { canPin, missingProc, pinSelf } from './peers/processes.ts';
import { printSamples, printSummary, type Row } from './peers/table.ts';
import { startTarget, type Target } from './peers/targets.ts';
import { startUpstream } from './peers/upstream-process.ts';
import { missingWrk } from './peers/wrk.ts';

/** The line of this benchmark in the command's help. */
export const about =
  'CPU and REST calls of a request beside other servers; needs wrk, Linux and `npm ci --prefix bench`';

/** See Benchmark. */
export const hasOptions = true;

/** What this benchmark needs and lacks here; null if it can run. */
export function missing(): string | null {
  const noProc = missingProc();
  if (noProc !== null) return noProc;
  if (!existsSync(new URL('node_modules/mercurius', import.meta.url))) {
    return 'the packages of the peers are not installed: npm ci --prefix bench';
  }
  return missingWrk();
}

/** Prints a table for each workload. Rejects if an answer is wrong or refused. */
export async function run(args: readonly string[] = []): Promise<void> {
  const options = readOptions(args);
  if (options === null) process.stdout.write(HELP);
  else await runWith(options);
}

async function runWith(options: Options): Promise<void> {
  pinSelf();
  if (!canPin) console.log('  without taskset or a second core the targets share their core with the load');
  await using resources = new AsyncDisposableStack();
  const upstream = resources.use(await startUpstream());
  const targets: Target[] = [];
  const [[first, prepareFirst] = []] = options.targets;
  for (const [name, prepare] of [...options.targets, [`${first} again`, prepareFirst] as const]) {
    if (prepare !== undefined) targets.push(resources.use(await startTarget(prepare, name, upstream.url)));
  }
  const results: { readonly workload: string; readonly rows: readonly Row[] }[] = [];
  for (const workload of options.workloads) {
    console.log(` ${workload.name}: ${workload.about}`);
    const samples = await measure(targets, upstream, workload, options);
    const rows = targets.map(({ name }, index): Row => ({ name, samples: samples[index] ?? [] }));
    printSamples(rows);
    results.push({ workload: workload.name, rows });
  }
  printSummary(results);
}
