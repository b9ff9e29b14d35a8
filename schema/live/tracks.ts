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
    'A change of the tracks in a room, found by reading the tracks of its peers. A subscriber gets each event once and in order. If that is not possible, a `TracksSnapshot` replaces the missed events.',
  resolveType: (change) => typenames[change.kind],
  fields: (t) => ({
    cursor: t.exposeString('cursor', cursor),
    at: t.field({
      type: 'DateTime',
      description: "The time, by the gateway's clock, at which the gateway created this event.",
      resolve: (change) => instantOf(change.at),
    }),
    asOf: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        "The time of the data: when the request for the peer's tracks, or for the peers of the room, was sent. In a snapshot: the oldest such time of all its peers; null while the tracks of a peer have not been read yet.",
      resolve: (change) => instantOrNull(change.asOf),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room of the tracks; null if it cannot be found.',
      resolve: (change, _args, context) => roomWithId(change.roomId, context),
    }),
  }),
});

const PeerTracks = builder
  .objectRef<PeerTracksValue & Pick<TrackChangeValue, 'roomId'>>('PeerTracks')
  .implement({
    description: 'The tracks of one peer, as last read.',
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
          'The audio and video tracks that the peer publishes, empty if it publishes nothing, null if they have not been read yet.',
        resolve: ({ tracks }) => (tracks === null ? null : [...tracks]),
      }),
      asOf: t.field({
        type: 'DateTime',
        nullable: true,
        description:
          'The time at which the gateway sent the request for these tracks; null if they have not been read yet.',
        resolve: ({ asOf }) => instantOrNull(asOf),
      }),
    }),
  });

builder.objectRef<TracksSnapshotValue>('TracksSnapshot').implement({
  description:
    'The tracks of all peers in the room whose role may publish. Sent as the first event unless the subscription continues after `after`, and later in place of events that cannot be sent one by one (see `reason`).',
  interfaces: [TrackChange],
  fields: (t) => ({
    peerTracks: t.field({
      type: [PeerTracks],
      ...includedListOf(10),
      description:
        "The connected peers whose role may publish according to the room's template, in no particular order; empty if the room is not live.",
      resolve: ({ peers, roomId }) => peers.map((each) => Object.assign({ roomId }, each)),
    }),
    reason: t.field({
      type: SnapshotReason,
      description: 'Why this snapshot was sent.',
      resolve: (snapshot) => snapshot.reason,
    }),
    stale: t.exposeBoolean('stale', {
      description:
        'Whether this snapshot may be out of date, because the REST API has stopped answering polls of the room or reads of its tracks. Reads that only wait for their turn do not count.',
    }),
  }),
});

builder.objectRef<TracksAwaitedValue>('TracksAwaited').implement({
  description:
    'A peer whose role may publish has joined, or a peer has got such a role. Its tracks are not known yet: a `TracksUpdated` follows when they have been read, or a `TracksEnded`.',
  interfaces: [TrackChange],
  fields: (t) => ({
    peer: t.field({
      type: Peer,
      description: 'The peer whose tracks are not known yet.',
      resolve: presentPeer,
    }),
  }),
});

builder.objectRef<TracksUpdatedValue>('TracksUpdated').implement({
  description:
    'The tracks of a peer have changed, or have been read for the first time. A camera, microphone or screen that was on only briefly between two reads is not reported.',
  interfaces: [TrackChange],
  fields: (t) => ({
    peer: t.field({ type: Peer, description: 'The peer whose tracks these are.', resolve: presentPeer }),
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
      description: 'The tracks before the change; null if they were read for the first time.',
      resolve: ({ previous }) => (previous === null ? null : [...previous]),
    }),
    previousAsOf: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the gateway sent the previous request: the tracks changed after it. Null if they were read for the first time.',
      resolve: ({ previousAsOf }) => instantOrNull(previousAsOf),
    }),
  }),
});

builder.objectRef<TracksEndedValue>('TracksEnded').implement({
  description:
    'The gateway no longer reads the tracks of a peer: the peer has left the room, or has a role that may not publish.',
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
      'The cameras, microphones and screens in a room: first a snapshot, then each time one goes on or off. The REST API returns the tracks of one peer at a time, so the gateway reads one peer after another, for all subscribers together: each peer about every second after a change, up to every 10 s while nothing happens, and less often if there are many peers, because only a part of the budget of REST calls is for these reads, in all rooms together. A peer who joins, gets another role or is named by a webhook is read first. Peers whose role may not publish are left out. A room that does not exist is refused with `NOT_FOUND`.',
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
