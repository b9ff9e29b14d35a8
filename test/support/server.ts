// The server without the gateway's graph: a listener over a small schema. The credential of a caller is the caller's name. Ends
// with the test.
import { EventEmitter } from 'node:events';
import { UnauthenticatedError } from '../../src/auth/errors.ts';
import { systemClock } from '../../src/clock.ts';
import { createEntrance, type Authentication, type ServerCaller } from '../../src/server/entrance.ts';
import type { GraphiqlFiles } from '../../src/server/graphiql/page.ts';
import { createStaticFile } from '../../src/server/http/static-file.ts';
import type { GraphqlOptions } from '../../src/server/graphql-options.ts';
import { createGraphqlServer, type GraphqlServer } from '../../src/server/graphql.ts';
import { createHttpServer, type HttpServerOptions } from '../../src/server/http/http-server.ts';
import type { GraphContext } from '../../src/server/operation/context.ts';
import { createMount, type Mount } from '../../src/server/mount/mount.ts';
import { defaultLimits, type Limits } from '../../src/server/operation/limits.ts';
import { canaryLog } from './canary.ts';
import { testConfig } from './gateway.ts';
import { testSchema, type Started } from './server-schema.ts';

type Options = Partial<GraphqlOptions<ServerCaller, GraphContext>> & Partial<HttpServerOptions<ServerCaller>>;

export interface TestServerOptions extends Omit<Options, 'graphql' | 'entrance' | 'limits'> {
  readonly authentication?: Authentication<ServerCaller>;
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<Limits>;
  /** Default: no permission check. */
  readonly trustedProxies?: readonly string[];
  /** Replaces the endpoint of the HTTP server; default: the endpoint itself. */
  readonly way?: (graphql: GraphqlServer) => GraphqlServer;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly graphql: GraphqlServer;
  /** The fields of the small schema that have begun. */
  readonly started: Started;
}

/** An entrance without authentication. */
const openDoor: Authentication<ServerCaller> = {
  isOff: true,
  callerOf: () => Promise.resolve({ name: 'anyone', expiresAt: null }),
};

/** Accepts `Bearer NAME` if `callers` has the name; its value there is the instant at which it expires. */
export function knownCallers(
  callers: Readonly<Record<string, number | null>>,
): Authentication<ServerCaller> & { readonly asked: readonly (string | null)[] } {
  const asked: (string | null)[] = [];
  return {
    isOff: false,
    asked,
    async callerOf(authorization) {
      asked.push(authorization);
      const name = authorization?.replace(/^Bearer /, '') ?? '';
      const expiresAt = Object.hasOwn(callers, name) ? callers[name] : undefined;
      if (expiresAt === undefined) throw new UnauthenticatedError('The key or token is not accepted.');
      return { name, expiresAt };
    },
  };
}

/** The pipeline over the small schema, and what the server around it is made of. */
function createTestParts(options: TestServerOptions) {
  const { authentication = openDoor, clock = systemClock, log = canaryLog() } = options;
  const started: Started = { fields: [], laterCalls: [], signals: [], changed: new EventEmitter(), ended: 0 };
  const limits = { ...defaultLimits, pointsPerMinute: 0, ...options.limits };
  const entrance = createEntrance(authentication, limits, clock, options.trustedProxies);
  const common = { allowedOrigins: [], lingerMs: 0, clock, log, ...options, entrance, limits };
  const graphql = createGraphqlServer({
    schema: testSchema,
    createContext: ({ caller, signal, onCall }) => ({
      caller,
      signal,
      onCall,
      started,
      upstream: { calls: 0, stale: null },
      eventCursor: null,
    }),
    contextOfEvent: (context) => context,
    rightsOf: ({ name }) => name,
    isCleared: () => false,
    executor: testConfig().executor,
    compilesAtOnce: true,
    permission: () => null,
    translateError: () => null,
    introspection: true,
    ...common,
  });
  return { ...common, graphql, started };
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { graphql, started, ...common } = createTestParts(options);
  const http = createHttpServer({
    graphiql: null,
    isReady: () => Promise.resolve(true),
    metrics: { contentType: 'text/plain', text: () => Promise.resolve('') },
    ...common,
    graphql: options.way?.(graphql) ?? graphql,
  });
  const url = await http.listen(0, '127.0.0.1');
  return { url, graphql, started, [Symbol.asyncDispose]: () => http.close() };
}

/** The handlers of the small schema for the server of another program. */
export function mountTestServer(
  options: TestServerOptions = {},
): Mount & Pick<TestServer, 'graphql' | 'started'> {
  const parts = createTestParts({ endpoint: '*', ...options });
  return {
    ...createMount({ ...parts, originsName: 'allowedOrigins' }),
    graphql: parts.graphql,
    started: parts.started,
  };
}

/** GraphiQL with `content` as the text of all its files. */
export function graphiqlOf(content: string): () => Promise<GraphiqlFiles> {
  return async () => {
    const file = createStaticFile('text/html', content);
    return { page: file, script: file, style: file, icon: file };
  };
}

/** Posts an operation. */
export function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
