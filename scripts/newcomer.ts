// The command `npm run test:newcomer`: follows the steps of the README word for word, in a fresh clone of the last commit:
// installs, starts, sends a query, subscribes, runs a mutation, creates a key and uses it. It does this once with each Node of
// this machine: the one on PATH and the project's own. Needs git, npm and curl; takes some minutes, most of it for `npm ci`.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/support/loopback.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The first indented command of the README that matches the pattern. Lines that end with a backslash are joined. */
function command(pattern: RegExp): string {
  const joined = readme.replaceAll(/ \\\n +/g, ' ');
  const found = joined.split('\n').find((line) => line.startsWith('    ') && pattern.test(line.trim()));
  if (found === undefined) throw new Error(`The README has no command ${String(pattern)}`);
  return found.trim();
}

/** A shell in a clone, with one Node first on its PATH, and free ports in place of 4000 and 4100. */
class Newcomer {
  readonly #folder: string;
  readonly #port: number;
  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string, path: string, port: number, sandboxPort: number) {
    this.#folder = folder;
    this.#port = port;
    this.#env = {
      PATH: path,
      HOME: process.env['HOME'],
      // Without this variable, `npm ci` fails behind a proxy with a CA of its own.
      NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'],
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
    };
  }

  /** Starts a command in a process group of its own. */
  start(text: string): ChildProcess {
    const here = text.replaceAll('127.0.0.1:4000', `127.0.0.1:${this.#port}`);
    return spawn('bash', ['-c', here], { cwd: this.#folder, env: this.#env, detached: true });
  }

  /** Runs a command until it ends, or until its output matches; returns its output. */
  async run(step: string, text: string, until: RegExp, seconds = 300): Promise<string> {
    const startedAt = performance.now();
    const child = this.start(text);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => {
        output += data.toString();
        if (until.test(output)) stop(child);
      });
    const timer = setTimeout(() => stop(child), seconds * 1000);
    await once(child, 'close');
    clearTimeout(timer);
    if (!until.test(output)) throw new Error(`${step}: no ${String(until)} in\n${output}`);
    console.log(
      `  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}: ${text.slice(0, 90)}`,
    );
    return output;
  }

  /** Starts a gateway with a command, and runs `steps` while it runs. */
  async beside(step: string, text: string, steps: () => Promise<void>): Promise<void> {
    const startedAt = performance.now();
    const child = this.start(text);
    try {
      await this.#answers(child);
      console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}: ${text}`);
      await steps();
    } finally {
      const closed = child.exitCode === null ? once(child, 'close') : undefined;
      stop(child);
      await closed;
    }
  }

  /** Resolves when the gateway answers `/ready` with 200. Rejects after 10 minutes, or when the process ends. */
  async #answers(child: ChildProcess): Promise<void> {
    child.stdout?.resume();
    child.stderr?.resume();
    const deadline = Date.now() + 600_000;
    while (child.exitCode === null && Date.now() < deadline) {
      const response = await fetch(`http://127.0.0.1:${this.#port}/ready`).catch(() => undefined);
      await response?.arrayBuffer();
      if (response?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('The gateway does not answer.');
  }
}

function stop({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // The group has ended meanwhile.
  }
}

async function walk(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
  try {
    spawnSync('git', ['clone', '--quiet', root, folder], { stdio: 'inherit' });
    const newcomer = new Newcomer(folder, path, await freePort(), await freePort());
    const query = command(/^curl .*\{ rooms\(first: 2\)/);
    await newcomer.beside('install and start', command(/^npm ci && npm start$/), async () => {
      await newcomer.run('query', query, /"totalCount":\d/, 60);
      await newcomer.run(
        'subscription',
        command(/^curl .*subscription \{ sessionChanges/),
        /SessionsSnapshot/,
        60,
      );
      await newcomer.run('mutation', command(/^curl .*mutation \{ createRoom/), /"__typename":"Room"/, 60);
    });
    const made = await newcomer.run('key', command(/^npm run create-api-key/), /hgk_\S+/, 60);
    const key = /hgk_[^\s"]+/.exec(made)?.[0] ?? '';
    await newcomer.beside('start with the key', command(/^GATEWAY_AUTH=api-key .*npm start$/), async () => {
      await newcomer.run('query without the key', query, /UNAUTHENTICATED/, 60);
      const [, header = ''] = /`(-H 'authorization: Bearer hgk_\.\.\.')`/.exec(readme) ?? [];
      const authorized = `${query} ${header.replace('hgk_...', key)}`;
      await newcomer.run('query with the key', authorized, /"totalCount":\d/, 60);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const outside = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((place) => !place.includes('node_modules'));
for (const places of [outside, [dirname(process.execPath), ...outside]]) {
  const path = places.join(delimiter);
  const { stdout } = spawnSync('node', ['--version'], { env: { PATH: path }, encoding: 'utf8' });
  console.log(`Node ${stdout.trim()}`);
  await walk(path);
}
