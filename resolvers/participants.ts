// Callers who are in a room themselves and show the token with which they joined it. That they are there, and in
// which role, is what the room says of them now, not what their token says.
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
import type { Context } from './context.ts';
import { forbidden } from './errors.ts';
import { peerIdOf } from './ids.ts';
import { roleOfRoom } from './templates/templates.ts';
import { activePeersLoader } from './peers/active-peer-loaders.ts';

/** What participants may ask for in their room at all; the fields that are open to them narrow it further. */
export const participantScopes: ReadonlySet<Scope> = new Set<Scope>([
  'rooms:read',
  'sessions:read',
  'sessions:write',
  'peers:read',
  'peers:write',
]);

/** What a participant sets out to do. Several of them: all must be allowed. */
export interface ParticipantAct {
  /** Permissions that the participant's role must have now, and the role of their token as well. */
  readonly permissions: readonly ('changeRole' | 'removeOthers' | 'endRoom')[];
  /** Peers, by vendor id or global id, that must all be the participant. */
  readonly themselves: readonly string[];
}

/**
 * The connected peers of the room that are the participant; none: they are not there. What is in memory may be older
 * than their joining, so only the room itself is believed that they are not.
 */
export async function peersOfParticipant(
  participant: Participant,
  context: Context,
): Promise<readonly ActivePeerResource[]> {
  const { roomId } = participant;
  const known = peersAmong(context.live.snapshot(roomId)?.peers ?? [], participant);
  return known.length > 0 ? known : peersAmong(await activePeersLoader(context).load(roomId), participant);
}

function peersAmong(
  peers: readonly ActivePeerResource[],
  { userId }: Participant,
): readonly ActivePeerResource[] {
  return peers.filter((peer) => peer.user_id === userId);
}

/**
 * Whether a watched room has been seen without the participant, and still is; while nothing is known of it they stay.
 * The caller sees to it that nothing is at hand from before.
 */
export async function hasLeft(context: Context): Promise<boolean> {
  const { participant } = context.caller;
  if (participant === null) return false;
  const seen = context.live.watchedPeers(participant.roomId);
  if (seen === null || peersAmong(seen, participant).length > 0) return false;
  try {
    // Somebody who has just joined may not have been seen yet.
    return (await peersOfParticipant(participant, context)).length === 0;
  } catch {
    return true;
  }
}

/** Whoever shows a participant's token without being there. */
export function notInRoom(): GraphQLError {
  return forbidden('You are not in the room: the token of a participant is good while they are connected.');
}

/** An operation of a participant is refused before it runs if they are not there, or if it asks for a closed field. */
export async function refusalOfParticipant(
  participant: Participant,
  { schema, document }: { readonly schema: GraphQLSchema; readonly document: DocumentNode },
  open: OpenFields,
  context: Context,
): Promise<GraphQLError | null> {
  const closed = firstClosedField(schema, document, open);
  if (closed !== null) return forbidden(`\`${closed}\` is not open to participants of a room.`);
  return (await peersOfParticipant(participant, context)).length === 0 ? notInRoom() : null;
}

/**
 * Whether the participant may do something. Anybody who has a join code gets a token with whatever `user_id` they name,
 * and so with that of a moderator who is there: a token gives no permission that its own role does not have.
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
    [participant, ...own].map(({ role }) => roleOfRoom(roomId, role ?? '', context)),
  );
  return permissions.every(
    (permission) =>
      ofToken?.resource.permissions?.[permission] === true &&
      roles.some((role) => role?.resource.permissions?.[permission] === true),
  );
}

/** The fields that are open to participants, by the names of their types; `*`: all of the type's. */
export type OpenFields = Readonly<Record<string, readonly string[] | '*'>>;

/** The first field of a document that is not open, as `Type.field`; null: all are. */
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
