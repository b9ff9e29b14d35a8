// The graph behind the HTTP server of another program: handlers for its requests and upgrades. The program decides the path, so no
// handler looks at it. What src/server/http/http-server.ts checks of requests to `/graphql` is checked here too.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isLoopback } from '../../loopback.ts';
import { noTracing, type Tracing } from '../../trace.ts';
import type { Entrance, ServerCaller } from '../entrance.ts';
import type { GraphqlServer } from '../graphql.ts';
import { setHeaders } from '../http/common-headers.ts';
import { sendRefusal } from '../http/json-answer.ts';
import { refusalOfPage, type PageHeaders, type Refusal } from '../http/origins.ts';
import { framed, type FrameOptions } from '../http/request-frame.ts';
import type { Limits } from '../operation/limits.ts';
import type { PersistedOperations } from '../operation/persisted-operations.ts';
import { createWebSockets } from '../socket/web-socket.ts';
import { createFetch, type FetchHandler } from './fetch.ts';
import { InFlight } from './in-flight.ts';
import { bodyReadBefore } from './read-body.ts';

/** Options of `createMount`. Those without a default are required. */
export interface MountOptions<Caller extends ServerCaller> extends FrameOptions {
  readonly graphql: GraphqlServer;
  readonly entrance: Entrance<Caller>;
  readonly limits: Limits;
  /** The only operations that run; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
  /** Origins whose pages may send requests and open WebSockets, beside pages of the origin that `Host` names. */
  readonly allowedOrigins: readonly string[];
  /** Whether pages of localhost may do so too, on any port; default: no. */
  readonly localOrigins?: boolean;
  /** See `OriginOptions`. */
  readonly originsName: string;
  /** Begins the spans of operations; default: tracing is off. */
  readonly tracing?: Tracing | undefined;
}

/** The handlers. None of them throws or rejects. */
export interface Mount {
  /** For servers of the fetch API. */
  readonly fetch: FetchHandler;
  /** For Node's HTTP server, as the listener of `request`. */
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  /** For Node's HTTP server, as the listener of `upgrade`. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /**
   * Ends the streams of subscriptions without `complete`, and WebSockets with 1001, so that clients come back. Requests that come
   * now are refused with 503; those in flight may finish for 10 s, then they are cut off. Resolves when all are over.
   */
  close(): Promise<void>;
}

/** The name of the route in the metrics. */
const ROUTE = '/graphql';

const CLOSING: Refusal = {
  status: 503,
  code: 'UPSTREAM_UNAVAILABLE',
  message: 'The gateway is closing. Try again.',
};

const LOST_BODY: Refusal = {
  status: 500,
  code: 'INTERNAL',
  message:
    'The body of the request was read before the gateway got it, and it is not in `request.body`. Call the gateway before any body parser, or let the parser set `request.body`.',
};

/** Makes the handlers; they answer at once. */
export function createMount<Caller extends ServerCaller>(options: MountOptions<Caller>): Mount {
  const { graphql, entrance, tracing = noTracing } = options;
  const inFlight = new InFlight(options.clock);
  let ending: Promise<void> | undefined;
  const refusalOf = (headers: PageHeaders, isOnLoopback: boolean): Refusal | null => {
    if (ending !== undefined) return CLOSING;
    const loopbackOnly = entrance.isOpen && isOnLoopback;
    return refusalOfPage(headers, { ...options, hasPage: true, loopbackOnly, isVisit: false });
  };
  const refusalOfNode = ({ headers, socket }: IncomingMessage) => refusalOf(headers, isFromLoopback(socket));
  const sockets = createWebSockets({ ...options, refusalOf: refusalOfNode });
  const begin = (cut: () => void) => inFlight.begin(cut);
  return {
    fetch: createFetch({
      ...options,
      refusalOf: (headers) => refusalOf(headers, false),
      lostBody: LOST_BODY,
      route: ROUTE,
      begin,
    }),
    upgrade: sockets.upgrade,
    listener(request, response) {
      response.on(
        'close',
        begin(() => response.destroy()),
      );
      const name = { path: pathOf(request), route: ROUTE };
      void framed(request, response, name, options, (exchange) => {
        const { note, headers } = exchange;
        note.becomeOperation(tracing, request.headers);
        const body = bodyReadBefore(request);
        const refusal = refusalOfNode(request) ?? (body === 'lost' ? LOST_BODY : null);
        if (refusal === null && body !== 'lost') return graphql.serve({ ...exchange, body });
        setHeaders(response, headers);
        return sendRefusal(request, response, refusal ?? LOST_BODY, note);
      });
    },
    close() {
      ending ??= (async () => {
        graphql.endStreams();
        await Promise.all([sockets.close(), inFlight.end()]);
      })();
      return ending;
    },
  };
}

/** The path as the client sent it: frameworks that mount a handler cut its path from `url`, and keep all in `originalUrl`. */
function pathOf({ url, originalUrl = url }: IncomingMessage & { readonly originalUrl?: string }): string {
  return originalUrl?.split('?', 1)[0] ?? '/';
}

/** Whether the connection came over the loopback interface; IPv4 may be mapped to IPv6. */
function isFromLoopback({ localAddress = '' }: IncomingMessage['socket']): boolean {
  return isLoopback(localAddress.replace(/^::ffff:/i, ''));
}
