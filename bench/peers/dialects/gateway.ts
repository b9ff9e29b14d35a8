// The gateway's graph.
import { ROOMS_PAGE, type AnsweredPeer } from '../workloads.ts';
import { roomIdOf } from '../workspace.ts';
import { byId, byName, dataOf, operation, perRoom, perRoomOf, type Dialect, type Role } from './dialect.ts';

interface Connection<T> {
  readonly edges: readonly { readonly node: T }[];
}

interface Room {
  readonly hmsId: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly template: { readonly hmsId: string; readonly name: string; readonly roles: readonly Role[] };
}

interface LiveRoom {
  readonly hmsId: string;
  readonly name: string;
  readonly activeSession: { readonly hmsId: string };
  readonly peers: Peers;
}

type Peers = Connection<Omit<AnsweredPeer, 'id'> & { readonly hmsId: string }>;

const ROOMS = `edges {
  node { hmsId name enabled template { hmsId name roles { name priority maxPeerCount } } }
}`;
const PEERS = 'peers(first: 100) { edges { node { hmsId name role userId metadata } } }';

function nodesOf<T>({ edges }: Connection<T>): T[] {
  return edges.map(({ node }) => node);
}

function peersOf(peers: Peers): AnsweredPeer[] {
  return byId(
    nodesOf(peers).map(({ hmsId: id, name, role, userId, metadata }) => ({
      id,
      name,
      role,
      userId,
      metadata,
    })),
  );
}

export const gatewayDialect: Dialect = {
  rooms: {
    request: ({ createdAfter: after }) =>
      after === undefined
        ? operation(`{ rooms(first: ${ROOMS_PAGE}) { ${ROOMS} } }`)
        : operation(
            `query ($after: DateTime!) { rooms(first: ${ROOMS_PAGE}, filter: { createdAfter: $after }) { ${ROOMS} } }`,
            { after },
          ),
    read: (answer) =>
      nodesOf(dataOf(answer)['rooms'] as Connection<Room>).map(({ hmsId: id, name, enabled, template }) => ({
        id,
        name,
        enabled,
        template: { id: template.hmsId, name: template.name, roles: byName(template.roles) },
      })),
  },
  room: {
    request: ({ room }) =>
      operation('query ($id: ID!) { room(id: $id) { hmsId name enabled createdAt } }', {
        id: roomIdOf(room),
      }),
    read(answer) {
      const { hmsId: id, ...room } = dataOf(answer)['room'] as { readonly hmsId: string };
      return { id, ...room };
    },
  },
  peers: {
    request: ({ room }) =>
      operation(`query ($id: ID!) { room(id: $id) { ${PEERS} } }`, { id: roomIdOf(room) }),
    read: (answer) => peersOf((dataOf(answer)['room'] as Pick<LiveRoom, 'peers'>).peers),
  },
  liveRooms: {
    request: ({ rooms }) =>
      perRoom(rooms, (id) => `room(id: ${id}) { hmsId name activeSession { hmsId } ${PEERS} }`),
    read: (answer, { rooms }) =>
      perRoomOf<LiveRoom>(answer, rooms).map(({ hmsId: id, name, activeSession, peers }) => ({
        id,
        name,
        session: { id: activeSession.hmsId },
        peers: peersOf(peers),
      })),
  },
};
