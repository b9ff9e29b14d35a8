// One Node of each type from the demo data, for tests of all Node types.
import { encodeGlobalId } from '../../resolvers/ids.ts';
import type { TestGateway } from './gateway.ts';
import { globalIdsIn, selectEverything } from './select-everything.ts';

const SOME_OF_EACH = `query ($room: ID!) {
  room(id: $room) {
    id
    template { id roles { id } }
    activeSession { id }
    peers(first: 1) { edges { node { id } } }
    roomCodes { id }
  }
  sessions(first: 1, filter: { active: false }) { edges { node { id peers(first: 1) { edges { node { id } } } } } }
  liveStreams(first: 1) { edges { node { id } } }
  recordings(first: 1) { edges { node { id } } }
  recordingAssets(first: 1) { edges { node { id } } }
  externalStreams(first: 1) { edges { node { id } } }
}`;

/** A live room of the demo data whose template has the role `host`. */
export function liveRoomOf({ sandbox: { world } }: TestGateway): string {
  const hasHost = (templateId: string) => world.templates.get(templateId).roles.has('host');
  const live = [...world.rooms.all.values()].find(
    ({ id, templateId }) => world.sessions.active(id) !== undefined && hasHost(templateId),
  )?.id;
  if (live === undefined) throw new Error('the demo data has no live room');
  return live;
}

/**
 * Global ids of at least one object of each Node type, a departed peer included. The gateway must be without limits.
 */
export async function idsOfEachNode(tested: TestGateway): Promise<readonly string[]> {
  const { world } = tested.sandbox;
  const room = liveRoomOf(tested);
  world.roomCodes.create(room, 'host');
  const polls = [...world.rooms.all.values()].flatMap((one) => one.polls ?? []).slice(0, 1);
  const found = globalIdsIn(await tested.data(SOME_OF_EACH, { room }));
  const ids = [...found, ...polls.map((id) => encodeGlobalId('Poll', id))];
  // Of each type that is still missing, one object that the room links to.
  const linked = globalIdsIn(
    await tested.data(`query ($room: ID!) { room(id: $room) ${selectEverything('Room')} }`, { room }),
  );
  for (const id of linked) {
    if (!ids.some((known) => typeOfId(known) === typeOfId(id))) ids.push(id);
  }
  return ids;
}

/** The name of the type in a global id. */
export function typeOfId(id: string): string {
  return Buffer.from(id, 'base64url').toString().split(':', 1)[0] ?? '';
}
