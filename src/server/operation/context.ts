// The context of one operation: each key, who sets it and when. Yoga keeps one object for an operation; the plugins of
// src/server/graphql.ts extend it in their order, and resolvers get the same object. The keys of the resolvers are added last.
// src/server does not import the graph, so it knows these keys only as `GraphContext`.
import type { IncomingMessage } from 'node:http';
import type { OperationTypeNode } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { TakenEvents } from '../../live/log/taken-events.ts';
import type { ServerCaller, Visitor } from '../entrance.ts';
import type { Appointment } from '../call-at.ts';
import type { PartsType } from '../http/accept.ts';
import type { Arrival } from '../http/post/arrival.ts';
import type { PartedAnswer } from '../parts/parted-answer.ts';
import type { RequestNote } from '../request-note.ts';
import type { Member } from '../stream/member.ts';
import type { OnStream } from '../stream/streamed-body.ts';
import type { Bill } from './charging.ts';
import type { DocumentPlan } from '../plans/document-plan.ts';
import type { OperationPlan } from '../plans/operation-plan.ts';
import type { OperationCost } from './operation-cost.ts';

/** Keys that are set before an operation is read. */
export interface TransportContext<Caller extends ServerCaller = ServerCaller> {
  /** Node's request. Set by Yoga over HTTP; missing over WebSocket and for requests made in process. */
  readonly req?: IncomingMessage;
  /** The client's address as limits count it, if the transport knows it and there is no `req`. */
  readonly address?: string;
  /**
   * Who sent the operation. HTTP: set by `useAuthentication` before the body is read, by assignment, as Yoga has no
   * other way at that point. WebSocket: set by `prepare` (socket-protocol.ts) from the caller that `connection_init`
   * has authenticated.
   */
  visitor: Visitor<Caller>;
  /** The data for the request's log line. Set by the transport; missing for requests made in process. */
  readonly note?: RequestNote;
  /** The steps already done for the request. Set by `createPostRoute` for requests that it leaves to Yoga. */
  readonly arrival?: Arrival;
  /** The body, where another program has read it from `req`. Set by the transport. */
  readonly body?: Buffer | undefined;
  /**
   * Called when an answer begins that is sent in pieces. Set by the handler of the fetch API; not needed with Node's response.
   */
  readonly onStream?: OnStream;
}

/** The keys that src/server sets, in the order in which they are set. */
export interface OperationContext<
  Caller extends ServerCaller = ServerCaller,
> extends TransportContext<Caller> {
  /** The request. Set by Yoga over HTTP; missing over WebSocket, although Yoga's types say that it never is. */
  readonly request?: Request;
  /** Set in place of `request` for a subscription whose events src/server/http/post/stream.ts writes itself. */
  readonly streaming?: Streaming;
  /** The operation as its client sent it. Set by Yoga once the body is read, over WebSocket by `prepare`. */
  readonly params: GraphQLParams;
  /**
   * Aborts the operation. WebSocket: set by `prepare`, aborts once the client has completed the operation or is gone.
   * The fetch API: set by the handler, aborts once the client is gone or the request is cut off. `useTimeLimit` replaces it,
   * for queries and mutations of any transport, by one that also aborts when their time is up. A subscription over Node's HTTP
   * has none: there `request.signal` counts.
   */
  readonly signal?: AbortSignal;
  /** The plan of the operation's document. Set by `usePlans`, in place of parsing. */
  readonly documentPlan?: DocumentPlan;
  /**
   * The plan of the operation of that document that will run. Set by `usePlans` together with `documentPlan`. Both are kept
   * here and not in a WeakMap keyed by the context: WeakMap entries are freed only by a full garbage collection.
   */
  readonly plan?: OperationPlan;
  /**
   * The most that the operation may cost, and its kind. Set by `useAdmission` when the operation is admitted, before it
   * runs.
   */
  readonly admitted?: OperationCost & { readonly kind: OperationTypeNode };
  /** The operation's bill to its caller's account. Set with `admitted`, unless points are not counted. */
  readonly bill?: Bill;
  /** Gives back the subscription's place in its caller's limit. Set by `useSubscriptionLimit`, for subscriptions alone. */
  readonly leave?: () => void;
  /** The subscription as a member of its group. Set by `useSharedEvents` when it has begun, unless it is answered by itself. */
  member?: Member;
  /** The answer of a query that comes in parts, and how they are sent. Set by `useParts` when the first part is there. */
  parts?: Parted;
  /** Ends the stream when its caller's token expires. Set by `useAuthentication`, for subscriptions over HTTP alone. */
  expiry?: Appointment;
  /** Set by `useTimeLimit`, together with `signal`, for queries and mutations alone. */
  readonly deadline?: Deadline;
}

/** An answer in parts. */
export interface Parted {
  readonly answer: PartedAnswer;
  /** `type`: null over WebSocket. */
  readonly form: Pick<PartsType, 'parameter'> & { readonly type: PartsType['type'] | null };
}

/** What the pipeline must know of a request with an event stream for an answer. */
export interface Streaming {
  /** The header `Last-Event-ID`; null: missing. */
  readonly lastEventId: string | null;
}

/** How long an operation may take, and how it ends. */
export interface Deadline {
  /** The limit, in milliseconds from the start of execution. */
  readonly limitMs: number;
  /** Aborts the operation's `signal`. */
  readonly abort: () => void;
  /** Calls `listen` when the operation is aborted and its result is no longer needed. */
  readonly onAbort: (listen: () => void) => void;
  /** Stops listening to the transport's signal; to be called when the operation has ended. */
  readonly release: () => void;
}

/**
 * The keys of the schema's own context that src/server reads. `useGraphContext` adds that context when all checks of
 * the operation but its permission are passed, so resolvers and `Permission` see it whole.
 */
export interface GraphContext {
  readonly upstream: {
    /** How many REST calls the operation has caused so far. Calls shared with an earlier operation count for that one. */
    readonly calls: number;
    /** The objects that were answered from memory because the upstream is out, for `extensions.stale`; null: none. */
    readonly stale: ReadonlyMap<string, object> | null;
  };
  /** The cursor of the event that a subscription answers now, set by its resolver; null: the event has none. */
  eventCursor: string | null;
  /** The events of a subscription, set by its resolver; null or undefined: they can only be iterated over. */
  readonly source?: TakenEvents | null;
}
