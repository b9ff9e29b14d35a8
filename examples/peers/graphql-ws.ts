// A live list of the peers of a room only by graphql-ws, without a cache.
import { noPeers, peerChangesText, reducePeers, resuming, type PeersStateOf } from '@hms-gateway/client';
import type { PeerChangesSubscription } from '../generated/nodes/graphql.ts';
import { socketsTo } from './sockets.ts';
import type { Show } from './watching.ts';

type Change = PeerChangesSubscription['peerChanges'];

/** See `WatchPeers`. */
export async function watchPeers(url: string, roomId: string, show: Show): Promise<() => Promise<void>> {
  const sockets = resuming(socketsTo(url));
  const events = sockets.iterate<{ readonly peerChanges: Change }>({
    query: peerChangesText({ peer: 'name role' }),
    variables: { roomId },
  });
  const follow = async () => {
    let state: PeersStateOf<Change> = noPeers;
    for await (const { data, errors } of events) {
      for (const { message } of errors ?? []) console.error(message);
      if (data == null) continue;
      state = reducePeers(state, data.peerChanges);
      show(
        state.peers.map(({ name }) => name ?? ''),
        state.stale,
      );
    }
  };
  follow().catch(console.error);
  return async () => {
    await events.return?.();
    await sockets.dispose();
  };
}
