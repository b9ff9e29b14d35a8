// The parts of a gateway that do not depend on how requests arrive: the services, the schema, and the pipeline of operations.
// src/gateway.ts adds an HTTP server; src/library connects them to the server of another program.
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { isCleared } from '../resolvers/access.ts';
import { contextOfEvent, createContext, type Context } from '../resolvers/context.ts';
import type { Services } from '../resolvers/services.ts';
import { clientErrorOfFailure } from '../resolvers/errors.ts';
import { closedFieldsOf, refusalOfParticipant } from '../resolvers/participants.ts';
import { schema as graph } from '../schema/index.ts';
import { participantFields } from '../schema/participant-fields.ts';
import type { Caller } from './auth/caller.ts';
import { rightsOf } from './auth/rights.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Fleet } from './fleet/fleet.ts';
import { parseWebhook } from './live/webhooks/webhook-event.ts';
import { createEntrance, type Authentication, type Entrance } from './server/entrance.ts';
import type { GraphqlOptions } from './server/graphql-options.ts';
import { createGraphqlServer, type GraphqlServer } from './server/graphql.ts';
import { createWebhookReceiver, type ReceiveWebhook } from './server/http/webhooks.ts';
import { createMetrics, type Metrics, type MetricsOptions } from './server/metrics/metrics.ts';
import { defaultLimits, type Limits } from './server/operation/limits.ts';
import {
  readPersistedOperations,
  type PersistedOperations,
} from './server/operation/persisted-operations.ts';
import type { Permission, PermissionRequest } from './server/plugins/use-permission.ts';
import { createServices, type ServicesOptions } from './services.ts';
import { partsOf, pointsOf, webhookActions } from './sharing.ts';
import type { Tracing } from './trace.ts';

/** Options of `createCore`. Those without a default are required. */
export interface CoreOptions extends ServicesOptions {
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
  /** Makes a subgraph of the graph: `federated` of schema/federation/subgraph.ts. Default: it is served as it is. */
  readonly federate?: ((schema: GraphQLSchema) => GraphQLSchema) | undefined;
  /** Authenticates callers; see src/auth/create-authenticator.ts. */
  readonly authentication: Authentication<Caller>;
  /** Limits of operations and callers; they replace those of `config`, which replace `defaultLimits`. */
  readonly limits?: Partial<Limits>;
  /** Whether documents are compiled when they come for the first time; default: for the second time. For tests. */
  readonly compilesAtOnce?: boolean;
  /**
   * The graph with types of another program, whose answers may depend on more of a caller than the rights that the graph knows.
   * Then no answer is shared by callers of different names. Default: the graph alone.
   */
  readonly schema?: GraphQLSchema | undefined;
  /** See `GraphqlOptions`. */
  readonly plugins?: GraphqlOptions<Caller, Context>['plugins'];
  /** See `GraphqlOptions`. */
  readonly endpoint?: string;
}

/** The parts, joined. */
export interface Core {
  readonly graphql: GraphqlServer;
  readonly entrance: Entrance<Caller>;
  readonly services: Services;
  readonly metrics: Metrics;
  readonly limits: Limits;
  /** The only operations that run; undefined: any. */
  readonly persistedOperations: PersistedOperations | undefined;
  /** Receives the vendor's webhooks; undefined if no secret is configured. */
  readonly webhooks: ReceiveWebhook | undefined;
  /** Ends polling and the connections to the REST API. To be called when no request is in flight any more. */
  end(): Promise<void>;
}

/**
 * Makes the parts and joins them; makes no REST call.
 * @throws ManifestError if the persisted operations of `config` cannot be read.
 */
export function createCore(options: CoreOptions): Core {
  const { config, log, clock = systemClock } = options;
  const schema = schemaOf(options);
  const persistedOperations = persistedOperationsOf(config, schema);
  const metrics = createMetrics({ ...options.metrics, persistedNames: persistedOperations?.names });
  // Called when a read may have shown a change. `graphql` exists by then.
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
    ...rulesOf(schema),
    rightsOf: options.schema === undefined ? rightsOf : rightsAndName,
    createContext: (origin) => createContext(services, origin),
    ...settingsOf(config),
    compilesAtOnce: options.compilesAtOnce,
    plugins: options.plugins,
    endpoint: options.endpoint,
    clock,
    log,
    observer: metrics.serverObserver,
    limits,
    points,
    afterMutation: work?.afterMutation,
    persistedOperations,
  });
  work?.begin(partsOf(services, points, changed));
  return {
    graphql,
    entrance,
    services,
    metrics,
    limits,
    persistedOperations,
    webhooks: createWebhooks(options, services, changed),
    async end() {
      await end(services, options);
      // For plugins of others.
      await graphql.dispose();
    },
  };
}

/** The graph that this gateway serves. */
function schemaOf({ schema = graph, federate = (each) => each }: CoreOptions): GraphQLSchema {
  return federate(schema);
}

/** What makes a subgraph of the graph; undefined: it is none. */
export async function federateOf({
  federation,
}: Pick<Config, 'federation'>): Promise<CoreOptions['federate']> {
  // Imported here: a gateway that is no subgraph starts without it.
  return federation ? (await import('../schema/federation/subgraph.ts')).federated : undefined;
}

async function end(
  { live, client, authHost }: Services,
  { joined, tracing }: Pick<CoreOptions, 'joined' | 'tracing'>,
): Promise<void> {
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

/** Undefined: any operation may run. */
function persistedOperationsOf({ persistedOperations: path }: Config, schema: GraphQLSchema) {
  return path === null ? undefined : readPersistedOperations(path, schema);
}

/** What the server must know of the graph. */
function rulesOf(schema: GraphQLSchema) {
  return {
    contextOfEvent,
    isCleared: (scopes: ReadonlySet<string>, { caller }: Context) => isCleared(scopes, caller),
    permission: participantCheck(schema),
    translateError: clientErrorOfFailure,
  };
}

function rightsAndName(caller: Caller): string {
  return `${rightsOf(caller)} ${caller.name}`;
}

function watchLoad(metrics: Metrics, { client, authHost, live }: Services, fleet: Fleet | undefined): void {
  if (fleet !== undefined) metrics.watchFleet(fleet, () => client.requestsPerSecond);
  metrics.watch(
    () => live.gauges(),
    (priority) => client.waiting(priority) + authHost.waiting(priority),
  );
}

/**
 * Runs before execution: refuses a participant's operation that selects a closed field, or a participant who is not in the
 * room. Scopes are checked later, by each field.
 */
function participantCheck(schema: GraphQLSchema): Permission<Context> {
  const closedField = closedFieldsOf(schema, participantFields);
  return ({ contextValue: context, document }: PermissionRequest<Context>) => {
    const { participant } = context.caller;
    return participant === null ? null : refusalOfParticipant(participant, closedField(document), context);
  };
}

function createWebhooks({ config, log, joined }: CoreOptions, services: Services, changed: () => void) {
  const { act } = webhookActions(services, changed);
  if (config.webhookSecrets.length === 0) return undefined;
  return createWebhookReceiver({
    secrets: config.webhookSecrets,
    secretHeader: config.webhookSecretHeader,
    log,
    accept: (body) => {
      const event = parseWebhook(body);
      return () => (joined === undefined ? act(event) : joined.work.receive(event));
    },
  });
}
