// To which part of the gateway a frame of a CPU profile belongs, by the file of its function.

/** The frame of a function, as V8 reports it. */
export interface Frame {
  readonly functionName: string;
  /** The URL or path of its file; empty for functions of V8 and of compiled checks. */
  readonly url: string;
}

/** Waiting for the network: no CPU time. */
export const IDLE = 'idle';

const packages: readonly (readonly [pattern: RegExp, group: string])[] = [
  [/^@whatwg-node\//, 'fetch API objects'],
  [/^graphql-yoga\/|^@graphql-yoga\//, 'graphql-yoga'],
  [/^@envelop\//, 'envelop'],
  [/^@graphql-tools\/executor\/|^graphql\/execution\//, 'reference executor'],
  [/^graphql\//, 'graphql: parser, types'],
  [/^@pothos\/plugin-scope-auth\//, 'scope-auth'],
  [/^@pothos\//, 'pothos'],
  [/^undici\//, 'undici'],
  [/^ajv|^fast-/, 'ajv'],
  [/^pino|^sonic-boom|^prom-client/, 'log and metrics'],
];

const folders: readonly (readonly [pattern: RegExp, group: string])[] = [
  [/\/src\/(log|log-stream|secret)\.ts$/, 'log and metrics'],
  [/\/src\/server\/(metrics\/.*|request-line|request-note|bounded-name)/, 'log and metrics'],
  [/\/src\/executor\//, 'compiled executor'],
  [/\/src\/server\/plugins\//, 'plugins'],
  [/\/src\/server\//, 'src/server'],
  [/\/src\/rest\//, 'src/rest'],
  [/\/src\/live\//, 'src/live'],
  [/\/src\//, 'src, other'],
  [/\/(schema|resolvers)\//, 'schema and resolvers'],
];

const natives: ReadonlyMap<string, string> = new Map([
  ['(idle)', IDLE],
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'system calls, compiler'],
  ['(root)', 'system calls, compiler'],
]);

/** The group of a frame; null: that of its caller. */
export function groupOf({ functionName, url }: Frame): string | null {
  const native = natives.get(functionName);
  if (native !== undefined) return native;
  if (/^node:internal\/deps\/undici|^node:internal\/(webstreams|webidl|abort_controller)/.test(url))
    return 'fetch API objects';
  if (url.startsWith('node:')) return 'node: http, streams, timers, promises';
  if (url === '') return unnamedGroupOf(functionName);
  const name = /.*\/node_modules\/(.*)/.exec(url)?.[1];
  const known = name === undefined ? folders : packages;
  return known.find(([pattern]) => pattern.test(name ?? url))?.[1] ?? (name?.split('/')[0] || 'other');
}

/** Ajv and compiled plans make functions from text, which have no file. */
function unnamedGroupOf(functionName: string): string | null {
  if (/^validate\d+$/.test(functionName)) return 'ajv';
  if (functionName === 'parse') return 'JSON.parse';
  return functionName === 'stringify' ? 'JSON.stringify' : null;
}
