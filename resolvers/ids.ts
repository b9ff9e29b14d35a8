// The two ids of an object: the vendor's own, and the opaque global id of Relay, which also contains the type. Every id that a
// caller sends is checked here before a URL is built from it; an id of any other form is refused.
import { badUserInput, quoted } from './errors.ts';
import { HEX_24, PEER_ID, splitPair } from './local-ids.ts';
import { nodes, type HexIdTypeName, type NodeTypeName } from './nodes.ts';
import { isRoomCode } from './rooms/room-code-node.ts';

/** The longest global id in characters: two vendor ids of 200 characters, of at most 4 bytes each, in base64. */
const MAX_ID_LENGTH = 2200;

/** A global id, from the type's name and its local id. */
export function encodeGlobalId(typename: string, localId: string): string {
  return Buffer.from(`${typename}:${localId}`).toString('base64url');
}

/**
 * Takes a global id apart.
 * @throws GraphQLError `BAD_USER_INPUT` when it is not one that this graph gives out.
 */
export function decodeGlobalId(globalId: string): { readonly typename: NodeTypeName; readonly id: string } {
  const decoded = tryDecode(globalId);
  if (decoded === null) {
    throw badUserInput(`${quoted(globalId)} is not an id that an \`id\` field of this graph returns.`);
  }
  return decoded;
}

/** The type that a global id names; null when it is not one that this graph gives out. */
export function typenameIn(globalId: string): NodeTypeName | null {
  return tryDecode(globalId)?.typename ?? null;
}

function tryDecode(globalId: string): { typename: NodeTypeName; id: string } | null {
  if (globalId.length > MAX_ID_LENGTH) return null;
  const [typename, id] = splitPair(Buffer.from(globalId, 'base64url').toString());
  if (!isNodeTypeName(typename) || !nodes[typename].localId.matches(id)) return null;
  // The decoder skips characters that are not base64url. Only the exact form is accepted, so that an object has one id.
  return encodeGlobalId(typename, id) === globalId ? { typename, id } : null;
}

/** Whether a text is the name of a Node type. */
export function isNodeTypeName(name: string): name is NodeTypeName {
  return Object.hasOwn(nodes, name);
}

/**
 * The vendor's id of an argument that names an object of such a type by vendor id or global id. A vendor id of 24 hexadecimal
 * digits is a number, so upper and lower case are equal. The id in a global id is used as the vendor returned it.
 */
export function hmsIdOf(typename: HexIdTypeName, argument: string, given: string): string {
  if (HEX_24.test(given)) return given.toLowerCase();
  const decoded = tryDecode(given);
  if (decoded?.typename === typename) return decoded.id;
  throw badUserInput(
    `\`${argument}\` must be the id of a ${typename}: 24 hexadecimal digits, or what \`${typename}.id\` answers; ` +
      `${quoted(given)} is ${decoded === null ? 'neither' : `the id of a ${decoded.typename}`}.`,
  );
}

/** The vendor id in an argument that names an object without a Node type. `noun` names the object in the error. */
export function hexIdOf(noun: string, argument: string, given: string): string {
  if (HEX_24.test(given)) return given.toLowerCase();
  throw badUserInput(
    `\`${argument}\` must be the vendor id of a ${noun}: 24 hexadecimal digits; ${quoted(given)} is not such an id.`,
  );
}

/**
 * The vendor's id of an argument that names a peer, unchanged: client SDKs make these ids, and their case counts. A global
 * id must belong to that same room, unless it is null.
 * @throws GraphQLError `BAD_USER_INPUT` for a global id of another room or type, and for a text that can be no id.
 */
export function peerIdOf(argument: string, given: string, roomId: string | null): string {
  const decoded = tryDecode(given);
  if (decoded?.typename === 'Peer') {
    const [peerRoomId, peerId] = splitPair(decoded.id);
    if (roomId === null || peerRoomId === roomId) return peerId;
    throw badUserInput(`\`${argument}\` names a Peer of another room.`);
  }
  if (decoded === null && PEER_ID.test(given)) return given;
  throw badUserInput(
    `\`${argument}\` must be the id of a Peer: the vendor's, such as a UUID, or what \`Peer.id\` answers; ` +
      `${quoted(given)} is ${decoded === null ? 'neither' : `the id of a ${decoded.typename}`}.`,
  );
}

/** The code of an argument that names a room code by itself or by its global id. */
export function roomCodeOf(argument: string, given: string): string {
  const decoded = tryDecode(given);
  if (decoded?.typename === 'RoomCode') return splitPair(decoded.id)[1];
  if (decoded === null && isRoomCode(given)) return given;
  throw badUserInput(
    `\`${argument}\` must be a room code, or a value of \`RoomCode.id\`; ${quoted(given)} is neither.`,
  );
}
