// Sends a chat message to each peer of a live room whose camera is off or missing and whose role may publish video.
//   npm run example camera-nudge -- [ROOM_ID] [TEXT]
import type { GatewayClient } from './client.ts';
import { roomIdOf, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';
import type { CamerasQuery } from './generated/graphql.ts';
import { failureOf } from './results.ts';

const Cameras = graphql(/* GraphQL */ `
  query Cameras($roomId: ID!, $after: String) {
    room(id: $roomId) {
      peers(first: 100, after: $after) {
        edges {
          node {
            id
            name
            templateRole {
              publishParams {
                allowed
              }
            }
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
      ... on Error {
        message
      }
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
type Person = NonNullable<NonNullable<Room>['peers']>['edges'][number]['node'];

/**
 * True if the peer's role may publish video and the peer has no camera on. False if the template no longer has the
 * role.
 */
function shouldBeNudged({ templateRole, tracks }: Person): boolean {
  const mayShowVideo = templateRole?.publishParams.allowed.includes('VIDEO') ?? false;
  return mayShowVideo && tracks != null && !hasCameraOn(tracks);
}

/** The names of the peers that got the message, and why others did not. */
export interface Nudged {
  readonly names: readonly string[];
  /** One text for each message that was refused: `Grace: ...`. */
  readonly failures: readonly string[];
}

/**
 * Sends `text` to the peers whose camera is off. Each peer's tracks cost one REST call; an operation may read the tracks of
 * 100 peers, so each page has 100.
 * @throws Error if the room is not live
 */
export async function nudge(gateway: GatewayClient, roomId: string, text: string): Promise<Nudged> {
  const names: string[] = [];
  const failures: string[] = [];
  for await (const room of pagesOf(gateway, roomId)) {
    if (room?.peers == null) throw new Error('This room does not exist, or nobody is in it.');
    const off = room.peers.edges.map(({ node }) => node).filter(shouldBeNudged);
    if (off.length === 0) continue;
    const messages = off.map(({ id }) => ({ peerId: id, message: text, type: 'chat' }));
    const { sendMessages: results } = await gateway.request(Nudge, { roomId, messages });
    for (const [index, { name }] of off.entries()) {
      const failure = failureOf(results?.[index]);
      if (failure === null) names.push(name ?? '(no name)');
      else failures.push(`${name ?? '(no name)'}: ${failure}`);
    }
  }
  return { names, failures };
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
  await runCommand('camera-nudge', {
    usage: '[ROOM_ID] [TEXT]',
    async run(gateway, [room, text = 'Would you switch your camera on?']) {
      const { names, failures } = await nudge(gateway, await roomIdOf(gateway, room), text);
      if (names.length > 0) console.log(`Nudged: ${names.join(', ')}`);
      else if (failures.length === 0) console.log('Every camera that may be on is on.');
      if (failures.length > 0) throw new Error(`Not nudged: ${failures.join('; ')}`);
    },
  });
}
