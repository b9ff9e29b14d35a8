// Input types for a role, with the same field names as Role answers. Source: the vendor's Policy (templates) API.
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { RoleInput, SetRoleInput } from '../refs.ts';
import { PublishKind, SimulcastRid } from './template-enums.ts';

const AudioParamsInput = builder.inputType('AudioParamsInput', {
  description: 'Settings for the audio that a role publishes.',
  fields: (t) => ({
    bitrateKbps: t.int({ description: 'The bitrate for the audio, in kbit/s, 16 to 128.' }),
  }),
});

const VideoParamsInput = builder.inputType('VideoParamsInput', {
  description: 'Settings for the video of a camera or a screen that a role publishes.',
  fields: (t) => ({
    bitrateKbps: t.int({
      description:
        'The bitrate for the video, in kbit/s: 30 to 2,000 for a camera, at least 500 for a screen.',
    }),
    frameRate: t.int({ description: 'The frame rate for the video, 1 to 30 frames a second.' }),
    width: t.int({
      description: 'The width for the video, in pixels: 50 to 1,920 for a camera, 480 to 1,920 for a screen.',
    }),
    height: t.int({
      description:
        'The height for the video, in pixels: 50 to 1,080 for a camera, 270 to 1,080 for a screen.',
    }),
  }),
});

const SimulcastLayerInput = builder.inputType('SimulcastLayerInput', {
  description:
    'One of several qualities in which peers of a role should publish a video at the same time (simulcast).',
  fields: (t) => ({
    rid: t.field({
      type: SimulcastRid,
      required: true,
      description: 'The name of the layer. The layers of a list must be in the order F, H, Q.',
    }),
    scaleResolutionDownBy: t.float({
      required: true,
      description:
        'The number by which width and height of the video are divided: 1 for F, then more for each further layer, up to 12.',
    }),
    maxBitrateKbps: t.int({ description: 'Maximum bitrate of the layer, in kbit/s, 0 to 2,000.' }),
    maxFramerate: t.int({
      required: true,
      description: 'Maximum frame rate of the layer, 1 to 30 frames a second.',
    }),
  }),
});

const PublishParamsInput = builder.inputType('PublishParamsInput', {
  description: 'The media to allow peers of a role to publish, and settings for each.',
  fields: (t) => ({
    allowed: t.field({
      type: [PublishKind],
      description: 'The kinds of media to allow; an empty list allows nothing.',
    }),
    audio: t.field({ type: AudioParamsInput, description: 'Settings for audio.' }),
    video: t.field({ type: VideoParamsInput, description: 'Settings for the camera.' }),
    screen: t.field({ type: VideoParamsInput, description: 'Settings for a shared screen.' }),
    videoLayers: t.field({
      type: [SimulcastLayerInput],
      description: 'Simulcast layers for the camera, at most 3.',
    }),
    screenLayers: t.field({
      type: [SimulcastLayerInput],
      description: 'Simulcast layers for a shared screen, at most 3.',
    }),
  }),
});

const SubscribeDegradationInput = builder.inputType('SubscribeDegradationInput', {
  description: 'Thresholds at which a client drops video on a bad network, and resumes it.',
  fields: (t) => ({
    packetLossThresholdPercent: t.int({
      description: 'The packet loss from which the network counts as bad, in percent: 1 to 100.',
    }),
    degradeGracePeriodSeconds: t.int({
      description: 'How many seconds the network must be bad before video is dropped: 1 to 10.',
    }),
    recoverGracePeriodSeconds: t.int({
      description: 'How many seconds the network must be good before video is resumed: 1 to 10.',
    }),
  }),
});

const SubscribeParamsInput = builder.inputType('SubscribeParamsInput', {
  description: 'The roles whose peers should be seen and heard by peers of a role, and in what quality.',
  fields: (t) => ({
    subscribeToRoles: t.stringList({
      description: 'The names of the roles whose peers should be seen and heard.',
    }),
    maxSubsBitrateKbps: t.int({
      description: 'Maximum bitrate of everything that a peer receives, in kbit/s.',
    }),
    subscribeDegradation: t.field({
      type: SubscribeDegradationInput,
      description: 'Thresholds for a bad network.',
    }),
  }),
});

const RolePermissionsInput = builder.inputType('RolePermissionsInput', {
  description:
    "The actions to allow to peers of a role. In a new role, omitted permissions get the vendor's defaults.",
  fields: (t) => ({
    endRoom: t.boolean({
      description: 'Whether to allow peers of the role to end the session for all peers; false by default.',
    }),
    removeOthers: t.boolean({
      description:
        'Whether to allow peers of the role to remove other peers from the room; false by default.',
    }),
    mute: t.boolean({
      description: "Whether to allow peers of the role to mute other peers' tracks; false by default.",
    }),
    unmute: t.boolean({
      description: 'Whether to allow peers of the role to ask other peers to unmute; false by default.',
    }),
    changeRole: t.boolean({
      description: 'Whether to allow peers of the role to change the role of other peers; false by default.',
    }),
    sendRoomState: t.boolean({
      description:
        'Whether to allow peers of the role to see the number and the list of peers before they join; false by default.',
    }),
    pollRead: t.boolean({
      description: 'Whether to allow peers of the role to see polls and their results; false by default.',
    }),
    pollWrite: t.boolean({
      description:
        'Whether to allow peers of the role to create and run polls, and see them; false by default.',
    }),
    browserRecording: t.boolean({
      description: 'Whether to allow peers of the role to start and stop recordings; true by default.',
    }),
    rtmpStreaming: t.boolean({
      description:
        'Whether to allow peers of the role to start and stop external streams (RTMP); true by default.',
    }),
    hlsStreaming: t.boolean({
      description:
        'Whether to allow peers of the role to start and stop live streams (HLS); true by default.',
    }),
  }),
});

/** The fields of both inputs for a role: the one inside `createTemplate` and the one of `setRole`. */
const roleFields = (t: InputFields) => ({
  name: t.string({
    required: true,
    description:
      'The name of the role, unique among the roles of the template. It is part of URLs, so it cannot be empty, `.` or `..`.',
  }),
  publishParams: t.field({
    type: PublishParamsInput,
    description: 'The media to allow, and how to publish them.',
  }),
  subscribeParams: t.field({
    type: SubscribeParamsInput,
    description: 'The roles to subscribe to, and the quality to receive.',
  }),
  permissions: t.field({ type: RolePermissionsInput, description: 'The actions to allow.' }),
  priority: t.int({
    description:
      'The rank of the role if a client cannot receive all videos: 1 (dropped last) to 5 (dropped first).',
  }),
  maxPeerCount: t.int({
    description:
      'Maximum number of peers with the role at a time; 0 for no limit, -1 so that no peer may have it.',
  }),
});

builder.inputType(RoleInput, {
  description: "A role of a template. In a new role, omitted fields get the vendor's defaults.",
  fields: roleFields,
});

builder.inputType(SetRoleInput, {
  description:
    'A role of a template to create or to change. If the role exists, fields that are omitted or null keep their values.',
  fields: (t) => ({
    templateId: t.id({
      required: true,
      description: 'The vendor id or global id of the template to which the role belongs.',
    }),
    ...roleFields(t),
  }),
});
