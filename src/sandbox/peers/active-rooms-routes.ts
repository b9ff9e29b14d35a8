// Live rooms over REST: connected peers, with times in nanoseconds, and writes, whose answers only acknowledge them.
// An idle room is answered with a 404 like an unknown room, as public test suites of the live API show.
import type {
  ActivePeer,
  ActivePeerMap,
  ActiveRoom,
  EndRoomInput,
  MessageResult,
  PeerUpdateInput,
  PeerWithTracks,
  RemovePeersInput1,
  SendMessageInput,
  Track,
} from '../../openapi/types.ts';
import { ApiError, invalidBody, notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inNanos } from '../instant.ts';
import type { PeerRecord, RoomRecord, SessionRecord, TrackRecord } from '../records.ts';
import { roomInPath } from '../rooms/rooms-routes.ts';

/** Active rooms: peers, messages, removing peers, ending the session. */
export const activeRooms: Family = {
  answers: {
    getActiveRoom,
    listActivePeers,
    getActivePeer: (call: Call) => asPeerWithTracks(peerInPath(call, param(call, 'peer_id'))),
    updateActivePeer,
    sendMessage,
    removePeers,
    endActiveRoom,
  },
};

/** The room in the path with its active session; throws a 404 if the room is unknown or idle. */
export function liveRoomInPath(call: Call): { room: RoomRecord; session: SessionRecord } {
  const room = roomInPath(call);
  const session = call.world.sessions.active(room.id);
  if (session === undefined) throw new ApiError(404, 'Room not active');
  return { room, session };
}

function peerInPath(call: Call, peerId: string): PeerRecord {
  const peer = call.world.sessions.connectedPeer(liveRoomInPath(call).room.id, peerId);
  if (peer === undefined) throw notFound('Peer');
  return peer;
}

function getActiveRoom(call: Call): ActiveRoom {
  const { room, session } = liveRoomInPath(call);
  return {
    id: room.id,
    name: room.name,
    customer_id: call.world.customerId,
    session: {
      id: session.id,
      created_at: inNanos(session.createdAt),
      peers: call.world.sessions.connectedPeers(room.id).map((peer) => peer.id),
    },
  };
}

function listActivePeers(call: Call<unknown, { user_id?: string; role?: string }>): ActivePeerMap {
  const { world, query } = call;
  const room = world.options.idlePeers === 'empty' ? roomInPath(call) : liveRoomInPath(call).room;
  const peers = world.sessions
    .connectedPeers(room.id)
    .filter((peer) => query.user_id === undefined || peer.userId === query.user_id)
    .filter((peer) => query.role === undefined || peer.role === query.role);
  return { peers: Object.fromEntries(peers.map((peer) => [peer.id, asActivePeer(peer)])) };
}

function updateActivePeer(call: Call<PeerUpdateInput>): PeerWithTracks {
  const { world } = call;
  const { name, role, metadata } = call.body;
  const peer = peerInPath(call, param(call, 'peer_id'));
  const roomId = param(call, 'room_id');
  const { roles } = world.templates.get(world.rooms.get(roomId).templateId);
  if (role !== undefined && !roles.has(role)) throw invalidBody('role not found');
  call.later(() => {
    if (world.sessions.connectedPeer(roomId, peer.id) === undefined) return;
    world.updatePeer(roomId, peer.id, {
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(metadata !== undefined && { metadata }),
    });
  });
  return asPeerWithTracks(world.sessions.connectedPeer(roomId, peer.id) ?? peer);
}

function sendMessage(call: Call<SendMessageInput>): MessageResult {
  const { room } = liveRoomInPath(call);
  const { message, type, peer_id: peerId, role } = call.body;
  if (peerId !== undefined) peerInPath(call, peerId);
  call.world.sendMessage(room.id, { message, type, peerId, role: peerId === undefined ? role : undefined });
  return { message: 'message sent' };
}

function removePeers(call: Call<RemovePeersInput1>): MessageResult {
  const { world } = call;
  const { room } = liveRoomInPath(call);
  const { peer_id: peerId, role, reason } = call.body;
  if (peerId !== undefined) peerInPath(call, peerId);
  call.later(() => {
    const leaving =
      peerId === undefined
        ? world.sessions.connectedPeers(room.id).filter((peer) => peer.role === role)
        : [{ id: peerId }];
    for (const { id } of leaving) world.leave(room.id, id, 'peer kicked', reason);
  });
  return { message: 'peer remove request submitted' };
}

function endActiveRoom(call: Call<EndRoomInput | undefined>): MessageResult {
  const { room } = liveRoomInPath(call);
  call.later(() => call.world.endSession(room.id, call.body));
  return { message: 'session is ending' };
}

function asActivePeer(peer: PeerRecord): ActivePeer {
  return {
    id: peer.id,
    name: peer.name,
    user_id: peer.userId,
    metadata: peer.metadata,
    role: peer.role,
    joined_at: inNanos(peer.joinedAt),
  };
}

function asPeerWithTracks(peer: PeerRecord): PeerWithTracks {
  const tracks = peer.tracks.values().map((track) => [track.id, asTrack(track)]);
  return { ...asActivePeer(peer), tracks: Object.fromEntries(tracks) };
}

/** The API's `type` is audio or video only; a shared screen is a video with the source `screen`. */
function asTrack(track: TrackRecord): Track {
  return {
    id: track.id,
    stream_id: track.streamId,
    mute: track.mute,
    type: track.kind === 'audio' ? 'audio' : 'video',
    source: track.kind === 'screen' ? 'screen' : 'regular',
    started_at: inNanos(track.startedAt),
    description: '',
  };
}
