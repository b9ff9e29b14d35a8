// What callers give of a role: the counterpart of Role's fields, in the same names.
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { RoleInput, SetRoleInput } from '../refs.ts';

const AudioParamsInput = builder.inputType('AudioParamsInput', {
  description: 'How sound is published.',
  fields: (t) => ({ bitRate: t.int({ description: 'kbit/s, 16 to 128.' }) }),
});

const VideoParamsInput = builder.inputType('VideoParamsInput', {
  description: 'How pictures of a camera or a screen are published.',
  fields: (t) => ({
    bitRate: t.int({ description: 'kbit/s: 30 to 2,000 for a camera, from 500 for a screen.' }),
    frameRate: t.int({ description: 'Frames a second, 1 to 30.' }),
    width: t.int({ description: 'Pixels: 50 to 1,920 for a camera, 480 to 1,920 for a screen.' }),
    height: t.int({ description: 'Pixels: 50 to 1,080 for a camera, 270 to 1,080 for a screen.' }),
  }),
});

const SimulcastRid = builder.enumType('SimulcastRid', {
  description: 'Names of the qualities in which a picture is published at the same time.',
  values: {
    F: { value: 'f', description: 'Full.' },
    H: { value: 'h', description: 'Half.' },
    Q: { value: 'q', description: 'Quarter.' },
  } as const,
});

const SimulcastLayerInput = builder.inputType('SimulcastLayerInput', {
  description: 'One of the qualities in which a picture is published at the same time.',
  fields: (t) => ({
    rid: t.field({
      type: SimulcastRid,
      required: true,
      description: 'Its name; they come in the order F, H, Q.',
    }),
    scaleResolutionDownBy: t.float({
      required: true,
      description: 'By what width and height are divided: 1 for F, then more for each, up to 12.',
    }),
    maxBitrate: t.int({ description: 'kbit/s, 0 to 2,000.' }),
    maxFramerate: t.int({ required: true, description: 'Frames a second, 1 to 30.' }),
  }),
});

const PublishKind = builder.enumType('PublishKind', {
  description: 'What a role may publish.',
  values: {
    AUDIO: { value: 'audio', description: 'Sound.' },
    VIDEO: { value: 'video', description: 'A camera.' },
    SCREEN: { value: 'screen', description: 'A screen.' },
    SIMULCAST: { value: 'simulcast', description: 'Several qualities at the same time.' },
  } as const,
});

const PublishParamsInput = builder.inputType('PublishParamsInput', {
  description: 'What someone of a role may publish, and how.',
  fields: (t) => ({
    allowed: t.field({ type: [PublishKind], description: 'What may be published; an empty list: nothing.' }),
    audio: t.field({ type: AudioParamsInput, description: 'How sound is published.' }),
    video: t.field({ type: VideoParamsInput, description: 'How the camera is published.' }),
    screen: t.field({ type: VideoParamsInput, description: 'How the screen is published.' }),
    videoLayers: t.field({ type: [SimulcastLayerInput], description: 'Qualities of the camera, at most 3.' }),
    screenLayers: t.field({
      type: [SimulcastLayerInput],
      description: 'Qualities of the screen, at most 3.',
    }),
  }),
});

const SubscribeDegradationInput = builder.inputType('SubscribeDegradationInput', {
  description: 'When video is dropped on a bad network, and when it comes back.',
  fields: (t) => ({
    packetLossThreshold: t.int({
      description: 'Lost packets, in percent, from which the network is bad: 1 to 100.',
    }),
    degradeGracePeriodSeconds: t.int({
      description: 'Seconds of a bad network before video is dropped: 1 to 10.',
    }),
    recoverGracePeriodSeconds: t.int({
      description: 'Seconds of a good network before it comes back: 1 to 10.',
    }),
  }),
});

const SubscribeParamsInput = builder.inputType('SubscribeParamsInput', {
  description: 'Whom someone of a role sees and hears, and in what quality.',
  fields: (t) => ({
    subscribeToRoles: t.stringList({ description: 'Names of the roles that are seen and heard.' }),
    maxSubsBitRate: t.int({ description: 'The most that is received in all, kbit/s.' }),
    subscribeDegradation: t.field({
      type: SubscribeDegradationInput,
      description: 'What happens on a bad network.',
    }),
  }),
});

const RolePermissionsInput = builder.inputType('RolePermissionsInput', {
  description: 'What someone of a role may do. What is left out of a new role is the default of the vendor.',
  fields: (t) => ({
    endRoom: t.boolean({ description: 'End the session for all.' }),
    removeOthers: t.boolean({ description: 'Remove other peers from the room.' }),
    mute: t.boolean({ description: "Mute other peers' tracks." }),
    unmute: t.boolean({ description: 'Ask other peers to unmute.' }),
    changeRole: t.boolean({ description: 'Change the role of other peers.' }),
    sendRoomState: t.boolean({ description: 'Receive the number and list of peers before joining.' }),
    pollRead: t.boolean({ description: 'See polls and their results.' }),
    pollWrite: t.boolean({ description: 'Create and run polls.' }),
    browserRecording: t.boolean({ description: 'Start and stop recordings.' }),
    rtmpStreaming: t.boolean({ description: 'Start and stop external streams (RTMP).' }),
    hlsStreaming: t.boolean({ description: 'Start and stop live streams (HLS).' }),
  }),
});

const roleFields = (t: InputFields) => ({
  name: t.string({ required: true, description: 'Name of the role, unique in its template.' }),
  publishParams: t.field({ type: PublishParamsInput, description: 'What may be published, and how.' }),
  subscribeParams: t.field({ type: SubscribeParamsInput, description: 'Who is seen and heard.' }),
  permissions: t.field({ type: RolePermissionsInput, description: 'What may be done.' }),
  priority: t.int({ description: 'Whose video is kept when not all fits: 1 (first) to 5.' }),
  maxPeerCount: t.int({
    description: 'How many peers may have the role at a time: 0 any number, -1 nobody.',
  }),
});

builder.inputType(RoleInput, {
  description: 'A role of a template.',
  fields: roleFields,
});

builder.inputType(SetRoleInput, {
  description:
    'A role to create, or what to change of one that exists: what is left out or null stays as it is.',
  fields: (t) => ({
    templateId: t.id({ required: true, description: 'Vendor id or global id of the template.' }),
    ...roleFields(t),
  }),
});
