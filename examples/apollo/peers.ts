// A list of the peers of a room in the cache of Apollo Client, which stays correct after lost connections and restarts of the
// gateway.
//   npm run example apollo -- [ROOM_ID]
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { possibleTypes, withPeers } from '@hms-gateway/client';
import { peersWriter, ResumeLink, typePolicies } from '@hms-gateway/client/apollo';
import { PeerChanges, RoomPeers } from '../peers/documents.ts';
import { socketsTo } from '../peers/sockets.ts';
import { runWatching, type Show } from '../peers/watching.ts';

/** See `WatchPeers`. */
export async function watchPeers(url: string, roomId: string, show: Show): Promise<() => Promise<void>> {
  const sockets = socketsTo(url);
  const client = new ApolloClient({
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: { ...typePolicies, Room: { fields: { peers: relayStylePagination(['filter']) } } },
    }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      ApolloLink.from([new ResumeLink(), new GraphQLWsLink(sockets)]),
      new HttpLink({ uri: `${url}/graphql` }),
    ),
  });
  const variables = { roomId };
  await client.query({ query: RoomPeers, variables });

  let stale = false;
  const list = client.watchQuery({ query: RoomPeers, variables, fetchPolicy: 'cache-only' });
  const draw = () => {
    const edges = list.getCurrentResult().data?.room?.peers?.edges ?? [];
    const names = edges.map(({ node }) => node?.name ?? '');
    show(names, stale);
  };
  list.subscribe(draw);
  const write = peersWriter(client.cache, { query: RoomPeers, variables, update: withPeers });
  client.subscribe({ query: PeerChanges, variables }).subscribe(({ data, error }) => {
    if (error) console.error(error.message);
    if (!data) return;
    ({ stale } = write(data.peerChanges));
    draw();
  });
  return async () => {
    client.stop();
    await sockets.dispose();
  };
}

if (import.meta.main) await runWatching('apollo', watchPeers);
