// How sessions are answered: by id, as a list, of a room.
import type { RoomResource } from '../src/rest/rooms.ts';
import { listSessions, type SessionListParams, type SessionResource } from '../src/rest/sessions.ts';
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from './connection.ts';
import type { Context } from './context.ts';
import { hmsIdOf } from './ids.ts';
import { secondsBetween } from './values.ts';

/** Which sessions a list keeps. Times are inclusive. */
export interface SessionFilter {
  readonly active?: boolean | null | undefined;
  readonly roomId?: string | null | undefined;
  readonly startedAfter?: string | null | undefined;
  readonly startedBefore?: string | null | undefined;
}

type SessionsArgs = ForwardArgs & { readonly filter?: SessionFilter | null | undefined };

const cursors = hexCursorsOf('sessions');

export function sessionById(id: string, context: Context): Promise<SessionResource | null> {
  return context.loaders.session.load(hmsIdOf('Session', 'id', id));
}

export async function sessionsConnection(
  args: SessionsArgs,
  context: Context,
): Promise<Connection<SessionResource>> {
  const filter = sessionListParams(args.filter ?? {});
  return connectionOverPages(args, cursors, (page) =>
    listSessions(context.client, { ...filter, ...page }, context.call),
  );
}

export function sessionsOfRoom(
  room: RoomResource,
  args: SessionsArgs,
  context: Context,
): Promise<Connection<SessionResource>> {
  return sessionsConnection({ ...args, filter: { ...args.filter, roomId: room.id } }, context);
}

export function activeSessionOfRoom(room: RoomResource, context: Context): Promise<SessionResource | null> {
  return context.loaders.activeSession.load(room.id);
}

function sessionListParams(filter: SessionFilter): Omit<SessionListParams, 'limit' | 'start'> {
  return {
    ...(filter.active == null ? {} : { active: filter.active }),
    ...(filter.roomId == null ? {} : { roomId: hmsIdOf('Room', 'filter.roomId', filter.roomId) }),
    ...(filter.startedAfter == null ? {} : { startedAfter: filter.startedAfter }),
    ...(filter.startedBefore == null ? {} : { startedBefore: filter.startedBefore }),
  };
}

/** When a session ended: its last change, once it is no longer running. There is no field of the vendor's for it. */
export function endOfSession(session: SessionResource): string | null {
  return session.active ? null : session.updated_at;
}

/** Seconds from the session's start to its end, or to now. */
export function durationOfSession(session: SessionResource, context: Context): number | null {
  return secondsBetween(session.created_at, endOfSession(session), context.clock);
}
