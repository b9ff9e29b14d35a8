// Input types for a template's settings, plugins and recording configuration. Source: the vendor's Policy (templates)
// API.
import { builder } from '../builder.ts';
import { Region } from '../enums.ts';
import { autoStopTimeout, presignDuration, sizeFields, type InputFields } from '../inputs.ts';
import {
  RecordingConfigInput,
  StorageInput,
  TemplatePluginsInput,
  TemplateSettingsInput,
  ThumbnailsInput,
  UpdateTemplateSettingsInput,
} from '../refs.ts';

const RoomStateInput = builder.inputType('RoomStateSettingsInput', {
  description:
    'Settings of the room state messages: what the vendor sends to clients before they join a room (in the preview).',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether to send room state messages.' }),
    messageIntervalSeconds: t.int({
      description: 'Time between two room state messages, in seconds: a multiple of 5, from 5 to 3,600.',
    }),
    sendPeerList: t.boolean({
      description:
        'Whether the messages should contain the list of peers (true) or only their number (false).',
    }),
    stopRoomStateOnJoin: t.boolean({
      description: 'Whether a client stops getting the messages when it joins the room.',
    }),
  }),
});

/** The fields of both inputs for settings: the one inside `createTemplate` and the one of `updateTemplateSettings`. */
const settingsFields = (t: InputFields) => ({
  region: t.field({
    type: Region,
    description: "The region of the media servers of the template's rooms.",
  }),
  recordingStorage: t.field({
    type: StorageInput,
    description: "The bucket for recordings of the template's rooms; by default the vendor's storage.",
  }),
  roomState: t.field({
    type: RoomStateInput,
    description: 'Settings for the room state messages before joining.',
  }),
});

builder.inputType(TemplateSettingsInput, {
  description: 'Settings that apply to all rooms of a template.',
  fields: settingsFields,
});

builder.inputType(UpdateTemplateSettingsInput, {
  description: 'The settings of a template to change. Fields that are omitted or null keep their values.',
  fields: (t) => ({
    templateId: t.id({
      required: true,
      description: 'The vendor id or global id of the template whose settings change.',
    }),
    ...settingsFields(t),
  }),
});

builder.inputType(ThumbnailsInput, {
  description: 'Settings of the thumbnails to take from a recording: still pictures.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether to take thumbnails.' }),
    ...sizeFields(t, 'a thumbnail'),
    offsetsSeconds: t.intList({
      description: 'The times at which to take a thumbnail, in seconds from the beginning of the recording.',
    }),
    fps: t.int({ description: 'How many thumbnails to take, in pictures a second.' }),
  }),
});

const WhiteboardInput = builder.inputType('WhiteboardPermissionsInput', {
  description: 'The roles that get access to the whiteboard. A role may be in several lists.',
  fields: (t) => ({
    admin: t.stringList({
      description: 'The names of the roles to allow to open, close and view the whiteboard.',
    }),
    writer: t.stringList({
      description: 'The names of the roles to allow to draw on the whiteboard and view it.',
    }),
    reader: t.stringList({ description: 'The names of the roles to allow to view the whiteboard.' }),
  }),
});

builder.inputType(TemplatePluginsInput, {
  description: 'The plugins for rooms of a template: the whiteboard and live captions.',
  fields: (t) => ({
    whiteboard: t.field({
      type: WhiteboardInput,
      description: 'Turns the whiteboard on and gives roles access to it.',
    }),
    captionAdmins: t.stringList({
      description: 'The names of the roles to allow to switch live captions on and off.',
    }),
  }),
});

const BrowserCompositeInput = builder.inputType('BrowserCompositeInput', {
  description: 'Settings for a composite recording: a browser joins the room and records what it shows.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether composite recordings of the room can be started.' }),
    autoStart: t.boolean({
      description: 'Whether the composite recording starts automatically when the first peer joins.',
    }),
    autoStopTimeoutSeconds: autoStopTimeout(t, 'the composite recording'),
    ...sizeFields(t, 'the composite recording'),
  }),
});

const StreamRecordingInput = builder.inputType('StreamRecordingInput', {
  description: "Settings for stream recordings: each peer's audio and video in one file.",
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether to make a stream recording of each peer.' }),
    ...sizeFields(t, 'a stream recording'),
  }),
});

builder.inputType(RecordingConfigInput, {
  description:
    'The recording settings of a template to change. Fields that are omitted or null keep their values.',
  fields: (t) => ({
    templateId: t.id({
      required: true,
      description: 'The vendor id or global id of the template whose recording settings change.',
    }),
    name: t.string({
      description: 'The name of the recording configuration. Required if the template has none yet.',
    }),
    role: t.string({
      description:
        'The name of the role that the recorder joins the room with. Required if the template has no recording configuration yet.',
    }),
    maxDurationSeconds: t.int({ description: 'Maximum duration of a recording, in seconds.' }),
    presignDurationSeconds: presignDuration(t, 'a recording'),
    thumbnails: t.field({
      type: ThumbnailsInput,
      description: 'The still pictures to take from recordings.',
    }),
    browserComposite: t.field({
      type: BrowserCompositeInput,
      description: 'Settings for composite recordings of the room.',
    }),
    customCompositeEnabled: t.boolean({
      description: 'Whether recordings of a web page of your own can be started.',
    }),
    trackRecordingEnabled: t.boolean({
      description: 'Whether each track is recorded to a file of its own.',
    }),
    streamRecording: t.field({
      type: StreamRecordingInput,
      description: 'Settings for stream recordings of each peer.',
    }),
  }),
});
