// What a start in production loads, and the cache of compiled modules.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { runProcess } from '../support/child-process.ts';

/** Prints the URL of each module when the process ends, and ends it when it listens. */
const witness = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { Server } from 'node:net';
  const urls = [];
  registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
  process.once('exit', () => console.log(urls.join('\\n')));
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...args) {
    this.once('listening', () => setImmediate(() => process.kill(process.pid, 'SIGTERM')));
    return listen.apply(this, args);
  };
`)}`;

let folder: string;
/** The URLs of the modules that a start with an empty cache loads. */
let urls: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hms-gateway-start-'));
  const { line } = createApiKey({ name: 'test', scopes: ['*'], rooms: [], expires: null });
  await writeFile(join(folder, 'keys'), line);
  urls = await loadedBy(join(folder, 'cache'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Starts over the vendor's API, which is not called, and ends at once. Returns the URLs of the loaded modules. */
async function loadedBy(cache: string): Promise<readonly string[]> {
  const output = await runProcess(
    process.execPath,
    ['--import=./src/compile-cache.js', `--import=${witness}`, 'src/main.ts', 'start'],
    {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: cache,
        PORT: '0',
        HMS_ACCESS_KEY: 'made-up',
        HMS_SECRET: 'made-up-secret',
        HMS_API_URL: 'http://127.0.0.1:9/v2',
        GATEWAY_AUTH: 'api-key',
        GATEWAY_API_KEYS: join(folder, 'keys'),
        // Its page is built for the first visitor, so it is not loaded either.
        GATEWAY_GRAPHIQL: 'on',
      },
    },
  );
  return output.split('\n');
}

describe('a start in production', { timeout: 60_000 }, () => {
  it('leaves out what only other configurations use', () => {
    expect(urls.some((url) => url.endsWith('/src/gateway.ts'))).toBe(true);
    const unwanted =
      /\/src\/sandbox\/|\/schema\/federation\/|\/src\/auth\/jwt\.ts|\/(pino-pretty|@graphql-yoga\/render-graphiql)\//;
    expect(urls.filter((url) => unwanted.test(url))).toEqual([]);
    // With other versions in package.json, npm installs a copy of this package of 64 files for each package that uses it.
    const copies = urls.filter((url) => url.endsWith('/@graphql-tools/utils/esm/index.js'));
    expect(copies).toHaveLength(1);
  });

  it('keeps compiled modules for the next one', async () => {
    const cache = join(folder, 'cache');
    const [version = ''] = await readdir(cache);
    const kept = await readdir(join(cache, version));
    expect(kept.length).toBeGreaterThan(500);
    await loadedBy(cache);
    expect((await readdir(join(cache, version))).length).toBe(kept.length);
  });

  it('works where nothing can be kept', async () => {
    const others = await loadedBy(join(folder, 'keys', 'is-no-folder'));
    expect(others.some((url) => url.endsWith('/src/gateway.ts'))).toBe(true);
  });
});
