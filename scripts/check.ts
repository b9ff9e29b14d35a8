// The command `npm run check`: types, lint, format, unused code, generated files. Runs every check, then exits with 1 if
// one has failed.
import { spawnSync } from 'node:child_process';

const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['types of the live-rooms page', 'tsc', '--noEmit', '--project', 'examples/dashboard'],
  ['lint', 'npm', 'run', 'lint', '--silent'],
  ['format', 'oxfmt', '--check'],
  ['unused code', 'knip'],
  ['REST types', 'node', 'scripts/generate-rest-types.ts', '--check'],
  ['printed schema', 'node', 'scripts/print-schema.ts', '--check'],
  ['changes of the schema since the last release', 'node', 'scripts/schema-changes.ts'],
  ['types for caches', 'node', 'scripts/print-cache-types.ts', '--check'],
  ['typed documents', 'graphql-codegen', '--config', 'codegen.ts', '--check'],
];

const failed: string[] = [];
for (const [name, command, ...args] of checks) {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(name);
  console.log(`${stdout}${stderr}`);
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
