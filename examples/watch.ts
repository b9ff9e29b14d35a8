// Shows the peers of a room in the terminal, and redraws the list after each event.
//   npm run example watch -- [ROOM_ID]
import { noPeers, reducePeers, type PeersStateOf } from '@hms-gateway/client';
import type { GatewayClient } from './client.ts';
import { DEFAULT_ROOM, roomIdOf, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';
import type { WatchSubscription } from './generated/graphql.ts';

const Watch = graphql(/* GraphQL */ `
  subscription Watch($roomId: ID!, $after: String) {
    peerChanges(roomId: $roomId, after: $after) {
      __typename
      cursor
      at
      ... on PeersSnapshot {
        stale
        asOf
        peers {
          id
          name
          role
          metadata
        }
      }
      ... on PeerJoined {
        peer {
          id
          name
          role
          metadata
        }
      }
      ... on PeerUpdated {
        peer {
          id
          name
          role
          metadata
        }
      }
      ... on PeerLeft {
        peer {
          id
        }
      }
    }
  }
`);

type State = PeersStateOf<WatchSubscription['peerChanges']>;

/** Yields the list of peers as text, after each event. Ends when `signal` aborts. */
export async function* watch(
  gateway: GatewayClient,
  roomId: string,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  let state: State = noPeers;
  for await (const { peerChanges } of gateway.subscribe(Watch, { roomId }, signal)) {
    state = reducePeers(state, peerChanges);
    yield drawing(state, peerChanges.at);
  }
}

function drawing({ peers, stale }: State, at: string): string {
  const rows = peers
    .map(
      ({ name, role, metadata }) =>
        `  ${(name ?? '').padEnd(24)} ${(role ?? '').padEnd(12)} ${metadata ?? ''}`,
    )
    .toSorted();
  const note = stale ? ' (the gateway cannot read the room now: this list may be outdated)' : '';
  return [`${peers.length} in the room at ${at}${note}`, ...rows].join('\n');
}

if (import.meta.main) {
  await runCommand('watch', {
    usage: '[ROOM_ID]',
    defaults: { ROOM_ID: DEFAULT_ROOM },
    async run(gateway, [room]) {
      const roomId = await roomIdOf(gateway, room);
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      for await (const picture of watch(gateway, roomId, stop.signal)) {
        if (process.stdout.isTTY) console.clear();
        console.log(picture);
      }
    },
  });
}
