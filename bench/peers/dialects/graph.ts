// The graph of Mercurius, Yoga and Apollo Server: see ../servers/graph.mjs.
import { ROOMS_PAGE, type AnsweredPeer } from '../workloads.ts';
import { roomIdOf } from '../workspace.ts';
import { byId, byName, dataOf, operation, perRoom, perRoomOf, type Dialect, type Role } from './dialect.ts';

interface Room {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly template: { readonly id: string; readonly name: string; readonly roles: readonly Role[] };
}

interface LiveRoom {
  readonly id: string;
  readonly name: string;
  readonly session: { readonly id: string };
  readonly peers: readonly AnsweredPeer[];
}

const ROOM = 'id name enabled template { id name roles { name priority maxPeerCount } }';
const PEER = 'id name role userId metadata';

export const graphDialect: Dialect = {
  rooms: {
    request: ({ createdAfter: after }) =>
      after === undefined
        ? operation(`{ rooms(first: ${ROOMS_PAGE}) { ${ROOM} } }`)
        : operation(
            `query ($after: String!) { rooms(first: ${ROOMS_PAGE}, createdAfter: $after) { ${ROOM} } }`,
            { after },
          ),
    read: (answer) =>
      (dataOf(answer)['rooms'] as readonly Room[]).map(({ id, name, enabled, template }) => ({
        id,
        name,
        enabled,
        template: { id: template.id, name: template.name, roles: byName(template.roles) },
      })),
  },
  room: {
    request: ({ room }) =>
      operation('query ($id: ID!) { room(id: $id) { id name enabled createdAt } }', { id: roomIdOf(room) }),
    read: (answer) => dataOf(answer)['room'],
  },
  peers: {
    request: ({ room }) =>
      operation(`query ($id: ID!) { livePeers(roomId: $id) { ${PEER} } }`, { id: roomIdOf(room) }),
    read: (answer) => byId(dataOf(answer)['livePeers'] as readonly AnsweredPeer[]),
  },
  liveRooms: {
    request: ({ rooms }) =>
      perRoom(rooms, (id) => `liveRoom(id: ${id}) { id name session { id } peers { ${PEER} } }`),
    read: (answer, { rooms }) =>
      perRoomOf<LiveRoom>(answer, rooms).map(({ id, name, session, peers }) => ({
        id,
        name,
        session,
        peers: byId(peers),
      })),
  },
};
