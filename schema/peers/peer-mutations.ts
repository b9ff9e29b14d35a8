// Acting on live rooms. Source: the vendor's Active Rooms API.
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
    "The vendor has taken the request; its effect follows and shows in the room's peers, at once as a rule.",
  fields: (t) => ({
    message: t.exposeString('message', { description: "The vendor's words." }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that was acted upon.',
      resolve: (accepted, _args, context) => roomWithId(accepted.roomId, context),
    }),
  }),
});

const roomId = (t: InputFields) =>
  t.id({ required: true, description: 'Vendor id or global id of the live room.' });
const reason = (t: InputFields) => t.string({ description: 'Shown to those who are concerned.' });

const peerChange = (t: InputFields) => ({
  peerId: t.id({ required: true, description: 'Vendor id or global id of the connected peer.' }),
  name: t.string({ description: 'The name shown to others; left out or null: as it is.' }),
  role: t.string({
    description: "Name of a role of the room's template; left out or null: as it is. The peer is not asked.",
  }),
  metadata: t.string({
    description:
      'Replaces what the app has written about the peer: text, often JSON; left out or null: as it is.',
  }),
});

const message = (t: InputFields) => ({
  message: t.string({ required: true, description: 'The text. It cannot be read back over REST.' }),
  type: t.string({ description: 'A label of the app, such as `chat`.' }),
  peerId: t.id({ description: 'Vendor id or global id of the one peer that gets it; not with `role`.' }),
  role: t.string({
    description: 'Name of the role that gets it; without `peerId` and `role` everybody does.',
  }),
});

const UpdatePeerInput = builder.inputType('UpdatePeerInput', {
  description: 'What to change of a connected peer.',
  fields: (t) => ({ roomId: roomId(t), ...peerChange(t) }),
});

const PeerChangeInput = builder.inputType('PeerUpdateInput', {
  description: 'What to change of one of several peers.',
  fields: peerChange,
});

const UpdatePeersInput = builder.inputType('UpdatePeersInput', {
  description: 'What to change of several peers of a room.',
  fields: (t) => ({
    roomId: roomId(t),
    updates: t.field({
      type: [PeerChangeInput],
      required: true,
      description: `The changes, one a peer; at most ${MAX_BULK_ITEMS}.`,
    }),
  }),
});

const RemovePeerInput = builder.inputType('RemovePeerInput', {
  description: 'The peer to remove.',
  fields: (t) => ({
    roomId: roomId(t),
    peerId: t.id({ required: true, description: 'Vendor id or global id of the connected peer.' }),
    reason: reason(t),
  }),
});

const RemovePeersInput = builder.inputType('RemovePeersInput', {
  description: 'The peers to remove.',
  fields: (t) => ({
    roomId: roomId(t),
    peerIds: t.idList({
      required: true,
      description: `Vendor ids or global ids of the connected peers; at most ${MAX_BULK_ITEMS}.`,
    }),
    reason: reason(t),
  }),
});

const RemoveRoleInput = builder.inputType('RemovePeersByRoleInput', {
  description: 'The role whose peers are removed.',
  fields: (t) => ({
    roomId: roomId(t),
    role: t.string({ required: true, description: 'Name of the role.' }),
    reason: reason(t),
  }),
});

const SendMessageInput = builder.inputType('SendMessageInput', {
  description: 'A message and who gets it.',
  fields: (t) => ({ roomId: roomId(t), ...message(t) }),
});

const MessageInput = builder.inputType('MessageInput', {
  description: 'One of several messages and who gets it.',
  fields: message,
});

const SendMessagesInput = builder.inputType('SendMessagesInput', {
  description: 'Several messages to a room.',
  fields: (t) => ({
    roomId: roomId(t),
    messages: t.field({
      type: [MessageInput],
      required: true,
      description: `The messages, at most ${MAX_BULK_ITEMS}; their order is not kept.`,
    }),
  }),
});

const EndRoomInput = builder.inputType('EndRoomInput', {
  description: 'The session to end.',
  fields: (t) => ({
    roomId: roomId(t),
    reason: reason(t),
    lock: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether the room is disabled as well, so that nobody can join again until `enableRoom`.',
    }),
  }),
});

/** Participants change their own name and metadata; roles where their own role has the permission. */
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
    description: 'Changes the name, role or metadata of a connected peer.',
    args: { input: t.arg({ type: UpdatePeerInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => updatePeerOf(input, context),
  }),
  updatePeers: t.field({
    type: [Peer],
    nullable: { list: false, items: true },
    itemErrors: {},
    authScopes: (_root, { input }) => accessToChange(input.roomId, input.updates),
    ...each(lengthOf('updates')),
    description: 'Changes several connected peers: one result and one REST call a peer, in the order given.',
    args: { input: t.arg({ type: UpdatePeersInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => updatePeersOf(input, context),
  }),
  removePeer: t.field({
    type: Accepted,
    errors: {},
    authScopes: (_root, { input }) => accessToRemove(input.roomId),
    ...calls(1),
    description: 'Removes a peer from the room. The person can join again while their token is valid.',
    args: { input: t.arg({ type: RemovePeerInput, required: true, description: 'The peer.' }) },
    resolve: (_root, { input }, context) => removePeerOf(input, context),
  }),
  removePeers: t.field({
    type: [Accepted],
    nullable: { list: false, items: true },
    itemErrors: {},
    authScopes: (_root, { input }) => accessToRemove(input.roomId),
    ...each(lengthOf('peerIds')),
    description: 'Removes several peers: one result and one REST call a peer, in the order given.',
    args: { input: t.arg({ type: RemovePeersInput, required: true, description: 'The peers.' }) },
    resolve: (_root, { input }, context) => removePeersOf(input, context),
  }),
  removePeersByRole: t.field({
    type: Accepted,
    errors: {},
    authScopes: (_root, { input }) => accessToRemove(input.roomId),
    ...calls(1),
    description: 'Removes all peers of a role from the room.',
    args: { input: t.arg({ type: RemoveRoleInput, required: true, description: 'The role.' }) },
    resolve: (_root, { input }, context) => removeRoleOf(input, context),
  }),
  sendMessage: t.field({
    type: Accepted,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('peers'), room: input.roomId }),
    ...calls(1),
    description: 'Sends a message to everybody in a live room, to a role, or to one peer.',
    args: { input: t.arg({ type: SendMessageInput, required: true, description: 'The message.' }) },
    resolve: (_root, { input }, context) => sendMessageOf(input, context),
  }),
  sendMessages: t.field({
    type: [Accepted],
    nullable: { list: false, items: true },
    itemErrors: {},
    authScopes: (_root, { input }) => ({ ...writes('peers'), room: input.roomId }),
    ...each(lengthOf('messages')),
    description: 'Sends several messages: one result and one REST call a message, in the order given.',
    args: { input: t.arg({ type: SendMessagesInput, required: true, description: 'The messages.' }) },
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
    description: 'Ends the running session of a room for everybody, and with `lock` disables the room.',
    args: { input: t.arg({ type: EndRoomInput, required: true, description: 'The session.' }) },
    resolve: (_root, { input }, context) => endRoomOf(input, context),
  }),
}));
