// The graph of Tailcall: see ../servers/tailcall/config.graphql. Its peers are the REST API's map, with all its fields.
import { roomIdOf } from '../workspace.ts';
import { dataOf, operation, perRoom, perRoomOf, type Dialect } from './dialect.ts';
import { graphDialect } from './graph.ts';
import { peersFromMap, type RestPeers } from './rest.ts';

interface LiveRoom {
  readonly id: string;
  readonly name: string;
  readonly session: { readonly id: string };
  readonly peers: RestPeers;
}

export const tailcallDialect: Dialect = {
  ...graphDialect,
  peers: {
    request: ({ room }) => operation('query ($id: ID!) { livePeers(roomId: $id) }', { id: roomIdOf(room) }),
    read: (answer) => peersFromMap(dataOf(answer)['livePeers'] as RestPeers),
  },
  liveRooms: {
    request: ({ rooms }) => perRoom(rooms, (id) => `liveRoom(id: ${id}) { id name session { id } peers }`),
    read: (answer, { rooms }) =>
      perRoomOf<LiveRoom>(answer, rooms).map(({ id, name, session, peers }) => ({
        id,
        name,
        session,
        peers: peersFromMap(peers),
      })),
  },
};
