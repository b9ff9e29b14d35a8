// The Node `RoomCode`. Its local id is a pair, room id and code: the vendor reads codes only as the list of their room.
import { listRoomCodes, type RoomCodeResource } from '../../src/rest/rooms/room-codes.ts';
import { walkPages } from '../../src/rest/shapes/pages.ts';
import { singleLoader, type LoaderContext } from '../loaders.ts';
import { pairId, VENDOR_ID } from '../local-ids.ts';
import type { NodeDeclaration } from '../node.ts';

const ROOM_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/i;
const MAX_CODE_LENGTH = 40;

/** The maximum number of pages of 100 codes to read for a room. The vendor documents at most 100 codes. */
const MAX_PAGES = 5;

/** Whether a text looks like a room code: letters and digits in groups joined by hyphens, at most 40 characters. */
export function isRoomCode(text: string): boolean {
  return ROOM_CODE.test(text) && text.length <= MAX_CODE_LENGTH;
}

/** How `node(id)` checks a room code's local id. The code itself is found in its room's list, by `roomCodeByNodeId`. */
export const roomCodeNode = { localId: pairId((code) => VENDOR_ID.test(code)) } satisfies NodeDeclaration;

/** Loads all codes of a room, by room id, with the recent writes over them: usually one REST call. */
export const codesOfRoomLoader = singleLoader((roomId, context) =>
  context.catalog.written.roomCodes.read(roomId, () => allCodes(roomId, context)),
);

async function allCodes(
  roomId: string,
  { client, call }: LoaderContext,
): Promise<readonly RoomCodeResource[]> {
  const codes: RoomCodeResource[] = [];
  const pages = walkPages((page) => listRoomCodes(client, { roomId, ...page }, call), {
    keyOf: ({ code }) => code,
    maxPages: MAX_PAGES,
  });
  for await (const page of pages) codes.push(...page.items);
  return codes;
}
