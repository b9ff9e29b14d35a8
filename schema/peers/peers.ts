// Peer and Track: their fields and root field. Source: the vendor's Active Rooms and Sessions APIs.
import {
  durationOf,
  hasLeavingTime,
  isShownLive,
  leftAtOf,
  MAX_PEERS_WITH_TRACKS,
  metadataJsonOf,
  metadataOf,
  roleOfPeer,
  sessionOfPeer,
  tracksOfPeer,
} from '../../resolvers/peers/peer-fields.ts';
import { isKeptConnection } from '../../resolvers/connection.ts';
import { peerByNodeId, peerOfRoom } from '../../resolvers/peers/peers.ts';
import { isListed, joinedAtOf, nameOf, roleNameOf, userIdOf } from '../../resolvers/peers/peer-views.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { TrackType } from '../enums.ts';
import { implementCountedConnection } from '../connections.ts';
import { calls, listOf, onceForAll } from '../prices.ts';
import { Peer, PeerConnection, PeerEdge, PeerFilter, Role, Room, Session, Track } from '../refs.ts';

builder.node(Peer, {
  description:
    "One stay of one person in a room, present or past. A person who leaves and joins again is a new peer, and one user may be several peers at the same time. `node` and `peer` search memory, then the live room, then at most 3 pages of the room's sessions, newest first. This costs up to 4 REST calls. A peer of an older session is not found.",
  access: { ...reads('peers'), room: (peer) => peer.roomId },
  isKept: isListed,
  id: { resolve: (peer) => `${peer.roomId}:${peer.id}` },
  loadWithoutCache: (id, context) => peerByNodeId(id, context),
  fields: (t) => ({
    hmsId: t.exposeID('id', {
      description: "The vendor's id of the peer: a UUID, new each time a person joins.",
    }),
    name: t.string({
      nullable: true,
      pure: true,
      description: 'The name that the room shows for the peer; null if empty.',
      resolve: nameOf,
    }),
    userId: t.string({
      nullable: true,
      pure: true,
      description:
        "The app's own id of the user, from the token with which the peer joined; null if the token had none.",
      resolve: userIdOf,
    }),
    role: t.string({
      nullable: true,
      pure: true,
      description:
        "The name of the peer's role: the current one while the peer is connected, otherwise the one in the record of the session.",
      resolve: roleNameOf,
    }),
    templateRole: t.field({
      type: Role,
      nullable: true,
      access: reads('templates'),
      ...onceForAll(2),
      description:
        "The peer's role, as in the room's template; null if the template no longer has a role of that name.",
      resolve: (peer, _args, context) => roleOfPeer(peer, context),
    }),
    metadata: t.string({
      nullable: true,
      ...onceForAll(1),
      pure: isShownLive,
      description:
        'Text that the app stores for the peer, often JSON, for example that a hand is raised. Null if empty, and for a peer that has left and was read from the record of its session. For connected peers of `Session.peers` it costs one REST call for each room.',
      resolve: (peer, _args, context) => metadataOf(peer, context),
    }),
    metadataJson: t.field({
      type: 'JSON',
      nullable: true,
      ...onceForAll(1),
      pure: isShownLive,
      description:
        'The value of `metadata` parsed as JSON; null if empty, not JSON, or nested more than 64 levels deep. As in JavaScript, integers beyond 2^53 are rounded and numbers beyond 1.8e308 become null; `metadata` has the exact text. Costs the same as `metadata`.',
      resolve: (peer, _args, context) => metadataJsonOf(peer, context),
    }),
    joinedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the peer joined; null if the vendor omits it.',
      resolve: joinedAtOf,
    }),
    leftAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: hasLeavingTime,
      description:
        'The time at which the peer left; null while it is connected, and until the record of the session has the time. In a `PeerLeft` event it costs one REST call, which all subscribers share.',
      resolve: (peer, _args, context) => leftAtOf(peer, context),
    }),
    duration: t.int({
      nullable: true,
      description:
        'Whole seconds from joining to leaving, or to now while the peer is connected. Null for a peer that has left, until `leftAt` is known.',
      resolve: (peer, _args, context) => durationOf(peer, context),
    }),
    connected: t.exposeBoolean('connected', {
      description:
        'Whether the peer is in the room. A client that lost its network without leaving counts as connected for about 60 s more.',
    }),
    tracks: t.field({
      type: [Track],
      nullable: true,
      ...listOf(3),
      description: `The audio and video tracks that the peer publishes now; null if it is not connected. Costs one REST call for each peer, at most ${MAX_PEERS_WITH_TRACKS} peers in an operation. Not allowed in subscriptions: query it after the event, or subscribe to \`trackChanges\`.`,
      resolve: (peer, _args, context) => tracksOfPeer(peer, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      access: reads('sessions'),
      ...onceForAll(1),
      description:
        'The session that the peer belongs to; null if the peer was read from the live room and the session has ended since.',
      resolve: (peer, _args, context) => sessionOfPeer(peer, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      access: reads('rooms'),
      ...onceForAll(1),
      description: 'The room that the peer is or was in; null if the room can no longer be found.',
      resolve: (peer, _args, context) => roomWithId(peer.roomId, context),
    }),
  }),
});

implementCountedConnection(PeerConnection, PeerEdge, Peer, 'peers', isKeptConnection);

builder.inputType(PeerFilter, {
  description: 'Conditions on peers; a peer must meet all that are given.',
  fields: (t) => ({
    role: t.string({ description: 'Only peers who have the role with this name.' }),
    userId: t.string({
      description: "Only peers of this user: the app's own id, as in the token that the peer joined with.",
    }),
  }),
});

builder.objectType(Track, {
  description:
    'One stream of audio or video that a connected peer publishes. It is as new as the REST call that read it.',
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the track: a UUID." }),
    streamId: t.id({
      nullable: true,
      pure: true,
      description:
        'The id that the audio and the video track of one capture share; null if the track has none.',
      resolve: (track) => textOrNull(track.stream_id),
    }),
    type: t.field({
      type: TrackType,
      pure: true,
      description: 'Whether the track carries audio or video.',
      resolve: (track) => TrackType.of(track.type) ?? TrackType.other,
    }),
    source: t.string({
      nullable: true,
      pure: true,
      description:
        'The source of the track: `regular` (microphone or camera), `screen`, or a name that the app chose; null if it is not given.',
      resolve: (track) => textOrNull(track.source),
    }),
    muted: t.boolean({
      pure: true,
      description: 'Whether the track is muted. If the video track of a camera is muted, the camera is off.',
      resolve: (track) => track.mute ?? false,
    }),
    description: t.string({
      nullable: true,
      pure: true,
      description: "The app's own text about the track; null if empty.",
      resolve: (track) => textOrNull(track.description),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the peer began to publish the track; null if the vendor omits it.',
      resolve: (track) => instantOrNull(track.started_at),
    }),
  }),
});

builder.queryField('peer', (t) =>
  t.field({
    type: Peer,
    nullable: true,
    access: { ...reads('peers'), room: (_root, { roomId }) => roomId },
    ...calls(4),
    description:
      'Looks up one peer of a room, present or past; null if it is not found. Costs 1 to 4 REST calls: see `Peer`.',
    args: {
      roomId: t.arg.id({
        required: true,
        description: 'The vendor id or global id of the room in which to look the peer up.',
      }),
      id: t.arg.id({ required: true, description: 'The vendor id or global id of the peer to look up.' }),
    },
    resolve: (_root, { roomId, id }, context) => peerOfRoom(roomId, id, context),
  }),
);
