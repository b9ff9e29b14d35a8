// The set-up of the tests of room mutations: a gateway over a live room, and queries that show the room to clients.
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import type { PeerRecord, RoomCodeRecord, RoomRecord } from '../../../src/sandbox/records.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { addRooms, JOINED_AT } from '../../support/worlds.ts';

/** A vendor id of no object. */
export const MISSING = 'f'.repeat(24);
/** A peer id of no peer. */
export const NOBODY = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05';

export interface Scene extends TestGateway {
  readonly world: World;
  readonly room: RoomRecord;
  /** A room code of the role `guest`. */
  readonly code: RoomCodeRecord;
  /** A peer with the role `host`. */
  readonly ada: PeerRecord;
  /** Peers with the role `guest`. */
  readonly grace: PeerRecord;
  readonly emmy: PeerRecord;
  /** The requests since the last call of this function, or since the start. */
  sent(): readonly string[];
}

/** A world with one room and three connected peers. */
export async function startScene(options: TestGatewayOptions = {}): Promise<Scene> {
  const tested = await startTestGateway({ ...options, sandbox: { data: 'empty', ...options.sandbox } });
  const { world, ledger } = tested.sandbox;
  const [room] = addRooms(world, 1);
  if (room === undefined) throw new Error('there is no room');
  const enter = (second: number, name: string, role: string) =>
    world.at(JOINED_AT + second * 1000, () =>
      world.join(room.id, { name, role, userId: name.toLowerCase() }),
    );
  return {
    ...tested,
    world,
    room,
    code: world.roomCodes.create(room.id, 'guest'),
    ada: enter(0, 'Ada', 'host'),
    grace: enter(1, 'Grace', 'guest'),
    emmy: enter(2, 'Emmy', 'guest'),
    sent() {
      const lines = ledger.lines();
      ledger.clear();
      return lines;
    },
  };
}

/** The result for an input with one fault at `path`, which was not sent. */
export function invalidAt(path: readonly string[], message: string) {
  return {
    __typename: 'InvalidInputError',
    message: `The input cannot be used: \`${path.join('.')}\` ${message}`,
    issues: [{ path, message }],
  };
}

/** The result for a refusal by the vendor, with the vendor's words. */
export function refusedWith(httpStatus: number, message: string, details: readonly string[] = []) {
  return { __typename: 'RefusedError', message, httpStatus, details };
}

/** The result for an object that does not exist. */
export function notFound(message: string) {
  return { __typename: 'NotFoundError', message };
}

export const NOT_LIVE = notFound('The room does not exist or is not live.');
export const NOT_CONNECTED = notFound('The peer is not connected to the room.');
export const NOT_THERE = notFound('The peer is not connected to the room, or the room is not live.');

/** The global id of a peer in the scene's room. */
export function globalPeerId({ room }: Scene, { id }: { readonly id: string }): string {
  return encodeGlobalId('Peer', `${room.id}:${id}`);
}

/** The names of the connected peers of the scene's room. */
export function namesIn({ world, room }: Scene): string[] {
  return world.sessions.connectedPeers(room.id).map(({ name }) => name);
}

/**
 * Collects the events that the room's state does not show: removals with their reasons, and messages with their
 * receivers.
 */
export function eventsOf({ world }: Scene): object[] {
  const events: object[] = [];
  world.events.on((event) => {
    if (event.type === 'peer.left') {
      events.push({ left: event.peer.name, reason: event.reason, message: event.message });
    }
    if (event.type === 'message.sent') events.push(event.sent);
  });
  return events;
}
