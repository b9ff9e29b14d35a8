// The context that every resolver gets: the services behind the graph, and the state of one operation.
import type { Caller } from '../src/auth/caller.ts';
import type { TakenEvents } from '../src/live/log/taken-events.ts';
import type { StaleObject } from '../src/rest/catalog/stale.ts';
import type { CallOptions } from '../src/rest/client/client.ts';
import type { Span } from '../src/trace.ts';
import { Loaders, type LoaderContext } from './loaders.ts';
import type { Services } from './services.ts';

/** One operation. A subscription is one operation: its loaders are renewed at each event. */
export interface Context extends LoaderContext {
  /** Who sent the operation. */
  readonly caller: Caller;
  loaders: Loaders;
  readonly upstream: {
    /** How many REST calls this operation has caused so far. */
    calls: number;
    /** The objects that were answered from memory because the upstream is out, by type and id; null if there are none. */
    stale: Map<string, StaleObject> | null;
  };
  /** Peers whose tracks this operation has requested; null if there are none. */
  peersWithTracks: Set<string> | null;
  /** Peers whose connection quality this operation has requested; null if there are none. */
  peersWithQuality: Set<string> | null;
  /** Set when a subscription begins. */
  isSubscription: boolean;
  /** The cursor of the last event that an SSE client has read, from its header. It is used instead of the argument `after`. */
  readonly lastEventId: string | null;
  /** The cursor of the event that a subscription is answering; null for events without one. */
  eventCursor: string | null;
  /** The events of a subscription, set when it begins; null: the operation is a query or mutation. */
  source: TakenEvents | null;
}

/** The properties of an operation that its transport sets. */
export interface OperationOrigin {
  readonly caller: Caller;
  /** The account whose limits count: the caller, or the client's address while authentication is off. */
  readonly account?: string | undefined;
  /** Aborts when the client goes away. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the signal exists already. Default: it is created when it is first read, which answers from memory never do. */
  readonly hasSignal?: boolean;
  readonly lastEventId?: string | null | undefined;
  /** Called for each REST call of the operation. */
  readonly onCall?: (() => void) | undefined;
  /** Called with the bytes of each answer of the REST API to the operation. */
  readonly onRead?: ((bytes: number) => void) | undefined;
  /** The operation's part of a trace; null or undefined: it has none. */
  readonly span?: Span | null | undefined;
}

/**
 * The options of the operation's REST calls. Only values of `origin` are kept, not `origin` itself, because a subscription may
 * run for hours.
 */
function callOf(
  { caller, account = caller.name, signal, onCall, onRead, span }: OperationOrigin,
  upstream: Context['upstream'],
): CallOptions {
  const onStale = staleNoter(caller, upstream);
  return { account, onCall: counting(upstream, onCall), onRead, span, onStale, signal };
}

/** Like `callOf`, with a signal that is read from `origin` when it is needed. */
function lateCallOf(origin: OperationOrigin, upstream: Context['upstream']): CallOptions {
  const { caller, account = caller.name, onCall, onRead, span } = origin;
  return {
    account,
    onCall: counting(upstream, onCall),
    onRead,
    span,
    onStale: staleNoter(caller, upstream),
    get signal() {
      return origin.signal;
    },
  };
}

/** A participant's rights depend on templates, so they get nothing that may be out of date. */
function staleNoter({ participant }: Caller, upstream: Context['upstream']): CallOptions['onStale'] {
  return participant === null ? (object) => noteStale(upstream, object) : undefined;
}

function counting(upstream: Context['upstream'], onCall: (() => void) | undefined): () => void {
  return () => {
    upstream.calls += 1;
    onCall?.();
  };
}

/** The context of a new operation. */
export function createContext(services: Services, origin: OperationOrigin): Context {
  const { caller, lastEventId, hasSignal = false } = origin;
  const upstream: Context['upstream'] = { calls: 0, stale: null };
  const call = hasSignal ? callOf(origin, upstream) : lateCallOf(origin, upstream);
  return {
    ...services,
    caller,
    call,
    upstream,
    loaders: new Loaders(),
    peersWithTracks: null,
    peersWithQuality: null,
    isSubscription: false,
    lastEventId: lastEventId ?? null,
    eventCursor: null,
    source: null,
  };
}

function noteStale(upstream: Context['upstream'], object: StaleObject): void {
  upstream.stale ??= new Map();
  upstream.stale.set(`${object.type} ${object.hmsId}`, object);
}

/**
 * Drops the loaders, so that the next event of a subscription reads its objects again and the memory of the last one is freed.
 */
export function renew(context: Context): void {
  context.loaders = new Loaders();
}

/**
 * The context in which one event of a subscription is answered, for all subscriptions that share the answer. `context` is that of
 * one of these subscriptions: its account pays for the REST calls, which are not aborted if its client leaves. Events never have
 * stale objects, because they have no extensions to report them in. `span`: the event's part of a trace; null for that of the
 * subscription.
 */
export function contextOfEvent(context: Context, span: Span | null): Context {
  const { signal: _signal, onStale: _onStale, ...call } = context.call;
  return { ...context, call: span === null ? call : { ...call, span }, loaders: new Loaders() };
}
