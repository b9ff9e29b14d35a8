// The pagination of Apollo Client and urql by their own helpers over the gateway's connections: the pages of a list become one
// list in the cache, whose objects are kept by their global ids.
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { possibleTypes } from '@hms-gateway/client';
import { typePolicies } from '@hms-gateway/client/apollo';
import { keys } from '@hms-gateway/client/urql';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { beforeAll, afterAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { addRooms } from '../support/worlds.ts';

const Rooms = gql`
  query Rooms($after: String) {
    rooms(first: 2, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          name
        }
      }
    }
  }
`;

interface Data {
  readonly rooms: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly { readonly node: { readonly id: string; readonly name: string } }[];
  };
}

let served: TestGateway;
let names: readonly string[];
const uri = 'http://gateway.test/graphql';
const fetch: typeof globalThis.fetch = async (_url, init = {}) => served.gateway.graphql.fetch(uri, init);

beforeAll(async () => {
  served = await startTestGateway({ sandbox: { data: 'empty' } });
  names = addRooms(served.sandbox.world, 5).map(({ name }) => name);
});
afterAll(() => served[Symbol.asyncDispose]());

const namesIn = (data: Data | null | undefined) => data?.rooms.edges.map(({ node }) => node.name).toSorted();

it('makes one list of all pages by Apollo’s `relayStylePagination`', async () => {
  const client = new ApolloClient({
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: { ...typePolicies, Query: { fields: { rooms: relayStylePagination(['filter']) } } },
    }),
    link: new HttpLink({ uri, fetch }),
  });
  const list = client.watchQuery<Data, { after?: string }>({ query: Rooms, variables: {} });
  list.subscribe(() => {});
  let page = (await client.query<Data>({ query: Rooms })).data?.rooms.pageInfo;
  for (let pages = 1; page?.hasNextPage === true && pages < 5; pages += 1) {
    await list.fetchMore({ variables: { after: page.endCursor } });
    page = client.readQuery<Data>({ query: Rooms })?.rooms.pageInfo;
  }
  expect(namesIn(client.readQuery<Data>({ query: Rooms }))).toEqual([...names].toSorted());
  const rooms = Object.keys(client.extract() as object).filter((key) => key.startsWith('Room:'));
  expect(rooms).toHaveLength(5);
  client.stop();
});

it('makes one list of all pages by urql’s `relayPagination`', async () => {
  const resolvers = { Query: { rooms: relayPagination() } };
  const client = new Client({
    url: uri,
    fetch,
    preferGetMethod: false,
    exchanges: [cacheExchange({ keys, possibleTypes, resolvers, logger: () => {} }), fetchExchange],
  });
  let data = (await client.query<Data>(Rooms, {})).data;
  for (let pages = 1; data?.rooms.pageInfo.hasNextPage === true && pages < 5; pages += 1)
    data = (await client.query<Data>(Rooms, { after: data.rooms.pageInfo.endCursor })).data;
  expect(namesIn(data)).toEqual([...names].toSorted());
});
