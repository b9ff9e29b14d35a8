// The command `npm run test:package`: packs the package, installs it in an empty folder as its users do, and uses it there: the
// command (on this Node, and on an older one if the machine has it), the library, and its types. Needs the registry; takes a
// minute.
//   node scripts/release/use-package.ts [TARBALL]
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { freePort } from '../../test/support/loopback.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-user-'));
const outside = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((place) => !place.includes('node_modules'));
const thisNode = [dirname(process.execPath), ...outside].join(delimiter);
const olderNode = outside.join(delimiter);

/** The program of a user. It answers one query over a sandbox that it starts. */
const PROGRAM = `
import { createGateway, createSandbox, type Gateway, type GatewayOptions } from 'hms-gateway';

await using sandbox = await createSandbox();
const options: GatewayOptions = { upstream: sandbox };
await using gateway: Gateway = await createGateway(options);
const response = await gateway.fetch(
  new Request('http://127.0.0.1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', host: '127.0.0.1' },
    body: JSON.stringify({ query: '{ rooms(first: 1) { edges { node { name } } } }' }),
  }),
);
const text: string = await response.text();
console.log(text);
`;

/** Variables that are not a user's: those that npm sets for its scripts, and those of a gateway. */
const notOfUser = /^(npm_|GATEWAY_|HMS_|SANDBOX|NODE_ENV$|NODE_OPTIONS$|PORT$)/i;
const ofUser = Object.fromEntries(Object.entries(process.env).filter(([name]) => !notOfUser.test(name)));

const env = (path: string, more: Readonly<Record<string, string>> = {}) => ({
  ...ofUser,
  PATH: path,
  ...more,
});

/** Runs a command of the user to its end. Throws unless it exits with `code` and its output matches `expected`. */
function use(what: string, expected: RegExp, text: string, variables: NodeJS.ProcessEnv, code = 0): string {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text], {
    cwd: folder,
    env: variables,
    encoding: 'utf8',
    timeout: 300_000,
  });
  const output = `${stdout}${stderr}`;
  if (status !== code || !expected.test(output)) {
    throw new Error(`${what}: \`${text}\` ended with ${status} and printed\n${output}`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${what}: ${text.slice(0, 100)}`);
  return output;
}

/** Starts a command, runs `steps` when its output matches `ready`, and sends SIGTERM. The command must then exit with 0. */
async function beside(
  text: string,
  ready: RegExp,
  variables: NodeJS.ProcessEnv,
  steps: (output: string) => void,
): Promise<void> {
  const startedAt = performance.now();
  const child: ChildProcess = spawn('bash', ['-c', `exec ${text}`], { cwd: folder, env: variables });
  const closed = once(child, 'close');
  let output = '';
  const isReady = new Promise<void>((done, fail) => {
    const take = (data: Buffer) => {
      output += data.toString();
      if (ready.test(output)) done();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    void closed.then(() => fail(new Error(`\`${text}\` ended: ${output}`)));
  });
  try {
    await isReady;
    console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ready: ${text}`);
    steps(output);
  } finally {
    child.kill('SIGTERM');
  }
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`\`${text}\` ended with ${code} on SIGTERM: ${output}`);
}

function install(tarball: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  // package.json has this form. A user needs these two packages for types.
  const { devDependencies: versions } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const types = ['typescript', '@types/node'].map((name) => `${name}@${versions[name]}`);
  use(
    'install',
    /added \d+ packages/,
    `npm install --no-audit --no-fund ${tarball} ${types.join(' ')}`,
    env(thisNode),
  );
}

async function useCommand(): Promise<void> {
  use('help', /watch \[options\] <room>/, 'npx hms-gateway --help', env(thisNode));
  use('configuration', /The configuration is valid/, 'npx hms-gateway check-config', env(thisNode));
  use('schema', /^type Query/m, 'npx hms-gateway print-schema', env(thisNode));
  const [PORT, SANDBOX_PORT] = [String(await freePort()), String(await freePort())];
  const url = `http://127.0.0.1:${PORT}`;
  const variables = env(thisNode, { PORT, SANDBOX_PORT, GATEWAY_URL: url });
  // Not by npx, which does not pass signals on to what it runs.
  await beside('node_modules/.bin/hms-gateway start', /The live rooms are at/, variables, () => {
    use('live-rooms page', /<div id=/, `curl -sf ${url}/live`, variables);
    const [id] = /[0-9a-f]{24}/.exec(use('rooms', /PEOPLE/, 'npx hms-gateway rooms --live', variables)) ?? [];
    use('watch', /PeersSnapshot/, `npx hms-gateway watch ${id} --json | head -1`, variables);
  });
  await beside('node_modules/.bin/hms-gateway sandbox', /Sandbox of the REST API at/, variables, () => {
    const rooms = `curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:${SANDBOX_PORT}/v2/rooms`;
    use('sandbox', /^401$/, rooms, variables);
  });
}

function useLibrary(): void {
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  const options =
    '--noEmit --strict --module nodenext --target es2024 --lib es2024,esnext.disposable --types node';
  use('types', /^$/, `npx tsc ${options} --skipLibCheck program.ts`, env(thisNode));
  use('library', /"name":"[\w-]+"/, 'node program.ts', env(thisNode));
}

function useOnOlderNode(): void {
  const { stdout } = spawnSync('node', ['--version'], { env: env(olderNode), encoding: 'utf8' });
  const [, major = 0, minor = 0] = /v(\d+)\.(\d+)/.exec(stdout)?.map(Number) ?? [];
  if (major === 0 || major > 24 || (major === 24 && minor >= 9)) {
    console.log('         not shown: this machine has no older Node');
    return;
  }
  const sentence = /^hms-gateway needs Node 24\.9 or later, and this is Node [\d.]+ \(\S+\)\.\n$/;
  use(`Node ${major}`, sentence, 'npx hms-gateway start', env(olderNode), 1);
  const imports = `node --input-type=module -e "import('hms-gateway').catch(({ message }) => { console.log(message); process.exit(1); })"`;
  use(`Node ${major}`, sentence, imports, env(olderNode), 1);
}

try {
  const [given] = process.argv.slice(2);
  const packed =
    given ??
    spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
      .at(-1) ??
    '';
  install(given === undefined ? join(folder, packed) : resolve(packed));
  await useCommand();
  useLibrary();
  useOnOlderNode();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
