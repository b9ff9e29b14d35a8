#!/usr/bin/env node
// The file that `npx hms-gateway` runs. It loads the program if this version of Node can run it, and otherwise prints a message.
// It uses only syntax that Node 14 can parse and imports the program later, because an older Node would fail at the imports of the
// program before the message could be printed.
import { nodeFault } from '../node-version.ts';

const fault = nodeFault();
if (fault === null) {
  await import('../main.ts');
} else {
  console.error(fault);
  process.exitCode = 1;
}
