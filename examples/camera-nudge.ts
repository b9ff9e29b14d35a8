// Sends a chat message to each peer of a live room whose camera is off or missing.
//   npm run example camera-nudge -- ROOM_ID [TEXT]
import { connect, type GatewayClient } from './client.ts';
import { graphql } from './generated/gql.ts';
import type { CamerasQuery } from './generated/graphql.ts';

const Cameras = graphql(/* GraphQL */ `
  query Cameras($roomId: ID!, $after: String) {
    room(id: $roomId) {
      peers(first: 100, after: $after) {
        edges {
          node {
            id
            name
            tracks {
              type
              source
              muted
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const Nudge = graphql(/* GraphQL */ `
  mutation Nudge($roomId: ID!, $messages: [MessageInput!]!) {
    sendMessages(input: { roomId: $roomId, messages: $messages }) {
      __typename
    }
  }
`);

interface Track {
  readonly type: string;
  readonly source?: string | null;
  readonly muted: boolean;
}

function hasCameraOn(tracks: readonly Track[]): boolean {
  return tracks.some(({ type, source, muted }) => type === 'VIDEO' && source !== 'screen' && !muted);
}

type Room = CamerasQuery['room'];

/**
 * Sends `text` to the peers whose camera is off and returns their names. Each peer's tracks cost one REST call; an
 * operation may read the tracks of 100 peers, so each page has 100.
 */
export async function nudge(gateway: GatewayClient, roomId: string, text: string): Promise<string[]> {
  const names: string[] = [];
  for await (const room of pagesOf(gateway, roomId)) {
    const off = (room?.peers?.edges ?? [])
      .map(({ node }) => node)
      .filter(({ tracks }) => tracks != null && !hasCameraOn(tracks));
    names.push(...off.map(({ name }) => name ?? '(no name)'));
    const messages = off.map(({ id }) => ({ peerId: id, message: text, type: 'chat' }));
    if (messages.length > 0) await gateway.request(Nudge, { roomId, messages });
  }
  return names;
}

async function* pagesOf(gateway: GatewayClient, roomId: string): AsyncGenerator<Room> {
  let after: string | null | undefined = null;
  do {
    const answer: CamerasQuery = await gateway.request(Cameras, { roomId, after });
    yield answer.room;
    const page = answer.room?.peers?.pageInfo;
    after = page?.hasNextPage === true ? page.endCursor : null;
  } while (after != null);
}

if (import.meta.main) {
  const [roomId, text = 'Would you switch your camera on?'] = process.argv.slice(2);
  if (roomId === undefined) {
    console.error('Usage: npm run example camera-nudge -- ROOM_ID [TEXT]');
    process.exit(1);
  }
  const gateway = connect();
  const names = await nudge(gateway, roomId, text);
  console.log(names.length === 0 ? 'Every camera is on.' : `Nudged: ${names.join(', ')}`);
  await gateway.close();
}
