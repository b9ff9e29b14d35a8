// Mercurius on Fastify, with its compiler (graphql-jit, from the first time that it sees a document) and its loaders.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import {
  getLiveRoom,
  getRoom,
  getTemplate,
  listPeers,
  listRooms,
  plainResolvers,
  typeDefs,
} from './graph.mjs';
import { port } from './upstream.mjs';

/**
 * A loader that reads each key of a batch once. Mercurius' own cache of a request would serialise each object as its key,
 * which costs more than it saves.
 */
const loaderOf = (keyOf, read) => ({
  async loader(queries) {
    const reads = new Map();
    for (const { obj } of queries) {
      const key = keyOf(obj);
      if (!reads.has(key)) reads.set(key, read(key));
    }
    return Promise.all(queries.map(({ obj }) => reads.get(keyOf(obj))));
  },
  opts: { cache: false },
});

const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers: {
    Query: {
      rooms: (_, args) => listRooms(args),
      room: (_, { id }) => getRoom(id),
      liveRoom: (_, { id }) => getLiveRoom(id),
      livePeers: (_, { roomId }) => listPeers(roomId),
    },
    ...plainResolvers,
  },
  loaders: {
    Room: { template: loaderOf((room) => room.template_id, getTemplate) },
    LiveRoom: { peers: loaderOf((room) => room.id, listPeers) },
  },
  jit: 1,
});
await app.listen({ port, host: '127.0.0.1' });
