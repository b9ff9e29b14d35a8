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
    description: `The time, by the gateway's clock, at which the gateway noticed ${noun} or created the snapshot.`,
  }) as const;
const stale = {
  description:
    'Whether this snapshot may be out of date, because the REST API has stopped answering the polls.',
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
    'A change in a room, found by polling. A subscriber gets each change of the room once and in order. If that is not possible, a `PeersSnapshot` replaces the missed changes.',
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
  description: 'The start or end of a session of the workspace, or a snapshot of all running sessions.',
  resolveType: (change) => typenames[change.kind],
  fields: (t) => ({
    cursor: t.exposeString('cursor', cursor),
    at: t.field({ ...at('the start or end of the session'), resolve: (change) => instantOf(change.at) }),
  }),
});

builder.objectRef<PeersSnapshotValue>('PeersSnapshot').implement({
  description:
    'All connected peers who match the filter. Sent as the first event unless the subscription continues after `after`, and later in place of changes that cannot be sent one by one (see `reason`).',
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
      description: 'Why this snapshot was sent.',
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
  description: 'A peer has joined the room, or has started matching the filter.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peer: t.field({
      type: Peer,
      description: 'The peer who joined, as the poll read it.',
      resolve: presentPeer,
    }),
    cause: t.field({
      type: ChangeCause,
      description: 'Whether the peer joined the room or started matching the filter.',
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
      description: 'Whether the peer left the room or stopped matching the filter.',
      resolve: (change) => change.cause,
    }),
    leaveReason: t.string({
      nullable: true,
      description:
        "Why the peer left, in the vendor's words, such as `client request` or `peer kicked`. Only a webhook tells it, so it is null unless a webhook arrived in time.",
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
    'A peer has a new name, role or metadata. A value that was changed and changed back between two polls is not reported.',
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
      description: 'All these values of the peer before the change, also those that did not change.',
      resolve: (change) => change.previous,
    }),
  }),
});

for (const [name, description] of [
  ['SessionStarted', 'A session has begun, so its room is live.'],
  ['SessionEnded', 'A session has ended. This event comes after the `PeerLeft` events of its last peers.'],
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
    'All running sessions of the workspace. Sent as the first event unless the subscription continues after `after`, and later in place of changes that cannot be sent one by one (see `reason`).',
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
      description: 'Why this snapshot was sent.',
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
      'The peers in a room: first a snapshot, then each change. The gateway polls the room once for all subscribers: about every second after a change, less often while nothing happens, and at once after a webhook. A room that does not exist is refused with `NOT_FOUND`.',
    args: {
      roomId: t.arg.id({ required: true, description: 'The vendor id or global id of the room to watch.' }),
      filter: t.arg({
        type: PeerFilter,
        description: 'Conditions on the peers whose changes to send; by default the changes of all peers.',
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
      'The running sessions of the workspace: first a snapshot, then each start and end. The gateway polls once every few seconds for all subscribers.',
    args: { after: t.arg.string(after) },
    subscribe: (_root, args, context) => sessionChanges(args, context),
    resolve: (change) => change,
  }),
}));
