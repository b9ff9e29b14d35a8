// The graph of the GraphQL servers in JavaScript: its schema, the reads behind it, and resolvers over DataLoaders for the servers
// that leave batching to the resolvers.
import DataLoader from 'dataloader';
import { get, roomsPath } from './upstream.mjs';

export const typeDefs = /* GraphQL */ `
  type Query {
    rooms(first: Int!, createdAfter: String): [Room!]!
    room(id: ID!): Room
    "A room with a running session; null if nobody is in it."
    liveRoom(id: ID!): LiveRoom
    livePeers(roomId: ID!): [Peer!]!
  }
  type Room {
    id: ID!
    name: String!
    enabled: Boolean!
    createdAt: String
    template: Template
  }
  type Template {
    id: ID!
    name: String!
    roles: [Role!]!
  }
  type Role {
    name: String!
    priority: Int
    maxPeerCount: Int!
  }
  type LiveRoom {
    id: ID!
    name: String
    session: Session!
    peers: [Peer!]!
  }
  type Session {
    id: ID!
  }
  type Peer {
    id: ID!
    name: String
    role: String
    userId: String
    metadata: String
  }
`;

export const getRoom = (id) => get(`/rooms/${id}`);
export const getTemplate = (id) => get(`/templates/${id}`);
export const getLiveRoom = (id) => get(`/active-rooms/${id}`);

export async function listRooms({ first, createdAfter }) {
  return (await get(roomsPath(first, createdAfter))).data;
}

export async function listPeers(roomId) {
  const answer = await get(`/active-rooms/${roomId}/peers`);
  return Object.values(answer?.peers ?? {});
}

/** Resolvers of fields whose name or form differs from the REST API's. */
export const plainResolvers = {
  Room: { createdAt: (room) => room.created_at },
  Template: { roles: (template) => Object.values(template.roles) },
  Peer: { userId: (peer) => peer.user_id },
};

/** The loaders of one request. The REST API reads one object at a time, so a batch saves repeated reads. */
export function createLoaders() {
  const loaderOf = (read) =>
    new DataLoader((ids) => Promise.all(ids.map((id) => read(id).catch((error) => error))));
  return {
    rooms: loaderOf(getRoom),
    templates: loaderOf(getTemplate),
    liveRooms: loaderOf(getLiveRoom),
    peers: loaderOf(listPeers),
  };
}

/** Resolvers for a context of `createLoaders`. */
export const resolvers = {
  Query: {
    rooms: (_, args) => listRooms(args),
    room: (_, { id }, { rooms }) => rooms.load(id),
    liveRoom: (_, { id }, { liveRooms }) => liveRooms.load(id),
    livePeers: (_, { roomId }, { peers }) => peers.load(roomId),
  },
  Room: {
    ...plainResolvers.Room,
    template: (room, _, { templates }) => templates.load(room.template_id),
  },
  Template: plainResolvers.Template,
  LiveRoom: { peers: (room, _, { peers }) => peers.load(room.id) },
  Peer: plainResolvers.Peer,
};
