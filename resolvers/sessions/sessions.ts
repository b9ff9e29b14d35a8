// How sessions are answered: by id, as a list, of a room.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  listSessions,
  type SessionListParams,
  type SessionResource,
} from '../../src/rest/sessions/sessions.ts';
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { notFound } from '../errors.ts';
import { instantOrNull, secondsBetween, textOrNull } from '../values.ts';
import { activeSessionLoader, sessionNode } from './session-node.ts';

/** Which sessions a list keeps. Times are inclusive. */
export interface SessionFilter {
  readonly active?: boolean | null | undefined;
  readonly roomId?: string | null | undefined;
  readonly startedAfter?: string | null | undefined;
  readonly startedBefore?: string | null | undefined;
}

type SessionsArgs = ForwardArgs & { readonly filter?: SessionFilter | null | undefined };

/** A session as far as it is known: its whole record, or what a live look or a peer tells of it. */
export type SessionView = SessionResource | KnownSession;

interface KnownSession {
  readonly id: string;
  readonly room_id: string;
  readonly created_at?: string;
}

/** The whole record of a session, read where it is not at hand. */
export async function recordOf(session: SessionView, context: Context): Promise<SessionResource> {
  if ('peers' in session) return session;
  const record = await sessionNode.loader(context).load(session.id);
  if (record === null) throw notFound('The session has no record yet.');
  return record;
}

const cursors = hexCursorsOf('sessions');

export function sessionById(id: string, context: Context): Promise<SessionResource | null> {
  return sessionNode.loader(context).load(hmsIdOf('Session', 'id', id));
}

/** The session that another resource names by its id. */
export function sessionWithId(sessionId: string, context: Context): Promise<SessionResource | null> {
  return sessionNode.loader(context).load(sessionId);
}

export async function sessionsConnection(
  args: SessionsArgs,
  context: Context,
): Promise<Connection<SessionResource>> {
  return pagesOfSessions(args, sessionListParams(args.filter ?? {}), context);
}

export async function sessionsOfRoom(
  room: RoomResource,
  args: SessionsArgs,
  context: Context,
): Promise<Connection<SessionResource>> {
  const { roomId: _, ...filter } = args.filter ?? {};
  return pagesOfSessions(args, { ...sessionListParams(filter), roomId: room.id }, context);
}

function pagesOfSessions(
  args: SessionsArgs,
  filter: Omit<SessionListParams, 'limit' | 'start'>,
  context: Context,
): Promise<Connection<SessionResource>> {
  return connectionOverPages(args, cursors, (page) =>
    listSessions(context.client, { ...filter, ...page }, context.call),
  );
}

export function activeSessionOfRoom(room: RoomResource, context: Context): Promise<SessionResource | null> {
  return activeSessionLoader(context).load(room.id);
}

function sessionListParams(filter: SessionFilter): Omit<SessionListParams, 'limit' | 'start'> {
  return {
    ...(filter.active == null ? {} : { active: filter.active }),
    ...(filter.roomId == null ? {} : { roomId: hmsIdOf('Room', 'filter.roomId', filter.roomId) }),
    ...(filter.startedAfter == null ? {} : { startedAfter: filter.startedAfter }),
    ...(filter.startedBefore == null ? {} : { startedBefore: filter.startedBefore }),
  };
}

export async function customerOfSession(session: SessionView, context: Context): Promise<string | null> {
  return textOrNull((await recordOf(session, context)).customer_id);
}

export async function appOfSession(session: SessionView, context: Context): Promise<string | null> {
  return textOrNull((await recordOf(session, context)).app_id);
}

export async function lastChangeOfSession(session: SessionView, context: Context): Promise<string | null> {
  return instantOrNull((await recordOf(session, context)).updated_at);
}

export async function isActive(session: SessionView, context: Context): Promise<boolean> {
  return (await recordOf(session, context)).active ?? false;
}

export async function startOfSession(session: SessionView, context: Context): Promise<string | null> {
  return instantOrNull(session.created_at ?? (await recordOf(session, context)).created_at);
}

/** When a session ended: its last change, once it is no longer running. The vendor has no field for it. */
export async function endOfSession(session: SessionView, context: Context): Promise<string | null> {
  const record = await recordOf(session, context);
  return record.active ? null : instantOrNull(record.updated_at);
}

/** Seconds from the session's start to its end, or to now. */
export async function durationOfSession(session: SessionView, context: Context): Promise<number | null> {
  const record = await recordOf(session, context);
  return secondsBetween(record.created_at, await endOfSession(record, context), context.clock);
}
