// Adds the context of the resolvers to the context of the operation. Yoga's option `context` would create it before the operation
// is admitted, so loaders would be created for operations that are then refused.
import type { Plugin } from 'graphql-yoga';
import type { Span } from '../../trace.ts';
import type { ServerCaller } from '../entrance.ts';
import type { GraphContext, OperationContext } from '../operation/context.ts';

/** The sender of an operation, and the properties that its transport sets. The schema's context is made from it. */
export interface OperationOrigin<Caller extends ServerCaller> {
  /** Who sent the operation. */
  readonly caller: Caller;
  /**
   * The account whose limits count: the caller's name, or `address:` and the client's address while authentication is
   * off.
   */
  readonly account: string;
  /** Aborts when the client goes away, or the operation's time is up; undefined: it is never aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the signal is there in any case, and need not be read late; default: no. */
  readonly hasSignal?: boolean;
  /** To be called for each REST call that the operation causes; undefined: points are not counted. */
  readonly onCall?: (() => void) | undefined;
  /** To be called with the bytes of each answer of the REST API that the operation reads; undefined: points are not counted. */
  readonly onRead?: ((bytes: number) => void) | undefined;
  /** `Last-Event-ID`, the last event that a client over SSE has read; null or undefined: it sent none. */
  readonly lastEventId?: string | null | undefined;
  /** The operation's part of a trace; null or undefined: it has none. */
  readonly span?: Span | null | undefined;
}

/** Calls `create` once for each operation that is admitted; an error that it throws is the operation's answer. */
export function useGraphContext<Caller extends ServerCaller>(
  create: (origin: OperationOrigin<Caller>) => GraphContext,
): Plugin<OperationContext<Caller> & GraphContext> {
  return {
    onContextBuilding: ({ context, extendContext }) => extendContext({ ...create(originOf(context)) }),
  };
}

function originOf<Caller extends ServerCaller>(context: OperationContext<Caller>): OperationOrigin<Caller> {
  const { caller, account } = context.visitor;
  const { request, streaming, bill, signal = request?.signal } = context;
  return {
    caller,
    account,
    signal,
    hasSignal: true,
    onCall: bill?.called,
    onRead: bill?.read,
    lastEventId: streaming?.lastEventId ?? request?.headers.get('last-event-id'),
    span: context.note?.span,
  };
}
