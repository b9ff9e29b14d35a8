// The package as it is published, built without its types and not installed: what is in it, and that its command runs.
// `npm run test:newcomer` packs it whole and installs it.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { packageFaults } from '../../scripts/release/package-files.ts';
import { CANARY } from '../support/canary.ts';
import { childEnvironment } from '../support/child-environment.ts';
import { runProcess, startProcess } from '../support/child-process.ts';
import { blocksOf, readPage } from '../support/guide-blocks.ts';
import { post } from '../support/server.ts';

const root = new URL('../../', import.meta.url).pathname;

/** The part of npm's manifest that is compared. */
interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

let folder: string;
let manifest: Manifest;
let bin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hms-gateway-package-'));
  await runProcess(process.execPath, ['scripts/build.ts', join(folder, 'dist'), '--no-types']);
  const files = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
  await Promise.all(files.map((file) => copyFile(join(root, file), join(folder, file))));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest; // npm's form
  bin = join(folder, manifest.bin['hms-gateway'] ?? '');
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** The path of an installed Node that is too old to run the package; undefined if no such Node is installed. */
const olderNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((place) => join(place, 'node'))
  .find((node) =>
    /^v(\d|1\d|2[0-3])\./.test(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
  );

/** The message with which the import of the library fails on this Node. */
async function importedOn([node = '', ...args]: readonly string[]): Promise<string> {
  const program = `import(${JSON.stringify(join(folder, 'dist/src/library.js'))}).then(() => 'imported', ({ message }) => message).then(console.log)`;
  return (await runProcess(node, [...args, '-e', program])).trimEnd();
}

/** The first message of a WebSocket with these headers; or the code with which it closes. */
function firstMessage(url: string, headers: Readonly<Record<string, string>>): Promise<string | number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  return new Promise((done) => {
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => done(data.toString()));
    socket.on('close', done);
    socket.on('error', () => {}); // `close` follows
  }).finally(() => socket.terminate()) as Promise<string | number>;
}

// A process takes long to start on a busy machine.
describe('the package', { timeout: 60_000 }, () => {
  it('has what is built, the live-rooms page and the schema, and no sources, tests or secrets', async () => {
    const output = await runProcess('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: folder,
      env: process.env,
    });
    // npm's form: a list of packages, or since npm 11 an object by their names.
    const packed = Object.values(JSON.parse(output) as Readonly<Record<string, unknown>>)[0] as {
      readonly files: readonly { readonly path: string; readonly mode: number }[];
      readonly unpackedSize: number;
    };
    expect(packageFaults(packed.files)).toEqual([]);
    expect(packed.unpackedSize).toBeLessThan(6_000_000);
  });

  it('would be refused if a file were missing, too much, or not to be run', () => {
    const files = ['dist/src/cli/bin.js', 'dist/src/main.ts', 'keys', 'dist/.env'].map((path) => ({
      path,
      mode: 0o644,
    }));
    const faults = packageFaults(files);
    expect(faults).toContain('LICENSE is missing');
    expect(faults.filter((fault) => !fault.endsWith('is missing'))).toEqual([
      'dist/src/main.ts must not be in the package',
      'keys must not be in the package',
      'dist/.env must not be in the package',
      'dist/src/cli/bin.js cannot be run',
    ]);
  });

  it('has a file for each of its exports', async () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    // Types are not built here.
    const built = targets.filter((target) => !target.endsWith('.d.ts'));
    expect(built.length).toBeGreaterThan(2);
    for (const target of built) expect((await readFile(join(folder, target))).length).toBeGreaterThan(0);
  });

  it('runs on the Node that it names, and an older one gets one sentence', async () => {
    expect(await runProcess(process.execPath, [bin, '--version'])).toBe(`${manifest.version}\n`);
    const [, oldest] = /^>=(\d+\.\d+)$/.exec(manifest.engines.node) ?? [];
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'24.8.0'}})`;
    const refused = await startProcess(process.execPath, [`--import=${older}`, bin, 'start']).ended;
    expect(refused).toEqual({
      code: 1,
      output: '',
      errors: `hms-gateway needs Node ${oldest} or later, and this is Node 24.8.0 (${process.execPath}).\n`,
    });
  });

  it('adds no option for Node to those that it has', async () => {
    const printed = 'data:text/javascript,console.log(process.execArgv.length)';
    expect(await runProcess(process.execPath, [`--import=${printed}`, bin, 'start', '--help'])).toMatch(
      /^1\nUsage: /,
    );
    const env = childEnvironment({ NODE_OPTIONS: `--import=${printed}` });
    expect(await runProcess(process.execPath, [bin, 'start', '--help'], { env })).toMatch(/^0\nUsage: /);
  });

  it('fails on an older Node with the same sentence when the library is imported', async () => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'22.20.0'}})`;
    const sentence = `hms-gateway needs Node 24.9 or later, and this is Node 22.20.0 (${process.execPath}).`;
    expect(await importedOn([process.execPath, `--import=${older}`])).toBe(sentence);
  });

  it.skipIf(olderNode === undefined)('fails so on a real older Node, if the machine has one', async () => {
    expect(await importedOn([olderNode ?? ''])).toMatch(
      /^hms-gateway needs Node 24\.9 or later, and this is Node [\d.]+ \(\S+\)\.$/,
    );
  });

  it('runs the server of docs/library.md, whose login counts for requests and WebSockets', async () => {
    const [program = ''] = blocksOf(readPage('docs/library.md')).flatMap(({ info, text }) =>
      info === 'js' ? [text] : [],
    );
    // In the folder of the package its own name leads to it.
    await writeFile(join(folder, 'server.mjs'), program);
    await using server = startProcess(process.execPath, ['server.mjs'], {
      cwd: folder,
      env: childEnvironment({ PORT: '0' }),
    });
    const port = await vi.waitUntil(() => /Listening on (\d+)/.exec(server.output())?.[1], {
      timeout: 30_000,
    });
    const url = `http://127.0.0.1:${port}`;
    const query = { query: '{ rooms(first: 1) { edges { node { name } } } }' };
    const asked = await post(url, query);
    expect(asked.status).toBe(401);
    const login = await fetch(`${url}/login`, { method: 'POST' });
    const [cookie = ''] = login.headers.get('set-cookie')?.split(';') ?? [];
    const answer = await post(url, query, { cookie });
    expect(await answer.json()).toMatchObject({ data: { rooms: { edges: [{}] } } });
    expect(await firstMessage(url, {})).toBe(4403);
    expect(await firstMessage(url, { cookie })).toBe('{"type":"connection_ack"}');
    expect(await firstMessage(`${url}/other`, { cookie })).toBe(1006);
    // The log has no member without a value.
    await vi.waitUntil(() => server.output().includes("transport: 'http'"), { timeout: 10_000 });
    expect(server.output()).not.toContain('undefined');
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, errors: '' });
  });

  it('starts a gateway with the live-rooms page over the sandbox, and ends it with 0 on SIGTERM', async () => {
    await using gateway = startProcess(process.execPath, [bin, 'start'], {
      env: childEnvironment({ PORT: '0', SANDBOX_PORT: '0', SANDBOX_SECRET: CANARY }),
    });
    const page = await vi.waitUntil(() => /The live rooms are at (\S+\/live)/.exec(gateway.output())?.[1], {
      timeout: 40_000,
    });
    if (process.platform === 'linux') {
      const line = await readFile(`/proc/${gateway.child.pid}/cmdline`, 'utf8');
      expect(line.split('\0')[1]).toBe('--max-semi-space-size=16');
    }
    expect(await (await fetch(page)).text()).toContain('<div id=');
    const schema = await fetch(new URL('/graphql?query={rooms(first:1){edges{node{name}}}}', page));
    expect(await schema.json()).toMatchObject({ data: { rooms: { edges: [{}] } } });
    gateway.kill('SIGTERM');
    expect(await gateway.ended).toMatchObject({ code: 0, errors: '' });
  });
});
