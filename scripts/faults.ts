// The command `npm run test:faults`. It simulates every fault of the REST API under load and prints figures for each. Then one
// family of endpoints fails for a minute. Then several gateways with one Redis are killed, paused and disconnected. Takes some
// twenty minutes. `--seconds N`: how long the family fails. `--of upstream` or `--of fleet`: only one half. Arguments behind `--`
// are passed to vitest, such as `-- -t hang`.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, of: { type: 'string' } },
  allowPositionals: true,
});

const upstream = ['test/faults'];
const fleet = ['chaos', 'takeover', 'load'].map((name) => `test/fleet/${name}.test.ts`);
const files = values.of === 'fleet' ? fleet : values.of === 'upstream' ? upstream : [...upstream, ...fleet];
// One file after another, because the figures require that one gateway or fleet has the machine to itself.
const { status } = spawnSync('vitest', ['run', '--no-file-parallelism', ...files, ...positionals], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS: 'all', FAULT_SECONDS: values.seconds },
});
process.exitCode = status ?? 1;
