// A small subgraph beside the gateway: lessons that are booked in rooms. It knows a room by the vendor's id alone, and the gateway
// answers everything else about the room.
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

  type Query {
    "All bookings, in the order in which they were made."
    bookings: [Booking!]!
  }

  type Mutation {
    "Books a lesson in a room, which is named by the vendor's id."
    book(roomId: ID!, title: String!): Booking!
  }

  "A lesson that takes place in a room."
  type Booking {
    title: String!
    room: Room!
  }

  type Room @key(fields: "hmsId") {
    hmsId: ID!
    "The lessons that are booked in the room."
    bookings: [Booking!]!
  }
`);

const bookings = [];

const resolvers = {
  Query: { bookings: () => bookings },
  Mutation: {
    book(_root, { roomId, title }) {
      const booking = { title, room: { hmsId: roomId } };
      bookings.push(booking);
      return booking;
    },
  },
  Room: { bookings: ({ hmsId }) => bookings.filter(({ room }) => room.hmsId === hmsId) },
};

const yoga = createYoga({ schema: buildSubgraphSchema([{ typeDefs, resolvers }]), graphiql: false });
const port = Number(process.env.BOOKINGS_PORT ?? 4001);
createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1', () => {
  console.log(`Bookings: http://127.0.0.1:${port}/graphql`);
});
