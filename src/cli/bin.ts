#!/usr/bin/env node
// The file that `npx hms-gateway` runs. It loads the program if this version of Node can run it, and otherwise prints a message.
// It uses only syntax that Node 14 can parse and has no static imports, because an older Node would fail at the imports of the
// program before the message could be printed.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 24 || (major === 24 && minor >= 9)) {
  await import('../main.ts');
} else {
  console.error(
    `hms-gateway needs Node 24.9 or later, and this is Node ${process.versions.node} (${process.execPath}).`,
  );
  process.exitCode = 1;
}
