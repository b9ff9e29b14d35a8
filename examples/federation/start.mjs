// Starts the second subgraph and Hive Gateway. SIGINT and SIGTERM end both, and so does the end of one of them.
import { spawn } from 'node:child_process';

const commands = [['bookings.mjs'], ['node_modules/@graphql-hive/gateway/dist/bin.js', 'supergraph']];
const children = commands.map((args) => spawn(process.execPath, args, { stdio: 'inherit' }));
let isEnding = false;

function end() {
  isEnding = true;
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', end);
process.on('SIGTERM', end);
for (const child of children) {
  child.on('exit', (code) => {
    if (!isEnding) process.exitCode = code ?? 1;
    end();
  });
}
