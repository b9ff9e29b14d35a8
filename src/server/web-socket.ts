// GraphQL over WebSocket (graphql-transport-ws) on the same port, through the same pipeline as HTTP.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs, FormattedExecutionResult, GraphQLError } from 'graphql';
import { GraphQLError as GraphqlError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { GraphqlServer } from './graphql.ts';
import { shownError } from './mask-errors.ts';

export interface WebSocketOptions {
  readonly graphql: GraphqlServer;
  readonly path: string;
  /** Whether a browser's page of this origin may connect. Clients that are no browsers send no origin. */
  readonly allowsOrigin: (origin: string, request: IncomingMessage) => boolean;
  /** How often a client is pinged, in milliseconds; one that has not answered by the next ping is cut off. */
  readonly keepAliveMs?: number;
}

/** The largest message of a client, in bytes. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
const KEEP_ALIVE_MS = 12_000;
const CONNECTION_INIT_TIMEOUT_MS = 3000;
/** How long a client may take to answer that it is told to go. */
const GOODBYE_MS = 2000;

/** Takes over the upgrades of `server`. The returned function closes all sockets with 1001 (going away). */
export function attachWebSocket(server: Server, options: WebSocketOptions): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const { graphql } = options;
  const protocol = useServer<Record<string, unknown>>(
    {
      connectionInitWaitTimeout: CONNECTION_INIT_TIMEOUT_MS,
      execute: (args) => enveloped(args).execute(args),
      subscribe: (args) => enveloped(args).subscribe(args),
      onSubscribe: (context, _id, params) =>
        prepare(graphql, { params, signal: goneSignal(context.extra.socket) }),
      onError: (_context, _id, _params, errors) => errors.map(shownError),
      onNext: (_context, _id, _params, _args, result) => shownResult(result),
    },
    sockets,
    options.keepAliveMs ?? KEEP_ALIVE_MS,
  );
  server.on('upgrade', (request, socket, head) => {
    const origin = request.headers.origin;
    if (request.url?.split('?', 1)[0] !== options.path) {
      refuse(socket, '404 Not Found');
    } else if (origin !== undefined && !options.allowsOrigin(origin, request)) {
      refuse(socket, '403 Forbidden');
    } else {
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
    }
  });
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'The gateway is going away');
    const force = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, GOODBYE_MS);
    await protocol.dispose();
    clearTimeout(force);
  };
}

interface ResultWithErrors {
  readonly data?: FormattedExecutionResult['data'] | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
}

/** Masked errors have been through the pipeline; what Yoga notes in them for HTTP is taken out. */
function shownResult(result: ResultWithErrors): FormattedExecutionResult | undefined {
  if (result.errors === undefined) return undefined;
  return { data: result.data ?? null, errors: result.errors.map(shownError) };
}

const goneSignals = new WeakMap<WebSocket, AbortSignal>();

/** Aborts when the socket closes: one signal for all operations on it. */
function goneSignal(socket: WebSocket): AbortSignal {
  const known = goneSignals.get(socket);
  if (known !== undefined) return known;
  const controller = new AbortController();
  socket.once('close', () => controller.abort());
  goneSignals.set(socket, controller.signal);
  return controller.signal;
}

function refuse(socket: Duplex, status: string): void {
  // Once upgraded, nobody else listens to a socket: a client that has hung up already would end the process.
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

type Enveloped = Pick<ReturnType<GraphqlServer['getEnveloped']>, 'execute' | 'subscribe'>;

/** Yoga's pipeline travels with the operation, as its root value. */
function enveloped(args: ExecutionArgs): Enveloped {
  // Set by `prepare` for every operation, and by nothing else.
  return args.rootValue as Enveloped;
}

/**
 * Parses and validates an operation. Whatever is wrong with it is answered to it: an error thrown here would close
 * the socket, and with it all other operations of the client.
 */
async function prepare(
  graphql: GraphqlServer,
  initialContext: Record<string, unknown> & {
    readonly params: { query: string; operationName?: unknown; variables?: unknown };
  },
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { schema, parse, validate, contextFactory, execute, subscribe } =
    graphql.getEnveloped(initialContext);
  const { query, operationName, variables } = initialContext.params;
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    return {
      schema,
      document,
      operationName: typeof operationName === 'string' ? operationName : undefined,
      // JSON of the client; its values are checked against the operation's variables by the execution.
      variableValues: variables as Record<string, unknown> | undefined,
      contextValue: await contextFactory(),
      rootValue: { execute, subscribe } satisfies Enveloped,
    };
  } catch (error) {
    return [error instanceof GraphqlError ? error : new GraphqlError('The operation cannot be read.')];
  }
}
