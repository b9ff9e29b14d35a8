// Participants: callers who authenticate with the token with which they joined a room. Whether such a caller is connected, and in
// which role, is read from the live room and not from the token.
import {
  TypeInfo,
  visit,
  visitWithTypeInfo,
  BREAK,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { Participant } from '../src/auth/caller.ts';
import type { Scope } from '../src/auth/scopes.ts';
import type { ActivePeerResource } from '../src/rest/peers/peers.ts';
import { renew, type Context } from './context.ts';
import { forbidden } from './errors.ts';
import { peerIdOf } from './ids.ts';
import { roleOfRoom } from './templates/templates.ts';
import { activePeersLoader } from './peers/active-peer-loaders.ts';

/** The scopes of every participant, in their own room. schema/participant-fields.ts narrows them to single fields. */
export const participantScopes: ReadonlySet<Scope> = new Set<Scope>([
  'rooms:read',
  'sessions:read',
  'sessions:write',
  'peers:read',
  'peers:write',
]);

/** An action of a participant that needs a permission. Every listed condition must hold. */
export interface ParticipantAct {
  /** Permissions that both the participant's role now and the role of their token must have. */
  readonly permissions: readonly ('changeRole' | 'removeOthers' | 'endRoom')[];
  /** Peers, by vendor id or global id; each must be the participant. */
  readonly themselves: readonly string[];
}

/**
 * The participant's connected peers; empty: the participant is not in the room. The snapshot in memory may be older than
 * the participant's join, so if it does not show them the room is read from the REST API: once a second at most for a
 * participant who is not in the room.
 */
export async function peersOfParticipant(
  participant: Participant,
  context: Context,
): Promise<readonly ActivePeerResource[]> {
  const { roomId } = participant;
  const { absences, clock, live } = context;
  const known = peersAmong(live.snapshot(roomId)?.peers ?? [], participant);
  if (known.length > 0) return known;
  if (absences.has(participant)) return [];
  const askedAt = clock.moment();
  const read = peersAmong(await activePeersLoader(context).load(roomId), participant);
  if (read.length === 0) absences.remember(participant, askedAt);
  return read;
}

function peersAmong(
  peers: readonly ActivePeerResource[],
  { userId }: Participant,
): readonly ActivePeerResource[] {
  return peers.filter((peer) => peer.user_id === userId);
}

/**
 * True if the last poll of a watched room did not show the participant and a fresh read does not either (or fails). False
 * while the room is unwatched or not yet read. Answers without a promise unless it reads; before that it renews the
 * operation's loaders.
 */
export function hasLeft(context: Context): boolean | Promise<boolean> {
  const { participant } = context.caller;
  if (participant === null) return false;
  const isShown = context.live.showsUser(participant.roomId, participant.userId);
  return isShown === false ? isAbsent(participant, context) : false;
}

async function isAbsent(participant: Participant, context: Context): Promise<boolean> {
  renew(context);
  try {
    // A participant who has just joined may not be in the last poll yet.
    return (await peersOfParticipant(participant, context)).length === 0;
  } catch {
    return true;
  }
}

/** The error for a participant's token whose holder is not in the room. */
export function notInRoom(): GraphQLError {
  return forbidden('You are not in the room: a participant has access only while connected.');
}

/**
 * Why a participant's operation must not run: it selects the field `closed` (see `closedFieldsOf`), or the participant is
 * not in the room; else null.
 */
export async function refusalOfParticipant(
  participant: Participant,
  closed: string | null,
  context: Context,
): Promise<GraphQLError | null> {
  if (closed !== null) return forbidden(`\`${closed}\` is not open to participants of a room.`);
  return (await peersOfParticipant(participant, context)).length === 0 ? notInRoom() : null;
}

/**
 * Whether the participant may take an action. With a room code anyone can get a token for any `user_id`, even that of a connected
 * moderator. Therefore the role of the token must have the permission too.
 */
export async function mayAct(
  participant: Participant,
  { permissions, themselves }: ParticipantAct,
  context: Context,
): Promise<boolean> {
  const { roomId } = participant;
  const own = await peersOfParticipant(participant, context);
  const ownIds = new Set(own.map(({ id }) => id));
  if (themselves.some((id) => !ownIds.has(peerIdOf('peerId', id, roomId)))) return false;
  if (permissions.length === 0) return true;
  const [ofToken, ...roles] = await Promise.all(
    [participant, ...own].map(async ({ role }) => roleOfRoom(roomId, role ?? '', context)),
  );
  return permissions.every(
    (permission) =>
      ofToken?.resource.permissions?.[permission] === true &&
      roles.some((role) => role?.resource.permissions?.[permission] === true),
  );
}

/** The fields that are open to participants, by type name; `*`: all fields of the type. */
export type OpenFields = Readonly<Record<string, readonly string[] | '*'>>;

/**
 * The first field of a document that is not open, as `Type.field`; null if all are open. The result depends only on the document,
 * so each document is walked once, and the result is kept as long as the document.
 */
export function closedFieldsOf(
  schema: GraphQLSchema,
  open: OpenFields,
): (document: DocumentNode) => string | null {
  const known = new WeakMap<DocumentNode, string | null>();
  return (document) => {
    let closed = known.get(document);
    if (closed === undefined) {
      closed = firstClosedField(schema, document, open);
      known.set(document, closed);
    }
    return closed;
  };
}

function firstClosedField(schema: GraphQLSchema, document: DocumentNode, open: OpenFields): string | null {
  const types = new TypeInfo(schema);
  let closed: string | null = null;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name: { value: field } }) {
        const type = types.getParentType()?.name ?? '';
        if (field.startsWith('__') || type.startsWith('__')) return undefined;
        const fields = Object.hasOwn(open, type) ? open[type] : undefined;
        if (fields === '*' || fields?.includes(field) === true) return undefined;
        closed = `${type}.${field}`;
        return BREAK;
      },
    }),
  );
  return closed;
}
