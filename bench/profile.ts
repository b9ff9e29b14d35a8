// Where the gateway's CPU time goes under the workloads of `npm run bench peers`: by package, folder, and part of Node.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../test/support/loopback.ts';
import { cpuMicroseconds, missingProc, pinSelf } from './peers/processes.ts';
import { prepareGateway } from './peers/gateway.ts';
import { startTarget } from './peers/targets.ts';
import { startUpstream } from './peers/upstream-process.ts';
import { workloads, type Workload } from './peers/workloads.ts';
import { missingWrk, runWrk } from './peers/wrk.ts';
import { inspectorOf, profileDuring, type Times } from './profile/profiler.ts';
import { printTable } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about = "the gateway's CPU time by package and folder; needs wrk and Linux";

/** See Benchmark. */
export const hasOptions = true;

/** What this benchmark needs and lacks here; null if it can run. */
export function missing(): string | null {
  return missingProc() ?? missingWrk();
}

const HELP = `Usage: npm run bench profile [-- options]

  --workload LIST   of ${[...workloads.keys()].join(', ')}; W2,W3 by default
  --connections N   connections at a time, by default those of the workload
  --seconds N       seconds of load that are profiled, 10 by default
  --warm-up N       seconds of load before, 5 by default
  --root FOLDER     another checkout of the gateway, to compare with; its packages must be installed
  --help            print this
`;

/** The table shows only the sum of groups with a smaller share, as `the rest`. */
const LEAST_SHARE = 0.005;

/** Prints a table for each workload. Rejects if an answer was refused, or if an option is wrong. */
export async function run(args: readonly string[] = []): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workload: { type: 'string', default: 'W2,W3' },
      connections: { type: 'string' },
      seconds: { type: 'string', default: '10' },
      'warm-up': { type: 'string', default: '5' },
      root: { type: 'string', default: new URL('..', import.meta.url).pathname },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const chosen = values.workload.split(',').map((name) => {
    const workload = workloads.get(name);
    if (workload === undefined)
      throw new Error(`--workload: ${name} is none of ${[...workloads.keys()].join(', ')}`);
    return workload;
  });
  pinSelf();
  for (const workload of chosen) {
    const connections = Number(values.connections ?? workload.connections);
    console.log(` ${workload.name}: ${workload.about}`);
    const load = { ...workload, connections };
    await profile(resolve(values.root), load, Number(values.seconds), Number(values['warm-up']));
  }
}

async function profile(root: string, workload: Workload, seconds: number, warmUp: number): Promise<void> {
  await using upstream = await startUpstream();
  await upstream.setChanging(workload.isChanging);
  const inspector = await freePort();
  const prepare = prepareGateway({ root, nodeArgs: [`--inspect=127.0.0.1:${inspector}`] });
  await using target = await startTarget(prepare, 'gateway', upstream.url);
  await runWrk(target, workload, warmUp);
  let requests = 0;
  const cpuBefore = cpuMicroseconds(target.pid);
  const times = await profileDuring(await inspectorOf(inspector), () =>
    runWrk(target, workload, seconds, (sent) => {
      requests = sent;
      return false;
    }),
  );
  const cpu = (cpuMicroseconds(target.pid) - cpuBefore) / requests;
  print(times, cpu);
}

function print(times: Times, cpu: number): void {
  const whole = times.values().reduce((sum, time) => sum + time, 0);
  const rows = [...times].map(([group, time]) => ({ group, share: time / whole }));
  const shown = rows.filter(({ share }) => share >= LEAST_SHARE);
  const rest = 1 - shown.reduce((sum, { share }) => sum + share, 0);
  printTable([
    ['group', 'share', 'us/request'],
    ...[...shown, { group: 'the rest', share: rest }].map(({ group, share }) => [
      group,
      `${(100 * share).toFixed(1)} %`,
      (share * cpu).toFixed(1),
    ]),
    ['all, with the profiler', '', cpu.toFixed(0)],
  ]);
}
