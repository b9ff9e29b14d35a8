// Role: what someone with it may publish, see and do. Source: the vendor's Policy (templates) API.
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
import { Role, Template } from '../refs.ts';

const AudioParams = builder.objectRef<AudioResource>('AudioParams').implement({
  description: 'How sound is published.',
  fields: (t) => ({
    bitRate: t.exposeInt('bitRate', {
      nullable: true,
      description: 'kbit/s, 16 to 128; null when not given.',
    }),
    codec: t.string({
      nullable: true,
      description: '`opus`; null when not given.',
      resolve: (audio) => textOrNull(audio.codec),
    }),
  }),
});

/** Camera and screen have the same fields with other bounds. */
const VideoParams = builder.objectRef<VideoResource | ScreenResource>('VideoParams').implement({
  description: 'How pictures of a camera or a screen are published.',
  fields: (t) => ({
    bitRate: t.exposeInt('bitRate', {
      nullable: true,
      description: 'kbit/s: 30 to 2,000 for a camera, from 500 for a screen; null when not given.',
    }),
    codec: t.string({
      nullable: true,
      description: '`vp8`; null when not given.',
      resolve: (video) => textOrNull(video.codec),
    }),
    frameRate: t.exposeInt('frameRate', {
      nullable: true,
      description: 'Frames a second, 1 to 30; null when not given.',
    }),
    width: t.exposeInt('width', { nullable: true, description: 'Pixels; null when not given.' }),
    height: t.exposeInt('height', { nullable: true, description: 'Pixels; null when not given.' }),
  }),
});

type Layer = NonNullable<SimulcastResource['layers']>[number];

const SimulcastLayer = builder.objectRef<Layer>('SimulcastLayer').implement({
  description: 'One of the qualities in which a picture is published at the same time.',
  fields: (t) => ({
    rid: t.exposeString('rid', { nullable: true, description: '`f` (full), `h` (half) or `q` (quarter).' }),
    scaleResolutionDownBy: t.exposeFloat('scaleResolutionDownBy', {
      nullable: true,
      description: 'By what width and height are divided, 1 to 12; null when not given.',
    }),
    maxBitrate: t.exposeInt('maxBitrate', {
      nullable: true,
      description: 'kbit/s, 0 to 2,000; null when not given.',
    }),
    maxFramerate: t.exposeInt('maxFramerate', {
      nullable: true,
      description: 'Frames a second, 1 to 30; null when not given.',
    }),
  }),
});

const PublishParams = builder.objectRef<PublishResource>('PublishParams').implement({
  description: 'What someone of a role may publish, and how.',
  fields: (t) => ({
    allowed: t.stringList({
      description: 'What may be published: of `audio`, `video`, `screen`, `simulcast`; empty: nothing.',
      resolve: (params) => params.allowed ?? [],
    }),
    audio: t.field({
      type: AudioParams,
      nullable: true,
      description: 'How sound is published; null when not given.',
      resolve: (params) => params.audio,
    }),
    video: t.field({
      type: VideoParams,
      nullable: true,
      description: 'How the camera is published; null when not given.',
      resolve: (params) => params.video,
    }),
    screen: t.field({
      type: VideoParams,
      nullable: true,
      description: 'How the screen is published; null when not given.',
      resolve: (params) => params.screen,
    }),
    videoLayers: t.field({
      type: [SimulcastLayer],
      description: 'Qualities in which the camera is published; empty: simulcast is off.',
      resolve: (params) => params.simulcast?.video?.layers ?? [],
    }),
    screenLayers: t.field({
      type: [SimulcastLayer],
      description: 'Qualities in which the screen is published; empty: simulcast is off.',
      resolve: (params) => params.simulcast?.screen?.layers ?? [],
    }),
  }),
});

type Degradation = NonNullable<SubscribeResource['subscribeDegradation']>;

const SubscribeDegradation = builder.objectRef<Degradation>('SubscribeDegradation').implement({
  description: 'When video is dropped on a bad network, and when it comes back.',
  fields: (t) => ({
    packetLossThreshold: t.exposeInt('packetLossThreshold', {
      nullable: true,
      description:
        'Lost packets, in percent (1 to 100), from which the network counts as bad; null when not given.',
    }),
    degradeGracePeriodSeconds: t.exposeInt('degradeGracePeriodSeconds', {
      nullable: true,
      description: 'Seconds (1 to 10) of a bad network before video is dropped; null when not given.',
    }),
    recoverGracePeriodSeconds: t.exposeInt('recoverGracePeriodSeconds', {
      nullable: true,
      description: 'Seconds (1 to 10) of a good network before video comes back; null when not given.',
    }),
  }),
});

const SubscribeParams = builder.objectRef<SubscribeResource>('SubscribeParams').implement({
  description: 'Whom someone of a role sees and hears, and in what quality.',
  fields: (t) => ({
    subscribeToRoles: t.stringList({
      description: 'Names of the roles that are seen and heard.',
      resolve: (params) => params.subscribeToRoles ?? [],
    }),
    maxSubsBitRate: t.exposeInt('maxSubsBitRate', {
      nullable: true,
      description: 'The most that is received in all, kbit/s; null when not given.',
    }),
    subscribeDegradation: t.field({
      type: SubscribeDegradation,
      nullable: true,
      description: 'What happens on a bad network; null when not given.',
      resolve: (params) => params.subscribeDegradation,
    }),
  }),
});

/** Permissions with what the vendor takes for granted where the key is missing. */
const permissions = {
  endRoom: [false, 'End the session for all.'],
  removeOthers: [false, 'Remove other peers from the room.'],
  mute: [false, "Mute other peers' tracks."],
  unmute: [false, 'Ask other peers to unmute.'],
  changeRole: [false, 'Change the role of other peers.'],
  sendRoomState: [false, 'Receive the number and list of peers before joining.'],
  pollRead: [false, 'See polls and their results.'],
  pollWrite: [false, 'Create and run polls.'],
  browserRecording: [true, 'Start and stop recordings.'],
  rtmpStreaming: [true, 'Start and stop external streams (RTMP).'],
  hlsStreaming: [true, 'Start and stop live streams (HLS).'],
} as const satisfies Record<keyof PermissionsResource, readonly [boolean, string]>;

const RolePermissions = builder.objectRef<PermissionsResource>('RolePermissions').implement({
  description: 'What someone of a role may do.',
  fields: (t) => {
    const may = (name: keyof typeof permissions) =>
      t.boolean({
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
    "A part that people can play in a template's rooms. The vendor knows it only by its name, so a renamed role is another one.",
  authScopes: reads('templates'),
  id: { resolve: (role) => `${role.templateId}:${role.name}` },
  loadWithoutCache: (id, context) => roleByNodeId(id, context),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in its template.' }),
    publishParams: t.field({
      type: PublishParams,
      description: 'What may be published, and how.',
      resolve: (role) => role.resource.publishParams ?? {},
    }),
    subscribeParams: t.field({
      type: SubscribeParams,
      description: 'Who is seen and heard, and in what quality.',
      resolve: (role) => role.resource.subscribeParams ?? {},
    }),
    permissions: t.field({
      type: RolePermissions,
      description: 'What may be done.',
      resolve: (role) => role.resource.permissions ?? {},
    }),
    priority: t.int({
      nullable: true,
      description: 'Whose video is kept when not all fits: 1 (first) to 5; null when not given.',
      resolve: (role) => role.resource.priority,
    }),
    maxPeerCount: t.int({
      description: 'How many peers may have the role at a time: 0 any number, -1 nobody.',
      resolve: (role) => role.resource.maxPeerCount ?? 0,
    }),
    template: t.field({
      type: Template,
      nullable: true,
      description: 'The template that it belongs to.',
      resolve: (role, _args, context) => templateOfRole(role, context),
    }),
  }),
});
