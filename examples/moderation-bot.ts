// A moderation bot: reads chat messages, warns the author of an offensive one twice and then removes them. The REST API
// cannot read chat, so a client in the room must write each message to this command's input, one JSON object a line:
//   {"roomId": "...", "userId": "...", "text": "..."}
//   my-chat-source | npm run example moderation-bot
import { createInterface } from 'node:readline';
import { connect, type GatewayClient } from './client.ts';
import { graphql } from './generated/gql.ts';

const PeersOfUser = graphql(/* GraphQL */ `
  query PeersOfUser($roomId: ID!, $userId: String!) {
    room(id: $roomId) {
      peers(filter: { userId: $userId }) {
        edges {
          node {
            id
            name
          }
        }
      }
    }
  }
`);

const Warn = graphql(/* GraphQL */ `
  mutation Warn($roomId: ID!, $peerId: ID!, $message: String!) {
    sendMessage(input: { roomId: $roomId, peerId: $peerId, message: $message, type: "chat" }) {
      __typename
    }
  }
`);

const Remove = graphql(/* GraphQL */ `
  mutation Remove($roomId: ID!, $peerIds: [ID!]!, $reason: String) {
    removePeers(input: { roomId: $roomId, peerIds: $peerIds, reason: $reason }) {
      __typename
    }
  }
`);

/** One chat message. */
export interface ChatLine {
  /** The vendor's id of the room. */
  readonly roomId: string;
  /** The app's own id of the author. */
  readonly userId: string;
  readonly text: string;
}

/** The bot's reaction to a message; `gone`: the message is offensive, but its author is not connected any more. */
export type Verdict = 'fine' | 'warned' | 'removed' | 'gone';

/** The next offensive message after so many warnings removes its author. */
const WARNINGS = 2;

/** Makes a bot. It counts the warnings of each user in each room, in memory. */
export function createModerator(
  gateway: GatewayClient,
  isOffensive: (text: string) => boolean,
): (line: ChatLine) => Promise<Verdict> {
  const warned = new Map<string, number>();
  return async ({ roomId, userId, text }) => {
    if (!isOffensive(text)) return 'fine';
    const { room } = await gateway.request(PeersOfUser, { roomId, userId });
    const peers = (room?.peers?.edges ?? []).map(({ node }) => node);
    if (peers.length === 0) return 'gone';
    const key = `${roomId}/${userId}`;
    const warnings = (warned.get(key) ?? 0) + 1;
    warned.set(key, warnings);
    if (warnings > WARNINGS) {
      warned.delete(key);
      await gateway.request(Remove, { roomId, peerIds: peers.map(({ id }) => id), reason: 'Abusive chat' });
      return 'removed';
    }
    const message = `Please keep it civil. This is warning ${warnings} of ${WARNINGS}.`;
    for (const { id } of peers) await gateway.request(Warn, { roomId, peerId: id, message });
    return 'warned';
  };
}

if (import.meta.main) {
  const words = (process.env['BAD_WORDS'] ?? 'idiot,stupid').split(',');
  const gateway = connect();
  const moderate = createModerator(gateway, (text) =>
    words.some((word) => text.toLowerCase().includes(word)),
  );
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      // The line's shape is not checked. A line that is no chat message causes an error, which is printed below.
      const chat = JSON.parse(line) as ChatLine;
      console.log(`${chat.userId}: ${await moderate(chat)}`);
    } catch (error) {
      console.error(`Skipped a line: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await gateway.close();
}
