// The targets: the gateway as its users start it, and its peers, each a process of its own over the same upstream.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dialect } from './dialects/dialect.ts';
import { gatewayDialect } from './dialects/gateway.ts';
import { graphDialect } from './dialects/graph.ts';
import { restDialect } from './dialects/rest.ts';
import { answered, end, freePort, start } from './processes.ts';

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

/** What a kind of target needs to be started. */
interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  readonly headers: Readonly<Record<string, string>>;
}

/** Prepares a target: the base URL of the REST API, a free port, a folder for its files. */
type Prepare = (apiUrl: string, port: number, folder: string, options?: GatewayOptions) => Launch;

/** How the gateway is started. */
export interface GatewayOptions {
  /** Options of Node; default: those of `npm start`. */
  readonly nodeArgs?: readonly string[];
  /** The folder of its checkout; default: this one. */
  readonly root?: string;
}

const fileOf = (path: string) => new URL(path, import.meta.url).pathname;

/** As in the script `start` of package.json. */
const COMPILE_CACHE = `--import=${fileOf('../../src/compile-cache.js')}`;

/** As Apollo Client sends them. */
const GRAPHQL_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json,application/json;q=0.9',
};

/**
 * In production mode with everything on. Only the budgets that would cap the load are lifted: REST calls a second, and
 * points a minute, which are still counted.
 */
export const prepareGateway: Prepare = (apiUrl, port, folder, options = {}) => {
  const { nodeArgs = [COMPILE_CACHE], root = fileOf('../..') } = options;
  const file = join(folder, 'keys');
  const created = execFileSync(
    process.execPath,
    [fileOf('../../scripts/create-api-key.ts'), '--name', 'bench', '--scopes', '*', '--file', file, '--json'],
    { encoding: 'utf8' },
  );
  // The command's own format.
  const { key } = JSON.parse(created) as { readonly key: string };
  return {
    command: process.execPath,
    args: [...nodeArgs, join(root, 'src/main.ts')],
    env: {
      NODE_ENV: 'production',
      PORT: String(port),
      HMS_ACCESS_KEY: 'bench',
      HMS_SECRET: 'bench-secret',
      HMS_API_URL: apiUrl,
      GATEWAY_AUTH: 'api-key',
      GATEWAY_API_KEYS: file,
      UPSTREAM_RPS: '100000',
      GATEWAY_RATE_LIMIT: '1000000000',
    },
    dialect: gatewayDialect,
    headers: { ...GRAPHQL_HEADERS, authorization: `Bearer ${key}` },
  };
};

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

const preparations: ReadonlyMap<string, Prepare> = new Map([
  ['gateway', prepareGateway],
  ['bare', server('bare', restDialect)],
  ['bare-sharing', server('bare', restDialect, { SHARE: 'on' })],
  ['mercurius', server('mercurius', graphDialect)],
  ['yoga', server('yoga', graphDialect)],
  ['apollo', server('apollo', graphDialect)],
]);

/** The names of the targets. */
export const targetNames: readonly string[] = [...preparations.keys()];

/** Starts a target; `name` is what the table calls it. Resolves when it answers; rejects with its output if it does not. */
export async function startTarget(
  kind: string,
  name: string,
  apiUrl: string,
  options: GatewayOptions = {},
): Promise<Target> {
  const prepare = preparations.get(kind);
  if (prepare === undefined) throw new RangeError(`unknown target ${kind}`);
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-bench-'));
  const port = await freePort();
  const { command, args, env, dialect, headers } = prepare(apiUrl, port, folder, options);
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
