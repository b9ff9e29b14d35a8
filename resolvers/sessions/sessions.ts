// Sessions as the graph returns them: by id, as a list, and of a room. Source: the vendor's Sessions API.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  listSessions,
  type SessionListParams,
  type SessionResource,
} from '../../src/rest/sessions/sessions.ts';
import { connectionOverPages, idCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { notFound } from '../errors.ts';
import { instantOrNull, secondsBetween, textOrNull } from '../values.ts';
import { activeSessionLoader, sessionNode } from './session-node.ts';

/** Conditions on the sessions of a list, all of which must hold. A null or missing condition is ignored; times are inclusive. */
export interface SessionFilter {
  readonly active?: boolean | null | undefined;
  readonly roomId?: string | null | undefined;
  readonly startedAfter?: string | null | undefined;
  readonly startedBefore?: string | null | undefined;
}

type SessionsArgs = ForwardArgs & { readonly filter?: SessionFilter | null | undefined };

/** A session: its whole record, or the ids (and start) that a poll of a live room or a peer has of it. */
export type SessionView = SessionResource | KnownSession;

interface KnownSession {
  readonly id: string;
  readonly room_id: string;
  readonly created_at?: string;
}

/** Whether this is the session's whole record. */
export function isRecord(session: SessionView): session is SessionResource {
  return 'peers' in session;
}

/**
 * The whole record of a session; one REST call, shared within the operation, if only its id is known.
 * @throws GraphQLError `NOT_FOUND` if the vendor has no record of it yet.
 */
export async function recordOf(session: SessionView, context: Context): Promise<SessionResource> {
  if (isRecord(session)) return session;
  const record = await sessionNode.loader(context).load(session.id);
  if (record === null) throw notFound('The session has no record yet.');
  return record;
}

const cursors = idCursorsOf('sessions');

/**
 * The session with a vendor id or global id: one REST call; null if it does not exist.
 * @throws GraphQLError `BAD_USER_INPUT` if `id` has neither form.
 */
export function sessionById(id: string, context: Context): Promise<SessionResource | null> {
  return sessionNode.loader(context).load(hmsIdOf('Session', 'id', id));
}

/** The session that another resource names by its id. */
export function sessionWithId(sessionId: string, context: Context): Promise<SessionResource | null> {
  return sessionNode.loader(context).load(sessionId);
}

/** A page of the workspace's sessions, newest first. */
export async function sessionsConnection(
  args: SessionsArgs,
  context: Context,
): Promise<Connection<SessionResource>> {
  return pagesOfSessions(args, sessionListParams(args.filter ?? {}), context);
}

/** A page of one room's sessions, newest first. The filter's `roomId` is ignored. */
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

/** The running session of a room; null if the room is not live. The rooms of an operation share REST calls. */
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

/** The account's id at the vendor; null if the record omits it. */
export async function customerOfSession(session: SessionView, context: Context): Promise<string | null> {
  return textOrNull((await recordOf(session, context)).customer_id);
}

/** The workspace's id; null if the record omits it. */
export async function appOfSession(session: SessionView, context: Context): Promise<string | null> {
  return textOrNull((await recordOf(session, context)).app_id);
}

/** The time at which the session's record last changed; null for the vendor's zero time. */
export async function lastChangeOfSession(session: SessionView, context: Context): Promise<string | null> {
  return instantOrNull((await recordOf(session, context)).updated_at);
}

/** Whether the session is running, according to its record; false if the record omits it. */
export async function isActive(session: SessionView, context: Context): Promise<boolean> {
  return (await recordOf(session, context)).active ?? false;
}

/** The time at which the session began; without a REST call if a poll reported it. */
export async function startOfSession(session: SessionView, context: Context): Promise<string | null> {
  return instantOrNull(session.created_at ?? (await recordOf(session, context)).created_at);
}

/**
 * The time at which a session ended, null while it runs. The vendor has no field for it, so it is the time of the record's last
 * change.
 */
export async function endOfSession(session: SessionView, context: Context): Promise<string | null> {
  const record = await recordOf(session, context);
  return record.active ? null : instantOrNull(record.updated_at);
}

/** Whole seconds from the session's start to its end, or to now while it runs; null if the start is not known. */
export async function durationOfSession(session: SessionView, context: Context): Promise<number | null> {
  const record = await recordOf(session, context);
  return secondsBetween(record.created_at, await endOfSession(record, context), context.clock);
}
