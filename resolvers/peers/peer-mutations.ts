// Mutations of live rooms: change and remove peers, send messages, end a session. Source: the vendor's Active Rooms API.
import type { PeerUpdateInput, SendMessageInput } from '../../src/openapi/types.ts';
import * as rest from '../../src/rest/peers/peer-control.ts';
import type { RemovePeersInput } from '../../src/rest/peers/peer-control.ts';
import { RestError } from '../../src/rest/errors.ts';
import { getRoom } from '../../src/rest/rooms/rooms.ts';
import { getTemplate } from '../../src/rest/templates/templates.ts';
import type { Context } from '../context.ts';
import { limitExceeded } from '../errors.ts';
import { hmsIdOf, peerIdOf } from '../ids.ts';
import { orNull, singleLoader } from '../loaders.ts';
import { invalidInput, outcomeOf } from '../outcomes.ts';
import { roleOfRoom, ruleOfRole } from '../templates/templates.ts';
import { connectedPeer, type PeerView } from './peer-views.ts';
import { forgetRoom } from '../rooms/room-mutations.ts';
import { withoutNullish } from '../values.ts';
import {
  activePeerLoader,
  activePeersLoader,
  activeRoomLoader,
  recentPeersLoader,
} from './active-peer-loaders.ts';
import { activeSessionLoader } from '../sessions/session-node.ts';

/** A request that the vendor has accepted but may not have carried out yet. The effect shows in the room's peers. */
export interface Accepted {
  readonly roomId: string;
  /** The vendor's confirmation, in English. */
  readonly message: string;
}

/** A request to remove one peer, which the vendor has accepted. */
export interface PeerRemoval extends Accepted {
  /** The vendor's id of the peer. */
  readonly peerId: string;
}

/** New values of a connected peer; a null or missing one stays as it is. At least one must be given. */
export interface PeerChangeInput {
  readonly peerId: string;
  readonly name?: string | null | undefined;
  readonly role?: string | null | undefined;
  readonly metadata?: string | null | undefined;
}

/** A message. Without `peerId` and `role` it goes to all peers in the room; at most one of them may be given. */
export interface MessageInput {
  readonly message: string;
  readonly type?: string | null | undefined;
  readonly peerId?: string | null | undefined;
  readonly role?: string | null | undefined;
}

/** The maximum number of items of a bulk mutation; each costs a REST call. More are refused with `LIMIT_EXCEEDED`. */
export const MAX_BULK_ITEMS = 100;

const NOT_LIVE = 'The room does not exist or is not live.';
const NOT_CONNECTED = 'The peer is not connected to the room.';
/** The vendor has the same answer for both. */
const NOT_THERE = 'The peer is not connected to the room, or the room is not live.';

/** Changes a connected peer: one REST call. @throws NotFoundError if it is not connected; InvalidInputError for no change. */
export function updatePeer(
  input: PeerChangeInput & { readonly roomId: string },
  context: Context,
): Promise<PeerView> {
  return changePeer(hmsIdOf('Room', 'roomId', input.roomId), input, context);
}

/**
 * Changes several peers: one promise for each, in the order of `updates`; a promise that rejects affects only its own peer. All
 * requests are made at once; the budget of the REST client spreads them over time.
 */
export function updatePeers(
  { roomId, updates }: { readonly roomId: string; readonly updates: readonly PeerChangeInput[] },
  context: Context,
): Promise<PeerView>[] {
  const room = hmsIdOf('Room', 'roomId', roomId);
  checkCount('updates', updates);
  return updates.map((update) => changePeer(room, update, context));
}

async function changePeer(roomId: string, change: PeerChangeInput, context: Context): Promise<PeerView> {
  const peerId = peerIdOf('peerId', change.peerId, roomId);
  const { name, role, metadata } = change;
  checkRole(role);
  const body: PeerUpdateInput = withoutNullish({ name, role, metadata });
  if (Object.keys(body).length === 0) {
    throw invalidInput('peerId', 'comes with nothing to change: give name, role or metadata');
  }
  if (role != null) await checkRoleOfRoom(roomId, role, context);
  const peer = await outcomeOf({
    missing: NOT_CONNECTED,
    write: async () => {
      const answer = await rest.updateActivePeer(context.client, roomId, peerId, body, context.call);
      const changed = { ...body, ...withoutNullish(answer) };
      context.catalog.written.peers.changed(roomId, peerId, doneOf(body, changed));
      return changed;
    },
    forget: () => refreshPeers(roomId, context),
  });
  return connectedPeer(roomId, peer, null);
}

/** The values that the vendor's answer confirms. The vendor ignores a change to a full role, without an error. */
function doneOf(body: PeerUpdateInput, answer: PeerUpdateInput): PeerUpdateInput {
  const { name, role, metadata } = body;
  return withoutNullish({
    name: answer.name === name ? name : null,
    role: answer.role === role ? role : null,
    metadata: answer.metadata === metadata ? metadata : null,
  });
}

/** Removes one peer: one REST call. @throws NotFoundError if it is not connected, or the room is not live. */
export async function removePeer(
  input: { readonly roomId: string; readonly peerId: string; readonly reason?: string | null | undefined },
  context: Context,
): Promise<PeerRemoval> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const peerId = peerIdOf('peerId', input.peerId, roomId);
  const body = withoutNullish({ peer_id: peerId, reason: input.reason });
  const accepted = await remove(NOT_THERE, roomId, body, context, () =>
    context.catalog.written.peers.removed(roomId, peerId),
  );
  return { ...accepted, peerId };
}

/** Removes several peers: one promise for each, in the order of `peerIds`; a promise that rejects affects only its own peer. */
export function removePeers(
  input: {
    readonly roomId: string;
    readonly peerIds: readonly string[];
    readonly reason?: string | null | undefined;
  },
  context: Context,
): Promise<PeerRemoval>[] {
  const { peerIds, reason } = input;
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  checkCount('peerIds', peerIds);
  return peerIds.map(async (peerId) => removePeer({ roomId, peerId, reason }, context));
}

/** Removes all peers of a role: one REST call. @throws InvalidInputError for an empty role. */
export async function removePeersByRole(
  input: { readonly roomId: string; readonly role: string; readonly reason?: string | null | undefined },
  context: Context,
): Promise<Accepted> {
  const { role, reason } = input;
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  checkRole(role);
  return remove(NOT_LIVE, roomId, withoutNullish({ role, reason }), context, () =>
    context.catalog.written.peers.roleRemoved(roomId, role, knownPeers(roomId, context, role)),
  );
}

/** `missing`: what a 404 means. `lay` applies the successful removal to later reads. */
async function remove(
  missing: string,
  roomId: string,
  body: RemovePeersInput,
  context: Context,
  lay: () => void,
): Promise<Accepted> {
  const { message } = await outcomeOf({
    missing,
    write: async () => {
      const answer = await rest.removePeers(context.client, roomId, body, context.call);
      lay();
      return answer;
    },
    forget: () => refreshPeers(roomId, context),
  });
  return { roomId, message };
}

/**
 * Sends one message: one REST call. @throws NotFoundError if its receiver is not connected, or the room is not live;
 * InvalidInputError for two receivers.
 */
export function sendMessage(
  input: MessageInput & { readonly roomId: string },
  context: Context,
): Promise<Accepted> {
  return send(hmsIdOf('Room', 'roomId', input.roomId), input, context);
}

/** Sends several messages at the same time: one promise for each, in the order of `messages`. */
export function sendMessages(
  { roomId, messages }: { readonly roomId: string; readonly messages: readonly MessageInput[] },
  context: Context,
): Promise<Accepted>[] {
  const room = hmsIdOf('Room', 'roomId', roomId);
  checkCount('messages', messages);
  return messages.map((message) => send(room, message, context));
}

async function send(roomId: string, input: MessageInput, context: Context): Promise<Accepted> {
  const { message, type, peerId, role } = input;
  if (peerId != null && role != null) throw invalidInput('role', 'cannot be given together with peerId');
  checkRole(role);
  const receiver = peerId == null ? null : peerIdOf('peerId', peerId, roomId);
  const body: SendMessageInput = withoutNullish({ message, type, role, peer_id: receiver });
  const answer = await outcomeOf({
    missing: receiver === null ? NOT_LIVE : NOT_THERE,
    write: () => rest.sendMessage(context.client, roomId, body, context.call),
  });
  return { roomId, message: answer.message };
}

/** Ends the running session, and disables the room if `lock`: one REST call. @throws NotFoundError if the room is not live. */
export async function endRoom(
  input: { readonly roomId: string; readonly reason?: string | null | undefined; readonly lock: boolean },
  context: Context,
): Promise<Accepted> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const body = withoutNullish({ reason: input.reason, lock: input.lock });
  const { message } = await outcomeOf({
    missing: NOT_LIVE,
    write: async () => {
      const answer = await rest.endActiveRoom(context.client, roomId, body, context.call);
      context.catalog.written.peers.ended(roomId, knownPeers(roomId, context));
      return answer;
    },
    forget: () => {
      refreshPeers(roomId, context);
      if (input.lock) forgetRoom(roomId, context);
    },
  });
  if (input.lock) context.catalog.wroteRoom(roomId, { enabled: false });
  return { roomId, message };
}

/** The ids of the peers of a watched room according to the last poll, of one role or of all. */
function knownPeers(roomId: string, context: Context, role?: string): readonly string[] {
  const peers = context.live.watchedPeers(roomId) ?? [];
  return peers.filter((peer) => role === undefined || peer.role === role).map(({ id }) => id);
}

function checkCount(argument: string, items: readonly unknown[]): void {
  if (items.length > MAX_BULK_ITEMS) {
    throw limitExceeded(argument, `\`${argument}\` takes at most ${MAX_BULK_ITEMS} items an operation.`);
  }
}

/** Refuses an empty role name, because the vendor may treat it as a missing one, which means all peers. */
function checkRole(role: string | null | undefined): void {
  if (role === '') throw invalidInput('role', 'must not be empty');
}

/** The role names of a room's template as the vendor has them now, by room id; null without a room or template. */
const freshRolesLoader = singleLoader(async (roomId, { client, call }) => {
  const room = await orNull(getRoom(client, roomId, call));
  if (room === null || !room.template_id) return null;
  const template = await orNull(getTemplate(client, room.template_id, call));
  return template === null ? null : Object.keys(template.roles ?? {});
});

/**
 * Refuses a role that the room's template does not have, because the vendor would accept the request and change nothing. The
 * template is read from the cache, and from the vendor only if the cached one does not have the role. If it cannot be read, the
 * request is sent unchecked.
 */
async function checkRoleOfRoom(roomId: string, role: string, context: Context): Promise<void> {
  try {
    if ((await roleOfRoom(roomId, role, context)) !== null) return;
    const names = await freshRolesLoader(context).load(roomId);
    if (names === null || names.includes(role)) return;
    throw invalidInput('role', ruleOfRole(names));
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
  }
}

/** After a mutation: drops what this operation has read of the live room, and makes the live core poll the room. */
function refreshPeers(roomId: string, context: Context): void {
  activePeersLoader(context).clear(roomId);
  activeRoomLoader(context).clear(roomId);
  activePeerLoader(context).clearAll();
  activeSessionLoader(context).clear(roomId);
  recentPeersLoader(context).clear(roomId);
  context.catalog.wroteLiveRoom(roomId);
  context.live.mutated(roomId);
}
