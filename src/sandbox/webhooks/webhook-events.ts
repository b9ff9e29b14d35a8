// Webhooks made from the world's events: the documented types, each with its documented keys.
import type { WebhookData, WebhookEvent } from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { inNanos, ZERO_TIME, type Instant } from '../instant.ts';
import type { PeerRecord, RoomRecord, SessionRecord } from '../records.ts';
import type { RoomEnding, WorldEvent } from '../live/world-events.ts';

/** A webhook without its envelope (id, account, timestamp). */
export type WebhookContent = Pick<WebhookEvent, 'type' | 'data'>;

/** The webhook for an event of the world; undefined if the vendor sends none for such an event. */
export function webhookFrom(event: WorldEvent): WebhookContent | undefined {
  switch (event.type) {
    case 'session.opened':
      return { type: 'session.open.success', data: inSession(event) };
    case 'session.closed':
      return { type: 'session.close.success', data: { ...inSession(event), ...closing(event.session) } };
    case 'peer.joined':
      return {
        type: 'peer.join.success',
        data: { ...inSession(event), ...identityWithType(event.peer) },
      };
    case 'peer.left':
      return leave(event);
    case 'peer.leave-failed':
      return leaveFailure(event);
    case 'peer.updated':
      return event.peer.role === event.previous.role ? undefined : roleChange(event);
    case 'role.change-failed': {
      const { peer, role, error } = event;
      const data = { ...inSession(event), ...identity(peer), role, error_message: error };
      return { type: 'role.change.failure', data };
    }
    case 'room.ended':
      return { type: 'room.end.success', data: { ...inSession(event), ...ending(event) } };
    case 'room.end-failed': {
      const failure = { error_code: 404, error_message: 'session not found' };
      return { type: 'room.end.failure', data: { ...inRoom(event.room), ...ending(event), ...failure } };
    }
    default:
      return undefined;
  }
}

function leave(event: Extract<WorldEvent, { type: 'peer.left' }>): WebhookContent {
  const { peer, reason, message } = event;
  const departure = { ...leaving(peer), ...compact({ reason, message }) };
  return {
    type: 'peer.leave.success',
    data: { ...inSession(event), ...identityWithType(peer), ...departure },
  };
}

function leaveFailure({ room, peer }: Extract<WorldEvent, { type: 'peer.leave-failed' }>): WebhookContent {
  const failure = { left_at: ZERO_TIME, duration: 0, error_message: 'Peer not joined' };
  return { type: 'peer.leave.failure', data: { ...inRoom(room), ...identityWithType(peer), ...failure } };
}

function inRoom(room: RoomRecord): WebhookData {
  return { room_id: room.id, room_name: room.name, template_id: room.templateId };
}

function inSession({ room, session }: { room: RoomRecord; session: SessionRecord }): WebhookData {
  return { ...inRoom(room), session_id: session.id, session_started_at: inNanos(session.createdAt) };
}

/** Webhooks call a peer's name `user_name` and its metadata `user_data`; REST calls them `name` and `metadata`. */
function identity(peer: PeerRecord): Omit<WebhookData, 'room_id'> {
  return {
    peer_id: peer.id,
    user_id: peer.userId,
    user_name: peer.name,
    user_data: peer.metadata,
    role: peer.role,
    joined_at: inNanos(peer.joinedAt),
  };
}

/** Only the events of joining and leaving have the peer's `type` (regular or sip). */
function identityWithType(peer: PeerRecord): Omit<WebhookData, 'room_id'> {
  return { ...identity(peer), type: peer.type };
}

function closing({ createdAt, updatedAt }: SessionRecord): Omit<WebhookData, 'room_id'> {
  return { session_stopped_at: inNanos(updatedAt), session_duration: secondsBetween(createdAt, updatedAt) };
}

function leaving({ joinedAt, leftAt = joinedAt }: PeerRecord): Omit<WebhookData, 'room_id'> {
  return { left_at: inNanos(leftAt), duration: secondsBetween(joinedAt, leftAt) };
}

function roleChange(event: Extract<WorldEvent, { type: 'peer.updated' }>): WebhookContent {
  const { peer, previous, session, requestedBy } = event;
  const change = compact({
    previous_role: previous.role,
    role_changed_at: inNanos(session.updatedAt),
    role_change_requested_by: requestedBy,
  });
  return { type: 'role.change.success', data: { ...inSession(event), ...identity(peer), ...change } };
}

/** Only a peer who ended the room is named; for a REST caller the documentation shows no keys. */
function ending({ by, lock, reason }: RoomEnding): Omit<WebhookData, 'room_id'> {
  const caller = by && {
    peer_id: by.id,
    user_id: by.userId,
    user_name: by.name,
    role: by.role,
    source: 'peer',
  };
  return { ...caller, lock_room: lock, reason };
}

function secondsBetween(from: Instant, to: Instant): number {
  return Math.floor((to.ms - from.ms) / 1000);
}
