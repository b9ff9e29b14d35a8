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
   * Returns the connection, for example `ConnectionHandler.getConnection(room, 'RoomPage_peers')` or
   * `room.getLinkedRecord('peers', { first: 500 })`; null if the store does not have it.
   */
  readonly connection: (store: RecordSourceProxy) => RecordProxy | null | undefined;
  /** Called with the state after each event. */
  readonly onState?: (state: State) => void;
}

/** An updater, which gets the data of one event. */
type Updater<Data> = (store: RecordSourceProxy, data: Data | null | undefined) => void;

/** The events of a generated type. Relay's compiler adds one of the type `%other`, which never arrives. */
type Known<Event> = Exclude<Event, { readonly __typename: '%other' }>;

/** The `$data` of a subscription to `peerChanges`. */
interface PeersData {
  readonly peerChanges: PeerChange | { readonly __typename: '%other' };
}

/**
 * The `updater` of one subscription to `peerChanges`; the type parameter is the `$data` that Relay's compiler generates. It makes
 * the connection one complete page with the peers of the state. The document must select `id` of peers itself, not only in the
 * fragments of components. Load the query with the connection first, then subscribe.
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

/** Like `peersUpdater`, for `sessionChanges` and a connection of the running sessions. */
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
 * The header `Accept` for a request whose answer may come in parts or as JSON. It asks for the format of August 2022, which is
 * closest to Relay's own.
 */
export const acceptParts =
  'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json;q=0.9';

type Path = readonly (string | number)[];

/** One piece of data that follows the first part. */
interface Increment {
  /** The data of the deferred fragment; null if it failed. */
  readonly data?: unknown;
  /** The elements of the streamed list; null if it failed. */
  readonly items?: readonly unknown[] | null;
  /** The path of the fragment's object, or of the first of the elements. */
  readonly path: Path;
  readonly label?: string;
  readonly errors?: readonly unknown[];
}

/** One part of an answer, or a whole answer. */
export interface Part {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly incremental?: readonly Increment[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Missing in a whole answer. */
  readonly hasNext?: boolean;
}

/**
 * Converts a part of an answer to what a Relay network passes to its sink. Call it for each part in order, then complete the
 * sink.
 */
export function payloadOf({
  data = null,
  errors,
  incremental,
  extensions,
  hasNext = false,
}: Part): GraphQLResponse {
  const failed = errors === undefined ? {} : { errors };
  // Relay expects `is_final` on the last payload, also on that of a whole answer.
  const ended = hasNext ? {} : { extensions: { ...extensions, is_final: true } };
  const payload = incremental?.flatMap(payloadsOf) ?? { data, ...failed, ...ended };
  // Relay reads only the message of an error, and only the selected fields of the data.
  return payload as GraphQLResponse;
}

/** Relay gets each element as a separate payload. */
function payloadsOf({ items, path, label, errors, data = null }: Increment): readonly object[] {
  const more = { ...(label === undefined ? {} : { label }), ...(errors === undefined ? {} : { errors }) };
  if (items === undefined || items === null) return [{ data, path, ...more }];
  const [list, first] = [path.slice(0, -1), Number(path.at(-1))];
  return items.map((item, at) => ({ data: item, path: [...list, first + at], ...more }));
}
