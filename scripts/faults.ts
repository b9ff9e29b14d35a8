// The command `npm run test:faults`: every fault of the upstream under load, with the figures of each, and a family of
// endpoints that is broken for a minute. Takes some eight minutes. `--seconds N`: how long that family is broken. Arguments behind
// `--` are passed to vitest, such as `-- -t hang`.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '60' } },
  allowPositionals: true,
});

const { status } = spawnSync('vitest', ['run', 'test/faults', ...positionals], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS: 'all', FAULT_SECONDS: values.seconds },
});
process.exitCode = status ?? 1;
