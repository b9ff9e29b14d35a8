// Relay: updaters for `requestSubscription` that update a connection in the store with each event. To resume after a reconnect,
// use a client that `resuming` has wrapped in `Network.create`. For answers in parts (`@defer`, `@stream`): the `Accept` header
// for the network, and the conversion to the form that Relay reads.
import {
  ConnectionHandler,
  type GraphQLResponse,
  type RecordProxy,
  type RecordSourceProxy,
} from 'relay-runtime';
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

/**
 * The value of the header `Accept` of a request whose answer may come in parts, or as JSON. It asks for the format of August 2022,
 * which is the nearest to Relay's own.
 */
export const acceptParts =
  'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json;q=0.9';

type Path = readonly (string | number)[];

/** One piece of data behind the first part. */
interface Increment {
  /** Of the deferred fragment; null: it has failed. */
  readonly data?: unknown;
  /** Of the streamed list; null: it has failed. */
  readonly items?: readonly unknown[] | null;
  /** Of the object of the fragment, or of the first of the elements. */
  readonly path: Path;
  readonly label?: string;
  readonly errors?: readonly unknown[];
}

/** One part of an answer, or an answer that came whole. */
export interface Part {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly incremental?: readonly Increment[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Missing in an answer that came whole. */
  readonly hasNext?: boolean;
}

/** What a network of Relay gives to its sink for a part. Call it for each part, in their order, and then complete the sink. */
export function payloadOf({
  data = null,
  errors,
  incremental,
  extensions,
  hasNext = false,
}: Part): GraphQLResponse {
  const failed = errors === undefined ? {} : { errors };
  // Relay calls the last payload final, also that of an answer that came whole.
  const ended = hasNext ? {} : { extensions: { ...extensions, is_final: true } };
  const payload = incremental?.flatMap(payloadsOf) ?? { data, ...failed, ...ended };
  // Relay reads of an error its message alone, and of data what the document selects.
  return payload as GraphQLResponse;
}

/** Relay gets each element by itself. */
function payloadsOf({ items, path, label, errors, data = null }: Increment): readonly object[] {
  const more = { ...(label === undefined ? {} : { label }), ...(errors === undefined ? {} : { errors }) };
  if (items === undefined || items === null) return [{ data, path, ...more }];
  const [list, first] = [path.slice(0, -1), Number(path.at(-1))];
  return items.map((item, at) => ({ data: item, path: [...list, first + at], ...more }));
}
