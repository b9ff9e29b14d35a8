// The subscription `trackChanges`: the tracks that the peers in a room publish. The gateway reads them for one peer after
// another.
import { instantOf, peerWithoutTracks, presentPeer, trackChanges } from '../../resolvers/live/live.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import type {
  PeerTracks as PeerTracksValue,
  TrackChange as TrackChangeValue,
  TracksAwaited as TracksAwaitedValue,
  TracksEnded as TracksEndedValue,
  TracksSnapshot as TracksSnapshotValue,
  TracksUpdated as TracksUpdatedValue,
} from '../../src/live/changes.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, includedListOf } from '../prices.ts';
import { Peer, Room, Track } from '../refs.ts';
import { SnapshotReason, TracksEndCause } from './live-enums.ts';
import { after, cursor } from './stamp.ts';

const typenames = {
  snapshot: 'TracksSnapshot',
  awaited: 'TracksAwaited',
  tracks: 'TracksUpdated',
  ended: 'TracksEnded',
} as const;

const instantOrNull = (at: number | null) => (at === null ? null : instantOf(at));
const tracksList = includedListOf(3);

const TrackChange = builder.interfaceRef<TrackChangeValue>('TrackChange').implement({
  description:
    'What looks at the peers of a room have shown of their tracks. A subscriber gets each event once and in order; where that is not possible, a `TracksSnapshot` replaces the missed events.',
  resolveType: (change) => typenames[change.kind],
  fields: (t) => ({
    cursor: t.exposeString('cursor', cursor),
    at: t.field({
      type: 'DateTime',
      description: "The time, by the gateway's clock, at which it made this event.",
      resolve: (change) => instantOf(change.at),
    }),
    asOf: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'How old the knowledge is: the time at which the look that showed this was sent, or at which a poll showed the peers of the room. In a snapshot: that of the peer who was not looked at for longest; null while a peer has not been looked at yet.',
      resolve: (change) => instantOrNull(change.asOf),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room whose tracks are told; null if it cannot be found.',
      resolve: (change, _args, context) => roomWithId(change.roomId, context),
    }),
  }),
});

const PeerTracks = builder
  .objectRef<PeerTracksValue & Pick<TrackChangeValue, 'roomId'>>('PeerTracks')
  .implement({
    description: 'The tracks of one peer, as the last look showed them.',
    fields: (t) => ({
      peer: t.field({
        type: Peer,
        description: 'The connected peer that has the tracks.',
        resolve: presentPeer,
      }),
      tracks: t.field({
        type: [Track],
        ...tracksList,
        nullable: true,
        description:
          'The audio and video tracks that the peer publishes, empty if it publishes nothing; null if it was not looked at yet.',
        resolve: ({ tracks }) => (tracks === null ? null : [...tracks]),
      }),
      asOf: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'The time at which that look was sent; null if the peer was not looked at yet.',
        resolve: ({ asOf }) => instantOrNull(asOf),
      }),
    }),
  });

builder.objectRef<TracksSnapshotValue>('TracksSnapshot').implement({
  description:
    'The tracks of all peers in the room whose role may publish. It is the first event, and replaces events that the subscriber cannot be sent one by one.',
  interfaces: [TrackChange],
  fields: (t) => ({
    peerTracks: t.field({
      type: [PeerTracks],
      ...includedListOf(10),
      description:
        "The connected peers whose role may publish by the room's template, in no particular order; empty if the room is not live.",
      resolve: ({ peers, roomId }) => peers.map((each) => Object.assign({ roomId }, each)),
    }),
    reason: t.field({
      type: SnapshotReason,
      description: 'The reason for which this snapshot was sent.',
      resolve: (snapshot) => snapshot.reason,
    }),
    stale: t.exposeBoolean('stale', {
      description:
        'Whether the REST API has stopped answering polls of the room or looks at its peers, so that this snapshot may be out of date. Looks that only wait for their turn do not count.',
    }),
  }),
});

builder.objectRef<TracksAwaitedValue>('TracksAwaited').implement({
  description:
    'A peer has joined whose role may publish, or a peer has got such a role. Its tracks are not known yet; a `TracksUpdated` follows when it was looked at, or a `TracksEnded`.',
  interfaces: [TrackChange],
  fields: (t) => ({
    peer: t.field({ type: Peer, description: 'The peer whose tracks are awaited.', resolve: presentPeer }),
  }),
});

builder.objectRef<TracksUpdatedValue>('TracksUpdated').implement({
  description:
    'A look showed other tracks of a peer than the look before, or was the first one at this peer. A camera, microphone or screen that was on and off again between two looks is not reported.',
  interfaces: [TrackChange],
  fields: (t) => ({
    peer: t.field({ type: Peer, description: 'The peer who was looked at.', resolve: presentPeer }),
    tracks: t.field({
      type: [Track],
      ...tracksList,
      description: 'The audio and video tracks that the peer publishes; empty if it publishes nothing.',
      resolve: ({ tracks }) => [...tracks],
    }),
    previousTracks: t.field({
      type: [Track],
      ...tracksList,
      nullable: true,
      description: 'The tracks that the look before showed; null if this was the first one.',
      resolve: ({ previous }) => (previous === null ? null : [...previous]),
    }),
    previousAsOf: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the look before was sent: the tracks changed after it. Null if this was the first one.',
      resolve: ({ previousAsOf }) => instantOrNull(previousAsOf),
    }),
  }),
});

builder.objectRef<TracksEndedValue>('TracksEnded').implement({
  description: 'A peer is not looked at any more: it has left the room, or its role may publish nothing.',
  interfaces: [TrackChange],
  fields: (t) => ({
    peer: t.field({
      type: Peer,
      description: 'The peer, as a poll last saw it.',
      resolve: peerWithoutTracks,
    }),
    endCause: t.field({
      type: TracksEndCause,
      description: 'Whether the peer has left or got another role.',
      resolve: ({ cause }) => cause,
    }),
  }),
});

builder.subscriptionField('trackChanges', (t) =>
  t.field({
    type: TrackChange,
    access: { ...reads('peers'), room: (_root, { roomId }) => roomId },
    description:
      'The cameras, microphones and screens in a room that go on and off, after a snapshot of them. The REST API shows the tracks of one peer at a time, so the gateway looks at one peer after another, for all subscribers together, with a share of the budget of REST calls for all rooms: at each peer about every second after a change, up to every 10 s while nothing happens, and less often where many peers share this pace. One who joins, gets another role or is named by a webhook is looked at first. Peers whose role may publish nothing are left out. A room that does not exist is refused with `NOT_FOUND`.',
    args: {
      roomId: t.arg.id({
        required: true,
        description: 'The vendor id or global id of the room whose tracks to watch.',
      }),
      after: t.arg.string(after),
    },
    subscribe: (_root, args, context) => trackChanges(args, context),
    resolve: (change) => change,
  }),
);
