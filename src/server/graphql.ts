// GraphQL over HTTP: the schema behind graphql-yoga, with the gateway's own defaults. The same pipeline (parse,
// validate, execute, mask) serves WebSocket operations.
import {
  createYoga,
  useExecutionCancellation,
  type CORSOptions,
  type Plugin,
  type YogaServerInstance,
} from 'graphql-yoga';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { createCharging, type Charging } from './operation/charging.ts';
import { documentCaches } from './operation/document-cache.ts';
import type { Entrance, ServerCaller, Visitor } from './entrance.ts';
import { useEventStream } from './stream/event-stream.ts';
import { createErrorMask, type TranslateError } from './operation/mask-errors.ts';
import type { Limits } from './operation/limits.ts';
import { useAdmission } from './plugins/use-admission.ts';
import { useAuthentication } from './plugins/use-authentication.ts';
import { useDocumentLimits } from './plugins/use-document-limits.ts';
import { useErrorCodes } from './plugins/use-error-codes.ts';
import { useHttpHygiene } from './plugins/use-http-hygiene.ts';
import type { PersistedOperations } from './operation/persisted-operations.ts';
import { usePersistedOperations } from './plugins/use-persisted-operations.ts';
import { useNoIntrospection } from './plugins/use-no-introspection.ts';
import { usePermission, type Permission } from './plugins/use-permission.ts';
import { useSubscriptionLimit } from './plugins/use-subscription-limit.ts';
import { useTimeLimit } from './plugins/use-time-limit.ts';
import { useUpstreamCalls } from './plugins/use-upstream-calls.ts';

export interface GraphqlOptions<Caller extends ServerCaller> {
  readonly schema: GraphQLSchema;
  /** Who comes in; WebSockets ask it themselves. */
  readonly entrance: Entrance<Caller>;
  /** Makes the context of one operation. */
  readonly createContext: (origin: OperationOrigin<Caller>) => object;
  readonly clock: Clock;
  readonly limits: Limits;
  /** The only operations that run; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
  /** Whether a caller may run an operation at all. */
  readonly permission: Permission;
  readonly translateError: TranslateError;
  readonly log: Logger;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  /** Origins of browsers that may read answers; requests without an `Origin` are not concerned. */
  readonly allowedOrigins: readonly string[];
}

/** Where an operation comes from. */
interface OperationOrigin<Caller extends ServerCaller> {
  readonly caller: Caller;
  /** Whose limits count. */
  readonly account: string;
  /** Aborts when the client goes away. */
  readonly signal?: AbortSignal | undefined;
  /** `Last-Event-ID`: where a client over SSE stopped reading. */
  readonly lastEventId?: string | null | undefined;
}

/** Yoga adds what it knows of the transport to the context; over WebSocket there is no request. */
export type GraphqlServer = YogaServerInstance<Record<string, unknown>, Record<string, unknown>> &
  // For operations over WebSocket, before they are read; over HTTP it is part of the pipeline.
  Pick<Charging, 'begin'>;

/** The largest request body, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;

export function createGraphqlServer<Caller extends ServerCaller>(
  options: GraphqlOptions<Caller>,
): GraphqlServer {
  const {
    schema,
    entrance,
    createContext,
    clock,
    limits,
    permission,
    translateError,
    log,
    introspection,
    allowedOrigins,
    persistedOperations,
  } = options;
  const mask = createErrorMask(translateError, log);
  const charging = createCharging(limits.pointsPerMinute, clock);
  const yoga = createYoga<Record<string, unknown>, Record<string, unknown>>({
    schema,
    maskedErrors: { maskError: mask },
    cors: (request) => corsFor(request.headers.get('origin'), allowedOrigins),
    plugins: [
      useAuthentication(entrance, clock),
      useAdmission({ schema, limits, charging }),
      useHttpHygiene(),
      ...(persistedOperations === undefined ? [] : [usePersistedOperations(persistedOperations)]),
      useDocumentLimits(limits),
      useSubscriptionLimit(limits),
      useTimeLimit(limits, clock),
      useOwnContext((initial) => createContext(originOf<Caller>(initial))),
      usePermission(permission, mask),
      useEventStream(),
      useExecutionCancellation(),
      useErrorCodes({ suggestions: introspection }),
      ...(introspection ? [useUpstreamCalls()] : [useNoIntrospection()]),
    ],
    parserAndValidationCache: documentCaches(),
    // By which a client may name a persisted operation.
    extraParamNames: ['documentId'],
    logging: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MAX_BODY_BYTES,
  });
  return Object.assign(yoga, { begin: (account: string) => charging.begin(account) });
}

/** How long a browser may remember what it may send, in seconds. */
const PREFLIGHT_SECONDS = 600;

/** What a page of another origin may send and read. Strangers get no headers at all; cookies are never used. */
function corsFor(origin: string | null, allowedOrigins: readonly string[]): CORSOptions {
  if (origin === null || !allowedOrigins.includes(origin)) return false;
  return {
    origin,
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'last-event-id',
      'traceparent',
      'x-gateway-upstream',
      'x-request-id',
    ],
    exposedHeaders: ['retry-after', 'traceparent', 'x-request-id'],
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
  };
}

/** What Yoga and the transports know: over HTTP there is a request. */
type InitialContext = {
  readonly request?: Request;
  /** The operation's own, or the transport's. */
  readonly signal?: AbortSignal;
} & Readonly<Record<string, unknown>>;

function originOf<Caller extends ServerCaller>(context: InitialContext): OperationOrigin<Caller> {
  // Both transports have let the visitor in before.
  const { caller, account } = context['visitor'] as Visitor<Caller>;
  const { request, signal = request?.signal } = context;
  return { caller, account, signal, lastEventId: request?.headers.get('last-event-id') };
}

/** Yoga's own option would make the context before the operation is admitted. */
function useOwnContext(create: (initial: InitialContext) => object): Plugin {
  return { onContextBuilding: ({ context, extendContext }) => extendContext({ ...create(context) }) };
}
