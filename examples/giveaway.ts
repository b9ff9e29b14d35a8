// A giveaway: picks a random participant of a live room, announces it, and lets the winner onto the stage for a while.
//   npm run example giveaway -- ROOM_ID [STAGE_ROLE] [SECONDS]
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type GatewayClient } from './client.ts';
import { graphql } from './generated/gql.ts';

const Participants = graphql(/* GraphQL */ `
  query Participants($roomId: ID!) {
    room(id: $roomId) {
      name
      peers(first: 500) {
        edges {
          node {
            id
            name
            role
          }
        }
      }
    }
  }
`);

const Announce = graphql(/* GraphQL */ `
  mutation Announce($roomId: ID!, $message: String!) {
    sendMessage(input: { roomId: $roomId, message: $message, type: "chat" }) {
      ... on Error {
        message
      }
    }
  }
`);

const ChangeRole = graphql(/* GraphQL */ `
  mutation ChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {
    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {
      ... on Error {
        message
      }
    }
  }
`);

export interface GiveawayOptions {
  readonly roomId: string;
  /** The role of the stage; who has it already takes no part. */
  readonly stageRole: string;
  /** Resolves when the winner's time is over. */
  readonly timeIsOver: () => Promise<unknown>;
  /** A number from 0 up to 1; default Math.random. */
  readonly random?: () => number;
}

/** Runs one giveaway and answers the winner's name. */
export async function giveaway(gateway: GatewayClient, options: GiveawayOptions): Promise<string> {
  const { roomId, stageRole, timeIsOver, random = Math.random } = options;
  const { room } = await gateway.request(Participants, { roomId });
  const peers = (room?.peers?.edges ?? []).map(({ node }) => node).filter(({ role }) => role !== stageRole);
  const winner = peers[Math.floor(random() * peers.length)];
  if (winner === undefined)
    throw new Error('Nobody takes part: the room is not live, or all are on the stage.');
  const name = winner.name ?? 'Somebody';
  await must(gateway.request(Announce, { roomId, message: `${name} wins! Welcome to the stage.` }));
  await must(gateway.request(ChangeRole, { roomId, peerId: winner.id, role: stageRole }));
  await timeIsOver();
  await must(gateway.request(ChangeRole, { roomId, peerId: winner.id, role: winner.role ?? '' }));
  return name;
}

/** A mutation's expected failures are data; here each of them ends the giveaway. */
async function must(mutation: Promise<Readonly<Record<string, unknown>>>): Promise<void> {
  for (const result of Object.values(await mutation)) {
    if (typeof result === 'object' && result !== null && 'message' in result)
      throw new Error(String(result.message));
  }
}

if (import.meta.main) {
  const [roomId, stageRole = 'speaker', seconds = '60'] = process.argv.slice(2);
  if (roomId === undefined) {
    console.error('Usage: npm run example giveaway -- ROOM_ID [STAGE_ROLE] [SECONDS]');
    process.exit(1);
  }
  const gateway = connect();
  const timeIsOver = () => sleep(Number(seconds) * 1000);
  console.log(`The winner was ${await giveaway(gateway, { roomId, stageRole, timeIsOver })}.`);
  await gateway.close();
}
