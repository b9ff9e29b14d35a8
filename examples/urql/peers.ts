// A list of the peers of a room in urql's normalised cache, which stays correct after lost connections and restarts of the
// gateway.
//   npm run example urql -- [ROOM_ID]
import { possibleTypes, withPeers } from '@hms-gateway/client';
import { keys, peersUpdate, resumeExchange } from '@hms-gateway/client/urql';
import { Client, fetchExchange, subscriptionExchange, type ExecutionResult } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { PeerChanges, RoomPeers } from '../peers/documents.ts';
import { socketsTo } from '../peers/sockets.ts';
import { runWatching, type Show } from '../peers/watching.ts';

/** See `WatchPeers`. */
export async function watchPeers(url: string, roomId: string, show: Show): Promise<() => Promise<void>> {
  const sockets = socketsTo(url);
  let stale = false;
  let names: readonly string[] = [];
  const peerChanges = peersUpdate({
    query: RoomPeers,
    variables: ({ roomId }) => ({ roomId }),
    update: withPeers,
    onState(state) {
      if (stale !== (stale = state.stale)) show(names, stale);
    },
  });
  const client = new Client({
    url: `${url}/graphql`,
    exchanges: [
      // Without a schema its development build warns of each field that other types of events have.
      cacheExchange({ keys, possibleTypes, updates: { Subscription: { peerChanges } }, logger: () => {} }),
      resumeExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', ...rest }) => ({
          subscribe: (sink) => ({
            unsubscribe: sockets.subscribe(
              { query, ...rest },
              // Both libraries have a type of their own for the same JSON.
              { ...sink, next: (result) => sink.next(result as ExecutionResult) },
            ),
          }),
        }),
      }),
      fetchExchange,
    ],
  });
  await client.query(RoomPeers, { roomId });
  const list = client.query(RoomPeers, { roomId }).subscribe(({ data, error }) => {
    if (error) console.error(error.message);
    if (data?.room?.peers) show((names = data.room.peers.edges.map(({ node }) => node.name ?? '')), stale);
  });
  const events = client.subscription(PeerChanges, { roomId }).subscribe(({ error }) => {
    if (error) console.error(error.message);
  });
  return async () => {
    events.unsubscribe();
    list.unsubscribe();
    await sockets.dispose();
  };
}

if (import.meta.main) await runWatching('urql', watchPeers);
