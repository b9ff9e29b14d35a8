// Peer and Track: their fields and root field. Source: the vendor's Active Rooms and Sessions APIs.
import {
  durationOf,
  joinedAtOf,
  leftAtOf,
  metadataOf,
  nameOf,
  peerByNodeId,
  peerOfRoom,
  roleNameOf,
  sessionOfPeer,
  tracksOfPeer,
  MAX_PEERS_WITH_TRACKS,
  metadataJsonOf,
  roleOfPeer,
  trackTypeOf,
  userIdOf,
} from '../../resolvers/peers/peers.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { implementCountedConnection } from '../connections.ts';
import { batched, calls, listOf } from '../prices.ts';
import { Peer, PeerConnection, PeerEdge, PeerFilter, Role, Room, Session, Track } from '../refs.ts';

builder.node(Peer, {
  description:
    "One joining of one person in a room: someone who leaves and joins again is a new peer, and one user may be several peers at a time. The same type for connected and departed peers. Fetched again by `node`, a peer is looked for in memory, then in the live room, then in at most 3 pages of the room's sessions, newest first; beyond them the answer is `null`.",
  authScopes: (peer) => ({ ...reads('peers'), room: peer.roomId }),
  id: { resolve: (peer) => `${peer.roomId}:${peer.id}` },
  loadWithoutCache: (id, context) => peerByNodeId(id, context),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: a UUID, new at each joining." }),
    name: t.string({
      nullable: true,
      description: 'The name shown to others; null when empty.',
      resolve: nameOf,
    }),
    userId: t.string({
      nullable: true,
      description: "The app's own id of the person, from the token they joined with; null when it had none.",
      resolve: userIdOf,
    }),
    role: t.string({
      nullable: true,
      description: 'Name of the role that the peer has in the room, as the vendor has it.',
      resolve: roleNameOf,
    }),
    templateRole: t.field({
      type: Role,
      nullable: true,
      authScopes: reads('templates'),
      ...batched,
      description:
        "The role of that name in the room's template; null when the template has none of that name now.",
      resolve: (peer, _args, context) => roleOfPeer(peer, context),
    }),
    metadata: t.string({
      nullable: true,
      description:
        'Whatever the app has written about the peer (a raised hand, for example), as text; null when empty and for departed peers. For a connected peer met in a session it costs one REST call a room.',
      resolve: (peer, _args, context) => metadataOf(peer, context),
    }),
    metadataJson: t.field({
      type: 'JSON',
      nullable: true,
      description: '`metadata` read as JSON; null when it is empty or no JSON.',
      resolve: (peer, _args, context) => metadataJsonOf(peer, context),
    }),
    joinedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the peer joined.',
      resolve: joinedAtOf,
    }),
    leftAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        "When the peer left; null while it is connected, and until the session's record has it. In a `PeerLeft` event it costs one REST call, once for all who watch.",
      resolve: (peer, _args, context) => leftAtOf(peer, context),
    }),
    duration: t.int({
      nullable: true,
      description:
        'Whole seconds between joining and leaving, or until now; null while the time of leaving is not known.',
      resolve: (peer, _args, context) => durationOf(peer, context),
    }),
    connected: t.exposeBoolean('connected', {
      description:
        'Whether the peer is in the room. A client that vanished without a goodbye counts for about 60 s more.',
    }),
    tracks: t.field({
      type: [Track],
      nullable: true,
      ...listOf(3),
      description: `What the peer publishes now; null when it is not connected. Costs one REST call a peer, at most ${MAX_PEERS_WITH_TRACKS} peers an operation, and is refused in subscriptions: query it after the event.`,
      resolve: (peer, _args, context) => tracksOfPeer(peer, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      authScopes: reads('sessions'),
      ...batched,
      description: 'The session that the peer belongs to.',
      resolve: (peer, _args, context) => sessionOfPeer(peer, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      authScopes: reads('rooms'),
      ...batched,
      description: 'The room that the peer is or was in.',
      resolve: (peer, _args, context) => roomWithId(peer.roomId, context),
    }),
  }),
});

implementCountedConnection(PeerConnection, PeerEdge, Peer, 'peers');

builder.inputType(PeerFilter, {
  description: 'Which peers to keep; all conditions must hold.',
  fields: (t) => ({
    role: t.string({ description: 'Only peers that have the role of this name.' }),
    userId: t.string({ description: "Only peers that joined with this id of the app's." }),
  }),
});

const TrackType = builder.enumType('TrackType', {
  description: 'What a track carries.',
  values: {
    AUDIO: { description: 'Sound.' },
    VIDEO: { description: 'Moving pictures: a camera or a screen.' },
    OTHER: { description: 'Something that this gateway does not know yet.' },
  },
});

builder.objectType(Track, {
  description: 'One stream of audio or video that a connected peer publishes.',
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: a UUID." }),
    streamId: t.string({
      nullable: true,
      description: 'Shared by the audio and the video of one capture.',
      resolve: (track) => textOrNull(track.stream_id),
    }),
    type: t.field({ type: TrackType, description: 'Audio or video.', resolve: trackTypeOf }),
    source: t.string({
      nullable: true,
      description: 'Where it comes from: `regular` (microphone, camera), `screen`, or a name of the app.',
      resolve: (track) => textOrNull(track.source),
    }),
    muted: t.boolean({
      description: 'Whether it is muted: for the video of a camera, whether the camera is off.',
      resolve: (track) => track.mute ?? false,
    }),
    description: t.string({
      nullable: true,
      description: 'Text of the app about the track; null when empty.',
      resolve: (track) => textOrNull(track.description),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was first published.',
      resolve: (track) => instantOrNull(track.started_at),
    }),
  }),
});

builder.queryField('peer', (t) =>
  t.field({
    type: Peer,
    nullable: true,
    authScopes: (_root, { roomId }) => ({ ...reads('peers'), room: roomId }),
    ...calls(1),
    description:
      'One peer of a room, connected or departed, found as `node` finds it; null when it is not found.',
    args: {
      roomId: t.arg.id({ required: true, description: 'Vendor id or global id of the room.' }),
      id: t.arg.id({ required: true, description: 'Vendor id or global id of the peer.' }),
    },
    resolve: (_root, { roomId, id }, context) => peerOfRoom(roomId, id, context),
  }),
);
