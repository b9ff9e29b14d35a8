// The subcommand `rooms`: the rooms of a gateway's workspace, which of them are live, and how many people are in them.
import { LiveRooms, Rooms } from './client/documents.ts';
import { GatewayClient } from './client/gateway-client.ts';
import { targetOf, type TargetOptions } from './client/target.ts';
import { tableOf } from './table.ts';
import { harmless, jsonLine } from './text.ts';

/** The options of `rooms`. */
export interface RoomsOptions extends TargetOptions {
  /** How many rooms at most; default: 20. */
  readonly first: number;
  /** Only rooms with a running session. */
  readonly live?: boolean;
  readonly json?: boolean;
}

interface ListedRoom {
  readonly id: string;
  readonly name: string;
  /** When the running session began; null: none runs. */
  readonly liveSince: string | null;
  /** How many people are in the room; null: the gateway could not tell. */
  readonly people: number | null;
}

/** Prints the rooms as a table; with `json` as one object a line. */
export async function listRooms({ first, live, json, ...options }: RoomsOptions): Promise<number> {
  await using gateway = new GatewayClient(await targetOf(options, process.env));
  const rooms = live === true ? await liveRooms(gateway, first) : await newestRooms(gateway, first);
  process.stdout.write(json === true ? rooms.map(jsonLine).join('') : tableOf([HEADER, ...rooms.map(rowOf)]));
  return 0;
}

const HEADER = ['NAME', 'ID', 'PEOPLE', 'LIVE SINCE'];

function rowOf({ id, name, liveSince, people }: ListedRoom): readonly string[] {
  const since = liveSince === null ? '-' : new Date(liveSince).toLocaleString('sv');
  return [harmless(name), harmless(id), people === null ? '?' : String(people), since];
}

async function newestRooms(gateway: GatewayClient, first: number): Promise<readonly ListedRoom[]> {
  const { rooms } = await gateway.request(Rooms, { first });
  return (rooms?.edges ?? []).map(({ node: { hmsId, name, activeSession, peers } }) => ({
    id: hmsId,
    name: name ?? '',
    liveSince: activeSession?.startedAt ?? null,
    people: peers?.totalCount ?? null,
  }));
}

async function liveRooms(gateway: GatewayClient, first: number): Promise<readonly ListedRoom[]> {
  const { sessions } = await gateway.request(LiveRooms, { first });
  return (sessions?.edges ?? []).flatMap(({ node: { startedAt, room } }) =>
    room === null
      ? []
      : [
          {
            id: room.hmsId,
            name: room.name ?? '',
            liveSince: startedAt,
            people: room.peers?.totalCount ?? null,
          },
        ],
  );
}
