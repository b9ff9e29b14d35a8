// Apollo Server with its own HTTP server, and DataLoaders.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createLoaders, resolvers, typeDefs } from './graph.mjs';
import { port } from './upstream.mjs';

const server = new ApolloServer({ typeDefs, resolvers });
await startStandaloneServer(server, {
  listen: { port, host: '127.0.0.1' },
  context: async () => createLoaders(),
});
