// Acting on live rooms: changing and removing peers, messages, the end. Except for a peer's change, the answers only
// say that the request was taken; the effect follows. Source: the vendor's "Active rooms" pages.
import type { EndRoomInput, MessageResult, PeerUpdateInput, SendMessageInput } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import { peerEssentials, type PeerWithTracksResource } from './peers.ts';
import { answersWith } from '../shapes/shapes.ts';

/** Whom to remove: one peer, or all of a role; a peer wins where both are given. */
export interface RemovePeersInput {
  readonly peer_id?: string;
  readonly role?: string;
  /** Shown to those who are removed. */
  readonly reason?: string;
}

const answerOf = answersWith(peerEssentials);
const peerShape = answerOf<PeerWithTracksResource>('updateActivePeer');
const messageShape = answerOf<MessageResult>('sendMessage');
const removalShape = answerOf<MessageResult>('removePeers');
const endShape = answerOf<MessageResult>('endActiveRoom');

/** @throws RestNotFoundError for a peer that isn't connected. */
export async function updateActivePeer(
  client: RestClient,
  roomId: string,
  peerId: string,
  input: PeerUpdateInput,
  options?: CallOptions,
): Promise<PeerWithTracksResource> {
  const body = checkedBody('updateActivePeer', input);
  const path = { room_id: roomId, peer_id: peerId };
  return client.post(
    { route: '/active-rooms/{room_id}/peers/{peer_id}', path, body, shape: peerShape },
    options,
  );
}

/** To one peer, a role, or everybody. @throws RestNotFoundError for a room that isn't live. */
export async function sendMessage(
  client: RestClient,
  roomId: string,
  input: SendMessageInput,
  options?: CallOptions,
): Promise<MessageResult> {
  const body = checkedBody('sendMessage', input);
  const path = { room_id: roomId };
  return client.post(
    { route: '/active-rooms/{room_id}/send-message', path, body, shape: messageShape },
    options,
  );
}

/** @throws RestNotFoundError for a room that isn't live. */
export async function removePeers(
  client: RestClient,
  roomId: string,
  input: RemovePeersInput,
  options?: CallOptions,
): Promise<MessageResult> {
  const body = checkedBody('removePeers', input);
  const path = { room_id: roomId };
  return client.post(
    { route: '/active-rooms/{room_id}/remove-peers', path, body, shape: removalShape },
    options,
  );
}

/** Ends the session; with `lock` the room is disabled as well. @throws RestNotFoundError for a room that isn't live. */
export async function endActiveRoom(
  client: RestClient,
  roomId: string,
  input: EndRoomInput,
  options?: CallOptions,
): Promise<MessageResult> {
  const body = checkedBody('endActiveRoom', input);
  return client.post(
    { route: '/active-rooms/{room_id}/end-room', path: { room_id: roomId }, body, shape: endShape },
    options,
  );
}
