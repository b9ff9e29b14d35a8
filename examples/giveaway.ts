// A giveaway: chooses a random peer of a live room, gives the winner the role of the stage for some time, and announces the
// winner.
//   npm run example giveaway -- [ROOM_ID] [STAGE_ROLE] [SECONDS]
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from './client.ts';
import { DEFAULT_ROOM, roomIdOf, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';
import type { ParticipantsQuery } from './generated/graphql.ts';
import { mustSucceed } from './results.ts';

const Participants = graphql(/* GraphQL */ `
  query Participants($roomId: ID!) {
    room(id: $roomId) {
      name
      template {
        roles {
          name
          maxPeerCount
          permissions {
            changeRole
          }
          publishParams {
            allowed
          }
        }
      }
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
  /** The role that the winner gets. Peers that have this role already cannot win. Default: see `freeStageOf`. */
  readonly stageRole?: string | undefined;
  /** Called when the winner has the role; resolves when the time on the stage is over. */
  readonly timeIsOver: () => Promise<unknown>;
  /** Returns a number from 0 up to, but not including, 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * Runs one giveaway and returns the winner's name. Peers whose role may change the roles of others cannot win. Nothing is announced
 * before the winner has the role of the stage.
 * @throws Error if the room has no such role, no peer can win, or a mutation fails
 */
export async function giveaway(gateway: GatewayClient, options: GiveawayOptions): Promise<string> {
  const { roomId, stageRole, timeIsOver, random = Math.random } = options;
  const { room } = await gateway.request(Participants, { roomId });
  if (room == null) throw new Error(`There is no room ${roomId}.`);
  const { stage, peers } = stageRole === undefined ? freeStageOf(room) : namedStageOf(room, stageRole);
  const winner = peers[Math.floor(random() * peers.length)];
  if (winner === undefined)
    throw new Error('No peer can win: the room is not live, or all peers are on the stage.');
  const name = winner.name ?? 'Somebody';
  const announce = async (message: string) =>
    mustSucceed((await gateway.request(Announce, { roomId, message })).sendMessage);
  const setRole = async (role: string) =>
    mustSucceed((await gateway.request(ChangeRole, { roomId, peerId: winner.id, role })).updatePeer);
  if (stage === null) {
    await announce(`${name} wins!`);
    return name;
  }
  await setRole(stage);
  try {
    await announce(`${name} wins! Welcome to the stage.`);
    await timeIsOver();
  } finally {
    await setRole(winner.role ?? '');
  }
  return name;
}

type Room = NonNullable<ParticipantsQuery['room']>;
type Role = NonNullable<Room['template']>['roles'][number];
type Peer = NonNullable<Room['peers']>['edges'][number]['node'];

interface Stage {
  /** The role of the stage; null: the winner keeps their role. */
  readonly stage: string | null;
  /** The peers who can win. */
  readonly peers: readonly Peer[];
}

/** The role with this name. Throws if the room does not have it, or if it is full. */
function namedStageOf(room: Room, name: string): Stage {
  const roles = rolesOf(room);
  const stage = roles.find((role) => role.name === name);
  const names = roles.map((role) => role.name).join(', ');
  if (stage === undefined) throw new Error(`The room ${room.name} has no role ${name}. Its roles: ${names}.`);
  if (isFull(stage, room)) throw new Error(`The role ${name} of the room ${room.name} is full.`);
  return { stage: name, peers: playersOf(room).filter(({ role }) => role !== name) };
}

/**
 * Chooses the stage: the first role that may publish video, may not change the roles of others and is not full. The stage is null
 * if the room has no such role, or if all peers who can win have it already.
 */
function freeStageOf(room: Room): Stage {
  const players = playersOf(room);
  const stage = rolesOf(room).find(
    (role) =>
      role.publishParams.allowed.includes('VIDEO') && !role.permissions.changeRole && !isFull(role, room),
  );
  const peers = players.filter(({ role }) => role !== stage?.name);
  if (stage === undefined || peers.length === 0) return { stage: null, peers: players };
  return { stage: stage.name, peers };
}

const rolesOf = ({ template }: Room) => template?.roles ?? [];
const peersOf = ({ peers }: Room) => (peers?.edges ?? []).map(({ node }) => node);

/** The peers who may not change the roles of others. */
function playersOf(room: Room): Peer[] {
  const staff = new Set(
    rolesOf(room).flatMap(({ name, permissions }) => (permissions.changeRole ? name : [])),
  );
  return peersOf(room).filter(({ role }) => !staff.has(role ?? ''));
}

function isFull({ name, maxPeerCount }: Role, room: Room): boolean {
  return maxPeerCount !== 0 && peersOf(room).filter(({ role }) => role === name).length >= maxPeerCount;
}

if (import.meta.main) {
  await runCommand('giveaway', {
    usage: '[ROOM_ID] [STAGE_ROLE] [SECONDS]',
    defaults: {
      ROOM_ID: DEFAULT_ROOM,
      STAGE_ROLE: 'the first role of the room that may publish video, may not change roles and is not full',
      SECONDS: '60',
    },
    async run(gateway, [room, stageRole, seconds = '60']) {
      const ms = Number(seconds) * 1000;
      if (!Number.isFinite(ms) || ms < 0) throw new Error(`SECONDS must be a number, not ${seconds}.`);
      const roomId = await roomIdOf(gateway, room);
      const winner = await giveaway(gateway, { roomId, stageRole, timeIsOver: () => sleep(ms) });
      console.log(`The winner was ${winner}.`);
    },
  });
}
