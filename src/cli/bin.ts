#!/usr/bin/env node
// The file that `npx hms-gateway` runs. It loads the program if this version of Node can run it, and otherwise prints a message.
// It uses only syntax that Node 14 can parse and imports the program later, because an older Node would fail at the imports of the
// program before the message could be printed.
import { nodeFault } from '../node-version.ts';

const fault = nodeFault();
if (fault === null) {
  limitYoungGeneration();
  await import('../main.ts');
} else {
  console.error(fault);
  process.exitCode = 1;
}

/**
 * Gives `start` the option of Node that `npm start` has, which saves memory (src/young-generation.ts). V8 reads this option only
 * when a process begins, so this process replaces its program with Node and the option. It keeps its id, its environment and its
 * streams, and signals reach it as before. Does nothing if Node has other options, if a parent process has a channel to this one,
 * which would be closed, and on Windows, which cannot do this.
 */
function limitYoungGeneration(): void {
  const hasOptions = process.execArgv.length > 0 || (process.env['NODE_OPTIONS'] ?? '') !== '';
  if (process.argv[2] !== 'start' || hasOptions || process.send !== undefined) return;
  if (process.platform === 'win32') return;
  process.execve?.(process.execPath, [
    process.execPath,
    '--max-semi-space-size=16',
    ...process.argv.slice(1),
  ]);
}
