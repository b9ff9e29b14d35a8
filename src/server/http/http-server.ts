// The HTTP server: routes, request ids, access log, the WebSocket upgrade, and the order of the steps when it stops.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { isLoopback } from '../../loopback.ts';
import { noTracing, type Tracing } from '../../trace.ts';
import { LINGER_MS } from '../drain.ts';
import type { Entrance, ServerCaller } from '../entrance.ts';
import { graphiqlPaths, type GraphiqlFiles } from '../graphiql/page.ts';
import { LIVE_PATH, type LivePage } from '../live-page/live-page.ts';
import type { GraphqlServer } from '../graphql.ts';
import type { Limits } from '../operation/limits.ts';
import { prefersPage } from './accept.ts';
import { setHeaders } from './common-headers.ts';
import { sendText } from './compression.ts';
import { sendJson, sendRefusal } from './json-answer.ts';
import { createListener, type Listener } from './listener.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ServerObserver } from '../observer.ts';
import type { PersistedOperations } from '../operation/persisted-operations.ts';
import { refusalOfPage } from './origins.ts';
import { framed, type FrameOptions } from './request-frame.ts';
import { normalizeTarget, pathOf } from './request-target.ts';
import { sendFile, type StaticFile } from './static-file.ts';
import { serveWebhook, WEBHOOKS_PATH, type ReceiveWebhook } from './webhooks.ts';
import type { RequestNote } from '../request-note.ts';
import {
  createWebSockets,
  isSocketUpgrade,
  type WebSockets,
  type WebSocketTimes,
} from '../socket/web-socket.ts';

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  note: RequestNote,
  headers: readonly string[],
) => void | Promise<void>;

/** Options of `createHttpServer`. Those without a default are required. */
export interface HttpServerOptions<Caller extends ServerCaller> {
  /** Answers `/graphql`, over HTTP and, through its pipeline, over WebSocket. */
  readonly graphql: GraphqlServer;
  /** Authenticates WebSockets, at `connection_init`. Over HTTP `graphql` does it by itself. */
  readonly entrance: Entrance<Caller>;
  /** Times the pings of WebSockets and the end of expiring tokens. */
  readonly clock: Clock;
  /** The page that a browser gets that opens `/graphql`, and its files, built at the first visit; null: no page. */
  readonly graphiql: (() => Promise<GraphiqlFiles>) | null;
  /** The files of the live-rooms page by their paths; default: the page does not exist. */
  readonly livePage?: LivePage | null | undefined;
  /** Origins whose pages may send requests and open WebSockets, beside the gateway's own pages. */
  readonly allowedOrigins: readonly string[];
  /** Whether pages of localhost, on any port, may do so too; default: no. */
  readonly localOrigins?: boolean;
  /** Receives what is posted to `/webhooks/100ms`; default: the route does not exist (404). */
  readonly webhooks?: ReceiveWebhook | undefined;
  /** The only operations that run over WebSocket; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
  /** Limits of WebSockets, and of operations on one socket. */
  readonly limits: Limits;
  /** Intervals of WebSockets; default: pings every 12 s, 3 s for `connection_init`. */
  readonly webSocket?: WebSocketTimes;
  /**
   * Maximum number of client connections of all kinds; further ones are dropped without an answer. Default: 5000 above
   * `limits.sockets`.
   */
  readonly maxConnections?: number;
  /** See `ListenerOptions`. */
  readonly lingerMs?: number | undefined;
  /** Gets each request, operation and WebSocket, for metrics; default: no metrics. */
  readonly observer?: ServerObserver | undefined;
  /** Begins the spans of operations; default: tracing is off. */
  readonly tracing?: Tracing | undefined;
  /** Answers `/metrics`. */
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
  /** Whether the upstream answers, for `/ready`; called at each request of that route, unless the server is closing. */
  readonly isReady: () => Promise<boolean>;
  /**
   * The other instances. `/ready` then reports whether Redis is connected, but stays 200 if it is not. Default: `/ready` does not
   * report this.
   */
  readonly fleet?: Pick<Fleet, 'isConnected'> | undefined;
  /**
   * Gets each unexpected failure (error), and a line for each request: operations (info), all others (debug). Each
   * has the request's id.
   */
  readonly log: Logger;
}

/** A server that has not begun to listen. */
export interface HttpServer extends Pick<Listener, 'listen'> {
  /**
   * Lets `/ready` answer 503, serves on for 1 s, and then stops at once: the port is closed, the event streams of subscriptions
   * end without `complete`, and WebSockets are closed with 1001, each when its queries and mutations are answered. Requests in
   * flight may finish for 10 s, then their connections are cut. Resolves when all are closed, within 13 s. Closing twice is
   * harmless.
   */
  close(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';
/** The methods of the routes that only show something. */
const READING: readonly string[] = ['GET', 'HEAD'];
/** Connections beside WebSockets: requests, and event streams. */
const OTHER_CONNECTIONS = 5000;

/**
 * Joins the routes. `/graphql` refuses requests that pages of other origins caused; where authentication is off and the
 * host listened on is loopback, also requests with another `Host` (DNS rebinding). The other routes are open.
 */
export function createHttpServer<Caller extends ServerCaller>(
  options: HttpServerOptions<Caller>,
): HttpServer {
  let draining = false;
  let ending: Promise<void> | undefined;
  let loopbackOnly = false;
  const { graphiql, livePage = null, tracing = noTracing } = options;
  const hasPage = (graphiql ?? livePage) !== null;
  // Yoga is a proxy, so each access to a member of it is a call.
  const { serve } = options.graphql;
  const refusalOf = (request: IncomingMessage, isVisit = false) =>
    refusalOfPage(request.headers, { ...options, hasPage, loopbackOnly, isVisit });
  const routes: Readonly<Record<string, Handler>> = {
    '/': sendToGraphql,
    '/health': (_request, response) => sendJson(response, 200, { status: 'ok' }),
    '/ready': async (_request, response) => {
      const status = draining ? 'draining' : (await options.isReady()) ? 'ok' : 'upstream unavailable';
      const { fleet } = options;
      const redis = fleet === undefined ? {} : { redis: fleet.isConnected ? 'connected' : 'away' };
      sendJson(response, status === 'ok' ? 200 : 503, { status, ...redis });
    },
    '/metrics': (request, response) => sendMetrics(request, response, options.metrics),
    ...webhookRoutes(options.webhooks),
    ...(graphiql === null ? {} : fileRoutes(graphiql)),
    ...livePageRoutes(livePage),
    [GRAPHQL_PATH]: async (request, response, note, headers) => {
      const visited = isBrowserVisit(request) ? graphiql : null;
      if (visited === null) note.becomeOperation(tracing, request.headers);
      const refusal = refusalOf(request, visited !== null);
      if (refusal !== null || visited !== null) setHeaders(response, headers);
      if (refusal !== null) sendRefusal(request, response, refusal, note);
      else if (visited !== null) await sendFile(request, response, (await visited()).page);
      else await serve({ request, response, note, headers });
    },
  };
  const listener = createListener({
    handle: (request, response) => void handle(routes, request, response, options),
    shouldUpgrade: (request) => isSocketUpgrade(request, GRAPHQL_PATH),
    maxConnections: options.maxConnections ?? options.limits.sockets + OTHER_CONNECTIONS,
    lingerMs: options.lingerMs,
  });
  const sockets = createWebSockets({
    ...options,
    ...options.webSocket,
    refusalOf: (request) => refusalOf(request),
  });
  listener.server.on('upgrade', sockets.upgrade);
  return {
    listen(port, host) {
      loopbackOnly = options.entrance.isOpen && isLoopback(host);
      return listener.listen(port, host);
    },
    close() {
      draining = true;
      ending ??= stop(options, sockets, listener);
      return ending;
    },
  };
}

/** Stops after the time in which `/ready` alone differs. */
async function stop<Caller extends ServerCaller>(
  { graphql, lingerMs = LINGER_MS }: HttpServerOptions<Caller>,
  sockets: Pick<WebSockets, 'close'>,
  listener: Listener,
): Promise<void> {
  if (lingerMs > 0) await wait(lingerMs);
  graphql.endStreams();
  await Promise.all([sockets.close(), listener.close()]);
}

async function handle(
  routes: Readonly<Record<string, Handler>>,
  request: IncomingMessage,
  response: ServerResponse,
  options: FrameOptions,
): Promise<void> {
  normalizeTarget(request);
  const path = pathOf(request);
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  const name = {
    path,
    route: route === undefined ? 'other' : path.startsWith(`${LIVE_PATH}/`) ? LIVE_PATH : path,
  };
  await framed(request, response, name, options, ({ note, headers }) => {
    // `/graphql` writes them at once with its own.
    if (path !== GRAPHQL_PATH) setHeaders(response, headers);
    if (route === undefined) {
      return sendJson(response, 404, { error: 'Not found. The GraphQL endpoint is /graphql.' });
    }
    if (mayHaveMethod(path, request.method)) return route(request, response, note, headers);
    response.setHeader('allow', READING.join(', '));
    return sendJson(response, 405, { error: 'Only GET and HEAD. The GraphQL endpoint is /graphql.' });
  });
}

/** Whether a route takes a method. `/graphql` and the route of webhooks refuse methods themselves. */
function mayHaveMethod(path: string, method: string | undefined): boolean {
  return path === GRAPHQL_PATH || path === WEBHOOKS_PATH || READING.includes(method ?? '');
}

function webhookRoutes(receive: ReceiveWebhook | undefined): Readonly<Record<string, Handler>> {
  if (receive === undefined) return {};
  return { [WEBHOOKS_PATH]: (request, response) => serveWebhook(receive, request, response) };
}

/** The files that the page of GraphiQL loads. */
function fileRoutes(graphiql: () => Promise<GraphiqlFiles>): Readonly<Record<string, Handler>> {
  const { script, style, icon } = graphiqlPaths;
  return {
    [script]: async (request, response) => sendFile(request, response, (await graphiql()).script),
    [style]: async (request, response) => sendFile(request, response, (await graphiql()).style),
    [icon]: async (request, response) => sendFile(request, response, (await graphiql()).icon),
  };
}

const sendToGraphql: Handler = (_request, response) => {
  response.writeHead(302, { location: GRAPHQL_PATH }).end();
};

async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  metrics: HttpServerOptions<ServerCaller>['metrics'],
): Promise<void> {
  const headers = { 'content-type': metrics.contentType };
  await sendText(request, response, { status: 200, headers }, await metrics.text());
}

/** The live-rooms page, if there is one. */
function livePageRoutes(livePage: LivePage | null): Readonly<Record<string, Handler>> {
  const routeOf =
    (file: StaticFile): Handler =>
    (request, response) =>
      sendFile(request, response, file);
  return Object.fromEntries([...(livePage ?? [])].map(([path, file]) => [path, routeOf(file)]));
}

function isBrowserVisit(request: IncomingMessage): boolean {
  return request.method === 'GET' && prefersPage(request.headers.accept);
}
