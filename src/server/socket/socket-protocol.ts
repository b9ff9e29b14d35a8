// The protocol graphql-transport-ws over the pipeline of Yoga: who connects is asked once, each operation is parsed
// and validated as over HTTP, and whatever is wrong with one is answered to it alone.
import {
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
} from 'graphql';
import { makeServer, type Server as Protocol } from 'graphql-ws';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { callAt } from '../call-at.ts';
import type { Entrance, ServerCaller } from '../entrance.ts';
import type { GraphqlServer } from '../graphql.ts';
import type { OperationContext } from '../operation/context.ts';
import type { Limits } from '../operation/limits.ts';
import { createErrorMask, shownError } from '../operation/mask-errors.ts';
import type { PersistedOperations } from '../operation/persisted-operations.ts';
import { expired, limitExceeded, unauthenticated } from '../refusals.ts';
import { closeCodes, type Connection } from './socket-connection.ts';
import type { SocketOperation } from './socket-operations.ts';
import { Tally } from '../tally.ts';

export interface ProtocolOptions<Caller extends ServerCaller> {
  readonly graphql: GraphqlServer;
  readonly entrance: Entrance<Caller>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a client may take to initialise its connection, in milliseconds. */
  readonly initTimeoutMs: number;
  readonly limits: SocketLimits;
  /** The only operations that run; default: any. */
  readonly persistedOperations?: PersistedOperations | undefined;
}

type SocketLimits = Pick<Limits, 'operationsPerSocket' | 'socketsPerCaller'>;

export function createProtocol<Caller extends ServerCaller>(
  options: ProtocolOptions<Caller>,
): Protocol<Connection<Caller>> {
  const sockets = new Tally();
  return makeServer<Record<string, unknown> | undefined, Connection<Caller>>({
    connectionInitWaitTimeout: options.initTimeoutMs,
    onConnect: ({ extra, connectionParams }) => letIn(extra, connectionParams, options, sockets),
    execute: async (args) => {
      const { execute, operation } = enveloped(args);
      return operation.awaited(execute(args));
    },
    subscribe: async (args) => {
      const { subscribe, operation } = enveloped(args);
      return operation.awaited(subscribe(args), leave);
    },
    onSubscribe: async ({ extra, subscriptions }, id, params) => {
      const operation = extra.operations.begin(id, params, subscriptions);
      const prepared = await prepare(params, operation, extra, options);
      // What is ready has places to give back, which it does when it runs, if only to find that it is aborted.
      return Array.isArray(prepared) ? operation.awaited(prepared) : prepared;
    },
    onOperation: ({ extra }, _id, params, _args, result) => {
      if (Symbol.asyncIterator in result) extra.operations.streams(params);
    },
    onComplete: ({ extra }, _id, params) => extra.operations.end(params),
    onError: ({ extra }, _id, params, errors) => {
      extra.operations.end(params);
      return errors.map(shownError);
    },
    onNext: (_context, _id, _params, _args, result) => shownResult(result),
  });
}

/** Whether the client may stay; where not, the socket has been closed with the reason. */
async function letIn<Caller extends ServerCaller>(
  connection: Connection<Caller>,
  params: Readonly<Record<string, unknown>> | undefined,
  { entrance, clock, log, limits }: ProtocolOptions<Caller>,
  sockets: Tally,
): Promise<boolean> {
  const { socket, address, gone } = connection;
  try {
    connection.visitor = await entrance.admit(authorizationOf(params), address);
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions['code'] === 'UNAUTHENTICATED') {
      socket.close(closeCodes.forbidden, error.message);
    } else {
      if (!(error instanceof GraphQLError)) log.error({ err: error }, 'a caller could not be checked');
      socket.close(closeCodes.tryAgainLater, 'Try again later');
    }
    return false;
  }
  if (gone.aborted) return false;
  const { account, caller } = connection.visitor;
  const leave = entrance.isOpen ? () => undefined : sockets.take(account, limits.socketsPerCaller);
  if (leave === null) {
    socket.close(
      closeCodes.tryAgainLater,
      `You have ${limits.socketsPerCaller} connections, which is the limit`,
    );
    return false;
  }
  gone.addEventListener('abort', leave, { once: true });
  const { expiresAt } = caller;
  if (expiresAt !== null) {
    const cancel = callAt(clock, expiresAt, () => socket.close(closeCodes.forbidden, expired().message));
    gone.addEventListener('abort', cancel, { once: true });
  }
  return true;
}

/** One operation more than a socket may have; the rest of them goes on. */
function tooMany(limit: number): GraphQLError {
  return limitExceeded('operations', `This connection has ${limit} operations, which is the limit.`);
}

/** What a client shows in `connection_init`; HTTP's own spelling is taken too. */
function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): string | null {
  const shown = params?.['authorization'] ?? params?.['Authorization'] ?? null;
  if (shown === null || typeof shown === 'string') return shown;
  throw unauthenticated('`authorization` must be a string.');
}

/** Masked errors have been through the pipeline; what Yoga notes in them for HTTP is taken out. */
function shownResult({
  errors,
  ...rest
}: {
  readonly data?: FormattedExecutionResult['data'] | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
}): FormattedExecutionResult | undefined {
  if (errors === undefined) return undefined;
  const { data, ...others } = rest;
  return { ...others, ...(data === undefined ? {} : { data }), errors: errors.map(shownError) };
}

type Pipeline = Pick<ReturnType<GraphqlServer['getEnveloped']>, 'execute' | 'subscribe'>;

/** Yoga's pipeline travels with the operation, as its root value. */
interface Enveloped extends Pipeline {
  readonly operation: SocketOperation;
}

function enveloped(args: ExecutionArgs): Enveloped {
  // Set by `prepare` for every operation, and by nothing else.
  return args.rootValue as Enveloped;
}

/** Ends a stream of results before its first; how it ends nobody hears. */
function leave(result: AsyncIterable<ExecutionResult> | ExecutionResult): void {
  if (!(Symbol.asyncIterator in result)) return;
  result[Symbol.asyncIterator]()
    .return?.()
    .catch(() => undefined);
}

/** An operation as a client sends it; the library has checked that its query is a string. */
interface Params {
  readonly query: string;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/**
 * Parses and validates an operation. Whatever is wrong with it is answered to it: an error thrown here would close the
 * socket, and with it all other operations of the client.
 */
async function prepare<Caller extends ServerCaller>(
  params: Params,
  operation: SocketOperation,
  { socket, visitor, operations }: Connection<Caller>,
  { graphql, clock, limits, persistedOperations, log }: ProtocolOptions<Caller>,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (visitor === null || isExpired(visitor.caller, clock)) {
    socket.close(closeCodes.forbidden, expired().message);
    return [expired()];
  }
  try {
    await graphql.begin(visitor.account);
    if (operations.count > limits.operationsPerSocket) return [tooMany(limits.operationsPerSocket)];
    const { schema, parse, validate, contextFactory, execute, subscribe } = graphql.getEnveloped({
      params,
      visitor,
      signal: operation.signal,
    } satisfies Pick<OperationContext<Caller>, 'visitor' | 'signal'> & { readonly params: Params });
    const document = parse(persistedOperations?.textOf(params) ?? params.query);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    return {
      schema,
      document,
      operationName: typeof params.operationName === 'string' ? params.operationName : undefined,
      // JSON of the client; its values are checked against the operation's variables by the execution.
      variableValues: params.variables as Record<string, unknown> | undefined,
      contextValue: await contextFactory(),
      rootValue: { execute, subscribe, operation } satisfies Enveloped,
    };
  } catch (error) {
    return [error instanceof GraphQLError ? error : createErrorMask(() => null, log)(error)];
  }
}

function isExpired({ expiresAt }: ServerCaller, clock: Clock): boolean {
  return expiresAt !== null && clock.now() >= expiresAt;
}
