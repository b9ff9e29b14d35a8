// What a caller may touch: the scopes that fields and types of the schema ask for, answered from what is known of the
// caller. Callers that are bound to no room, the most usual ones, are let through without a look at any object.
import type { GraphQLError } from 'graphql';
import { seesRoom } from '../src/auth/caller.ts';
import type { Scope } from '../src/auth/scopes.ts';
import type { Context } from './context.ts';
import { forbidden } from './errors.ts';
import { hmsIdOf, roomCodeOf } from './ids.ts';
import { nodes, type RoomOwnedTypeName } from './nodes.ts';
import { mayAct, participantScopes, type ParticipantAct } from './participants.ts';
import { codesOfRoomLoader } from './rooms/room-code-node.ts';

/** What may be asked of a caller; all that a field or type asks must hold. */
export interface AccessScopes {
  /** One of the caller's scopes. */
  readonly scope: Scope;
  /** A room that the caller may see, by vendor id or global id; null: what belongs to the workspace as a whole. */
  readonly room: string | null;
  /** An object, by vendor id or global id, whose room the caller may see. It is read if the caller is bound to rooms. */
  readonly roomOf: RoomOwned;
  /** A join code of a room that the caller may see. */
  readonly roomCode: string;
  /** Something that participants do by the permissions of their role; others need scopes alone. */
  readonly act: ParticipantAct;
}

/** An object that belongs to a room without telling so by its id. */
export interface RoomOwned {
  readonly type: RoomOwnedTypeName;
  readonly id: string;
}

type Check<T> = (asked: T) => boolean | Promise<boolean>;

/** How each scope is checked in one operation. */
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

/** What does not exist belongs to no room. */
async function seesRoomOf({ type, id }: RoomOwned, context: Context): Promise<boolean> {
  const roomId = await nodes[type].roomIdOf(hmsIdOf(type, 'id', id), context);
  return roomId !== null && seesRoom(context.caller, roomId);
}

/** A code does not tell its room, so it is looked for among the codes of the caller's rooms. */
async function seesRoomCode(given: string, context: Context): Promise<boolean> {
  const wanted = roomCodeOf('code', given);
  const codes = await codesOfRoomLoader(context).loadMany([...(context.caller.rooms ?? [])]);
  return codes.some((list) => !(list instanceof Error) && list.some(({ code }) => code === wanted));
}

/** The refusal of something that the caller may not touch, which names what would be needed. */
export function refusalOf(name: string, asked: unknown): GraphQLError {
  if (name === 'scope') return forbidden(`This needs the scope \`${String(asked)}\`.`, { scope: asked });
  if (name === 'act') return forbidden('The permissions of your role in the room do not allow this.');
  return forbidden(
    asked === null
      ? 'Callers that are bound to rooms may ask only for what belongs to one of them: name it by `roomId`, where there is one.'
      : 'This belongs to a room that you may not see.',
  );
}
