// The command `npm run example NAME -- ARGUMENTS`: runs one of the examples in this folder.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The file of each example. */
const examples: Readonly<Record<string, string>> = {
  apollo: 'apollo/peers.ts',
  attendance: 'attendance.ts',
  'camera-nudge': 'camera-nudge.ts',
  giveaway: 'giveaway.ts',
  'moderation-bot': 'moderation-bot.ts',
  relay: 'relay/peers.ts',
  urql: 'urql/peers.ts',
  watch: 'watch.ts',
};
const [name, ...rest] = process.argv.slice(2);
const file = examples[name ?? ''];

if (file === undefined) {
  console.error(
    `Usage: npm run example NAME -- ARGUMENTS\nNAME is one of ${Object.keys(examples).join(', ')}.`,
  );
  process.exitCode = name === '--help' ? 0 : 1;
} else {
  const path = fileURLToPath(new URL(file, import.meta.url));
  process.exitCode = spawnSync(process.execPath, [path, ...rest], { stdio: 'inherit' }).status ?? 1;
}
