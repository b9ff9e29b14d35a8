// The command `hms-gateway` from the sources, run as a process until it ends.
import type { ChildProcess } from 'node:child_process';
import { childEnvironment } from './child-environment.ts';
import { startProcess, type Ended } from './child-process.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

/**
 * Runs the command; `onOutput` is called with what it has printed so far, whenever it prints. Of this process's own variables it gets those
 * that Node needs.
 */
export async function runCommand(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  onOutput: (output: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const { child, ended, output } = startProcess(process.execPath, [main, ...args], {
    env: childEnvironment(variables),
    // A new key is printed once: that is what the command is for.
    printsSecrets: args[0] === 'key' && args[1] === 'new',
  });
  child.stdout?.on('data', () => onOutput(output(), child));
  return ended;
}
