// The command `npm run example NAME -- ARGUMENTS`: runs one of the examples in this folder.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const examples = ['attendance', 'camera-nudge', 'giveaway', 'moderation-bot', 'watch'];
const [name, ...rest] = process.argv.slice(2);

if (name === undefined || !examples.includes(name)) {
  console.error(`Usage: npm run example NAME -- ARGUMENTS\nNAME is one of ${examples.join(', ')}.`);
  process.exitCode = name === '--help' ? 0 : 1;
} else {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  process.exitCode = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' }).status ?? 1;
}
