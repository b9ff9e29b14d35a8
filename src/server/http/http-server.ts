// The server over HTTP: routes, request ids, access log, WebSockets beside them, and an orderly end.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { isLoopback } from '../../loopback.ts';
import type { Entrance, ServerCaller } from '../entrance.ts';
import type { Page } from '../graphiql/page.ts';
import { sendPage } from '../graphiql/send-page.ts';
import type { GraphqlServer } from '../graphql.ts';
import type { Limits } from '../operation/limits.ts';
import { createListener, type Listener } from './listener.ts';
import type { Metrics } from '../metrics.ts';
import type { PersistedOperations } from '../operation/persisted-operations.ts';
import { refusalOfPage, type Refusal } from './origins.ts';
import { attachWebSocket, type WebSocketTimes } from '../socket/web-socket.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface HttpServerOptions<Caller extends ServerCaller> {
  readonly graphql: GraphqlServer;
  /** Who comes in over WebSocket. */
  readonly entrance: Entrance<Caller>;
  readonly clock: Clock;
  /** What a browser gets that opens `/graphql`; null: nothing. */
  readonly graphiql: (() => Promise<Page>) | null;
  readonly allowedOrigins: readonly string[];
  /** Answers the vendor's webhooks; without it their route does not exist. */
  readonly webhooks?: Handler | undefined;
  /** The only operations that run over WebSocket; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
  /** How many WebSockets and operations on one there may be. */
  readonly limits: Limits;
  /** What differs from the defaults of WebSockets. */
  readonly webSocket?: WebSocketTimes;
  /** Connections beyond so many are dropped as they come, whatever they are for; default 10 000. */
  readonly maxConnections?: number;
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
  /** Whether the upstream answers. */
  readonly isReady: () => Promise<boolean>;
  readonly log: Logger;
}

export interface HttpServer extends Pick<Listener, 'listen'> {
  /** Ends in order: not ready, no new work, WebSockets told, requests finished or cut after 10 s. Closing twice is harmless. */
  close(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';
const WEBHOOKS_PATH = '/webhooks/100ms';
const MAX_CONNECTIONS = 10_000;
/** A request id of a caller is taken over if it looks like one. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;
const TRACE_PARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

export function createHttpServer<Caller extends ServerCaller>(
  options: HttpServerOptions<Caller>,
): HttpServer {
  let draining = false;
  let ending: Promise<void> | undefined;
  let loopbackOnly = false;
  const { allowedOrigins, graphiql } = options;
  const refusalOf = (request: IncomingMessage, isVisit = false) =>
    refusalOfPage(request.headers, { allowedOrigins, hasPage: graphiql !== null, loopbackOnly, isVisit });
  const routes: Readonly<Record<string, Handler>> = {
    '/': (_request, response) => {
      response.writeHead(302, { location: GRAPHQL_PATH }).end();
    },
    '/health': (_request, response) => sendJson(response, 200, { status: 'ok' }),
    '/ready': async (_request, response) => {
      const status = draining ? 'draining' : (await options.isReady()) ? 'ok' : 'upstream unavailable';
      sendJson(response, status === 'ok' ? 200 : 503, { status });
    },
    '/metrics': async (_request, response) => {
      response.writeHead(200, { 'content-type': options.metrics.contentType });
      response.end(await options.metrics.text());
    },
    ...(options.webhooks === undefined ? {} : { [WEBHOOKS_PATH]: options.webhooks }),
    [GRAPHQL_PATH]: async (request, response) => {
      const visited = isBrowserVisit(request) ? graphiql : null;
      const refusal = refusalOf(request, visited !== null);
      if (refusal !== null) sendRefusal(response, refusal);
      else if (visited !== null) sendPage(request, response, await visited());
      else await options.graphql(request, response);
    },
  };
  const listener = createListener((request, response) => {
    void handle(routes, request, response, options.log);
  }, options.maxConnections ?? MAX_CONNECTIONS);
  const closeWebSockets = attachWebSocket(listener.server, {
    ...options,
    ...options.webSocket,
    path: GRAPHQL_PATH,
    refusalOf: (request) => refusalOf(request),
  });
  return {
    listen(port, host) {
      loopbackOnly = options.entrance.isOpen && isLoopback(host);
      return listener.listen(port, host);
    },
    close() {
      draining = true;
      ending ??= closeWebSockets().then(() => listener.close());
      return ending;
    },
  };
}

async function handle(
  routes: Readonly<Record<string, Handler>>,
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
): Promise<void> {
  const startedAt = performance.now();
  const requestId = identify(request, response);
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  response.on('close', () => {
    const durationMs = Math.round(performance.now() - startedAt);
    log.debug(
      { requestId, method: request.method, path, status: response.statusCode, durationMs },
      'request',
    );
  });
  try {
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined)
      sendJson(response, 404, { error: 'There is nothing here; the graph is at /graphql.' });
    else await route(request, response);
  } catch (error) {
    log.error({ err: error, requestId }, 'a request failed unexpectedly');
    if (!response.headersSent)
      sendJson(response, 500, { error: 'Something went wrong in the gateway.', requestId });
    else response.destroy();
  }
}

/** Takes in the ids by which a request is followed through several services, and answers them. */
function identify(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader('x-request-id', requestId);
  const trace = request.headers['traceparent'];
  if (typeof trace === 'string' && TRACE_PARENT.test(trace)) response.setHeader('traceparent', trace);
  return requestId;
}

function isBrowserVisit(request: IncomingMessage): boolean {
  if (request.method !== 'GET') return false;
  const accept = request.headers.accept ?? '';
  return accept.includes('text/html') && !accept.includes('application/json');
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

/** In the form of a GraphQL answer, for those who expect one. */
function sendRefusal(response: ServerResponse, { status, code, message }: Refusal): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}
