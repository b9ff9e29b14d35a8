// A moderation bot: reads chat messages, warns the author of an offensive one twice and then removes them. The REST API
// cannot read chat, so a client in the room must write each message to this command's input, one JSON object a line:
//   {"roomId": "...", "userId": "...", "text": "..."}
//   my-chat-source | npm run example moderation-bot
import { createInterface } from 'node:readline';
import type { GatewayClient } from './client.ts';
import { oneLine, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';
import { areAllNotFound, failureOf } from './results.ts';

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
      ... on Error {
        message
      }
    }
  }
`);

const Remove = graphql(/* GraphQL */ `
  mutation Remove($roomId: ID!, $peerIds: [ID!]!, $reason: String) {
    removePeers(input: { roomId: $roomId, peerIds: $peerIds, reason: $reason }) {
      __typename
      ... on Error {
        message
      }
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

/** The bot's reaction to a message. `gone`: the message is offensive, but its author has left. */
export type Verdict = 'fine' | 'warned' | 'removed' | 'gone';

/** An author with this number of warnings is removed at their next offensive message. */
const WARNINGS = 2;

/**
 * Makes a bot. It counts in memory the warnings that reached each user in each room. It throws if the gateway refuses a
 * warning or a removal, so it never reports one that did not happen.
 */
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
    if (warnings > WARNINGS) {
      const { removePeers } = await gateway.request(Remove, {
        roomId,
        peerIds: peers.map(({ id }) => id),
        reason: 'Abusive chat',
      });
      const verdict = verdictOf(removePeers ?? [], 'removed');
      warned.delete(key);
      return verdict;
    }
    const message = `Please keep it civil. This is warning ${warnings} of ${WARNINGS}.`;
    const results = [];
    for (const { id } of peers)
      results.push((await gateway.request(Warn, { roomId, peerId: id, message })).sendMessage ?? null);
    const verdict = verdictOf(results, 'warned');
    if (verdict === 'warned') warned.set(key, warnings);
    return verdict;
  };
}

/**
 * `done` if the request reached at least one peer of the author; `gone` if all of them have left meanwhile.
 * @throws Error with the reason if the gateway refused it
 */
function verdictOf(
  results: readonly ((Parameters<typeof failureOf>[0] & object) | null)[],
  done: Verdict,
): Verdict {
  const failures = results.map(failureOf);
  if (failures.includes(null)) return done;
  if (areAllNotFound(results)) return 'gone';
  throw new Error(failures.find((failure) => failure !== null) ?? 'The gateway answered no result.');
}

/** @throws Error for a line that is no chat message */
function chatLineOf(line: string): ChatLine {
  const value: unknown = JSON.parse(line);
  const { roomId, userId, text }: Readonly<Record<string, unknown>> = Object(value);
  if (typeof roomId !== 'string' || typeof userId !== 'string' || typeof text !== 'string') {
    throw new Error('A message needs `roomId`, `userId` and `text`, which must be strings.');
  }
  return { roomId, userId, text };
}

/** Separated by commas. */
const DEFAULT_WORDS = 'idiot,stupid';

if (import.meta.main) {
  const words = (process.env['BAD_WORDS'] ?? DEFAULT_WORDS).split(',');
  await runCommand('moderation-bot', {
    usage: '< lines of JSON, such as {"roomId": "...", "userId": "...", "text": "..."}',
    defaults: { 'the variable BAD_WORDS': DEFAULT_WORDS },
    async run(gateway) {
      const moderate = createModerator(gateway, (text) =>
        words.some((word) => text.toLowerCase().includes(word)),
      );
      let skipped = 0;
      for await (const line of createInterface({ input: process.stdin })) {
        if (line.trim() === '') continue;
        try {
          const chat = chatLineOf(line);
          console.log(`${chat.userId}: ${await moderate(chat)}`);
        } catch (error) {
          skipped += 1;
          console.error(`Skipped a line: ${oneLine(error)}`);
        }
      }
      if (skipped > 0) throw new Error(`${skipped} ${skipped === 1 ? 'line was' : 'lines were'} skipped.`);
    },
  });
}
