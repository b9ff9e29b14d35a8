// A live list of the peers of a room by a browser's EventSource, which resumes automatically, because the id of each event is its
// cursor. EventSource cannot send headers, so this works only if callers need not authenticate.
import { noPeers, peerChangesText, reducePeers, type PeersStateOf } from '@hms-gateway/client';
import { EventSource } from 'undici'; // browsers have it
import type { PeerChangesSubscription } from '../generated/nodes/graphql.ts';
import type { Show } from './watching.ts';

type Change = PeerChangesSubscription['peerChanges'];

/** The data of an event. */
interface Result {
  readonly data?: { readonly peerChanges: Change } | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** See `WatchPeers`. */
export async function watchPeers(url: string, roomId: string, show: Show): Promise<() => Promise<void>> {
  const address = new URL('/graphql', url);
  address.searchParams.set('query', peerChangesText({ peer: 'name role' }));
  address.searchParams.set('variables', JSON.stringify({ roomId }));
  const source = new EventSource(address.href);
  let state: PeersStateOf<Change> = noPeers;
  source.addEventListener('next', (event) => {
    const { data, errors } = JSON.parse((event as MessageEvent<string>).data) as Result;
    for (const { message } of errors ?? []) console.error(message);
    if (data == null) return;
    state = reducePeers(state, data.peerChanges);
    show(
      state.peers.map(({ name }) => name ?? ''),
      state.stale,
    );
  });
  return () => Promise.resolve(source.close());
}
