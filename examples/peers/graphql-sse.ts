// A live list of the peers of a room by graphql-sse: server-sent events over `fetch`, which can send an API key as a header.
import { noPeers, peerChangesText, reducePeers, resuming, type PeersStateOf } from '@hms-gateway/client';
import { createClient } from 'graphql-sse';
import type { PeerChangesSubscription } from '../generated/nodes/graphql.ts';
import { retryWait } from './sockets.ts';
import type { Show } from './watching.ts';

type Change = PeerChangesSubscription['peerChanges'];

/** See `WatchPeers`. */
export async function watchPeers(url: string, roomId: string, show: Show): Promise<() => Promise<void>> {
  const streams = resuming(
    createClient({ url: `${url}/graphql`, retryAttempts: Infinity, retry: retryWait }),
  );
  let state: PeersStateOf<Change> = noPeers;
  streams.subscribe<{ readonly peerChanges: Change }>(
    { query: peerChangesText({ peer: 'name role' }), variables: { roomId } },
    {
      next({ data, errors }) {
        for (const { message } of errors ?? []) console.error(message);
        if (data == null) return;
        state = reducePeers(state, data.peerChanges);
        show(
          state.peers.map(({ name }) => name ?? ''),
          state.stale,
        );
      },
      error: console.error,
      complete: () => {},
    },
  );
  return () => Promise.resolve(streams.dispose());
}
