// Shows the peers of a room in the terminal, and redraws the list after each event.
//   npm run example watch -- [ROOM_ID]
import type { GatewayClient } from './client.ts';
import { roomIdOf, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';

const Watch = graphql(/* GraphQL */ `
  subscription Watch($roomId: ID!) {
    peerChanges(roomId: $roomId) {
      __typename
      at
      ... on PeersSnapshot {
        stale
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
        leaveReason
        peer {
          id
          name
          role
          metadata
        }
      }
    }
  }
`);

interface Person {
  readonly id: string;
  readonly name?: string | null;
  readonly role?: string | null;
  readonly metadata?: string | null;
}

/** Yields the list of peers as text, after each event. Ends when `signal` aborts. */
export async function* watch(
  gateway: GatewayClient,
  roomId: string,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const people = new Map<string, Person>();
  let stale = false;
  for await (const { peerChanges: change } of gateway.subscribe(Watch, { roomId }, signal)) {
    switch (change.__typename) {
      case 'PeersSnapshot':
        people.clear();
        stale = change.stale;
        for (const peer of change.peers) people.set(peer.id, peer);
        break;
      case 'PeerJoined':
      case 'PeerUpdated':
        people.set(change.peer.id, change.peer);
        break;
      case 'PeerLeft':
        people.delete(change.peer.id);
        break;
      default:
        // `SessionStarted` and `SessionEnded` do not change the list; events of its peers do.
        break;
    }
    yield drawing([...people.values()], change.at, stale);
  }
}

function drawing(people: readonly Person[], at: string, stale: boolean): string {
  const rows = people
    .map(
      ({ name, role, metadata }) =>
        `  ${(name ?? '').padEnd(24)} ${(role ?? '').padEnd(12)} ${metadata ?? ''}`,
    )
    .toSorted();
  const note = stale ? ' (the gateway cannot read the room now: this list may be outdated)' : '';
  return [`${people.length} in the room at ${at}${note}`, ...rows].join('\n');
}

if (import.meta.main) {
  await runCommand('watch', {
    usage: '[ROOM_ID]',
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
