// graphql-yoga with the gateway's schema and defaults. HTTP requests go through all of it. WebSocket operations
// (src/server/socket) use only its pipeline: parse, validate, create the context, execute, mask.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import { systemClock } from '../clock.ts';
import type { ServerCaller } from './entrance.ts';
import { setHeaders } from './http/common-headers.ts';
import { corsFor, createCorsHeaders } from './http/cors.ts';
import type { Exchange } from './http/post/exchange.ts';
import { createPostRoute, type Handed } from './http/post/post.ts';
import { createSend } from './http/post/send.ts';
import { createStreamRoute } from './http/post/stream.ts';
import { createAdmission } from './operation/admission.ts';
import { createCharging, type Charging } from './operation/charging.ts';
import { sealing } from './operation/sealing.ts';
import { SharedAnswers } from './operation/shared-answers.ts';
import { tellingStale } from './operation/stale-answers.ts';
import { Deadlines } from './deadlines.ts';
import { OpenStreams } from './stream/open-streams.ts';
import { Plans } from './plans/plans.ts';
import type { GraphContext } from './operation/context.ts';
import { createEngine } from './operation/engine.ts';
import { createErrorMask } from './operation/mask-errors.ts';
import { createRunner } from './operation/runner.ts';
import { createTextOf, type TextOf } from './operation/result-text.ts';
import type { GraphqlOptions } from './graphql-options.ts';
import { useAdmission } from './plugins/use-admission.ts';
import { useAnswerType } from './plugins/use-answer-type.ts';
import { useAuthentication } from './plugins/use-authentication.ts';
import { useCompression } from './plugins/use-compression.ts';
import { useCost } from './plugins/use-cost.ts';
import { useExecution } from './plugins/use-execution.ts';
import { useGraphContext } from './plugins/use-graph-context.ts';
import { useHttpHygiene } from './plugins/use-http-hygiene.ts';
import { useNoSuggestions } from './plugins/use-no-suggestions.ts';
import { useOperationName } from './plugins/use-operation-name.ts';
import { useParts } from './plugins/use-parts.ts';
import { usePermission } from './plugins/use-permission.ts';
import { usePersistedOperations } from './plugins/use-persisted-operations.ts';
import { usePlans } from './plugins/use-plans.ts';
import { useRequestNote } from './plugins/use-request-note.ts';
import { useResultText } from './plugins/use-result-text.ts';
import { useSharedEvents } from './plugins/use-shared-events.ts';
import { useSubscriptionLimit } from './plugins/use-subscription-limit.ts';
import { useTimeLimit } from './plugins/use-time-limit.ts';
import { useUpstreamCalls } from './plugins/use-upstream-calls.ts';
import { useEventStream } from './stream/event-stream.ts';
import { KEEP_ALIVE_MS } from './stream/event-bytes.ts';
import type { EventResponse } from './stream/event-response.ts';
import { Wheel } from './socket/wheel.ts';

/** A request listener for Node's HTTP server, with `fetch` for requests in process and `getEnveloped` for WebSockets. */
export type GraphqlServer = YogaServerInstance<Record<string, unknown>, Record<string, unknown>> &
  // WebSocket operations take their first point by it before they are parsed; over HTTP `useAdmission` does.
  Pick<Charging, 'chargeFirstPoint'> & {
    /** Answers a request to `/graphql` over HTTP. */
    readonly serve: (exchange: Exchange) => Promise<void>;
    /**
     * Call when the data behind the graph may have changed: later requests do not join queries that are running. See
     * `SharedAnswers`.
     */
    sealAnswers(): void;
    /** Writes the results of WebSocket operations; over HTTP `useResultText` and `useEventStream` do. */
    readonly textOf: TextOf;
    /** Ends the event streams of all subscriptions, including those that begin later, so that their clients reconnect. */
    endStreams(): void;
  };

/** The largest request body, in bytes. A larger one is refused with 413 and `LIMIT_EXCEEDED`. */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * The pipeline of all operations, in two forms made of the same functions.
 *
 * Nearly all operations are a POST of JSON that is answered with JSON: `http/post/post.ts` takes them from Node's HTTP server and
 * runs queries and mutations by `operation/runner.ts`. `http/post/stream.ts` takes subscriptions whose clients want server-sent
 * events; like WebSocket operations they use Yoga's pipeline without its HTTP. Everything else goes through Yoga: queries by GET,
 * answers in parts, and every refusal, with what has been done for the request already (`Arrival`).
 * `test/server/http/post.test.ts` and `stream.test.ts` compare the answers of both forms.
 *
 * Plugins of one hook run in the order of the list, and the first that throws or stops the operation keeps the later ones from
 * running. So the order counts, hook by hook; post.ts and runner.ts take the same steps in the same order:
 *
 * - `onRequestParse` (HTTP, before the body is read): `useAuthentication` finds the caller, whom `useRequestNote` notes for
 * the log even if the request is then refused; `useAdmission` charges that caller the first point, and only then may
 * `useHttpHygiene` refuse the request, so that a refused request also costs a point.
 * - `onParams` (HTTP): `useOperationName`, then `usePersistedOperations`, which sets the text that the next hook parses.
 * - `onParse`, `onValidate`: `usePlans` answers both from the plans that all transports share. Yoga's own cache is off.
 * - `onContextBuilding`: `useAdmission` prices the operation and charges its caller; `useSubscriptionLimit` and
 * `useTimeLimit` read the `admitted` that it sets, so that an operation refused for its cost takes no place; `useGraphContext` is
 * last, because it passes on the `signal` of `useTimeLimit`. Nothing behind `useSubscriptionLimit` may throw: the place that it
 * took is given back by executing the operation only.
 * - `onSubscribe`: `useExecution` and `useSharedEvents` are first, so that the plugins after them see the stream that they make.
 * - `onExecute`, `onSubscribe`: `useExecution` sets what the plugins behind it wrap, and `useParts` replaces it where the answer
 * comes in parts. `useCost` wraps what `useTimeLimit` wraps, so it settles the bill also when all clients have left before the
 * result. `usePermission` and `useEventStream` may stop an operation. The hooks for results of the plugins before them run even
 * then: `useCost` settles the bill and adds the cost, `useSubscriptionLimit` gives the place back, `useTimeLimit` releases its
 * signal. An operation that its caller may not run is refused as such (`usePermission`) before its transport is looked at
 * (`useEventStream`).
 * - `onResultProcess` (HTTP): `useAnswerType` sets JSON or multipart, `useResultText` says how the JSON is written, then
 * `useEventStream` may replace both by a stream.
 *
 * The plugins of others are behind `usePlans`: their callers are authenticated, the operation is priced, parsed and validated,
 * and what they add or throw in `onContextBuilding` takes no place in a limit. What they wrap is within the time limit.
 *
 * `useNoSuggestions` may be anywhere behind `useExecution`, and so may `useCompression`, the only one whose `onResponse` (HTTP)
 * reads the answer. `useUpstreamCalls` comes after `usePermission`, so it adds nothing to an operation that did not run.
 */
export function createGraphqlServer<Caller extends ServerCaller, Graph extends GraphContext>(
  options: GraphqlOptions<Caller, Graph>,
): GraphqlServer {
  const parts = createParts(options);
  const { mask, textOf, charging, openStreams } = parts;
  const yoga = createYoga<Record<string, unknown>, Record<string, unknown>>({
    schema: options.schema,
    graphqlEndpoint: options.endpoint ?? '/graphql',
    maskedErrors: { maskError: mask },
    cors: (request) => corsFor(request.headers.get('origin'), options),
    plugins: pluginsOf(options, parts),
    parserAndValidationCache: false,
    // Yoga refuses parameters that it does not know; clients name persisted operations by this one.
    extraParamNames: ['documentId'],
    logging: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MAX_BODY_BYTES,
  });
  const isOpenToPlugins = hasPlugins(options);
  const corsOf = createCorsHeaders(options);
  const post = createPostRoute<Caller>({
    ...parts,
    entrance: options.entrance,
    persistedOperations: options.persistedOperations,
    rightsOf: options.rightsOf,
    runner: createRunner({ ...options, ...parts }),
    send: createSend(textOf, corsOf),
    maxBytes: MAX_BODY_BYTES,
  });
  const stream = createStreamRoute<Caller>({
    ...parts,
    entrance: options.entrance,
    persistedOperations: options.persistedOperations,
    clock: options.clock,
    // By the real time, as a client's connection is real.
    pings: new Wheel<Pick<EventResponse, 'ping'>>(systemClock, KEEP_ALIVE_MS, (each) => each.ping()),
    getEnveloped: yoga.getEnveloped,
    corsOf,
    maxBytes: MAX_BODY_BYTES,
  });
  return Object.assign(yoga, {
    serve: async (exchange: Exchange) => {
      const taken = isOpenToPlugins ? null : (post(exchange) ?? stream(exchange));
      const handed = taken === null ? {} : await taken;
      if (handed !== undefined) await leaveToYoga(exchange, handed, yoga);
    },
    sealAnswers: () => parts.answers.seal(),
    chargeFirstPoint: (account: string) => charging.chargeFirstPoint(account),
    textOf,
    endStreams: () => openStreams.endAll(),
  });
}

/** What both forms of the pipeline are made of. */
function createParts<Caller extends ServerCaller, Graph extends GraphContext>(
  options: GraphqlOptions<Caller, Graph>,
) {
  const { schema, clock, limits, introspection, executor = 'compiled', compilesAtOnce } = options;
  const mask = createErrorMask(options.translateError, options.log);
  const charging = createCharging(limits.pointsPerMinute, clock, options.observer, options.points);
  const answers = new SharedAnswers();
  return {
    mask,
    textOf: createTextOf(mask),
    charging,
    admit: createAdmission(limits, charging),
    deadlines: new Deadlines(clock),
    answers,
    // The engine passes on what `createContext` has made.
    engine: sealing(
      tellingStale(createEngine(executor, (scopes, context) => options.isCleared(scopes, context as Graph))),
      answers,
      options.afterMutation,
    ),
    plans: new Plans({ schema, limits, introspection, compilesAtOnce }),
    openStreams: new OpenStreams(),
  };
}

/** The plugins in their order, which `createGraphqlServer` explains. */
function pluginsOf<Caller extends ServerCaller, Graph extends GraphContext>(
  options: GraphqlOptions<Caller, Graph>,
  {
    mask,
    textOf,
    charging,
    admit,
    deadlines,
    engine,
    plans,
    openStreams,
    answers,
  }: ReturnType<typeof createParts>,
) {
  const { entrance, clock, limits, observer } = options;
  return [
    useExecution(engine),
    useParts({ engine, mask, clock }),
    ...(hasPlugins(options) ? [] : [useSharedEvents({ ...options, engine, mask })]),
    useAuthentication(entrance, clock),
    useRequestNote(),
    useAdmission(admit, charging, observer),
    useHttpHygiene(),
    useCompression(),
    useOperationName(),
    usePersistedOperations(options.persistedOperations),
    usePlans(plans),
    ...(options.plugins ?? []),
    useSubscriptionLimit(limits),
    useTimeLimit(limits, deadlines, answers),
    useCost(),
    useGraphContext(options.createContext),
    usePermission(options.permission, mask),
    useAnswerType(textOf),
    useResultText(textOf),
    useEventStream({ textOf, mask, openStreams }),
    ...(options.introspection ? [useUpstreamCalls()] : [useNoSuggestions()]),
  ];
}

function hasPlugins({ plugins = [] }: Pick<GraphqlOptions<ServerCaller, GraphContext>, 'plugins'>): boolean {
  return plugins.length > 0;
}

/** Lets Yoga answer a request, with what has been done for it already. */
async function leaveToYoga(
  { request, response, note, headers, body }: Exchange,
  handed: Partial<Handed<ServerCaller>>,
  yoga: (request: IncomingMessage, response: ServerResponse, context: object) => Promise<void>,
): Promise<void> {
  setHeaders(response, headers);
  // If the request has a `body`, Yoga assumes that it has been read and parsed, and does not read the stream. The parser that
  // useHttpHygiene sets returns the real body.
  if (handed.arrival?.visitor != null || body !== undefined)
    Object.assign(request, { body: { isRead: true } });
  await yoga(request, response, { note, body, ...handed });
}
