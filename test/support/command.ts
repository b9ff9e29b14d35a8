// The command `hms-gateway` from the sources, run as a process until it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { watchLog } from './canary.ts';
import { childEnvironment } from './child-environment.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs the command; `onOutput` is called with what it has printed so far, whenever it prints. Of this process's own variables it gets those
 * that Node needs.
 */
export async function runCommand(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  onOutput: (output: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    env: childEnvironment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    output += data;
    onOutput(output, child);
  });
  const [[code], errors] = await Promise.all([once(child, 'close'), text(child.stderr)]);
  // A new key is printed once: that is what the command is for.
  watchLog(args[0] === 'key' && args[1] === 'new' ? errors : output + errors);
  // The first argument of the event is the exit code.
  return { code: code as number | null, output, errors };
}
