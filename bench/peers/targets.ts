// The targets: the gateway as its users start it, and its peers, each a process of its own over the same upstream.
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../test/support/loopback.ts';
import type { Dialect } from './dialects/dialect.ts';
import { graphDialect } from './dialects/graph.ts';
import { restDialect } from './dialects/rest.ts';
import { tailcallDialect } from './dialects/tailcall.ts';
import { prepareGateway, silentGateway, tracedGateway } from './gateway.ts';
import { GRAPHQL_HEADERS, type Prepare } from './launch.ts';
import { answered, end, start } from './processes.ts';

/** A running target. Disposing ends it. */
export interface Target extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  /** Without a path. */
  readonly url: string;
  readonly dialect: Dialect;
  /** Headers of each request. */
  readonly headers: Readonly<Record<string, string>>;
}

const fileOf = (path: string) => new URL(path, import.meta.url).pathname;

/** A peer of servers/. */
function server(name: string, dialect: Dialect, env: Readonly<Record<string, string>> = {}): Prepare {
  return (apiUrl, port) => ({
    command: process.execPath,
    args: [fileOf(`servers/${name}.mjs`)],
    env: { NODE_ENV: 'production', PORT: String(port), UPSTREAM: apiUrl, TOKEN: 'bench', ...env },
    dialect,
    headers: dialect === restDialect ? {} : GRAPHQL_HEADERS,
  });
}

const TAILCALL = fileOf('../node_modules/.bin/tailcall');

/** Tailcall, without its log of every read and its telemetry, which are both on by default. */
const tailcall: Prepare = (apiUrl, port, folder) => {
  const config = readFileSync(fileOf('servers/tailcall/config.graphql'), 'utf8');
  const file = join(folder, 'config.graphql');
  writeFileSync(file, config.replaceAll('UPSTREAM', apiUrl).replace('port: PORT', `port: ${port}`));
  copyFileSync(fileOf('servers/tailcall/templates.js'), join(folder, 'templates.js'));
  return {
    command: TAILCALL,
    args: ['start', file],
    env: { TAILCALL_LOG_LEVEL: 'warn', TAILCALL_TRACKER: 'false' },
    dialect: tailcallDialect,
    headers: GRAPHQL_HEADERS,
  };
};

/** How to start each target, by name. */
export const preparations: ReadonlyMap<string, Prepare> = new Map([
  ['gateway', prepareGateway()],
  ['gateway-silent', prepareGateway(silentGateway)],
  ['gateway-traced', prepareGateway(tracedGateway)],
  ['bare', server('bare', restDialect)],
  ['bare-sharing', server('bare', restDialect, { SHARE: 'on' })],
  ['mercurius', server('mercurius', graphDialect)],
  ['yoga', server('yoga', graphDialect)],
  ['apollo', server('apollo', graphDialect)],
  ['tailcall', tailcall],
]);

/** Whether a target is another form of the gateway, which is measured only if it is asked for. */
export function isVariant(kind: string): boolean {
  return kind.startsWith('gateway-');
}

/** Whether a target cannot run here: the binary of Tailcall is for Linux with glibc on x64, and npm installs it there alone. */
export function isMissing(kind: string): boolean {
  return kind === 'tailcall' && !existsSync(TAILCALL);
}

/** Starts a target; `name` is what the table calls it. Resolves when it answers; rejects with its output if it does not. */
export async function startTarget(prepare: Prepare, name: string, apiUrl: string): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-bench-'));
  const port = await freePort();
  const { command, args, env, dialect, headers } = prepare(apiUrl, port, folder);
  const log = join(folder, 'output');
  const output = openSync(log, 'w');
  const child = start('target', command, args, {
    env: { ...env, PATH: process.env['PATH'] },
    stdio: ['ignore', output, output],
  });
  const url = `http://127.0.0.1:${port}`;
  const dispose = async () => {
    await end(child);
    rmSync(folder, { recursive: true });
  };
  try {
    await answered(url, child);
  } catch (error) {
    const reason = readFileSync(log, 'utf8').slice(-2000);
    await dispose();
    throw new Error(`${name} did not start: ${reason}`, { cause: error });
  }
  return { name, pid: child.pid ?? Number.NaN, url, dialect, headers, [Symbol.asyncDispose]: dispose };
}
