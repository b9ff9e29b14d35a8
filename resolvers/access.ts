// Decides whether the caller of an operation may use a field or see an object, by the `access` that the field or type declares in
// the schema. Both executors use this file. For most callers, who are neither restricted to rooms nor participants, the decision
// is one look-up in a set: no object is read and no memory is allocated.
import type { GraphQLError } from 'graphql';
import { seesRoom, type Caller } from '../src/auth/caller.ts';
import type { Scope } from '../src/auth/scopes.ts';
import type { Context } from './context.ts';
import { forbidden } from './errors.ts';
import { decodeGlobalId, hmsIdOf, roomCodeOf } from './ids.ts';
import { splitPair } from './local-ids.ts';
import { nodes, type NodeTypeName, type RoomOwnedTypeName } from './nodes.ts';
import { mayAct, participantScopes, type ParticipantAct } from './participants.ts';
import { codesOfRoomLoader } from './rooms/room-code-node.ts';

/**
 * What a field or an object type requires of a caller. All conditions must hold. The scope is data, so the scopes that an
 * operation needs are known from the schema alone. Each function gets the field's parent and arguments; of a type, its
 * object. Those below `alsoScope` are called only for callers who are bound to rooms and for participants.
 */
export interface Access<Parent = unknown, Args = unknown> {
  /** The caller must have this scope. */
  readonly scope: Scope;
  /** A second scope that the caller must have if the arguments require it; null: they do not. */
  alsoScope?(parent: Parent, args: Args): Scope | null;
  /** The caller must have access to this room (vendor id or global id); null: to the whole workspace. */
  room?(parent: Parent, args: Args): string | null;
  /** The caller must have access to the room of this object (vendor id or global id), which is read for this. */
  roomOf?(parent: Parent, args: Args): RoomOwned;
  /** The caller must have access to the room of this room code. */
  roomCode?(parent: Parent, args: Args): string;
  /** A participant's role must permit this action. Other callers need only scopes. */
  act?(parent: Parent, args: Args): ParticipantAct;
}

/** An object that belongs to a room but whose id does not contain that room. */
export interface RoomOwned {
  readonly type: RoomOwnedTypeName;
  readonly id: string;
}

type Refusal = GraphQLError | null;

/**
 * The `FORBIDDEN` error of the first condition that the caller does not meet; null: the caller may see this. A promise only
 * if a condition must read something; it rejects if that read fails.
 * @throws GraphQLError `BAD_USER_INPUT` for an invalid id in an argument, only for callers who are bound to rooms.
 */
export function refusalOf(
  access: Access,
  parent: unknown,
  args: unknown,
  context: Context,
): Refusal | Promise<Refusal> {
  const { caller } = context;
  const scopes = caller.participant === null ? caller.scopes : participantScopes;
  const also = access.alsoScope?.(parent, args) ?? null;
  if (also !== null && !scopes.has(also)) return withoutScope(also);
  if (!scopes.has(access.scope)) return withoutScope(access.scope);
  return hasScopesOnly(caller) ? null : refusalByRoom(access, parent, args, context);
}

/** Whether scopes alone decide about a caller: one who is not bound to rooms and no participant. */
function hasScopesOnly({ rooms, participant }: Caller): boolean {
  return rooms === null && participant === null;
}

/**
 * Whether the caller passes every check of an operation, so that an executor may leave out the checks of its objects.
 *
 * Correct if `needs` contains the `access.scope` of all fields of the operation and of all object types that their values can
 * have (for an abstract type: all its possible types). If scopes alone decide about a caller, `refusalOf` looks at nothing else,
 * and neither the caller's scopes nor the schema change while an operation runs. The checks of fields with `alsoScope` may not be
 * left out: their arguments decide.
 */
export function isCleared(needs: Iterable<string>, caller: Caller): boolean {
  if (!hasScopesOnly(caller)) return false;
  const scopes: ReadonlySet<string> = caller.scopes;
  for (const scope of needs) if (!scopes.has(scope)) return false;
  return true;
}

/** The conditions beyond scopes: first the room, which needs no read. */
function refusalByRoom(
  access: Access,
  parent: unknown,
  args: unknown,
  context: Context,
): Refusal | Promise<Refusal> {
  const { caller } = context;
  if (caller.rooms !== null && access.room !== undefined) {
    const id = access.room(parent, args);
    if (id === null) return beyondRooms();
    if (!seesRoom(caller, hmsIdOf('Room', 'roomId', id))) return unseen();
  }
  return mustRead(access) ? refusalByReading(access, parent, args, context) : null;
}

function mustRead(access: Access): boolean {
  return access.roomOf !== undefined || access.roomCode !== undefined || access.act !== undefined;
}

async function refusalByReading(
  access: Access,
  parent: unknown,
  args: unknown,
  context: Context,
): Promise<Refusal> {
  const { rooms, participant } = context.caller;
  if (rooms !== null) {
    const object = access.roomOf?.(parent, args);
    if (object !== undefined && !(await seesRoomOf(object, context))) return unseen();
    const code = access.roomCode?.(parent, args);
    if (code !== undefined && !(await seesRoomCode(code, context))) return unseen();
  }
  const act = access.act?.(parent, args);
  if (act === undefined || participant === null || (await mayAct(participant, act, context))) return null;
  return forbidden('The permissions of your role in the room do not allow this.');
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

function withoutScope(scope: Scope): GraphQLError {
  return forbidden(`This needs the scope \`${scope}\`.`, { scope });
}

function beyondRooms(): GraphQLError {
  return forbidden(
    'Your access is limited to some rooms, so this must name one of them: set `roomId`, if the field or its filter has it.',
  );
}

/** The error for an object in a room that the caller may not see. */
function unseen(): GraphQLError {
  return forbidden('This does not exist or belongs to a room that you may not see.');
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
 * The object with a global id; null if it does not exist.
 * @throws GraphQLError `BAD_USER_INPUT` for an invalid id; what `nodeById` throws.
 */
export async function nodeByGlobalId(
  globalId: string,
  context: Context,
  load: (id: NodeId) => Promise<unknown>,
): Promise<unknown> {
  return nodeById(decodeGlobalId(globalId), context, load);
}

/**
 * The object with a type and a local id; null if it does not exist. A caller who is bound to rooms gets the same refusal for
 * an object of another room and for one that does not exist; otherwise the answer would tell which ids exist.
 * @throws GraphQLError `FORBIDDEN`.
 */
export async function nodeById(
  nodeId: NodeId,
  context: Context,
  load: (id: NodeId) => Promise<unknown>,
): Promise<unknown> {
  const node = (await load(nodeId)) ?? null;
  if (node === null && !maySeeThatMissing(nodeId, context)) throw unseen();
  return node;
}

/** A pair of ids begins with the room's id; the id of any other object does not name its room. */
function maySeeThatMissing({ typename, id }: NodeId, { caller }: Context): boolean {
  return caller.rooms === null || ofWorkspace.has(typename) || seesRoom(caller, splitPair(id)[0]);
}
