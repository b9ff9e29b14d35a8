// A gateway with its own HTTP server: connects the parts of src/core.ts with the server and its pages. Only start.ts, tests,
// examples and benchmarks import this file. It contains no domain logic.
import { systemClock, type Clock } from './clock.ts';
import { createCore, type Core, type CoreOptions } from './core.ts';
import { createHttpServer, type HttpServer } from './server/http/http-server.ts';
import { createReadiness } from './server/http/readiness.ts';
import { createPages, type Pages } from './server/pages.ts';
import type { RestClient } from './rest/client/client.ts';
import { listTemplates } from './rest/templates/templates.ts';

/** Options of `composeGateway`. Those without a default are required. */
export interface GatewayOptions extends CoreOptions {
  /** The room id in GraphiQL's example variables; default: a text that asks for one. */
  readonly exampleRoomId?: string;
  /** How long connections without a request stay open once the gateway closes, in milliseconds. Default: 1000. For tests. */
  readonly lingerMs?: number;
}

/** A gateway that does not listen yet. In process, `graphql.fetch` answers without listening. */
export interface Gateway extends AsyncDisposable, Pick<Core, 'graphql' | 'services'> {
  /** Whether the live-rooms page is served: it is on, and built. */
  readonly hasLivePage: boolean;
  /** Begins to listen at `config.host` and `config.port`. Resolves to the URL, without a path. Rejects with Node's error. */
  listen(): Promise<string>;
  /**
   * Ends event streams and WebSockets so that their clients come back, then requests in flight (within 10 s), then polling
   * and the connections to the REST API. Whoever joined the other instances closes `joined.fleet` after that.
   */
  close(): Promise<void>;
}

/**
 * Makes the parts and joins them; makes no REST call.
 * @throws ManifestError if the persisted operations of `config` cannot be read.
 */
export function composeGateway(options: GatewayOptions): Gateway {
  const { config, log, clock = systemClock } = options;
  const core = createCore(options);
  const { graphql, services, entrance, metrics } = core;
  const pages = pagesOf(options, !entrance.isOpen);
  const http = createHttpServer({
    ...core,
    ...pages,
    clock,
    allowedOrigins: config.allowedOrigins,
    localOrigins: config.localOrigins,
    lingerMs: options.lingerMs,
    isReady: readinessOf(services.client, clock),
    fleet: options.joined?.fleet,
    observer: metrics.serverObserver,
    tracing: options.tracing,
    log,
  });
  const close = () => closeInOrder(http, core);
  return {
    graphql,
    services,
    hasLivePage: pages.livePage !== null,
    listen: () => http.listen(config.port, config.host),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * The server closes first, so that the subscriptions of clients are cut off: if a subscription ended by itself, its client would
 * not reconnect.
 */
async function closeInOrder(http: Pick<HttpServer, 'close'>, core: Core): Promise<void> {
  await http.close();
  await core.end();
}

/** Where `npm ci` puts the live-rooms page (examples/dashboard/prepare.js). */
const LIVE_PAGE_FOLDER = new URL('../examples/dashboard/dist/', import.meta.url);

function pagesOf({ config, log, exampleRoomId }: GatewayOptions, needsToken: boolean): Pages {
  return createPages({ ...config, livePageFolder: LIVE_PAGE_FOLDER, exampleRoomId, needsToken, log });
}

/** Whether the REST API answers, for `/ready`. */
function readinessOf(client: RestClient, clock: Clock): () => Promise<boolean> {
  return createReadiness(async () => void (await listTemplates(client, { limit: 10 })), clock);
}
