// A list of the peers of a room in Relay's store, which stays correct after lost connections and restarts of the gateway.
//   npm run example relay -- [ROOM_ID]
import { resuming } from '@hms-gateway/client';
import { peersUpdater } from '@hms-gateway/client/relay';
import * as Relay from 'relay-runtime';
import PeerChanges, { type livePeersSubscription } from './__generated__/livePeersSubscription.graphql.ts';
import RoomPeers, { type liveRoomQuery } from './__generated__/liveRoomQuery.graphql.ts';
import { socketsTo } from '../peers/sockets.ts';
import { runWatching, type Show } from '../peers/watching.ts';

/** See `WatchPeers`. */
export async function watchPeers(url: string, roomId: string, show: Show): Promise<() => Promise<void>> {
  const sockets = resuming(socketsTo(url));
  const fetchQuery: Relay.FetchFunction = async ({ text: query }, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Relay.GraphQLResponse; // the gateway answers in this form
  };
  const subscribe: Relay.SubscribeFunction = ({ text }, variables) =>
    Relay.Observable.create(
      (sink) => sockets.subscribe({ query: text ?? '', variables }, sink as never), // as above
    );
  const environment = new Relay.Environment({
    network: Relay.Network.create(fetchQuery, subscribe),
    store: new Relay.Store(new Relay.RecordSource()),
  });
  const query = Relay.createOperationDescriptor(RoomPeers, { roomId });
  const retained = environment.retain(query);
  await Relay.fetchQuery<liveRoomQuery>(environment, RoomPeers, { roomId }).toPromise();
  let stale = false;
  const draw = () => {
    const { room } = environment.lookup(query.fragment).data as liveRoomQuery['response'];
    show(room?.peers?.edges.map(({ node }) => node.name ?? '') ?? [], stale);
  };
  environment.subscribe(environment.lookup(query.fragment), draw);
  const subscription = Relay.requestSubscription<livePeersSubscription>(environment, {
    subscription: PeerChanges,
    variables: { roomId },
    updater: peersUpdater<livePeersSubscription['response']>({
      connection: (store) =>
        Relay.ConnectionHandler.getConnection(
          store.getRoot().getLinkedRecord('room', { id: roomId }),
          'live_peers',
        ),
      onState: (state) => ({ stale } = state),
    }),
    onNext: draw,
    onError: ({ message }) => console.error(message),
  });
  return async () => {
    subscription.dispose();
    retained.dispose();
    await sockets.dispose();
  };
}

if (import.meta.main) await runWatching('relay', watchPeers);
