// The subscriptions whose events come from polling: changes of the peers in one room, and sessions that start and end in any
// room. The subscription to webhooks is in webhooks/room-events.ts, and that to tracks in tracks.ts.
import {
  instantOf,
  leavingPeer,
  peerChanges,
  presentPeer,
  sessionChanges,
  snapshotPeers,
} from '../../resolvers/live/live.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { textOrNull } from '../../resolvers/values.ts';
import type {
  PeerChange as PeerChangeValue,
  PeerJoined as PeerJoinedValue,
  PeerLeft as PeerLeftValue,
  PeersSnapshot as PeersSnapshotValue,
  PeerUpdated as PeerUpdatedValue,
  SessionChange as SessionChangeValue,
  SessionsSnapshot as SessionsSnapshotValue,
  SessionTurn,
} from '../../src/live/changes.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, includedListOf } from '../prices.ts';
import { Peer, PeerFilter, Room, Session } from '../refs.ts';
import { ChangeCause, PeerAspect, SnapshotReason } from './live-enums.ts';
import { after, cursor } from './stamp.ts';

const at = (noun: string) =>
  ({
    type: 'DateTime',
    description: `The time, by the gateway's clock, at which it noticed ${noun} or made the snapshot.`,
  }) as const;
const stale = {
  description:
    'Whether the REST API has stopped answering the polls, so that this snapshot may be out of date.',
} as const;
const asOf = {
  type: 'DateTime',
  nullable: true,
  description: 'The time of the last poll that confirmed this snapshot; null if no poll has succeeded yet.',
} as const;

const typenames = {
  snapshot: 'PeersSnapshot',
  joined: 'PeerJoined',
  left: 'PeerLeft',
  updated: 'PeerUpdated',
  sessionStarted: 'SessionStarted',
  sessionEnded: 'SessionEnded',
  sessions: 'SessionsSnapshot',
} as const;

const PeerChange = builder.interfaceRef<PeerChangeValue>('PeerChange').implement({
  description:
    'A change in a room that polling found. A subscriber gets each change of the room once and in order; where that is not possible, a `PeersSnapshot` replaces the missed changes.',
  resolveType: (change) => typenames[change.kind],
  fields: (t) => ({
    cursor: t.exposeString('cursor', cursor),
    at: t.field({ ...at('the change in the room'), resolve: (change) => instantOf(change.at) }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room in which the change happened; null if it cannot be found.',
      resolve: (change, _args, context) => roomWithId(change.roomId, context),
    }),
  }),
});

const SessionChange = builder.interfaceRef<SessionChangeValue>('SessionChange').implement({
  description: 'The start or end of a session in the workspace, or a snapshot of all running sessions.',
  resolveType: (change) => typenames[change.kind],
  fields: (t) => ({
    cursor: t.exposeString('cursor', cursor),
    at: t.field({ ...at('the start or end of the session'), resolve: (change) => instantOf(change.at) }),
  }),
});

builder.objectRef<PeersSnapshotValue>('PeersSnapshot').implement({
  description:
    'All peers who are in the room and match the filter. It is the first event, and replaces changes that the subscriber cannot be sent one by one.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peers: t.field({
      type: [Peer],
      ...includedListOf(10),
      description:
        'The connected peers who match the filter, in no particular order; empty if the room is not live.',
      resolve: (snapshot) => snapshotPeers(snapshot),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      description: 'The running session of the room; null if the room is not live.',
      resolve: (snapshot) => snapshot.session,
    }),
    reason: t.field({
      type: SnapshotReason,
      description: 'The reason for which this snapshot was sent.',
      resolve: (snapshot) => snapshot.reason,
    }),
    stale: t.exposeBoolean('stale', stale),
    asOf: t.field({
      ...asOf,
      resolve: (snapshot) => (snapshot.asOf === null ? null : instantOf(snapshot.asOf)),
    }),
  }),
});

builder.objectRef<PeerJoinedValue>('PeerJoined').implement({
  description: 'A peer has joined the room, or begins to match the filter.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peer: t.field({
      type: Peer,
      description: 'The peer who joined, as the poll read it.',
      resolve: presentPeer,
    }),
    cause: t.field({
      type: ChangeCause,
      description: 'Whether the peer joined the room or began to match the filter.',
      resolve: (change) => change.cause,
    }),
  }),
});

builder.objectRef<PeerLeftValue>('PeerLeft').implement({
  description: 'A peer has left the room, or no longer matches the filter.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peer: t.field({
      type: Peer,
      description: 'The peer who left, as a poll last saw it.',
      resolve: leavingPeer,
    }),
    cause: t.field({
      type: ChangeCause,
      description: 'Whether the peer left the room or ceased to match the filter.',
      resolve: (change) => change.cause,
    }),
    leaveReason: t.string({
      nullable: true,
      description:
        "The vendor's reason for the leave, such as `client request` or `peer kicked`; null unless a webhook brought it in time, because polling cannot see it.",
      resolve: (change) => change.leaveReason,
    }),
  }),
});

const PreviousPeer = builder.objectRef<PeerUpdatedValue['previous']>('PreviousPeer').implement({
  description: 'The values that a peer had before a change.',
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: 'The name that the peer had before; null if it was empty.',
      resolve: (previous) => textOrNull(previous.name),
    }),
    role: t.string({
      nullable: true,
      description: 'The name of the role that the peer had before.',
      resolve: (previous) => textOrNull(previous.role),
    }),
    metadata: t.string({
      nullable: true,
      description: 'The metadata that the peer had before; null if it was empty.',
      resolve: (previous) => textOrNull(previous.metadata),
    }),
  }),
});

builder.objectRef<PeerUpdatedValue>('PeerUpdated').implement({
  description:
    'A peer has a new name, role or metadata. A value that came and went between two polls is not reported.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peer: t.field({
      type: Peer,
      description: 'The peer with its new values, as the poll read it.',
      resolve: presentPeer,
    }),
    changed: t.field({
      type: [PeerAspect],
      description: 'The values that changed, at least one.',
      resolve: (change) => [...change.changed],
    }),
    previous: t.field({
      type: PreviousPeer,
      description: 'The values of the peer before the change, changed or not.',
      resolve: (change) => change.previous,
    }),
  }),
});

for (const [name, description] of [
  ['SessionStarted', 'A session has begun, so its room is live.'],
  ['SessionEnded', 'A session has ended. The event follows the `PeerLeft` events of its last peers.'],
] as const) {
  builder.objectRef<SessionTurn>(name).implement({
    description,
    interfaces: [PeerChange, SessionChange],
    fields: (t) => ({
      // Nullable as in the snapshot: a client that selects it on both could not merge them otherwise.
      session: t.field({
        type: Session,
        nullable: true,
        description: `The session that ${name === 'SessionStarted' ? 'began' : 'ended'}; null only if reading its record failed.`,
        resolve: (change) => change.session,
      }),
    }),
  });
}

builder.objectRef<SessionsSnapshotValue>('SessionsSnapshot').implement({
  description:
    'All sessions that run in the workspace. It is the first event, and replaces changes that the subscriber cannot be sent one by one.',
  interfaces: [SessionChange],
  fields: (t) => ({
    sessions: t.field({
      type: [Session],
      ...includedListOf(20),
      description: 'The running sessions, in no particular order.',
      resolve: (snapshot) => [...snapshot.sessions],
    }),
    reason: t.field({
      type: SnapshotReason,
      description: 'The reason for which this snapshot was sent.',
      resolve: (snapshot) => snapshot.reason,
    }),
    stale: t.exposeBoolean('stale', stale),
    asOf: t.field({
      ...asOf,
      resolve: (snapshot) => (snapshot.asOf === null ? null : instantOf(snapshot.asOf)),
    }),
  }),
});

builder.subscriptionFields((t) => ({
  peerChanges: t.field({
    type: PeerChange,
    access: { ...reads('peers'), room: (_root, { roomId }) => roomId },
    description:
      'The changes among the peers of a room, after a snapshot of them. One poll serves all subscribers of the room: about every second after a change, less often while nothing happens, and at once after a webhook. A room that does not exist is refused with `NOT_FOUND`.',
    args: {
      roomId: t.arg.id({ required: true, description: 'The vendor id or global id of the room to watch.' }),
      filter: t.arg({
        type: PeerFilter,
        description:
          'Conditions on the peers whose changes to send; without it the changes of all peers are sent.',
      }),
      after: t.arg.string(after),
    },
    subscribe: (_root, args, context) => peerChanges(args, context),
    resolve: (change) => change,
  }),
  sessionChanges: t.field({
    type: SessionChange,
    access: reads('sessions'),
    description:
      'The sessions that begin and end in the workspace, after a snapshot of those that run. One poll every few seconds serves all subscribers.',
    args: { after: t.arg.string(after) },
    subscribe: (_root, args, context) => sessionChanges(args, context),
    resolve: (change) => change,
  }),
}));
