// Writes to live rooms: change and remove peers, send messages, end the session. Only the answer to the change of a peer contains
// the result. The other answers only say that the request was accepted; its effect follows later. Source: the vendor's "Active
// rooms" pages.
import type { EndRoomInput, MessageResult, PeerUpdateInput, SendMessageInput } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import { peerEssentials, type PeerWithTracksResource } from './peers.ts';
import { answersWith } from '../shapes/shapes.ts';

/** The peers to remove. With both keys the vendor ignores `role`. */
export interface RemovePeersInput {
  /** One peer. */
  readonly peer_id?: string;
  /** All peers of this role, by name. */
  readonly role?: string;
  /** A text that the removed peers are shown. */
  readonly reason?: string;
}

const answerOf = answersWith({ ...peerEssentials, MessageResult: ['message'] });
const peerShape = answerOf<PeerWithTracksResource>('updateActivePeer');
const messageShape = answerOf<MessageResult>('sendMessage');
const removalShape = answerOf<MessageResult>('removePeers');
const endShape = answerOf<MessageResult>('endActiveRoom');

/**
 * Changes a peer's name, role or metadata and returns the changed peer.
 * @throws RestInputError before anything is sent; RestNotFoundError for a peer that is not connected.
 */
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

/**
 * Sends a message to one peer, to the peers of a role, or to all peers.
 * @throws RestInputError before anything is sent; RestNotFoundError for a room that is not live.
 */
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

/** Removes peers from a live room. Throws as `sendMessage`. */
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

/** Ends a room's session; with `lock` also disables the room. Throws as `sendMessage`. */
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
