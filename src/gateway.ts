// The composition root: it joins the REST client, the live core, the schema and the server, from one options object.
// Only main.ts, tests, examples and benchmarks import it. No rule of the domain lives here.
import type { Logger } from 'pino';
import { isCleared } from '../resolvers/access.ts';
import { contextOfEvent, createContext, type Context } from '../resolvers/context.ts';
import type { Services } from '../resolvers/services.ts';
import { clientErrorOfFailure } from '../resolvers/errors.ts';
import { closedFieldsOf, refusalOfParticipant } from '../resolvers/participants.ts';
import { schema } from '../schema/index.ts';
import { participantFields } from '../schema/participant-fields.ts';
import { Absences } from './auth/absences.ts';
import { AuthTokens } from './auth/auth-token.ts';
import type { Caller } from './auth/caller.ts';
import { rightsOf } from './auth/rights.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Tracing } from './trace.ts';
import type { Config } from './config.ts';
import type { Fleet } from './fleet/fleet.ts';
import { LiveRooms } from './live/live-rooms.ts';
import { tellingChanges } from './live/observer.ts';
import { restUpstream } from './live/upstream/rest-upstream.ts';
import { parseWebhook } from './live/webhooks/webhook-event.ts';
import { RestCatalog } from './rest/catalog/catalog.ts';
import { RestClient } from './rest/client/client.ts';
import type { RestClientOptions } from './rest/client/client-options.ts';
import { listTemplates } from './rest/templates/templates.ts';
import { createEntrance, type Authentication } from './server/entrance.ts';
import { createGraphqlServer, type GraphqlServer } from './server/graphql.ts';
import { createHttpServer, type HttpServer } from './server/http/http-server.ts';
import { defaultLimits, type Limits } from './server/operation/limits.ts';
import { createMetrics, type Metrics, type MetricsOptions } from './server/metrics/metrics.ts';
import { readPersistedOperations } from './server/operation/persisted-operations.ts';
import { createPages, type Pages } from './server/pages.ts';
import { createReadiness } from './server/http/readiness.ts';
import type { PermissionRequest, Permission } from './server/plugins/use-permission.ts';
import { createWebhookHandler } from './server/http/webhooks.ts';
import { partsOf, pointsOf, webhookActions, type GatewayFleet } from './sharing.ts';

/** Options of `createGateway`. Those without a default are required. */
export interface GatewayOptions {
  /** Everything that the environment decides; its `upstream` and `authentication` are not read here. */
  readonly config: Config;
  /** Gets requests and REST calls (debug), and unexpected failures (error). */
  readonly log: Logger;
  /** What `/metrics` has beside the metrics of this gateway; default: nothing. */
  readonly metrics?: Pick<MetricsOptions, 'lostLogLines' | 'isKeyFileRefused' | 'ofProcess'>;
  /** Begins the spans of operations; `close` closes it last. Default: tracing is off. */
  readonly tracing?: Tracing;
  /** Time and timers of all parts; default: the machine's time. */
  readonly clock?: Clock;
  /** The REST API's base URL, and the workspace's credentials for it. */
  readonly upstream: Pick<RestClientOptions, 'apiUrl' | 'accessKey' | 'secret'> & {
    /** The base URL at which room codes are exchanged for tokens; default: `apiUrl`. */
    readonly authUrl?: string;
  };
  /** Authenticates callers; see src/auth/create-authenticator.ts. */
  readonly authentication: Authentication<Caller>;
  /** The other instances, and what is shared with them. Whoever joined them closes its `fleet`, after the gateway. Default: this is the only instance. */
  readonly joined?: GatewayFleet | undefined;
  /** The room id in GraphiQL's example variables; default: a text that asks for one. */
  readonly exampleRoomId?: string;
  /** Limits of operations and callers; they replace those of `config`, which replace `defaultLimits`. */
  readonly limits?: Partial<Limits>;
  /** Whether documents are compiled when they come for the first time; default: for the second time. For tests. */
  readonly compilesAtOnce?: boolean;
  /** How long connections without a request stay open once the gateway closes, in milliseconds. Default: 1000. For tests. */
  readonly lingerMs?: number;
  /** Options of the REST client; they replace its defaults and those of `config`. */
  readonly client?: Partial<RestClientOptions>;
}

/** A gateway that does not listen yet. In process, `graphql.fetch` answers without listening. */
export interface Gateway extends AsyncDisposable {
  /** The endpoint without its HTTP server, for requests in process. */
  readonly graphql: GraphqlServer;
  /** The services that all operations share, for tests. */
  readonly services: Services;
  /** Whether the live-rooms page is served: it is on, and built. */
  readonly hasLivePage: boolean;
  /** Begins to listen at `config.host` and `config.port`. Resolves to the URL, without a path. Rejects with Node's error. */
  listen(): Promise<string>;
  /**
   * Ends event streams and WebSockets so that their clients come back, then requests in flight (within 10 s), then polling
   * and the connections to the REST API.
   */
  close(): Promise<void>;
}

/**
 * Makes the parts and joins them; makes no REST call.
 * @throws ManifestError if the persisted operations of `config` cannot be read.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { config, log, clock = systemClock } = options;
  const persistedOperations = persistedOperationsOf(config);
  const metrics = createMetrics({ ...options.metrics, persistedNames: persistedOperations?.names });
  const observer = metrics.serverObserver;
  // Called when something is looked at, by when `graphql` is there.
  const changed = () => graphql.sealAnswers();
  const services = createServices(options, clock, metrics, changed);
  watchLoad(metrics, services, options.joined?.fleet);
  const limits = { ...defaultLimits, ...config.limits, ...options.limits };
  const work = options.joined?.work;
  const points = work && pointsOf(work, limits, clock);
  const entrance = createEntrance(options.authentication, limits, clock, config.trustedProxies);
  const graphql = createGraphqlServer({
    schema,
    entrance,
    ...rulesOfGraph,
    createContext: (origin) => createContext(services, origin),
    ...settingsOf(config),
    compilesAtOnce: options.compilesAtOnce,
    clock,
    log,
    observer,
    limits,
    points,
    afterMutation: work?.afterMutation,
    persistedOperations,
  });
  const pages = pagesOf(options, !entrance.isOpen);
  const http = createHttpServer({
    graphql,
    entrance,
    limits,
    persistedOperations,
    clock,
    ...pages,
    allowedOrigins: config.allowedOrigins,
    localOrigins: config.localOrigins,
    lingerMs: options.lingerMs,
    isReady: readinessOf(services.client, clock),
    fleet: options.joined?.fleet,
    metrics,
    observer,
    tracing: options.tracing,
    webhooks: createWebhooks(options, services, changed),
    log,
  });
  work?.begin(partsOf(services, points, changed));
  const close = () => closeInOrder(http, services, options);
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
 * The server closes first, so that the subscriptions of clients are cut off: if a subscription ended by itself, its client would not
 * reconnect.
 */
async function closeInOrder(
  http: Pick<HttpServer, 'close'>,
  { live, client, authHost }: Services,
  { joined, tracing }: GatewayOptions,
): Promise<void> {
  await http.close();
  live.close();
  joined?.work.stop();
  await joined?.live.close();
  await Promise.all([client.close(), authHost.close()]);
  await tracing?.close();
}

/** What the GraphQL server takes from the configuration as it is. */
function settingsOf({ executor, introspection, allowedOrigins, localOrigins, allowedHeaders }: Config) {
  return { executor, introspection, allowedOrigins, localOrigins, allowedHeaders };
}

/** Where `npm ci` puts the live-rooms page (examples/dashboard/prepare.js). */
const LIVE_PAGE_FOLDER = new URL('../examples/dashboard/dist/', import.meta.url);

function pagesOf({ config, log, exampleRoomId }: GatewayOptions, needsToken: boolean): Pages {
  return createPages({ ...config, livePageFolder: LIVE_PAGE_FOLDER, exampleRoomId, needsToken, log });
}

/** Undefined: any operation may run. */
function persistedOperationsOf({ persistedOperations: path }: Config) {
  return path === null ? undefined : readPersistedOperations(path, schema);
}

/** Whether the REST API answers, for `/ready`. */
function readinessOf(client: RestClient, clock: Clock): () => Promise<boolean> {
  return createReadiness(async () => void (await listTemplates(client, { limit: 10 })), clock);
}

/** What the server must know of the graph. */
const rulesOfGraph = {
  contextOfEvent,
  isCleared: (scopes: ReadonlySet<string>, { caller }: Context) => isCleared(scopes, caller),
  rightsOf,
  permission: checkParticipant,
  translateError: clientErrorOfFailure,
};

function watchLoad(metrics: Metrics, { client, authHost, live }: Services, fleet: Fleet | undefined): void {
  if (fleet !== undefined) metrics.watchFleet(fleet, () => client.requestsPerSecond);
  metrics.watch(
    () => live.gauges(),
    (priority) => client.waiting(priority) + authHost.waiting(priority),
  );
}

const closedField = closedFieldsOf(schema, participantFields);

/**
 * Runs before execution: refuses a participant's operation that selects a closed field, or a participant who is not in the
 * room. Scopes are checked later, by each field.
 */
function checkParticipant({
  contextValue: context,
  document,
}: PermissionRequest<Context>): ReturnType<Permission<Context>> {
  const { participant } = context.caller;
  return participant === null ? null : refusalOfParticipant(participant, closedField(document), context);
}

/** The handler of the vendor's webhooks; undefined if no secret is configured, and then the route does not exist. */
function createWebhooks({ config, log, joined }: GatewayOptions, services: Services, changed: () => void) {
  const { act } = webhookActions(services, changed);
  if (config.webhookSecrets.length === 0) return undefined;
  return createWebhookHandler({
    secrets: config.webhookSecrets,
    secretHeader: config.webhookSecretHeader,
    log,
    accept: (body) => {
      const event = parseWebhook(body);
      return () => (joined === undefined ? act(event) : joined.work.receive(event));
    },
  });
}

function createServices(
  { config, upstream, client: limits, log, joined }: GatewayOptions,
  clock: Clock,
  { liveObserver, budgetObserver, upstream: upstreamMetrics }: Metrics,
  changed: () => void,
): Services {
  const clientOptions: RestClientOptions = {
    clock,
    requestsPerSecond: config.upstreamRequestsPerSecond,
    proxy: config.proxy,
    onResponse(event) {
      upstreamMetrics.onResponse(event);
      log.debug(event, 'upstream');
    },
    onRepair: upstreamMetrics.onRepair,
    budgetObserver,
    faultObserver: {
      ...upstreamMetrics.faultObserver,
      onBreaker(family, state) {
        upstreamMetrics.faultObserver.onBreaker(family, state);
        if (state !== 'open') live.lookAtStale();
      },
    },
    ...limits,
    ...upstream,
  };
  const client = new RestClient({
    ...clientOptions,
    onNews: joined && ((news) => joined.work.onNews('api', news)),
  });
  const authHost = new RestClient({
    ...clientOptions,
    apiUrl: upstream.authUrl ?? upstream.apiUrl,
    onNews: joined && ((news) => joined.work.onNews('auth', news)),
  });
  const catalog = new RestCatalog(client, {
    clock,
    onLookUp: upstreamMetrics.onLookUp,
    onEffect: joined?.work.onEffect,
  });
  const live = new LiveRooms({
    upstream: restUpstream(client, catalog),
    clock,
    pollIntervalMs: config.pollIntervalMs,
    pollMaxIntervalMs: config.pollMaxIntervalMs,
    sessionCheckMs: config.sessionCheckMs,
    observer: tellingChanges(liveObserver, changed),
    ...(joined === undefined ? {} : { shared: joined.live }),
  });
  const authTokens = new AuthTokens({ ...upstream, clock });
  const absences = new Absences(clock);
  return { client, authHost, catalog, live, absences, authTokens, clock };
}
