// GraphQL Yoga on node:http, with DataLoaders.
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { createLoaders, resolvers, typeDefs } from './graph.mjs';
import { port } from './upstream.mjs';

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: createLoaders,
  graphiql: false,
});
createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1');
