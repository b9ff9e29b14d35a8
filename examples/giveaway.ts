// A giveaway: picks a random peer of a live room, announces the winner and changes the winner's role for some time.
//   npm run example giveaway -- [ROOM_ID] [STAGE_ROLE] [SECONDS]
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from './client.ts';
import { roomIdOf, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';
import { mustSucceed } from './results.ts';

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
      __typename
      ... on Error {
        message
      }
    }
  }
`);

const ChangeRole = graphql(/* GraphQL */ `
  mutation ChangeRole($roomId: ID!, $peerId: ID!, $role: String!) {
    updatePeer(input: { roomId: $roomId, peerId: $peerId, role: $role }) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

/** The room and the rules of a giveaway. */
export interface GiveawayOptions {
  readonly roomId: string;
  /** The role that the winner gets. Peers that have this role already cannot win. */
  readonly stageRole: string;
  /** Called when the winner has the role; resolves when the time on the stage is over. */
  readonly timeIsOver: () => Promise<unknown>;
  /** Returns a number from 0 up to, but not including, 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** Runs one giveaway and returns the winner's name. Throws if no peer can win or a mutation fails. */
export async function giveaway(gateway: GatewayClient, options: GiveawayOptions): Promise<string> {
  const { roomId, stageRole, timeIsOver, random = Math.random } = options;
  const { room } = await gateway.request(Participants, { roomId });
  const peers = (room?.peers?.edges ?? []).map(({ node }) => node).filter(({ role }) => role !== stageRole);
  const winner = peers[Math.floor(random() * peers.length)];
  if (winner === undefined)
    throw new Error('No peer can win: the room is not live, or all peers are on the stage.');
  const name = winner.name ?? 'Somebody';
  const message = `${name} wins! Welcome to the stage.`;
  mustSucceed((await gateway.request(Announce, { roomId, message })).sendMessage);
  const setRole = async (role: string) =>
    mustSucceed((await gateway.request(ChangeRole, { roomId, peerId: winner.id, role })).updatePeer);
  await setRole(stageRole);
  await timeIsOver();
  await setRole(winner.role ?? '');
  return name;
}

if (import.meta.main) {
  await runCommand('giveaway', {
    usage: '[ROOM_ID] [STAGE_ROLE] [SECONDS]',
    async run(gateway, [room, stageRole = 'speaker', seconds = '60']) {
      const ms = Number(seconds) * 1000;
      if (!Number.isFinite(ms) || ms < 0) throw new Error(`SECONDS must be a number, not ${seconds}.`);
      const roomId = await roomIdOf(gateway, room);
      const winner = await giveaway(gateway, { roomId, stageRole, timeIsOver: () => sleep(ms) });
      console.log(`The winner was ${winner}.`);
    },
  });
}
