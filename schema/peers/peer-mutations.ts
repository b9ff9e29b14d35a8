// Mutations that act on live rooms: change and remove peers, send messages, end sessions. Source: the vendor's Active
// Rooms API.
import {
  endRoomOf,
  MAX_BULK_ITEMS,
  removePeerOf,
  removePeersOf,
  removeRoleOf,
  sendMessageOf,
  sendMessagesOf,
  updatePeerOf,
  updatePeersOf,
  type Accepted as AcceptedValue,
  type PeerChangeInput as PeerChange,
} from '../../resolvers/peers/peer-mutations.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { calls, each, lengthOf } from '../prices.ts';
import { Peer, Room } from '../refs.ts';

const Accepted = builder.objectRef<AcceptedValue>('Accepted').implement({
  description:
    "The vendor has accepted a request on a live room. The effect follows, usually at once, and shows in the room's peers.",
  fields: (t) => ({
    message: t.exposeString('message', { description: "The vendor's confirmation, in English." }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that the request acts on; null if it cannot be found.',
      resolve: (accepted, _args, context) => roomWithId(accepted.roomId, context),
    }),
  }),
});

const roomId = (t: InputFields) =>
  t.id({ required: true, description: 'The vendor id or global id of the room, which must be live.' });
const reason = (t: InputFields) =>
  t.string({ description: 'The reason, which the vendor passes on to the peers who are removed.' });

const peerChange = (t: InputFields) => ({
  peerId: t.id({
    required: true,
    description: 'The vendor id or global id of the connected peer to change.',
  }),
  name: t.string({ description: 'The new name of the peer; if left out or null, the name stays as it is.' }),
  role: t.string({
    description:
      "The name of the peer's new role, of the room's template; if left out or null, the role stays as it is. The peer is not asked for consent.",
  }),
  metadata: t.string({
    description:
      'The new metadata of the peer: text, often JSON; if left out or null, the metadata stays as it is.',
  }),
});

const message = (t: InputFields) => ({
  message: t.string({
    required: true,
    description: 'The text of the message. The REST API cannot read sent messages.',
  }),
  type: t.string({
    description: 'A type for the message that the app chooses, such as `chat`; clients see it.',
  }),
  peerId: t.id({
    description: 'The vendor id or global id of the only peer to get the message; not together with `role`.',
  }),
  role: t.string({
    description:
      'The name of the role whose peers get the message; without `peerId` and `role` all peers of the room get it.',
  }),
});

const UpdatePeerInput = builder.inputType('UpdatePeerInput', {
  description: 'A connected peer of a room, and its new name, role or metadata.',
  fields: (t) => ({ roomId: roomId(t), ...peerChange(t) }),
});

const PeerChangeInput = builder.inputType('PeerUpdateInput', {
  description: 'One of several connected peers, and its new name, role or metadata.',
  fields: peerChange,
});

const UpdatePeersInput = builder.inputType('UpdatePeersInput', {
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

const RemovePeerInput = builder.inputType('RemovePeerInput', {
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

const RemovePeersInput = builder.inputType('RemovePeersInput', {
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

const RemoveRoleInput = builder.inputType('RemovePeersByRoleInput', {
  description: 'The role whose peers to remove from a room, and the reason.',
  fields: (t) => ({
    roomId: roomId(t),
    role: t.string({ required: true, description: 'The name of the role whose peers to remove.' }),
    reason: reason(t),
  }),
});

const SendMessageInput = builder.inputType('SendMessageInput', {
  description: 'A message to a room, and its receivers.',
  fields: (t) => ({ roomId: roomId(t), ...message(t) }),
});

const MessageInput = builder.inputType('MessageInput', {
  description: 'One of several messages, and its receivers.',
  fields: message,
});

const SendMessagesInput = builder.inputType('SendMessagesInput', {
  description: 'A room, and several messages to send to it.',
  fields: (t) => ({
    roomId: roomId(t),
    messages: t.field({
      type: [MessageInput],
      required: true,
      description: `The messages, at most ${MAX_BULK_ITEMS}. They are sent side by side, so they may arrive in another order.`,
    }),
  }),
});

const EndRoomInput = builder.inputType('EndRoomInput', {
  description: 'The room whose running session to end.',
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

/** Participants may change their own name and metadata, and anyone's role if their role has `changeRole`. */
function accessToChange(roomId: string, changes: readonly PeerChange[]) {
  const ofThemselves = changes.filter(({ name, metadata }) => name != null || metadata != null);
  const permissions = changes.some(({ role }) => role != null) ? (['changeRole'] as const) : [];
  const act = { permissions, themselves: ofThemselves.map(({ peerId }) => peerId) };
  return { ...writes('peers'), room: roomId, act };
}

const accessToRemove = (roomId: string) => ({
  ...writes('peers'),
  room: roomId,
  act: { permissions: ['removeOthers'], themselves: [] } as const,
});

builder.mutationFields((t) => ({
  updatePeer: t.field({
    type: Peer,
    errors: {},
    authScopes: (_root, { input }) => accessToChange(input.roomId, [input]),
    ...calls(1),
    description: 'Changes the name, role or metadata of a connected peer. Costs one REST call.',
    args: {
      input: t.arg({ type: UpdatePeerInput, required: true, description: 'The peer and its new values.' }),
    },
    resolve: (_root, { input }, context) => updatePeerOf(input, context),
  }),
  updatePeers: t.field({
    type: [Peer],
    nullable: { list: false, items: true },
    itemErrors: {},
    authScopes: (_root, { input }) => accessToChange(input.roomId, input.updates),
    ...each(lengthOf('updates')),
    description:
      'Changes several connected peers. Costs one REST call for each; there is one result for each, in the order of `updates`.',
    args: {
      input: t.arg({
        type: UpdatePeersInput,
        required: true,
        description: 'The room and the changes to its peers.',
      }),
    },
    resolve: (_root, { input }, context) => updatePeersOf(input, context),
  }),
  removePeer: t.field({
    type: Accepted,
    errors: {},
    authScopes: (_root, { input }) => accessToRemove(input.roomId),
    ...calls(1),
    description:
      'Removes a peer from its room. The person can join again while their token is valid. Costs one REST call.',
    args: {
      input: t.arg({
        type: RemovePeerInput,
        required: true,
        description: 'The room and the peer to remove from it.',
      }),
    },
    resolve: (_root, { input }, context) => removePeerOf(input, context),
  }),
  removePeers: t.field({
    type: [Accepted],
    nullable: { list: false, items: true },
    itemErrors: {},
    authScopes: (_root, { input }) => accessToRemove(input.roomId),
    ...each(lengthOf('peerIds')),
    description:
      'Removes several peers from a room. Costs one REST call for each; there is one result for each, in the order of `peerIds`.',
    args: {
      input: t.arg({
        type: RemovePeersInput,
        required: true,
        description: 'The room and the peers to remove from it.',
      }),
    },
    resolve: (_root, { input }, context) => removePeersOf(input, context),
  }),
  removePeersByRole: t.field({
    type: Accepted,
    errors: {},
    authScopes: (_root, { input }) => accessToRemove(input.roomId),
    ...calls(1),
    description: 'Removes all peers of one role from a room. Costs one REST call.',
    args: {
      input: t.arg({
        type: RemoveRoleInput,
        required: true,
        description: 'The room and the role whose peers to remove.',
      }),
    },
    resolve: (_root, { input }, context) => removeRoleOf(input, context),
  }),
  sendMessage: t.field({
    type: Accepted,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('peers'), room: input.roomId }),
    ...calls(1),
    description:
      'Sends a message to all peers of a live room, to those of one role, or to one peer. Costs one REST call.',
    args: {
      input: t.arg({
        type: SendMessageInput,
        required: true,
        description: 'The room, the message and its receivers.',
      }),
    },
    resolve: (_root, { input }, context) => sendMessageOf(input, context),
  }),
  sendMessages: t.field({
    type: [Accepted],
    nullable: { list: false, items: true },
    itemErrors: {},
    authScopes: (_root, { input }) => ({ ...writes('peers'), room: input.roomId }),
    ...each(lengthOf('messages')),
    description:
      'Sends several messages to a live room. Costs one REST call for each; there is one result for each, in the order of `messages`.',
    args: {
      input: t.arg({
        type: SendMessagesInput,
        required: true,
        description: 'The room and the messages to send to it.',
      }),
    },
    resolve: (_root, { input }, context) => sendMessagesOf(input, context),
  }),
  endRoom: t.field({
    type: Accepted,
    errors: {},
    authScopes: (_root, { input }) => ({
      ...writes('sessions'),
      room: input.roomId,
      act: { permissions: ['endRoom'], themselves: [] },
      ...(input.lock ? { $all: writes('rooms') } : {}),
    }),
    ...calls(1),
    description:
      'Ends the running session of a room, which removes all peers; with `lock` it disables the room as well. Costs one REST call.',
    args: {
      input: t.arg({
        type: EndRoomInput,
        required: true,
        description: 'The room whose session to end, and whether to lock it.',
      }),
    },
    resolve: (_root, { input }, context) => endRoomOf(input, context),
  }),
}));
