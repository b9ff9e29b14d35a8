// Hive Gateway and the second subgraph of examples/federation as processes of their own, in front of a gateway.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { federatedSdl } from '../../schema/federation/sdl.ts';
import { schema } from '../../schema/index.ts';
import { childEnvironment } from './child-environment.ts';
import { startProcess, type TestProcess } from './child-process.ts';
import { freePort } from './loopback.ts';

const folder = fileURLToPath(new URL('../../examples/federation/', import.meta.url));
const hive = join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js');

/** Why Hive Gateway cannot run here; null: it can. */
export function missingHive(): string | null {
  return existsSync(hive) ? null : 'npm run test:federation installs it';
}

export interface HiveGateway extends AsyncDisposable {
  /** Its URL, without a path. */
  readonly url: string;
  readonly output: () => string;
}

/** Composes both subgraphs and starts the router; `transport` is that of subscriptions to the gateway at `url`. */
export async function startHiveGateway(url: string, transport: 'sse' | 'ws'): Promise<HiveGateway> {
  await using resources = new AsyncDisposableStack();
  const here = await mkdtemp(join(tmpdir(), 'hms-gateway-hive-'));
  resources.defer(() => rm(here, { recursive: true }));
  await writeFile(join(here, 'hms.graphql'), federatedSdl(schema));
  const [bookingsPort, hivePort] = [await freePort(), await freePort()];
  const variables = {
    BOOKINGS_PORT: String(bookingsPort),
    BOOKINGS_URL: `http://127.0.0.1:${bookingsPort}/graphql`,
    HIVE_PORT: String(hivePort),
    HMS_URL: `${url}/graphql`,
    HMS_TRANSPORT: transport,
  };
  const start = (...args: readonly string[]) =>
    resources.use(startProcess(process.execPath, args, { cwd: here, env: childEnvironment(variables) }));
  await printed(start(join(folder, 'bookings.mjs')), 'Bookings: ');
  const router = start(hive, 'supergraph', '-c', join(folder, 'gateway.config.mjs'));
  await printed(router, 'Listening on ');
  const all = resources.move();
  return {
    url: `http://127.0.0.1:${hivePort}`,
    output: router.all,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Waits until it has printed the text. */
async function printed({ all, child }: TestProcess, text: string): Promise<void> {
  await vi.waitUntil(
    () => {
      if (child.exitCode !== null) throw new Error(`${child.spawnargs[1]} has ended at its start: ${all()}`);
      return all().includes(text);
    },
    { timeout: 40_000, interval: 50 },
  );
}
