// Relay: updaters for `requestSubscription` that keep a connection in the store equal to a subscription. To resume after a
// reconnect, give `Network.create` a client that `resuming` has wrapped.
import { ConnectionHandler, type RecordProxy, type RecordSourceProxy } from 'relay-runtime';
import { keyOf, type Consistent, type Identified, type PeerChange, type SessionChange } from './changes.ts';
import { noPeers, reducePeers, type PeersStateOf } from './peers.ts';
import { noSessions, reduceSessions, type SessionsStateOf } from './sessions.ts';

/** A connection in the store. */
export interface StoredList<State> {
  /**
   * Finds the connection, for example `ConnectionHandler.getConnection(room, 'RoomPage_peers')` or
   * `room.getLinkedRecord('peers', { first: 500 })`; null if the store does not have it.
   */
  readonly connection: (store: RecordSourceProxy) => RecordProxy | null | undefined;
  /** Called with the state after each event. */
  readonly onState?: (state: State) => void;
}

/** An updater, which gets the data of one event. */
type Updater<Data> = (store: RecordSourceProxy, data: Data | null | undefined) => void;

/** The events of a generated type; the compiler adds one of the type `%other`, which never comes. */
type Known<Event> = Exclude<Event, { readonly __typename: '%other' }>;

/** The `$data` of a subscription to `peerChanges`. */
interface PeersData {
  readonly peerChanges: PeerChange | { readonly __typename: '%other' };
}

/**
 * The `updater` of one subscription to `peerChanges`, of which the type is the `$data` that the compiler generates: it makes the
 * connection one complete page of the peers of the state. The document must select `id` of peers directly, not only by the
 * fragments of components. Load the query that has the connection first, then subscribe.
 */
export function peersUpdater<Data extends PeersData>({
  connection,
  onState,
}: StoredList<PeersStateOf<Known<Data['peerChanges']>>>): Updater<
  Data & Consistent<Known<Data['peerChanges']>>
> {
  type Change = Known<Data['peerChanges']>;
  let state: PeersStateOf<Change> = noPeers;
  return (store, data) => {
    if (data == null) return;
    state = reducePeers<Change>(state, data.peerChanges as Change & Consistent<Change>); // see `Known`
    write(store, connection(store), state.peers, 'PeerEdge');
    onState?.(state);
  };
}

/** The `$data` of a subscription to `sessionChanges`. */
interface SessionsData {
  readonly sessionChanges: SessionChange | { readonly __typename: '%other' };
}

/** As `peersUpdater`, for `sessionChanges` and a connection of the running sessions. */
export function sessionsUpdater<Data extends SessionsData>({
  connection,
  onState,
}: StoredList<SessionsStateOf<Known<Data['sessionChanges']>>>): Updater<
  Data & Consistent<Known<Data['sessionChanges']>>
> {
  type Change = Known<Data['sessionChanges']>;
  let state: SessionsStateOf<Change> = noSessions;
  return (store, data) => {
    if (data == null) return;
    state = reduceSessions<Change>(state, data.sessionChanges as Change & Consistent<Change>); // see `Known`
    write(store, connection(store), state.sessions, 'SessionEdge');
    onState?.(state);
  };
}

function write(
  store: RecordSourceProxy,
  connection: RecordProxy | null | undefined,
  elements: readonly Identified[],
  edgeType: string,
): void {
  if (connection == null) return;
  const known = new Map(
    connection.getLinkedRecords('edges')?.map((edge) => [edge.getLinkedRecord('node')?.getDataID(), edge]),
  );
  const edges = elements.flatMap((element) => {
    const id = keyOf(element);
    const node = store.get(id);
    if (node == null) return [];
    return [known.get(id) ?? ConnectionHandler.createEdge(store, connection, node, edgeType)];
  });
  connection.setLinkedRecords(edges, 'edges');
  connection.setValue(edges.length, 'totalCount');
  const page = connection.getLinkedRecord('pageInfo');
  page?.setValue(false, 'hasNextPage').setValue(false, 'hasPreviousPage');
}
