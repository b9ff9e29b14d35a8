// The gateway as its users start it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayDialect } from './dialects/gateway.ts';
import { GRAPHQL_HEADERS, type Prepare } from './launch.ts';

/** This checkout of the project. */
const ROOT = new URL('../../', import.meta.url).pathname;

/** The options of V8 in the `npm start` of this checkout. */
export function v8Options(): string[] {
  return startArguments(ROOT).filter((arg) => arg.startsWith('--max-'));
}

/** The arguments of Node in the `npm start` of a checkout, with its files in full. */
function startArguments(root: string): string[] {
  // npm's own format.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  const [, ...args] = scripts.start.replace(/^exec /, '').split(' ');
  return args.map((arg) => arg.replace(/(?<=^|=)(?:\.\/)?(?=src\/)/, join(root, '/')));
}

/** The options of Node among these arguments. */
function startOptions(root: string): string[] {
  const args = startArguments(root);
  return args.slice(0, args.indexOf(join(root, 'src/main.ts')));
}

/** The file among these arguments, with the arguments behind it. */
function commandOf(root: string): string[] {
  return startArguments(root).slice(startOptions(root).length);
}

/** Which gateway is started, and how. */
export interface GatewayOptions {
  /** The folder of its checkout; default: this one. */
  readonly root?: string;
  /** Options of Node; default: those of its `npm start`. */
  readonly nodeArgs?: readonly string[];
  /** Further variables, from the base URL of the REST API; default: none. */
  readonly env?: (apiUrl: string) => Readonly<Record<string, string>>;
}

/** Without metrics and without lines of the log for requests. */
export const silentGateway: GatewayOptions = {
  nodeArgs: [`--import=${new URL('without-metrics.ts', import.meta.url).pathname}`, ...startOptions(ROOT)],
  env: () => ({ LOG_LEVEL: 'warn' }),
};

/** With a span for each operation and REST call, which the upstream takes in. */
export const tracedGateway: GatewayOptions = {
  env: (apiUrl) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: new URL(apiUrl).origin }),
};

/**
 * The gateway in production mode with everything on. Only the budgets that would limit the load are raised: REST calls a second,
 * and points a minute. Both are still counted.
 */
export function prepareGateway({ root = ROOT, nodeArgs, env }: GatewayOptions = {}): Prepare {
  return (apiUrl, port, folder) => {
    const file = join(folder, 'keys');
    return {
      command: process.execPath,
      args: nodeArgs === undefined ? startArguments(root) : [...nodeArgs, ...commandOf(root)],
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
        ...env?.(apiUrl),
      },
      dialect: gatewayDialect,
      headers: { ...GRAPHQL_HEADERS, authorization: `Bearer ${createKey(root, file)}` },
    };
  };
}

/** Adds a key with all rights to a file, and returns it. */
function createKey(root: string, file: string): string {
  const args = ['--name', 'bench', '--scopes', '*', '--file', file, '--json'];
  const command = ['run', '--silent', 'create-api-key', '--', ...args];
  const created = execFileSync('npm', command, { cwd: root, encoding: 'utf8' });
  // The command's own format.
  return (JSON.parse(created) as { readonly key: string }).key;
}
