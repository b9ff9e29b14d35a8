// Apollo Client 4: a link that resumes subscriptions, and writers that update a cached list with each event of a subscription.
import {
  ApolloLink,
  Observable,
  type ApolloCache,
  type OperationVariables,
  type TypedDocumentNode,
  type TypePolicies,
} from '@apollo/client';
import type { Consistent, PeerChange, SessionChange } from './changes.ts';
import { noPeers, reducePeers, type PeersState, type PeersStateOf } from './peers.ts';
import { resume } from './resume.ts';
import { noSessions, reduceSessions, type SessionsState, type SessionsStateOf } from './sessions.ts';

/**
 * Resumes subscriptions by their last cursor when the client reconnects, or when an earlier link subscribes again, as `RetryLink`
 * does. It must be the last link before the terminating link, which must send the variables of this link, not a copy made by
 * another link. Not needed with a client that `resuming` has wrapped.
 */
export class ResumeLink extends ApolloLink {
  constructor() {
    super((operation, forward) => {
      if (operation.operationType !== 'subscription') return forward(operation);
      return new Observable((observer) => {
        const { variables, note } = resume(operation.variables);
        operation.variables = variables;
        return forward(operation).subscribe({
          next(result) {
            note(result);
            observer.next(result);
          },
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        });
      });
    });
  }
}

/**
 * Policies for `InMemoryCache`: each event replaces the previous one. Without them, development builds of Apollo log a warning
 * about this.
 */
export const typePolicies = {
  Subscription: {
    fields: {
      peerChanges: { merge: false },
      sessionChanges: { merge: false },
      roomEvents: { merge: false },
      trackChanges: { merge: false },
    },
  },
} satisfies TypePolicies;

/** A list in the cache: the query that reads it, and a function that puts the state into its data. */
export interface CachedList<Data, Variables extends OperationVariables, State> {
  readonly query: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  /** Returns the query's data with the list of the state: `withPeers`, `withSessions`, or a function of your own. */
  readonly update: (data: Data, state: State) => Data;
}

/** Takes an event of `peerChanges`, and returns the state after it. */
export type PeersWriter = <Change extends PeerChange>(
  change: Change & Consistent<Change>,
) => PeersStateOf<Change>;

/** Takes an event of `sessionChanges`, and returns the state after it. */
export type SessionsWriter = <Change extends SessionChange>(
  change: Change & Consistent<Change>,
) => SessionsStateOf<Change>;

/**
 * Returns a function to call with each event of `peerChanges`. The function writes the peers of the state into the list and
 * returns the state. It writes only if the cache has the list, so load the query first, then subscribe. Create a new writer for
 * each subscription, but not when a subscription resumes. A list with `relayStylePagination` becomes one complete page.
 */
export function peersWriter<Data, Variables extends OperationVariables>(
  cache: ApolloCache,
  list: CachedList<Data, Variables, PeersState>,
): PeersWriter {
  let state: PeersState = noPeers;
  const writer = (change: PeerChange): PeersState => {
    state = reducePeers(state, change);
    write(cache, list, state);
    return state;
  };
  // The state has the objects of the events, so it is of their type.
  return writer as PeersWriter;
}

/** Like `peersWriter`, for `sessionChanges` and a list of the running sessions. */
export function sessionsWriter<Data, Variables extends OperationVariables>(
  cache: ApolloCache,
  list: CachedList<Data, Variables, SessionsState>,
): SessionsWriter {
  let state: SessionsState = noSessions;
  const writer = (change: SessionChange): SessionsState => {
    state = reduceSessions(state, change);
    write(cache, list, state);
    return state;
  };
  // The state has the objects of the events, so it is of their type.
  return writer as SessionsWriter;
}

function write<Data, Variables extends OperationVariables, State>(
  cache: ApolloCache,
  { query, variables, update }: CachedList<Data, Variables, State>,
  state: State,
): void {
  // `overwrite`, because a merge function such as that of `relayStylePagination` would keep peers in the list that have left.
  cache.updateQuery<Data, Variables>({ query, variables, overwrite: true }, (data) =>
    data === null ? null : update(data, state),
  );
}
