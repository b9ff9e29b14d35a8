// A list of the peers of a room in the caches of three clients, each kept by the helpers of packages/client. The documents are
// those of the examples.
import { InMemoryCache, type DocumentNode } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { possibleTypes, withPeers } from '@hms-gateway/client';
import { peersWriter, typePolicies } from '@hms-gateway/client/apollo';
import { peersUpdater } from '@hms-gateway/client/relay';
import { keys, peersUpdate } from '@hms-gateway/client/urql';
import { Client, subscriptionExchange, type ExecutionResult } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import * as Relay from 'relay-runtime';
import { PeerChanges, RoomPeers } from '../../examples/peers/documents.ts';
import livePeers, {
  type livePeersSubscription,
} from '../../examples/relay/__generated__/livePeersSubscription.graphql.ts';
import liveRoom from '../../examples/relay/__generated__/liveRoomQuery.graphql.ts';
import type { PeerEvent } from './recorded.ts';

/** A list in a cache. */
export interface CachedPeers {
  /** An event arrives. */
  take(event: PeerEvent): void;
  /** What the cache answers to the query of the list. */
  read(): { readonly people: readonly Shown[]; readonly totalCount: number };
}

interface Shown {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly role?: string | null | undefined;
}

const untyped: DocumentNode = PeerChanges;
const variables = { roomId: 'room' };
const somebody = { __typename: 'Peer' as const, id: 'left meanwhile', name: 'Ada', role: 'guest' };
/** The answer to the query: one peer, on the first of several pages. */
const loaded = {
  room: {
    __typename: 'Room' as const,
    id: 'room',
    peers: {
      __typename: 'PeerConnection' as const,
      totalCount: 1,
      pageInfo: { __typename: 'PageInfo' as const, hasNextPage: true, endCursor: '1' },
      edges: [{ __typename: 'PeerEdge' as const, cursor: '1', node: somebody }],
    },
  },
};

interface Data {
  readonly room?: { readonly peers?: List | null | undefined } | null | undefined;
}

interface List {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: Shown }[];
}

function listIn(data: Data | null | undefined): ReturnType<CachedPeers['read']> {
  const list = data?.room?.peers;
  if (list == null) throw new Error('the cache lacks a part of the list');
  return {
    people: list.edges.map(({ node: { id, name, role } }) => ({ id, name, role })),
    totalCount: list.totalCount,
  };
}

/** With `relayStylePagination`. */
export function apolloList(): CachedPeers {
  const cache = new InMemoryCache({
    possibleTypes,
    typePolicies: { ...typePolicies, Room: { fields: { peers: relayStylePagination(['filter']) } } },
  });
  cache.writeQuery({ query: RoomPeers, variables, data: loaded });
  const write = peersWriter(cache, { query: RoomPeers, variables, update: withPeers });
  return {
    take(event) {
      // As Apollo Client does with each result of a subscription.
      cache.write({
        dataId: 'ROOT_SUBSCRIPTION',
        query: untyped,
        variables,
        result: { peerChanges: event },
      });
      write(event);
    },
    read: () => listIn(cache.readQuery({ query: RoomPeers, variables })),
  };
}

/** With `relayPagination`. */
export async function urqlList(): Promise<CachedPeers> {
  const peerChanges = peersUpdate({ query: RoomPeers, variables: () => variables, update: withPeers });
  let push: (result: ExecutionResult) => void = () => {};
  const client = new Client({
    url: 'http://gateway.test/graphql',
    exchanges: [
      cacheExchange({
        keys,
        possibleTypes,
        logger: () => {},
        resolvers: { Room: { peers: relayPagination() } },
        updates: { Subscription: { peerChanges } },
      }),
      subscriptionExchange({
        enableAllOperations: true,
        forwardSubscription: (_request, { kind }) => ({
          subscribe(sink) {
            if (kind === 'query') sink.next({ data: loaded });
            else push = (result) => sink.next(result);
            return { unsubscribe() {} };
          },
        }),
      }),
    ],
  });
  client.query(RoomPeers, variables).subscribe(() => {});
  client.subscription(PeerChanges, variables).subscribe(() => {});
  // Both begin at the next turn.
  await Promise.resolve();
  return {
    take: (peerChanges) => push({ data: { __typename: 'Subscription', peerChanges } }),
    read: () => listIn(client.readQuery(RoomPeers, variables)?.data),
  };
}

/** With `@connection`. */
export function relayList(): CachedPeers {
  let push: (result: Relay.GraphQLResponse) => void = () => {};
  const environment = new Relay.Environment({
    network: Relay.Network.create(
      () => ({ data: loaded }),
      () =>
        Relay.Observable.create((sink) => {
          push = (result) => sink.next(result);
        }),
    ),
    store: new Relay.Store(new Relay.RecordSource()),
  });
  const query = Relay.createOperationDescriptor(liveRoom, variables);
  environment.retain(query);
  environment.execute({ operation: query }).subscribe({});
  Relay.requestSubscription<livePeersSubscription>(environment, {
    subscription: livePeers,
    variables,
    updater: peersUpdater<livePeersSubscription['response']>({
      connection: (store) =>
        Relay.ConnectionHandler.getConnection(
          store.getRoot().getLinkedRecord('room', { id: 'room' }),
          'live_peers',
        ),
    }),
  });
  return {
    take: (peerChanges) => push({ data: { peerChanges } }),
    read: () => listIn(environment.lookup(query.fragment).data),
  };
}
