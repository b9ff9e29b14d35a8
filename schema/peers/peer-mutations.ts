// Mutations that act on live rooms: change and remove peers, send messages, end sessions. Source: the vendor's Active
// Rooms API.
import {
  endRoom,
  removePeer,
  removePeers,
  removePeersByRole,
  sendMessage,
  sendMessages,
  updatePeer,
  updatePeers,
  type Accepted as AcceptedValue,
  type PeerChangeInput as PeerChange,
  type PeerRemoval,
} from '../../resolvers/peers/peer-mutations.ts';
import type { Access } from '../../resolvers/access.ts';
import type { ParticipantAct } from '../../resolvers/participants.ts';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, calls, each, lengthOf, peerChanges } from '../prices.ts';
import { Peer, Room } from '../refs.ts';
import {
  EndRoomInput,
  RemovePeerInput,
  RemovePeersInput,
  RemoveRoleInput,
  SendMessageInput,
  SendMessagesInput,
  UpdatePeerInput,
  UpdatePeersInput,
} from './peer-inputs.ts';

const Accepted = builder.objectRef<AcceptedValue>('Accepted').implement({
  description:
    'The vendor has accepted a request that concerns a live room. It takes effect soon, usually at once, and then shows in `Room.peers`.',
  fields: (t) => ({
    message: t.exposeString('message', { description: "The vendor's confirmation, in English." }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room that the request concerns; null if it cannot be found.',
      resolve: (accepted, _args, context) => roomWithId(accepted.roomId, context),
    }),
  }),
});

const RemovedPeer = builder.objectRef<PeerRemoval>('RemovedPeer').implement({
  description:
    'The vendor has accepted the removal of a peer. Clients can remove the peer from their lists by one of its ids, for example with `@deleteEdge` of Relay or `evict` of Apollo Client.',
  fields: (t) => ({
    // Not `id`: Relay would store this object as the peer itself.
    peerId: t.id({
      description: 'The global id of the removed peer, equal to its `Peer.id`.',
      resolve: ({ roomId, peerId }) => encodeGlobalId('Peer', `${roomId}:${peerId}`),
    }),
    hmsId: t.exposeID('peerId', { description: "The vendor's id of the removed peer." }),
    message: t.exposeString('message', {
      description: "The vendor's confirmation of the removal, in English.",
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room that the peer is removed from; null if it cannot be found.',
      resolve: (removal, _args, context) => roomWithId(removal.roomId, context),
    }),
  }),
});

/** Participants may change their own name and metadata, and anyone's role if their role has `changeRole`. */
function changing(changes: readonly PeerChange[]): ParticipantAct {
  const ofThemselves = changes.filter(({ name, metadata }) => name != null || metadata != null);
  const permissions = changes.some(({ role }) => role != null) ? (['changeRole'] as const) : [];
  return { permissions, themselves: ofThemselves.map(({ peerId }) => peerId) };
}

/** Participants may remove peers if their role has `removeOthers`. */
const accessToRemove: Access<unknown, { readonly input: { readonly roomId: string } }> = {
  ...writes('peers'),
  room: (_root, { input }) => input.roomId,
  act: () => ({ permissions: ['removeOthers'], themselves: [] }),
};

builder.mutationFields((t) => ({
  updatePeer: t.field({
    type: Peer,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: {
      ...writes('peers'),
      room: (_root, { input }) => input.roomId,
      act: (_root, { input }) => changing([input]),
    },
    ...peerChanges(() => 1),
    description:
      "Changes the name, role or metadata of a connected peer. A role that the room's template does not have is refused with an `InvalidInputError` that lists the template's roles. Costs one REST call, and up to 4 more to look up a new role.",
    args: {
      input: t.arg({ type: UpdatePeerInput, required: true, description: 'The peer and its new values.' }),
    },
    resolve: (_root, { input }, context) => updatePeer(input, context),
  }),
  updatePeers: t.field({
    type: [Peer],
    nullable: { list: false, items: true },
    itemErrors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: {
      ...writes('peers'),
      room: (_root, { input }) => input.roomId,
      act: (_root, { input }) => changing(input.updates),
    },
    ...peerChanges(lengthOf('updates')),
    description:
      'Changes several connected peers. Costs one REST call for each peer, and up to 4 more to look up new roles. The results are in the order of `updates`.',
    args: {
      input: t.arg({
        type: UpdatePeersInput,
        required: true,
        description: 'The room and the changes to its peers.',
      }),
    },
    resolve: (_root, { input }, context) => updatePeers(input, context),
  }),
  removePeer: t.field({
    type: RemovedPeer,
    errors: { types: [NotFoundError, RefusedError] },
    access: accessToRemove,
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
    resolve: (_root, { input }, context) => removePeer(input, context),
  }),
  removePeers: t.field({
    type: [RemovedPeer],
    nullable: { list: false, items: true },
    itemErrors: { types: [NotFoundError, RefusedError] },
    access: accessToRemove,
    ...each(lengthOf('peerIds')),
    description:
      'Removes several peers from a room. Costs one REST call for each peer. The results are in the order of `peerIds`.',
    args: {
      input: t.arg({
        type: RemovePeersInput,
        required: true,
        description: 'The room and the peers to remove from it.',
      }),
    },
    resolve: (_root, { input }, context) => removePeers(input, context),
  }),
  removePeersByRole: t.field({
    type: Accepted,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: accessToRemove,
    ...calls(1),
    description: 'Removes all peers of one role from a room. Costs one REST call.',
    args: {
      input: t.arg({
        type: RemoveRoleInput,
        required: true,
        description: 'The room and the role whose peers to remove.',
      }),
    },
    resolve: (_root, { input }, context) => removePeersByRole(input, context),
  }),
  sendMessage: t.field({
    type: Accepted,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('peers'), room: (_root, { input }) => input.roomId },
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
    resolve: (_root, { input }, context) => sendMessage(input, context),
  }),
  sendMessages: t.field({
    type: [Accepted],
    nullable: { list: false, items: true },
    itemErrors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('peers'), room: (_root, { input }) => input.roomId },
    ...each(lengthOf('messages')),
    description:
      'Sends several messages to a live room. Costs one REST call for each message. The results are in the order of `messages`.',
    args: {
      input: t.arg({
        type: SendMessagesInput,
        required: true,
        description: 'The room and the messages to send to it.',
      }),
    },
    resolve: (_root, { input }, context) => sendMessages(input, context),
  }),
  endRoom: t.field({
    type: Accepted,
    errors: { types: [NotFoundError, RefusedError] },
    access: {
      ...writes('sessions'),
      alsoScope: (_root, { input }) => (input.lock ? writes('rooms').scope : null),
      room: (_root, { input }) => input.roomId,
      act: () => ({ permissions: ['endRoom'], themselves: [] }),
    },
    ...calls(1),
    description:
      'Ends the running session of a room, which removes all peers; with `lock` it disables the room as well. Costs one REST call.',
    args: {
      input: t.arg({
        type: EndRoomInput,
        required: true,
        description: 'The room whose session ends, and whether to lock the room.',
      }),
    },
    resolve: (_root, { input }, context) => endRoom(input, context),
  }),
}));
