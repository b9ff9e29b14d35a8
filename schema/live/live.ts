// What polling sees of live rooms, as subscriptions: the changes of one room's peers, and which rooms go live and end.
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
import { Peer, PeerFilter, Room, Session } from '../refs.ts';

const ChangeCause = builder.enumType('ChangeCause', {
  description: 'Why a peer came or went.',
  values: {
    ROOM: { description: 'It joined or left the room.' },
    FILTER: {
      description: "It is in the room still, and began or ceased to match the subscription's filter.",
    },
  } as const,
});

const PeerAspect = builder.enumType('PeerAspect', {
  description: 'What of a peer can change while it is connected.',
  values: {
    NAME: { description: 'The name shown to others.' },
    ROLE: { description: 'The role.' },
    METADATA: { description: 'What the app has written about it.' },
  } as const,
});

const SnapshotReason = builder.enumType('SnapshotReason', {
  description: 'Why the whole state is told instead of a change.',
  values: {
    SUBSCRIBED: { description: 'The subscription began.' },
    CURSOR_TOO_OLD: {
      description: 'The changes behind `after` are no longer kept, or the gateway was restarted since.',
    },
    SLOW_CONSUMER: { description: 'The subscriber reads too slowly; its backlog is folded into this.' },
    STALENESS: { description: 'The gateway lost sight of the room, or sees it again: see `stale`.' },
  } as const,
});

const cursor = {
  description: 'The place of this event: given as `after`, a new subscription goes on right behind it.',
} as const;
const at = { type: 'DateTime', description: 'When the gateway saw it.' } as const;
const stale = {
  description: 'Whether the REST API has not answered lately, so that this may no longer be true.',
} as const;
const asOf = {
  type: 'DateTime',
  nullable: true,
  description: 'When this was last known to be true; null: not since the gateway watches.',
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
    'Something that happened in a room, as polling saw it. The changes of a room are numbered; none is skipped or repeated for a subscriber unless a `PeersSnapshot` says so.',
  resolveType: (change) => typenames[change.kind],
  fields: (t) => ({
    cursor: t.exposeString('cursor', cursor),
    at: t.field({ ...at, resolve: (change) => instantOf(change.at) }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room in which it happened.',
      resolve: (change, _args, context) => roomWithId(change.roomId, context),
    }),
  }),
});

const SessionChange = builder.interfaceRef<SessionChangeValue>('SessionChange').implement({
  description: 'A room of the workspace that went live or ended, or all that are live.',
  resolveType: (change) => typenames[change.kind],
  fields: (t) => ({
    cursor: t.exposeString('cursor', cursor),
    at: t.field({ ...at, resolve: (change) => instantOf(change.at) }),
  }),
});

builder.objectRef<PeersSnapshotValue>('PeersSnapshot').implement({
  description:
    'Everyone who is in the room (and matches the filter). Comes first, and whenever what happened cannot be told as changes.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peers: t.field({
      type: [Peer],
      description: 'The connected peers, in no particular order; empty when the room is not live.',
      resolve: (snapshot) => snapshotPeers(snapshot),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      description: 'The session that runs; null when the room is not live.',
      resolve: (snapshot) => snapshot.session,
    }),
    reason: t.field({
      type: SnapshotReason,
      description: 'Why the whole state is told.',
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
  description: 'A peer is there that was not.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peer: t.field({ type: Peer, description: 'The peer.', resolve: presentPeer }),
    cause: t.field({
      type: ChangeCause,
      description: 'Whether it joined, or began to match the filter.',
      resolve: (change) => change.cause,
    }),
  }),
});

builder.objectRef<PeerLeftValue>('PeerLeft').implement({
  description: 'A peer that was there is gone.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peer: t.field({ type: Peer, description: 'The peer as it was last seen.', resolve: leavingPeer }),
    cause: t.field({
      type: ChangeCause,
      description: 'Whether it left, or ceased to match the filter.',
      resolve: (change) => change.cause,
    }),
    leaveReason: t.string({
      nullable: true,
      description:
        "Why it left, in the vendor's words (`client request`, `peer kicked`, ...); null unless a webhook told in time: polling cannot see it.",
      resolve: (change) => change.leaveReason,
    }),
  }),
});

const PreviousPeer = builder.objectRef<PeerUpdatedValue['previous']>('PreviousPeer').implement({
  description: 'What a peer was like before a change.',
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: 'The name it had; null when empty.',
      resolve: (previous) => textOrNull(previous.name),
    }),
    role: t.string({
      nullable: true,
      description: 'Name of the role it had.',
      resolve: (previous) => textOrNull(previous.role),
    }),
    metadata: t.string({
      nullable: true,
      description: 'What the app had written about it; null when empty.',
      resolve: (previous) => textOrNull(previous.metadata),
    }),
  }),
});

builder.objectRef<PeerUpdatedValue>('PeerUpdated').implement({
  description:
    'A peer has another name, role or metadata. Values that came and went between two polls are not told.',
  interfaces: [PeerChange],
  fields: (t) => ({
    peer: t.field({ type: Peer, description: 'The peer as it is now.', resolve: presentPeer }),
    changed: t.field({
      type: [PeerAspect],
      description: 'What changed.',
      resolve: (change) => [...change.changed],
    }),
    previous: t.field({
      type: PreviousPeer,
      description: 'How it was before.',
      resolve: (change) => change.previous,
    }),
  }),
});

for (const [name, description] of [
  ['SessionStarted', 'A session began: the room is live.'],
  ['SessionEnded', 'A session ended; told behind the leaving of its last peers.'],
] as const) {
  builder.objectRef<SessionTurn>(name).implement({
    description,
    interfaces: [PeerChange, SessionChange],
    fields: (t) => ({
      // Nullable as in the snapshot: a client that selects it on both could not merge them otherwise.
      session: t.field({
        type: Session,
        nullable: true,
        description: 'The session; null only where reading its record failed.',
        resolve: (change) => change.session,
      }),
    }),
  });
}

builder.objectRef<SessionsSnapshotValue>('SessionsSnapshot').implement({
  description: 'All sessions that run. Comes first, and whenever what happened cannot be told as changes.',
  interfaces: [SessionChange],
  fields: (t) => ({
    sessions: t.field({
      type: [Session],
      description: 'The sessions that run in the workspace.',
      resolve: (snapshot) => [...snapshot.sessions],
    }),
    reason: t.field({
      type: SnapshotReason,
      description: 'Why the whole state is told.',
      resolve: (snapshot) => snapshot.reason,
    }),
    stale: t.exposeBoolean('stale', stale),
    asOf: t.field({
      ...asOf,
      resolve: (snapshot) => (snapshot.asOf === null ? null : instantOf(snapshot.asOf)),
    }),
  }),
});

const after = {
  description:
    'The cursor of the last event received: the subscription goes on right behind it, or says by a snapshot that it cannot. Over SSE the header `Last-Event-ID` serves as well, and goes before this.',
} as const;

builder.subscriptionFields((t) => ({
  peerChanges: t.field({
    type: PeerChange,
    authScopes: (_root, { roomId }) => ({ ...reads('peers'), room: roomId }),
    description:
      "Everything that changes among a room's peers, first a snapshot of them. The room is polled for all its subscribers together: about every second after a change, slower while nothing happens, and at once upon a webhook. An unknown room is refused with `NOT_FOUND`.",
    args: {
      roomId: t.arg.id({ required: true, description: 'Vendor id or global id of the room.' }),
      filter: t.arg({ type: PeerFilter, description: 'Which peers to tell of.' }),
      after: t.arg.string(after),
    },
    subscribe: (_root, args, context) => peerChanges(args, context),
    resolve: (change) => change,
  }),
  sessionChanges: t.field({
    type: SessionChange,
    authScopes: reads('sessions'),
    description:
      'Which rooms of the workspace go live and end, first a snapshot of all that are live. One look every few seconds serves all subscribers.',
    args: { after: t.arg.string(after) },
    subscribe: (_root, args, context) => sessionChanges(args, context),
    resolve: (change) => change,
  }),
}));
