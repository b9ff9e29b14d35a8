// Connects the graph to the HTTP server of another program: handlers for its requests and upgrades. The program chooses the path,
// so the handlers ignore it, except to recognize webhooks. They make the same checks as src/server/http/http-server.ts for requests
// to `/graphql`.
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
import { isWebhookPath, serveWebhook, WEBHOOKS_PATH, type ReceiveWebhook } from '../http/webhooks.ts';
import type { Limits } from '../operation/limits.ts';
import type { PersistedOperations } from '../operation/persisted-operations.ts';
import { createWebSockets } from '../socket/web-socket.ts';
import { createFetch, type FetchHandler } from './fetch.ts';
import { GRAPHQL_ROUTE } from './fetched-request.ts';
import { InFlight } from './in-flight.ts';
import { bodyReadBefore } from './read-body.ts';
import { CLOSING, LOST_BODY } from './refusals.ts';

/** Options of `createMount`. Those without a default are required. */
export interface MountOptions<Caller extends ServerCaller> extends FrameOptions {
  readonly graphql: GraphqlServer;
  readonly entrance: Entrance<Caller>;
  readonly limits: Limits;
  /** The only operations that run; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
  /** Origins whose pages may send requests and open WebSockets, beside pages of the origin that `Host` names. */
  readonly allowedOrigins: readonly string[];
  /** Whether pages of localhost, on any port, may do so too; default: no. */
  readonly localOrigins?: boolean;
  /** See `OriginOptions`. */
  readonly originsName: string;
  /** Receives POST requests to paths that end with `/webhooks/100ms`; default: such paths have no special meaning. */
  readonly webhooks?: ReceiveWebhook | undefined;
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
   * Ends the streams of subscriptions without `complete`, and WebSockets with 1001, so that clients come back. New requests are
   * refused with 503. Requests in flight may finish for 10 s, then they are cut off. Resolves when all have ended.
   */
  close(): Promise<void>;
}

/** Makes the handlers; they answer at once. */
export function createMount<Caller extends ServerCaller>(options: MountOptions<Caller>): Mount {
  const { graphql, entrance, tracing = noTracing } = options;
  const inFlight = new InFlight(options.clock);
  let ending: Promise<void> | undefined;
  const isClosing = () => ending !== undefined;
  const refusalOf = (headers: PageHeaders, isOnLoopback: boolean): Refusal | null => {
    const loopbackOnly = entrance.isOpen && isOnLoopback;
    return refusalOfPage(headers, { ...options, hasPage: true, loopbackOnly, isVisit: false });
  };
  const refusalOfNode = ({ headers, socket }: IncomingMessage) =>
    isClosing() ? CLOSING : refusalOf(headers, isFromLoopback(socket));
  const sockets = createWebSockets({ ...options, refusalOf: refusalOfNode });
  const begin = (cut: () => void) => inFlight.begin(cut);
  const receiverAt = (path: string) => (isWebhookPath(path) ? options.webhooks : undefined);
  return {
    fetch: createFetch({
      ...options,
      isClosing,
      refusalOf: (headers) => refusalOf(headers, false),
      receiverAt,
      begin,
    }),
    upgrade: sockets.upgrade,
    listener(request, response) {
      // The client left, or something else answered, while the host's own handlers ran: no event of the response would follow.
      if (response.closed || response.writableEnded) return;
      response.on(
        'close',
        begin(() => response.destroy()),
      );
      const path = pathOf(request);
      const receive = receiverAt(path);
      const name = { path, route: receive === undefined ? GRAPHQL_ROUTE : WEBHOOKS_PATH };
      void framed(request, response, name, options, (exchange) => {
        const { note, headers } = exchange;
        if (receive === undefined) note.becomeOperation(tracing, request.headers);
        const refusal = receive === undefined ? refusalOfNode(request) : isClosing() ? CLOSING : null;
        const body = bodyReadBefore(request);
        const isRefused = refusal !== null || body === 'lost';
        // GraphQL's answers write them at once with their own.
        if (isRefused || receive !== undefined) setHeaders(response, headers);
        if (isRefused) return sendRefusal(request, response, refusal ?? LOST_BODY, note);
        return receive === undefined
          ? graphql.serve({ ...exchange, body })
          : serveWebhook(receive, request, response, body);
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
