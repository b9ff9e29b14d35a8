// Checks the `authScopes` that fields and types of the schema declare against the caller of the operation. For a caller that
// is not bound to rooms (the usual case) no object is read.
import type { GraphQLError } from 'graphql';
import { seesRoom } from '../src/auth/caller.ts';
import type { Scope } from '../src/auth/scopes.ts';
import type { Context } from './context.ts';
import { forbidden } from './errors.ts';
import { decodeGlobalId, hmsIdOf, roomCodeOf } from './ids.ts';
import { splitPair } from './local-ids.ts';
import { nodes, type NodeTypeName, type RoomOwnedTypeName } from './nodes.ts';
import { mayAct, participantScopes, type ParticipantAct } from './participants.ts';
import { codesOfRoomLoader } from './rooms/room-code-node.ts';

/** The conditions that `authScopes` can set. All conditions of a field or type must hold. */
export interface AccessScopes {
  /** The caller must have this scope. */
  readonly scope: Scope;
  /** The caller must have access to this room (vendor id or global id); null: to the whole workspace. */
  readonly room: string | null;
  /** The caller must have access to the room of this object (vendor id or global id). Reads the object if the caller is bound to rooms. */
  readonly roomOf: RoomOwned;
  /** The caller must have access to the room of this room code. */
  readonly roomCode: string;
  /** A participant's role must permit this action. Other callers need only scopes. */
  readonly act: ParticipantAct;
}

/** An object that belongs to a room but whose id does not contain that room. */
export interface RoomOwned {
  readonly type: RoomOwnedTypeName;
  readonly id: string;
}

type Check<T> = (asked: T) => boolean | Promise<boolean>;

/** The checks of one operation, by condition. */
export function accessChecks(context: Context): {
  readonly [Name in keyof AccessScopes]: Check<AccessScopes[Name]>;
} {
  const { caller } = context;
  const isFree = caller.rooms === null;
  return {
    scope: (scope) => (caller.participant === null ? caller.scopes : participantScopes).has(scope),
    room: (id) => isFree || (id !== null && seesRoom(caller, hmsIdOf('Room', 'roomId', id))),
    roomOf: (object) => isFree || seesRoomOf(object, context),
    roomCode: (code) => isFree || seesRoomCode(code, context),
    act: (act) => caller.participant === null || mayAct(caller.participant, act, context),
  };
}

/** False for an object that does not exist. */
async function seesRoomOf({ type, id }: RoomOwned, context: Context): Promise<boolean> {
  const roomId = await nodes[type].roomIdOf(hmsIdOf(type, 'id', id), context);
  return roomId !== null && seesRoom(context.caller, roomId);
}

/** A room code does not contain its room, so the codes of the caller's rooms are searched. */
async function seesRoomCode(given: string, context: Context): Promise<boolean> {
  const wanted = roomCodeOf('code', given);
  const codes = await codesOfRoomLoader(context).loadMany([...(context.caller.rooms ?? [])]);
  return codes.some((list) => !(list instanceof Error) && list.some(({ code }) => code === wanted));
}

/** The `FORBIDDEN` error of a failed condition; names the missing scope where there is one. */
export function refusalOf(name: string, asked: unknown): GraphQLError {
  if (name === 'scope') return forbidden(`This needs the scope \`${String(asked)}\`.`, { scope: asked });
  if (name === 'act') return forbidden('The permissions of your role in the room do not allow this.');
  return forbidden(
    asked === null
      ? 'Callers that are bound to rooms may ask only for what belongs to one of them: name it by `roomId`, where there is one.'
      : 'This does not exist or belongs to a room that you may not see.',
  );
}

/** A global id taken apart. */
export interface NodeId {
  readonly typename: NodeTypeName;
  readonly id: string;
}

/**
 * Types whose objects belong to no room, so callers who are bound to rooms may learn that an object does not exist.
 */
const ofWorkspace: ReadonlySet<NodeTypeName> = new Set(['Template', 'Role', 'Poll']);

/**
 * The object with a global id; null if it does not exist. A caller who is bound to rooms gets the same refusal for an
 * object of another room and for one that does not exist; otherwise the answer would tell which ids exist.
 * @throws GraphQLError `BAD_USER_INPUT` for an invalid id; `FORBIDDEN`.
 */
export async function nodeByGlobalId(
  globalId: string,
  context: Context,
  load: (id: NodeId) => Promise<unknown>,
): Promise<unknown> {
  const nodeId = decodeGlobalId(globalId);
  const node = (await load(nodeId)) ?? null;
  if (node === null && !maySeeThatMissing(nodeId, context)) throw refusalOf('room', nodeId.id);
  return node;
}

/** A pair of ids begins with the room's id; the id of any other object does not name its room. */
function maySeeThatMissing({ typename, id }: NodeId, { caller }: Context): boolean {
  return caller.rooms === null || ofWorkspace.has(typename) || seesRoom(caller, splitPair(id)[0]);
}
