// The inputs of the mutations that act on live rooms. Source: the vendor's Active Rooms API.
import { MAX_BULK_ITEMS } from '../../resolvers/peers/peer-mutations.ts';
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';

const roomId = (t: InputFields) =>
  t.id({ required: true, description: 'The vendor id or global id of the room, which must be live.' });
const reason = (t: InputFields) =>
  t.string({ description: 'The reason, which the vendor passes on to the peers who are removed.' });

const peerChange = (t: InputFields) => ({
  peerId: t.id({
    required: true,
    description: 'The vendor id or global id of the connected peer to change.',
  }),
  name: t.string({ description: 'The new name of the peer; if omitted or null, the name stays as it is.' }),
  role: t.string({
    description:
      "The name of the peer's new role, which the room's template must have; if omitted or null, the role stays as it is. The peer is not asked for consent.",
  }),
  metadata: t.string({
    description:
      'The new metadata of the peer: text, often JSON; if omitted or null, the metadata stays as it is.',
  }),
});

const message = (t: InputFields) => ({
  message: t.string({
    required: true,
    description: 'The text of the message. It cannot be read again: the REST API does not return messages.',
  }),
  type: t.string({
    description:
      'The type of the message, a word that the app chooses, such as `chat`; clients receive it with the text.',
  }),
  peerId: t.id({
    description:
      'The vendor id or global id of the peer who gets the message; not allowed together with `role`.',
  }),
  role: t.string({
    description:
      'The name of the role whose peers get the message. If neither `peerId` nor `role` is given, all peers in the room get it.',
  }),
});

/** Input of `updatePeer`. */
export const UpdatePeerInput = builder.inputType('UpdatePeerInput', {
  description: 'A connected peer of a room, and its new name, role or metadata.',
  fields: (t) => ({ roomId: roomId(t), ...peerChange(t) }),
});

const PeerChangeInput = builder.inputType('PeerUpdateInput', {
  description: 'One of several connected peers, and its new name, role or metadata.',
  fields: peerChange,
});

/** Input of `updatePeers`; at most MAX_BULK_ITEMS peers. */
export const UpdatePeersInput = builder.inputType('UpdatePeersInput', {
  description: 'A room, and the changes to make to several of its connected peers.',
  fields: (t) => ({
    roomId: roomId(t),
    updates: t.field({
      type: [PeerChangeInput],
      required: true,
      description: `The changes, one for each peer; at most ${MAX_BULK_ITEMS}.`,
    }),
  }),
});

/** Input of `removePeer`. */
export const RemovePeerInput = builder.inputType('RemovePeerInput', {
  description: 'The peer to remove from a room, and the reason.',
  fields: (t) => ({
    roomId: roomId(t),
    peerId: t.id({
      required: true,
      description: 'The vendor id or global id of the connected peer to remove.',
    }),
    reason: reason(t),
  }),
});

/** Input of `removePeers`; at most MAX_BULK_ITEMS peers. */
export const RemovePeersInput = builder.inputType('RemovePeersInput', {
  description: 'The peers to remove from a room, and the reason.',
  fields: (t) => ({
    roomId: roomId(t),
    peerIds: t.idList({
      required: true,
      description: `The vendor ids or global ids of the connected peers to remove; at most ${MAX_BULK_ITEMS}.`,
    }),
    reason: reason(t),
  }),
});

/** Input of `removePeersByRole`: all peers with one role. */
export const RemoveRoleInput = builder.inputType('RemovePeersByRoleInput', {
  description: 'The role whose peers to remove from a room, and the reason.',
  fields: (t) => ({
    roomId: roomId(t),
    role: t.string({ required: true, description: 'The name of the role whose peers to remove.' }),
    reason: reason(t),
  }),
});

/** Input of `sendMessage`; without receiver the message goes to all peers. */
export const SendMessageInput = builder.inputType('SendMessageInput', {
  description: 'A message to a room, and its receivers.',
  fields: (t) => ({ roomId: roomId(t), ...message(t) }),
});

const MessageInput = builder.inputType('MessageInput', {
  description: 'One of several messages, and its receivers.',
  fields: message,
});

/** Input of `sendMessages`; at most MAX_BULK_ITEMS messages. */
export const SendMessagesInput = builder.inputType('SendMessagesInput', {
  description: 'A room, and several messages to send to it.',
  fields: (t) => ({
    roomId: roomId(t),
    messages: t.field({
      type: [MessageInput],
      required: true,
      description: `The messages, at most ${MAX_BULK_ITEMS}. They are sent at the same time, so they may arrive in a different order.`,
    }),
  }),
});

/** Input of `endRoom`; `lock` is false by default. */
export const EndRoomInput = builder.inputType('EndRoomInput', {
  description: 'The room whose running session ends.',
  fields: (t) => ({
    roomId: roomId(t),
    reason: reason(t),
    lock: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether to disable the room as well, so that nobody can join it until `enableRoom`.',
    }),
  }),
});
