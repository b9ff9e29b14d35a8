// The command `npm run check:image`: runs the steps of the Dockerfile unchanged in empty folders. It starts the result as the
// image would be started, once with credentials for a REST API and once with the sandbox, sends queries, and prints the size. It
// needs no container engine. If it runs as root, the steps after `USER` run as that user.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../test/support/loopback.ts';
import { readContext, readDockerfile, type Stage } from './dockerfile.ts';

const root = new URL('../', import.meta.url).pathname;

/** The result of a stage: a folder in place of `/`, and the settings with which later steps and the container run. */
interface Built {
  readonly folder: string;
  workdir: string;
  env: Record<string, string>;
  user: { readonly uid?: number; readonly gid?: number };
  cmd: readonly string[];
  health: readonly string[];
}

/** The variables that npm needs to reach its registry. */
const ofNpm = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(npm_config_.*|https?_proxy|no_proxy|node_extra_ca_certs|home)$/i.test(name),
  ),
);

function build(
  stage: Stage,
  before: ReadonlyMap<string, Built>,
  context: ReadonlySet<string>,
  at: string,
): Built {
  const built: Built = {
    folder: join(at, stage.name ?? 'image'),
    workdir: '/',
    env: {},
    user: {},
    cmd: [],
    health: [],
  };
  mkdirSync(built.folder);
  for (const { name, text } of stage.instructions) {
    console.log(`${name} ${text}`);
    if (name === 'WORKDIR') mkdirSync(inside(built, (built.workdir = text)), { recursive: true });
    if (name === 'ENV')
      for (const pair of text.split(' ')) built.env[pair.split('=')[0] ?? ''] = pair.split('=')[1] ?? '';
    if (name === 'COPY') copy(text, built, before, context);
    if (name === 'USER') built.user = userOf(text);
    if (name === 'CMD') built.cmd = listOf(text);
    if (name === 'HEALTHCHECK') built.health = listOf(text.replace(/^.*CMD /, ''));
    if (name === 'RUN') runStep(text, built, at);
  }
  return built;
}

function inside({ folder, workdir }: Pick<Built, 'folder' | 'workdir'>, path: string): string {
  return join(folder, path.startsWith('/') ? path : join(workdir, path));
}

function copy(
  text: string,
  built: Built,
  before: ReadonlyMap<string, Built>,
  context: ReadonlySet<string>,
): void {
  const words = text.split(/\s+/);
  const from =
    words[0]?.startsWith('--from=') === true ? before.get(words.shift()?.slice(7) ?? '') : undefined;
  const target = words.pop() ?? '';
  for (const source of words) {
    if (from === undefined && !context.has(source))
      throw new Error(`${source} is not in .dockerignore's list`);
    const to = target.endsWith('/') ? join(inside(built, target), basename(source)) : inside(built, target);
    cpSync(from === undefined ? join(root, source) : inside(from, source), to, { recursive: true });
  }
}

/** Only root can become another user. */
function userOf(text: string): Built['user'] {
  const [uid, gid] = text.split(':').map(Number);
  return process.getuid?.() === 0 && uid !== undefined && gid !== undefined ? { uid, gid } : {};
}

function listOf(text: string): readonly string[] {
  // In this Dockerfile CMD and HEALTHCHECK are JSON lists of texts, because a shell would not pass signals on.
  return JSON.parse(text) as string[];
}

/** All variables of a process of the image. `node` is a copy of this machine's Node in a folder that each user can read. */
function environmentOf({ env }: Pick<Built, 'env'>, at: string): Record<string, string> {
  return { PATH: `${join(at, 'bin')}:${process.env['PATH'] ?? ''}`, ...env };
}

function runStep(text: string, built: Built, at: string): void {
  const { status } = spawnSync('sh', ['-c', text], {
    cwd: inside(built, '.'),
    env: { ...environmentOf(built, at), ...(text.startsWith('npm ') ? ofNpm : {}) },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
    ...built.user,
  });
  if (status !== 0) throw new Error(`the step failed with ${status}: ${text}`);
}

/** Starts a command of the image, runs `use` with it, and then sends SIGTERM, upon which the command must exit with 0. */
async function started(
  built: Built,
  command: readonly string[],
  variables: Record<string, string>,
  use: (child: ChildProcess) => Promise<void>,
  at: string,
): Promise<void> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: inside(built, '.'),
    env: { ...environmentOf(built, at), HOST: '127.0.0.1', ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
    ...built.user,
  });
  const ended = once(child, 'exit');
  try {
    await use(child);
    child.kill('SIGTERM');
    const [code] = (await ended) as [number | null]; // the first argument of the event is the exit code
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Waits until `/ready` answers 200, then asks one query; throws if either fails. Returns the seconds until it was ready. */
async function ask(port: string, headers: Record<string, string> = {}): Promise<string> {
  const startedAt = performance.now();
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    const status = await fetch(`${url}/ready`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) break;
    if (performance.now() - startedAt > 60_000) throw new Error(`/ready answers ${status}`);
    await wait(50);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ rooms(first: 1) { edges { node { name } } } }' }),
  });
  const text = await answer.text();
  if (!text.includes('"name"')) throw new Error(`the query was answered with ${answer.status} ${text}`);
  return seconds;
}

function sizeOf(path: string): string {
  const { stdout } = spawnSync('du', ['-sm', '--apparent-size', path], { encoding: 'utf8' });
  return `${stdout.split('\t')[0]} MB`;
}

async function check(built: Built, at: string): Promise<void> {
  const [sandboxPort, port] = [String(await freePort()), String(await freePort())];
  const credentials = { HMS_ACCESS_KEY: 'sandbox', HMS_SECRET: 'sandbox-secret' };
  const api = `http://127.0.0.1:${sandboxPort}/v2`;
  const vendor = { ...credentials, HMS_API_URL: api, HMS_AUTH_URL: api, GATEWAY_AUTH: 'off', PORT: port };
  await started(
    built,
    ['node', 'src/main.ts', 'sandbox'],
    { SANDBOX_PORT: sandboxPort },
    async () => {
      await started(
        built,
        built.cmd,
        vendor,
        async () => {
          console.log(
            `in production, over a REST API with credentials: ready after ${await ask(port)} s, a query is answered`,
          );
          const [program = '', ...args] = built.health;
          const env = { ...environmentOf(built, at), PORT: port };
          const { status } = spawnSync(program, args, { env, stdio: 'inherit', ...built.user });
          if (status !== 0) throw new Error(`the health check ended with ${status}`);
          console.log('the health check exits with 0');
        },
        at,
      );
    },
    at,
  );
  const sandbox = { SANDBOX: 'on', SANDBOX_PORT: '0', GATEWAY_AUTH: 'off', PORT: port };
  await started(
    built,
    built.cmd,
    sandbox,
    async () => {
      const seconds = await ask(port);
      const { status } = await fetch(`http://127.0.0.1:${port}/live`);
      if (status !== 200) throw new Error(`/live is answered with ${status}`);
      console.log(
        `in production, over the sandbox: ready after ${seconds} s, a query and the live-rooms page are answered`,
      );
    },
    at,
  );
  console.log(
    `Size without Node and Debian: ${sizeOf(built.folder)}, of which node_modules ${sizeOf(inside(built, 'node_modules'))}`,
  );
}

const at = mkdtempSync(join(tmpdir(), 'hms-gateway-image-'));
try {
  chmodSync(at, 0o755);
  mkdirSync(join(at, 'bin'));
  cpSync(process.execPath, join(at, 'bin', 'node'));
  const context = readContext(join(root, '.dockerignore'));
  const built = new Map<string, Built>();
  let image: Built | undefined;
  for (const stage of readDockerfile(join(root, 'Dockerfile'))) {
    console.log(`FROM ${stage.image}`);
    image = build(stage, built, context, at);
    if (stage.name !== null) built.set(stage.name, image);
  }
  if (image === undefined) throw new Error('the Dockerfile has no stage');
  await check(image, at);
} finally {
  rmSync(at, { recursive: true, force: true });
}
