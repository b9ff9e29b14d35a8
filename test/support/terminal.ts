// A terminal of its own for a process: a pty from `script` (util-linux), and an emulator that keeps what is on the screen.
import { spawnSync } from 'node:child_process';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import { vi } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { startProcess } from './child-process.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;
const isThere = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');

/** Why no terminal can be opened, for the names of tests; empty: one can. */
export const noTerminal = isThere ? '' : ' (skipped: `script` of util-linux is not installed)';

export interface Terminal extends AsyncDisposable {
  /** The lines of the screen, without blanks at their ends. */
  lines(): Promise<readonly string[]>;
  /** Waits until the screen matches; returns its lines. */
  until(pattern: RegExp): Promise<readonly string[]>;
  /** Types keys, as the terminal sends them. */
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Sends a signal to the command. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** All that was written to the terminal, escape sequences included. */
  readonly written: () => string;
  /** Resolves to the exit code of the command, and the state of the terminal after it, as `stty -a` tells it. */
  ended(): Promise<{ readonly code: number; readonly settings: string }>;
}

/** Runs the command in a terminal. */
export async function openTerminal(
  args: readonly string[],
  {
    columns = 80,
    rows = 24,
    variables = {},
  }: {
    readonly columns?: number;
    readonly rows?: number;
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
): Promise<Terminal> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-terminal-'));
  const place = (name: string) => join(folder.path, name);
  const script = `stty cols ${columns} rows ${rows}; tty > ${place('tty')}
    sh -c 'echo $$ > ${place('pid')}; exec "$0" "$@"' ${[process.execPath, main, ...args].map((word) => `'${word}'`).join(' ')}
    echo $? > ${place('code')}; stty -a > ${place('settings')}`;
  const started = startProcess('script', ['-qec', script, '/dev/null'], {
    env: { ...childEnvironment(variables), TERM: 'xterm-256color', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const { child, ended } = started;
  child.stdout?.on('data', (text: string) => emulator.write(text));
  const lines = async () => {
    // The emulator takes what is written in turns of its own.
    await new Promise<void>((done) => emulator.write('', done));
    const { active } = emulator.buffer;
    return Array.from(
      { length: emulator.rows },
      (_, row) =>
        active
          .getLine(active.viewportY + row)
          ?.translateToString(true)
          .trimEnd() ?? '',
    );
  };
  const read = async (name: string) => (await readFile(place(name), 'utf8')).trim();
  return {
    lines,
    async until(pattern) {
      await vi
        .waitUntil(async () => pattern.test((await lines()).join('\n')), { timeout: 45_000, interval: 20 })
        .catch(async () => {
          throw new Error(`The screen does not match ${String(pattern)}:\n${(await lines()).join('\n')}`);
        });
      return lines();
    },
    type: (keys) => void child.stdin?.write(keys),
    resize(width, height) {
      emulator.resize(width, height);
      void read('tty').then((tty) =>
        spawnSync('stty', ['-F', tty, 'cols', String(width), 'rows', String(height)]),
      );
    },
    kill: async (signal) => void process.kill(Number(await read('pid')), signal),
    written: started.output,
    async ended() {
      await ended;
      return { code: Number(await read('code')), settings: await read('settings') };
    },
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      emulator.dispose();
      await folder[Symbol.asyncDispose]();
    },
  };
}
