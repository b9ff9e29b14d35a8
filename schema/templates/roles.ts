// Role: what its peers may publish, receive and do. Source: the vendor's Policy (templates) API.
import { roleByNodeId, templateOfRole } from '../../resolvers/templates/templates.ts';
import { textOrNull } from '../../resolvers/values.ts';
import type {
  AudioParams as AudioResource,
  PublishParams as PublishResource,
  RolePermissions as PermissionsResource,
  ScreenParams as ScreenResource,
  SimulcastLayers as SimulcastResource,
  SubscribeParams as SubscribeResource,
  VideoParams as VideoResource,
} from '../../src/openapi/types.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { batched } from '../prices.ts';
import { Role, Template } from '../refs.ts';
import { PublishKind, SimulcastRid } from './template-enums.ts';

const AudioParams = builder.objectRef<AudioResource>('AudioParams').implement({
  description: 'How peers of a role publish audio.',
  fields: (t) => ({
    bitrateKbps: t.exposeInt('bitRate', {
      nullable: true,
      description: 'The bitrate of the audio, in kbit/s, 16 to 128; null if not set.',
    }),
    codec: t.string({
      nullable: true,
      pure: true,
      description: 'The codec of the audio, which is `opus`; null if not set.',
      resolve: (audio) => textOrNull(audio.codec),
    }),
  }),
});

/** A camera and a screen have the same fields; only the limits differ. */
const VideoParams = builder.objectRef<VideoResource | ScreenResource>('VideoParams').implement({
  description: 'How peers of a role publish the video of a camera or a screen.',
  fields: (t) => ({
    bitrateKbps: t.exposeInt('bitRate', {
      nullable: true,
      description:
        'The bitrate of the video, in kbit/s: 30 to 2,000 for a camera, at least 500 for a screen; null if not set.',
    }),
    codec: t.string({
      nullable: true,
      pure: true,
      description:
        'The codec of the video, `vp8` by default; the client SDKs also know `vp9`, `h264` and `h265`. Null if not set.',
      resolve: (video) => textOrNull(video.codec),
    }),
    frameRate: t.exposeInt('frameRate', {
      nullable: true,
      description: 'The frame rate of the video, 1 to 30 frames a second; null if not set.',
    }),
    width: t.exposeInt('width', {
      nullable: true,
      description: 'The width of the video, in pixels; null if not set.',
    }),
    height: t.exposeInt('height', {
      nullable: true,
      description: 'The height of the video, in pixels; null if not set.',
    }),
  }),
});

type Layer = NonNullable<SimulcastResource['layers']>[number];

const SimulcastLayer = builder.objectRef<Layer>('SimulcastLayer').implement({
  description:
    'One of several qualities in which peers of a role publish a video at the same time (simulcast).',
  fields: (t) => ({
    rid: t.field({
      type: SimulcastRid,
      nullable: true,
      pure: true,
      description: 'The name of the layer; null if the vendor omits it.',
      resolve: (layer) => SimulcastRid.of(layer.rid),
    }),
    scaleResolutionDownBy: t.exposeFloat('scaleResolutionDownBy', {
      nullable: true,
      description: 'The number by which width and height of the video are divided, 1 to 12; null if not set.',
    }),
    maxBitrateKbps: t.exposeInt('maxBitrate', {
      nullable: true,
      description: 'Maximum bitrate of the layer, in kbit/s, 0 to 2,000; null if not set.',
    }),
    maxFramerate: t.exposeInt('maxFramerate', {
      nullable: true,
      description: 'Maximum frame rate of the layer, 1 to 30 frames a second; null if not set.',
    }),
  }),
});

const PublishParams = builder.objectRef<PublishResource>('PublishParams').implement({
  description: 'The media that peers of a role may publish, and the settings for each.',
  fields: (t) => ({
    allowed: t.field({
      type: [PublishKind],
      pure: true,
      description: 'The kinds of media that may be published; empty if nothing may be.',
      resolve: (params) => PublishKind.listOf(params.allowed),
    }),
    audio: t.field({
      type: AudioParams,
      nullable: true,
      pure: true,
      description: 'The settings for audio; null if not set.',
      resolve: (params) => params.audio,
    }),
    video: t.field({
      type: VideoParams,
      nullable: true,
      pure: true,
      description: 'The settings for the camera; null if not set.',
      resolve: (params) => params.video,
    }),
    screen: t.field({
      type: VideoParams,
      nullable: true,
      pure: true,
      description: 'The settings for a shared screen; null if not set.',
      resolve: (params) => params.screen,
    }),
    videoLayers: t.field({
      type: [SimulcastLayer],
      pure: true,
      description: 'The simulcast layers of the camera; empty if simulcast is off for it.',
      resolve: (params) => params.simulcast?.video?.layers ?? [],
    }),
    screenLayers: t.field({
      type: [SimulcastLayer],
      pure: true,
      description: 'The simulcast layers of a shared screen; empty if simulcast is off for it.',
      resolve: (params) => params.simulcast?.screen?.layers ?? [],
    }),
  }),
});

type Degradation = NonNullable<SubscribeResource['subscribeDegradation']>;

const SubscribeDegradation = builder.objectRef<Degradation>('SubscribeDegradation').implement({
  description: 'The thresholds at which a client drops video on a bad network, and resumes it later.',
  fields: (t) => ({
    packetLossThresholdPercent: t.exposeInt('packetLossThreshold', {
      nullable: true,
      description:
        'The packet loss from which the network counts as bad, in percent (1 to 100); null if not set.',
    }),
    degradeGracePeriodSeconds: t.exposeInt('degradeGracePeriodSeconds', {
      nullable: true,
      description:
        'How many seconds (1 to 10) the network must be bad before video is dropped; null if not set.',
    }),
    recoverGracePeriodSeconds: t.exposeInt('recoverGracePeriodSeconds', {
      nullable: true,
      description:
        'How many seconds (1 to 10) the network must be good before video is resumed; null if not set.',
    }),
  }),
});

const SubscribeParams = builder.objectRef<SubscribeResource>('SubscribeParams').implement({
  description: 'The roles whose peers can be seen and heard by peers of a role, and in what quality.',
  fields: (t) => ({
    subscribeToRoles: t.stringList({
      pure: true,
      description: 'The names of the roles whose peers are seen and heard.',
      resolve: (params) => params.subscribeToRoles ?? [],
    }),
    maxSubsBitrateKbps: t.exposeInt('maxSubsBitRate', {
      nullable: true,
      description: 'Maximum bitrate of everything that a peer receives, in kbit/s; null if not set.',
    }),
    subscribeDegradation: t.field({
      type: SubscribeDegradation,
      nullable: true,
      pure: true,
      description: 'The thresholds for a bad network; null if not set.',
      resolve: (params) => params.subscribeDegradation,
    }),
  }),
});

/** For each permission, the vendor's default where the key is missing, and the description. */
const permissions = {
  endRoom: [false, 'Whether peers of the role may end the session for all peers; the default is false.'],
  removeOthers: [
    false,
    'Whether peers of the role may remove other peers from the room; the default is false.',
  ],
  mute: [false, "Whether peers of the role may mute other peers' tracks; the default is false."],
  unmute: [false, 'Whether peers of the role may ask other peers to unmute; the default is false.'],
  changeRole: [false, 'Whether peers of the role may change the role of other peers; the default is false.'],
  sendRoomState: [
    false,
    'Whether peers of the role may see the number and the list of peers before they join; the default is false.',
  ],
  pollRead: [false, 'Whether peers of the role may see polls and their results; the default is false.'],
  pollWrite: [
    false,
    'Whether peers of the role may create and run polls, and see them; the default is false.',
  ],
  browserRecording: [true, 'Whether peers of the role may start and stop recordings; the default is true.'],
  rtmpStreaming: [
    true,
    'Whether peers of the role may start and stop external streams (RTMP); the default is true.',
  ],
  hlsStreaming: [
    true,
    'Whether peers of the role may start and stop live streams (HLS); the default is true.',
  ],
} as const satisfies Record<keyof PermissionsResource, readonly [boolean, string]>;

const RolePermissions = builder.objectRef<PermissionsResource>('RolePermissions').implement({
  description:
    "The actions that peers of a role may take. A permission that the template does not set has the vendor's default.",
  fields: (t) => {
    const may = (name: keyof typeof permissions) =>
      t.boolean({
        pure: true,
        description: permissions[name][1],
        resolve: (given) => given[name] ?? permissions[name][0],
      });
    return {
      endRoom: may('endRoom'),
      removeOthers: may('removeOthers'),
      mute: may('mute'),
      unmute: may('unmute'),
      changeRole: may('changeRole'),
      sendRoomState: may('sendRoomState'),
      pollRead: may('pollRead'),
      pollWrite: may('pollWrite'),
      browserRecording: may('browserRecording'),
      rtmpStreaming: may('rtmpStreaming'),
      hlsStreaming: may('hlsStreaming'),
    };
  },
});

builder.node(Role, {
  description:
    'A role that peers can have in the rooms of a template. A role has no id at the vendor, only its name, so renaming it changes its global id. A role is as fresh as its `Template`.',
  access: reads('templates'),
  id: { resolve: (role) => `${role.templateId}:${role.name}` },
  loadWithoutCache: (id, context) => roleByNodeId(id, context),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the role, unique in its template.' }),
    publishParams: t.field({
      type: PublishParams,
      pure: true,
      description: 'The media that peers of the role may publish, and how.',
      resolve: (role) => role.resource.publishParams ?? {},
    }),
    subscribeParams: t.field({
      type: SubscribeParams,
      pure: true,
      description: 'The roles that peers of the role see and hear, and in what quality.',
      resolve: (role) => role.resource.subscribeParams ?? {},
    }),
    permissions: t.field({
      type: RolePermissions,
      pure: true,
      description: 'The actions that peers of the role may take.',
      resolve: (role) => role.resource.permissions ?? {},
    }),
    priority: t.int({
      nullable: true,
      pure: true,
      description:
        'The rank of the role if a client cannot receive all videos: 1 (dropped last) to 5 (dropped first); null if not set.',
      resolve: (role) => role.resource.priority,
    }),
    maxPeerCount: t.int({
      pure: true,
      description:
        'Maximum number of peers with the role at a time; 0 for no limit, -1 if no peer may have it.',
      resolve: (role) => role.resource.maxPeerCount ?? 0,
    }),
    template: t.field({
      type: Template,
      nullable: true,
      ...batched,
      description: 'The template that the role belongs to; null if it cannot be found any more.',
      resolve: (role, _args, context) => templateOfRole(role, context),
    }),
  }),
});
