// The composition root: it joins the client, the live core, the graph and the server, from one options object.
// Only main.ts, tests and examples import it.
import type { Logger } from 'pino';
import { createContext, type Context } from '../resolvers/context.ts';
import type { Services } from '../resolvers/services.ts';
import { clientErrorOfFailure } from '../resolvers/errors.ts';
import { refusalOfParticipant } from '../resolvers/participants.ts';
import { schema } from '../schema/index.ts';
import { participantFields } from '../schema/participant-fields.ts';
import { AuthTokens } from './auth/auth-token.ts';
import type { Caller } from './auth/caller.ts';
import { createAuthenticator } from './auth/create-authenticator.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { LiveRooms } from './live/live-rooms.ts';
import type { LiveObserver } from './live/observer.ts';
import { restUpstream } from './live/upstream/rest-upstream.ts';
import { parseWebhook } from './live/webhooks/webhook-event.ts';
import { RestCatalog } from './rest/catalog/catalog.ts';
import { RestClient, type RestClientOptions } from './rest/client/client.ts';
import { listTemplates } from './rest/templates/templates.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { createEntrance, type Authentication } from './server/entrance.ts';
import { createGraphiqlPage } from './server/graphiql/page.ts';
import { createGraphqlServer, type GraphqlServer } from './server/graphql.ts';
import { createHttpServer } from './server/http/http-server.ts';
import { defaultLimits, type Limits } from './server/operation/limits.ts';
import { createMetrics } from './server/metrics.ts';
import { readPersistedOperations } from './server/operation/persisted-operations.ts';
import { createReadiness } from './server/http/readiness.ts';
import type { PermissionRequest, Permission } from './server/plugins/use-permission.ts';
import { createWebhookHandler } from './server/http/webhooks.ts';

/** What a gateway is made of beyond its configuration. */
export interface GatewayOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Where the REST API is, and the credentials for it. */
  readonly upstream: Pick<RestClientOptions, 'apiUrl' | 'accessKey' | 'secret'> & {
    /** Where room codes are exchanged; default: where the REST API is. */
    readonly authUrl?: string;
  };
  /** How callers prove who they are. */
  readonly authentication: Authentication<Caller>;
  /** The room that the explorer's examples watch. */
  readonly exampleRoomId?: string;
  /** Limits of operations and callers that differ from those of the configuration. */
  readonly limits?: Partial<Limits>;
  /** Limits of the REST client that differ from its defaults. */
  readonly client?: Partial<RestClientOptions>;
}

/** A gateway that is ready to listen, or to be asked in process through `graphql.fetch`. */
export interface Gateway extends AsyncDisposable {
  readonly graphql: GraphqlServer;
  readonly services: Services;
  /** Resolves to the URL under which it answers, without a path. */
  listen(): Promise<string>;
  /** Ends subscriptions and requests in order, then the connections upstream. */
  close(): Promise<void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { config, log, clock = systemClock } = options;
  const persistedOperations =
    config.persistedOperations === null
      ? undefined
      : readPersistedOperations(config.persistedOperations, schema);
  const metrics = createMetrics();
  const services = createServices(options, clock, metrics.liveObserver);
  const { client, live } = services;
  metrics.watch(() => live.gauges());
  const limits = { ...defaultLimits, ...config.limits, ...options.limits };
  const entrance = createEntrance(options.authentication, limits);
  const graphql = createGraphqlServer({
    schema,
    entrance,
    createContext: (origin) => createContext(services, origin),
    clock,
    permission: permissionOf,
    translateError: clientErrorOfFailure,
    log,
    introspection: config.introspection,
    limits,
    persistedOperations,
    allowedOrigins: config.allowedOrigins,
  });
  const probe = async () => void (await listTemplates(client, { limit: 10 }));
  const http = createHttpServer({
    graphql,
    entrance,
    limits,
    persistedOperations,
    clock,
    graphiql: config.graphiql
      ? createGraphiqlPage({
          variables: { roomId: options.exampleRoomId ?? 'the id of a room' },
          needsToken: !entrance.isOpen,
        })
      : null,
    allowedOrigins: config.allowedOrigins,
    isReady: createReadiness(probe, clock),
    metrics,
    webhooks: createWebhooks(config, services, log),
    log,
  });
  const close = async () => {
    live.close();
    await http.close();
    await Promise.all([client.close(), services.authHost.close()]);
  };
  return {
    graphql,
    services,
    listen: () => http.listen(config.port, config.host),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Scopes are checked by the fields themselves; what a participant may ask at all, before any of them runs. */
function permissionOf({
  contextValue: context,
  ...operation
}: PermissionRequest<Context>): ReturnType<Permission<Context>> {
  const { participant } = context.caller;
  return participant === null
    ? null
    : refusalOfParticipant(participant, operation, participantFields, context);
}

/** The route of the vendor's webhooks, where a secret for it is configured. */
function createWebhooks(config: Config, { live }: Services, log: Logger) {
  if (config.webhookSecrets.length === 0) return undefined;
  return createWebhookHandler({
    secrets: config.webhookSecrets,
    secretHeader: config.webhookSecretHeader,
    log,
    accept: (body) => {
      const event = parseWebhook(body);
      return () => void live.receive(event);
    },
  });
}

function createServices(
  { config, upstream, client: limits, log }: GatewayOptions,
  clock: Clock,
  observer: LiveObserver,
): Services {
  const clientOptions: RestClientOptions = {
    clock,
    requestsPerSecond: config.upstreamRequestsPerSecond,
    onResponse: (event) => log.debug(event, 'upstream'),
    ...limits,
    ...upstream,
  };
  const client = new RestClient(clientOptions);
  const authHost = new RestClient({ ...clientOptions, apiUrl: upstream.authUrl ?? upstream.apiUrl });
  const catalog = new RestCatalog(client, { clock });
  const live = new LiveRooms({
    upstream: restUpstream(client, catalog),
    clock,
    pollIntervalMs: config.pollIntervalMs,
    pollMaxIntervalMs: config.pollMaxIntervalMs,
    sessionCheckMs: config.sessionCheckMs,
    observer,
  });
  const authTokens = new AuthTokens({ ...upstream, clock });
  return { client, authHost, catalog, live, authTokens, clock };
}

/** A gateway with what it talks to: the vendor, or a sandbox of its own. */
export interface RunningGateway {
  readonly url: string;
  /** Set when the gateway serves invented data. */
  readonly sandbox: Sandbox | null;
  close(): Promise<void>;
}

/** Starts what the configuration asks for, the sandbox first where one is needed. */
export async function startGateway(config: Config, log: Logger): Promise<RunningGateway> {
  const { upstream } = config;
  const { accessKey, secret } = upstream;
  await using resources = new AsyncDisposableStack();
  const sandbox =
    upstream.kind === 'sandbox'
      ? resources.use(await startSandbox({ ...upstream, secret: secret.reveal(), living: true }))
      : null;
  const authentication = await createAuthenticator(config.authentication, {
    accessKey,
    secret,
    clock: systemClock,
  });
  const { apiUrl, authUrl } =
    upstream.kind === 'vendor' ? upstream : { apiUrl: sandbox?.url ?? '', authUrl: sandbox?.url ?? '' };
  const gateway = resources.use(
    createGateway({
      config,
      log,
      upstream: { apiUrl, authUrl, accessKey, secret },
      authentication,
      ...(sandbox === null ? {} : { exampleRoomId: livingRoomOf(sandbox) }),
    }),
  );
  const url = await gateway.listen();
  const running = resources.move();
  return { url, sandbox, close: () => running.disposeAsync() };
}

/** A room of the sandbox in which something is going on. */
function livingRoomOf({ world }: Sandbox): string {
  return [...world.rooms.all.keys()].find((roomId) => world.sessions.active(roomId) !== undefined) ?? '';
}
