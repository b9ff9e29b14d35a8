// That V8's threads rest before the process exits: shown by V8's own trace of what it compiles.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { childEnvironment } from './support/child-environment.ts';

const module = new URL('../src/stop-compiling.ts', import.meta.url).href;

/** Runs new functions often enough that V8 compiles them, before and after `stopCompiling`. */
const script = `
import { stopCompiling } from ${JSON.stringify(module)};
function runNewFunctions() {
  for (let i = 0; i < 20; i += 1) {
    const sum = new Function('n', 'let sum = ' + i + '; for (let k = 0; k < 300; k += 1) sum += n * k; return sum;');
    for (let n = 0; n < 3000; n += 1) sum(n);
  }
}
runNewFunctions();
await stopCompiling();
console.log('stopped');
runNewFunctions();
await new Promise((resolve) => setTimeout(resolve, 50));
`;

it('no function is compiled in the background after stopCompiling', () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--trace-opt', '--input-type=module', '--eval', script],
    { encoding: 'utf8', env: childEnvironment() },
  );
  expect(status).toBe(0);
  const [before = '', after] = stdout.split('stopped');
  const compiled = /compiling method .*(MAGLEV|TURBOFAN)/;
  expect(before).toMatch(compiled);
  expect(after).toBeDefined();
  expect(after).not.toMatch(compiled);
});
