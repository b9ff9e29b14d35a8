// Converts the state of the reducers to the form of a query's data: a connection with edges, as normalised caches store it. The
// helpers of each client pass these functions to the client's own `updateQuery`.
import { keyOf, type Identified } from './changes.ts';
import type { PeersState } from './peers.ts';
import type { SessionsState } from './sessions.ts';

/** A connection as a document selects it. */
interface Connection {
  readonly __typename?: string;
  readonly edges: readonly { readonly node: Identified; readonly cursor?: string }[];
  readonly totalCount?: number;
  readonly pageInfo?: object;
}

/**
 * The connection with exactly these nodes, as one complete page. Edges and nodes that it already had keep the fields that the
 * query selects and the subscription does not. New edges have an empty `cursor`, because no page follows.
 */
export function withNodes<C extends Connection>(connection: C, nodes: readonly Identified[]): C {
  const known = new Map(connection.edges.map((edge) => [keyOf(edge.node), edge]));
  const edgeType = connection.__typename?.replace(/Connection$/, 'Edge');
  const edges = nodes.map((node) => {
    const edge = known.get(keyOf(node)) ?? { ...(edgeType && { __typename: edgeType }), cursor: '' };
    return { ...edge, node: 'node' in edge ? { ...edge.node, ...node } : node };
  });
  return {
    ...connection,
    edges,
    ...('totalCount' in connection && { totalCount: nodes.length }),
    ...(connection.pageInfo && {
      pageInfo: { ...connection.pageInfo, hasNextPage: false, hasPreviousPage: false },
    }),
  };
}

/** The data of a query `room(id: ...) { peers(...) { edges { node { ... } } } }`. */
interface OfRoom {
  readonly room?: { readonly peers?: Connection | null } | null;
}

/** The data of a query `room { peers }` with the peers of the state. Data without a room or a list are returned unchanged. */
export function withPeers<Data extends OfRoom>(data: Data, { peers }: PeersState): Data {
  const list = data.room?.peers;
  return list == null ? data : { ...data, room: { ...data.room, peers: withNodes(list, peers) } };
}

/** The data of a query `sessions(...) { edges { node { ... } } }`. */
interface OfSessions {
  readonly sessions?: Connection | null;
}

/** The data of a query `sessions(filter: { active: true })` with the sessions of the state. */
export function withSessions<Data extends OfSessions>(data: Data, { sessions }: SessionsState): Data {
  return data.sessions == null ? data : { ...data, sessions: withNodes(data.sessions, sessions) };
}
