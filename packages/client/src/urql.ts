// urql: an exchange that resumes subscriptions, a handler that turns events into a state, and updates for urql's normalised
// cache, @urql/exchange-graphcache. The document cache of @urql/core stores whole results and not single objects, so an event
// cannot change a cached list: use `peersHandler` and show its state.
import { makeOperation, mapExchange, type DocumentInput, type Exchange, type Operation } from '@urql/core';
import type { Consistent, PeerChange, SessionChange } from './changes.ts';
import { embeddedTypes } from './embedded-types.ts';
import { noPeers, reducePeers, type PeersState, type PeersStateOf } from './peers.ts';
import { resume, type Resume } from './resume.ts';
import { noSessions, reduceSessions, type SessionsState, type SessionsStateOf } from './sessions.ts';

interface Resumed extends Resume {
  /** The operation as it came from the previous exchanges. */
  readonly operation: Operation;
}

/**
 * Resumes subscriptions by their last cursor when the client reconnects, or when urql runs an operation again that has not ended.
 * Put it directly before `subscriptionExchange`, after the caches. Not needed with a client that `resuming` has wrapped.
 */
export const resumeExchange: Exchange = (input) => {
  const running = new Map<number, Resumed>();
  const io = mapExchange({
    onOperation(operation) {
      if (operation.kind !== 'subscription') return operation;
      const { variables } = running.get(operation.key) ?? operation;
      const resumed = { operation, ...resume(variables ?? null) };
      running.set(operation.key, resumed);
      return { ...makeOperation('subscription', operation), variables: resumed.variables };
    },
    onResult(result) {
      const resumed = running.get(result.operation.key);
      resumed?.note(result);
      return resumed === undefined ? result : { ...result, operation: resumed.operation };
    },
  })(input);
  return (operations) => io(beforeTeardowns(operations, (key) => running.delete(key)));
};

type Operations = Parameters<ReturnType<Exchange>>[0];

/** Calls `ended` with the key of each operation that ends, which `mapExchange` does not show. */
function beforeTeardowns(operations: Operations, ended: (key: number) => void): Operations {
  return (sink) =>
    operations((signal) => {
      // A signal of wonka: a tagged array is a value, or the start if it contains a function; everything else is the end.
      const value = typeof signal === 'object' ? signal[0] : null;
      if (typeof value === 'object' && value?.kind === 'teardown') ended(value.key);
      sink(signal);
    });
}

/**
 * Returns the state after one more result of the subscription. Use it as the handler of `useSubscription` or in `scan`: pass the
 * previous state, or undefined the first time.
 */
export function peersHandler<Change extends PeerChange>(
  state: PeersStateOf<Change> | undefined,
  { peerChanges }: { readonly peerChanges: Change & Consistent<Change> },
): PeersStateOf<Change> {
  return reducePeers<Change>(state ?? noPeers, peerChanges);
}

/** Like `peersHandler`, for `sessionChanges`. */
export function sessionsHandler<Change extends SessionChange>(
  state: SessionsStateOf<Change> | undefined,
  { sessionChanges }: { readonly sessionChanges: Change & Consistent<Change> },
): SessionsStateOf<Change> {
  return reduceSessions<Change>(state ?? noSessions, sessionChanges);
}

/** The methods of the cache of @urql/exchange-graphcache that are used here. */
interface GraphCache {
  updateQuery(
    input: { readonly query: DocumentInput; readonly variables: object },
    updater: (data: unknown) => unknown,
  ): void;
}

/** A list in the cache: the query that reads it, and a function that puts the state into its data. */
export interface CachedList<Data, State, Args> {
  readonly query: DocumentInput<Data, never>;
  /** Returns the variables of the query, given the arguments of the subscription's field. */
  readonly variables: (args: Args) => object;
  /** Returns the query's data with the list of the state: `withPeers`, `withSessions`, or a function of your own. */
  readonly update: (data: Data, state: State) => Data;
  /** Called with the state after each event. */
  readonly onState?: (state: State, args: Args) => void;
}

/** The arguments of `peerChanges`. An alias, because an interface would not fit graphcache's type of arguments. */
export type PeerArgs = { readonly roomId: string; readonly filter?: object | null };

/** A function of the option `updates` of graphcache. */
type Update<Result, Args> = (result: Result, args: Args, cache: GraphCache) => void;

/**
 * The update for `updates: { Subscription: { peerChanges } }` of @urql/exchange-graphcache: it writes the peers of the state into
 * the list after each event, if the cache has the list. So load the query first, then subscribe. It keeps the state of each room
 * that was subscribed to.
 */
export function peersUpdate<Data>(
  list: CachedList<Data, PeersState, PeerArgs>,
): Update<{ readonly peerChanges: PeerChange }, PeerArgs> {
  const states = new Map<string, PeersState>();
  return ({ peerChanges }, args, cache) => {
    const key = JSON.stringify([args.roomId, args.filter ?? null]);
    const state = reducePeers(states.get(key) ?? noPeers, peerChanges);
    states.set(key, state);
    write(cache, list, state, args);
  };
}

/** Like `peersUpdate`, for `sessionChanges` and a list of the running sessions. */
export function sessionsUpdate<Data>(
  list: CachedList<Data, SessionsState, object>,
): Update<{ readonly sessionChanges: SessionChange }, object> {
  let state: SessionsState = noSessions;
  return ({ sessionChanges }, args, cache) => {
    state = reduceSessions(state, sessionChanges);
    write(cache, list, state, args);
  };
}

function write<Data, State, Args>(
  cache: GraphCache,
  { query, variables, update, onState }: CachedList<Data, State, Args>,
  state: State,
  args: Args,
): void {
  cache.updateQuery(
    { query, variables: variables(args) },
    (data) => (data === null ? null : update(data as Data, state)), // the caller declares the type of the query's data
  );
  onState?.(state, args);
}

/** For the option `keys` of graphcache: objects without an id of their own belong to the object that has them. */
export const keys: Readonly<Record<string, () => null>> = Object.fromEntries(
  embeddedTypes.map((name) => [name, () => null]),
);
