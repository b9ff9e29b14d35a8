// The set-up of the tests of room mutations: a gateway over a live room, and queries that show the room to clients.
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import type { PeerRecord, RoomCodeRecord, RoomRecord } from '../../../src/sandbox/records.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { addRooms, JOINED_AT } from '../../support/worlds.ts';

/** A vendor id that nothing has. */
export const MISSING = 'f'.repeat(24);
/** A peer id that nobody has. */
export const NOBODY = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05';

export interface Scene extends TestGateway {
  readonly world: World;
  readonly room: RoomRecord;
  /** Lets guests into the room. */
  readonly code: RoomCodeRecord;
  /** In the room as host. */
  readonly ada: PeerRecord;
  /** In the room as guests. */
  readonly grace: PeerRecord;
  readonly emmy: PeerRecord;
  /** The requests since the scene began, or since the last time that somebody asked. */
  sent(): readonly string[];
}

/** A world with one room, and three people in it. */
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

/** What a client sees of an input that was found wrong before anything was sent, at one place. */
export function invalidAt(path: readonly string[], message: string) {
  return {
    __typename: 'InvalidInputError',
    message: 'The input cannot be used; `issues` says what is wrong.',
    issues: [{ path, message }],
  };
}

/** What a client sees of a refusal by the vendor, in the vendor's words. */
export function refusedWith(httpStatus: number, message: string, details: readonly string[] = []) {
  return { __typename: 'RefusedError', message, httpStatus, details };
}

/** What a client sees where there is nothing to act on. */
export function notFound(message: string) {
  return { __typename: 'NotFoundError', message };
}

export const NOT_LIVE = notFound('The room does not exist or is not live.');
export const NOT_CONNECTED = notFound('The peer is not connected to the room.');

/** The global id of somebody in the room of the scene. */
export function globalPeerId({ room }: Scene, { id }: { readonly id: string }): string {
  return encodeGlobalId('Peer', `${room.id}:${id}`);
}

/** Who is in the room of the scene. */
export function namesIn({ world, room }: Scene): string[] {
  return world.sessions.connectedPeers(room.id).map(({ name }) => name);
}

/** Grows by what the room itself does not show: who was sent away why, and which messages went to whom. */
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
