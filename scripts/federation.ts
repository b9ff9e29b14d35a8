// The command `npm run test:federation`: the gateway as a subgraph behind a real Hive Gateway. Installs the packages of
// examples/federation if they are missing. Arguments are passed to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const folder = new URL('../examples/federation/', import.meta.url);

function run(command: string, ...args: readonly string[]): number {
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
}

const installed = existsSync(new URL('node_modules/@graphql-hive/gateway', folder))
  ? 0
  : run('npm', 'ci', '--no-audit', '--no-fund', '--prefix', folder.pathname);
process.exitCode =
  installed === 0
    ? run('vitest', 'run', 'test/e2e/hive-gateway.test.ts', ...process.argv.slice(2))
    : installed;
