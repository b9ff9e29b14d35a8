// The protocol graphql-transport-ws over Yoga's pipeline. A client is authenticated once, at `connection_init`. Each
// operation passes the same plugins as over HTTP, and its errors do not affect other operations. Source:
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
import {
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
} from 'graphql';
import { makeServer, type Server as Protocol } from 'graphql-ws';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { noTracing, type Tracing } from '../../trace.ts';
import { atEndOfRights } from '../end-of-rights.ts';
import type { Entrance, ServerCaller } from '../entrance.ts';
import type { GraphqlServer } from '../graphql.ts';
import type { OperationContext } from '../operation/context.ts';
import type { Limits } from '../operation/limits.ts';
import { createErrorMask, formatError } from '../operation/mask-errors.ts';
import { WrittenData } from '../operation/written-data.ts';
import { refuseHashAlone, type PersistedOperations } from '../operation/persisted-operations.ts';
import { expired, limitExceeded, unauthenticated } from '../refusals.ts';
import { RequestNote } from '../request-note.ts';
import { closeCodes, type SocketSession } from './socket-session.ts';
import type { SocketOperation } from './socket-operations.ts';
import { FirstResult, HeldSubscription } from './held-subscription.ts';
import { formatResult, nextPrefix, payloadParts, type FormattedResult } from './messages.ts';
import type { ServerObserver } from '../observer.ts';
import { Tally } from '../tally.ts';

/** Options of `createProtocol`. All are required but `persistedOperations`. */
export interface ProtocolOptions<Caller extends ServerCaller> {
  /** The pipeline that every operation passes. */
  readonly graphql: GraphqlServer;
  /**
   * Authenticates each client, at `connection_init`, by its member `authorization`. A refusal closes the socket with 4403;
   * a check that cannot be made now, or too many invalid tokens of one address, with 1013.
   */
  readonly entrance: Entrance<Caller>;
  /** Closes sockets (4403) when their client's token expires, and measures how long operations take. */
  readonly clock: Clock;
  /** Gets a line for each operation, and errors of the gateway's own that occur before one is executed. */
  readonly log: Logger;
  /** One socket over `socketsPerCaller` is closed with 1013; one operation over `operationsPerSocket` is refused. */
  readonly limits: SocketLimits;
  /** The only operations that run, looked up before parsing; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
  /** Gets each operation, for metrics; default: no metrics. */
  readonly observer?: ServerObserver | undefined;
  /** Begins the spans of operations; default: tracing is off. */
  readonly tracing?: Tracing | undefined;
}

type SocketLimits = Pick<Limits, 'operationsPerSocket' | 'socketsPerCaller'>;

/** The protocol for all sockets of a server; it counts the sockets of each caller. */
export function createProtocol<Caller extends ServerCaller>(
  options: ProtocolOptions<Caller>,
): Protocol<SocketSession<Caller>> {
  const sockets = new Tally();
  return makeServer<Record<string, unknown> | undefined, SocketSession<Caller>>({
    // No timer of graphql-ws for each socket: `closeUnlessBegun` enforces this limit for all sockets with one timer.
    connectionInitWaitTimeout: 0,
    onConnect: ({ extra, connectionParams }) => connect(extra, connectionParams, options, sockets),
    execute: async (args) => {
      const { execute, operation } = enveloped(args);
      return operation.awaited(execute(args), cancelStream);
    },
    subscribe: async (args) => {
      const { subscribe, operation } = enveloped(args);
      return operation.awaited(subscribe(args), cancelStream);
    },
    onSubscribe: async ({ extra, subscriptions }, id, params) => {
      if (extra.isLeaving) return Promise.withResolvers<never>().promise;
      const note = beginNote(extra, options);
      const operation = extra.operations.begin(id, params, subscriptions, note);
      const prepared = await prepare(params, { operation, note }, extra, options);
      // Do not pass a prepared operation through `awaited`. It already holds a place in the subscription limit, and frees
      // it only by being executed, even if it has been aborted by then.
      return Array.isArray(prepared) ? operation.awaited(prepared) : prepared;
    },
    onOperation: ({ extra, subscriptions }, id, params, args, result) => {
      if (!(Symbol.asyncIterator in result)) return undefined;
      const { operations } = extra;
      operations.markStream(params);
      const { parts, member, leave } = contextOf(args);
      if (parts !== undefined) return undefined;
      const note = operations.noteOf(params);
      note?.began();
      if (member === undefined) return undefined;
      member.waitFor(extra.outbox);
      const { textOf } = options.graphql;
      return new FirstResult(result, () => {
        const held = new HeldSubscription({ session: extra, subscriptions, id, member, note, textOf, leave });
        operations.hold(params, held);
        held.hold();
      });
    },
    onComplete: ({ extra }, _id, params) => extra.operations.end(params),
    onError: ({ extra }, _id, params, errors) => {
      extra.operations.noteOf(params)?.saw({ errors });
      extra.operations.end(params);
      return errors.map(formatError);
    },
    onNext: ({ extra }, id, params, _args, result) => {
      extra.operations.noteOf(params)?.saw(result);
      // A socket that this closes sends nothing any more.
      extra.outbox.expiry?.keep();
      return writtenResult(id, formatResult(result), extra, options.graphql);
    },
  });
}

/** A header of the upgrade is not read: browsers cannot send it, and a proxy may log it. A close reason has 123 bytes at most. */
const MISSING_AUTHORIZATION =
  'Send `authorization` in the payload of `connection_init`; a header of the upgrade is not read.';

/**
 * Authenticates a client and counts its socket. False: the socket has been closed, with the reason, or was closed
 * meanwhile.
 */
async function connect<Caller extends ServerCaller>(
  session: SocketSession<Caller>,
  params: Readonly<Record<string, unknown>> | undefined,
  { entrance, clock, log, limits }: ProtocolOptions<Caller>,
  sockets: Tally,
): Promise<boolean> {
  const { socket, address, gone, upgrade } = session;
  session.begin?.();
  session.begin = null;
  session.upgrade = null;
  try {
    const sent = upgrade === null ? undefined : { request: upgrade, connectionParams: params ?? {} };
    session.visitor = await entrance.admit(authorizationOf(params), address, sent);
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions['code'] === 'UNAUTHENTICATED') {
      const isMissing = params?.['authorization'] == null && params?.['Authorization'] == null;
      const isUnread = isMissing && !entrance.readsRequests;
      socket.close(closeCodes.forbidden, isUnread ? MISSING_AUTHORIZATION : error.message);
    } else {
      if (!(error instanceof GraphQLError)) log.error({ err: error }, 'a caller could not be checked');
      socket.close(closeCodes.tryAgainLater, 'Try again later');
    }
    return false;
  }
  if (gone.aborted) return false;
  const { account, caller } = session.visitor;
  const leave = entrance.isOpen ? () => undefined : sockets.take(account, limits.socketsPerCaller);
  if (leave === null) {
    socket.close(
      closeCodes.tryAgainLater,
      `You have ${limits.socketsPerCaller} connections, which is the limit`,
    );
    return false;
  }
  gone.addEventListener('abort', leave, { once: true });
  const expiry = atEndOfRights(clock, caller, ({ message }) => socket.close(closeCodes.forbidden, message));
  session.outbox.expiry = expiry;
  gone.addEventListener('abort', () => expiry?.cancel(), { once: true });
  return true;
}

/** Refuses one operation over the limit of its socket; the socket and its other operations stay. */
function tooManyOperations(limit: number): GraphQLError {
  return limitExceeded('operations', `This connection has ${limit} operations, which is the limit.`);
}

/** The member `authorization` of `connection_init`, also spelt `Authorization`; null: missing. */
function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): string | null {
  const authorization = params?.['authorization'] ?? params?.['Authorization'] ?? null;
  if (authorization === null || typeof authorization === 'string') return authorization;
  throw unauthenticated('`authorization` must be a string.');
}

/**
 * Writes the message of a result here, as graphql-ws would close the whole socket if its own writing failed. The returned
 * payload hands the message over while graphql-ws writes it, and the session sends that: both happen in one turn, so
 * messages of other operations cannot come between.
 */
function writtenResult<Caller extends ServerCaller>(
  id: string,
  result: FormattedResult,
  session: SocketSession<Caller>,
  { textOf }: GraphqlServer,
): FormattedExecutionResult {
  const own = nextPrefix(id);
  const written =
    result.data instanceof WrittenData
      ? { own, shared: payloadParts(result, textOf) }
      : { own: `${own}${textOf(result)}}`, shared: [] };
  const payload = {
    data: null,
    toJSON() {
      session.written = written;
      return {};
    },
  };
  return payload;
}

/** The context that `prepare` has made for an operation. */
function contextOf({ contextValue }: ExecutionArgs): Pick<OperationContext, 'parts' | 'member' | 'leave'> {
  // graphql-ws passes on what `prepare` has returned.
  return contextValue as Pick<OperationContext, 'parts' | 'member' | 'leave'>;
}

type Pipeline = Pick<ReturnType<GraphqlServer['getEnveloped']>, 'execute' | 'subscribe'>;

/**
 * The root value of an operation. It carries data from `onSubscribe` to `execute` and `subscribe`, as graphql-ws has no
 * other way.
 */
interface Enveloped extends Pipeline {
  readonly operation: SocketOperation;
}

function enveloped(args: ExecutionArgs): Enveloped {
  // Set by `prepare` for every operation, and by nothing else.
  return args.rootValue as Enveloped;
}

/** Ends a stream before its first result. Its errors have no reader, so they are ignored. */
function cancelStream(result: AsyncIterable<ExecutionResult> | ExecutionResult): void {
  if (!(Symbol.asyncIterator in result)) return;
  result[Symbol.asyncIterator]()
    .return?.()
    .catch(() => undefined);
}

type NoteOptions<Caller extends ServerCaller> = Pick<
  ProtocolOptions<Caller>,
  'log' | 'clock' | 'observer' | 'tracing'
>;

/** The note of an operation that a socket's client sends. */
function beginNote<Caller extends ServerCaller>(
  { requestId, visitor, trace }: SocketSession<Caller>,
  { log, clock, observer, tracing = noTracing }: NoteOptions<Caller>,
): RequestNote {
  const note = new RequestNote({ log, clock, requestId, transport: 'websocket', observer });
  note.becomeOperation(tracing, trace);
  note.caller = visitor?.caller ?? null;
  return note;
}

/** An operation as a client sends it; graphql-ws has checked that `query` is a string. */
interface Params {
  query: string;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/**
 * Takes the operation's first point, parses and validates it, and makes its context. Returns errors instead of throwing
 * them: an error thrown here would close the socket, and with it end all other operations of the client.
 */
async function prepare<Caller extends ServerCaller>(
  { operationName, ...sent }: Params,
  { operation, note }: { readonly operation: SocketOperation; readonly note: RequestNote },
  { visitor, outbox, operations }: SocketSession<Caller>,
  { graphql, limits, persistedOperations, log }: ProtocolOptions<Caller>,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (visitor === null || outbox.expiry?.keep() === true) return [expired()];
  try {
    graphql.chargeFirstPoint(visitor.account);
    // An empty name counts as missing: see useOperationName.
    const params: Params = operationName === '' ? sent : { ...sent, operationName };
    if (operations.count > limits.operationsPerSocket) return [tooManyOperations(limits.operationsPerSocket)];
    const { schema, parse, validate, contextFactory, execute, subscribe } = graphql.getEnveloped({
      params,
      visitor,
      signal: operation.signal,
      note,
    } satisfies Pick<OperationContext<Caller>, 'visitor' | 'signal' | 'note'> & { readonly params: Params });
    if (persistedOperations === undefined) refuseHashAlone(params);
    const document = parse(persistedOperations?.textOf(params) ?? params.query);
    // The text that the plan keeps, so that each subscription does not keep that of its own message.
    params.query = document.loc?.source.body ?? params.query;
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    return {
      schema,
      document,
      operationName: typeof params.operationName === 'string' ? params.operationName : undefined,
      // Any JSON value of the client: graphql checks it against the operation's variable definitions when it executes.
      variableValues: params.variables as Record<string, unknown> | undefined,
      contextValue: await contextFactory(),
      rootValue: { execute, subscribe, operation } satisfies Enveloped,
    };
  } catch (error) {
    return [error instanceof GraphQLError ? error : createErrorMask(() => null, log)(error)];
  }
}
