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
    'Settings for the room state messages that the vendor sends to clients in the preview before they join.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether room state messages are to be sent at all.' }),
    messageIntervalSeconds: t.int({
      description: 'The seconds between two room state messages: a multiple of 5, from 5 to 3,600.',
    }),
    sendPeerList: t.boolean({
      description: 'Whether messages are to hold the list of peers (true) or only their number (false).',
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
    description:
      "The bucket into which recordings of the template's rooms are put; without one the vendor stores them.",
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
  description: 'The settings of a template to change. A field that is left out or null stays as it is.',
  fields: (t) => ({
    templateId: t.id({
      required: true,
      description: 'The vendor id or global id of the template whose settings change.',
    }),
    ...settingsFields(t),
  }),
});

builder.inputType(ThumbnailsInput, {
  description: 'Settings for the still pictures that are taken from a recording.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether thumbnails are to be taken.' }),
    ...sizeFields(t, 'a thumbnail'),
    offsetsSeconds: t.intList({
      description: 'The times at which to take a thumbnail, in seconds from the beginning of the recording.',
    }),
    fps: t.int({ description: 'The rate at which to take thumbnails, in pictures a second.' }),
  }),
});

const WhiteboardInput = builder.inputType('WhiteboardPermissionsInput', {
  description: 'The roles that are to have access to the whiteboard. A role may be in several lists.',
  fields: (t) => ({
    admin: t.stringList({
      description: 'The names of the roles that are to open, close and view the whiteboard.',
    }),
    writer: t.stringList({
      description: 'The names of the roles that are to draw on the whiteboard and view it.',
    }),
    reader: t.stringList({ description: 'The names of the roles that are to view the whiteboard.' }),
  }),
});

builder.inputType(TemplatePluginsInput, {
  description: 'The plugins that rooms of a template are to have: the whiteboard and live captions.',
  fields: (t) => ({
    whiteboard: t.field({
      type: WhiteboardInput,
      description: 'Turns the whiteboard on and gives roles access to it.',
    }),
    captionAdmins: t.stringList({
      description: 'The names of the roles that are to switch live captions on and off.',
    }),
  }),
});

const BrowserCompositeInput = builder.inputType('BrowserCompositeInput', {
  description: 'Settings for a composite recording: a browser joins the room and records its picture.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether composite recordings of the room can be started.' }),
    autoStart: t.boolean({
      description: 'Whether the composite recording is to start when the first peer joins.',
    }),
    autoStopTimeoutSeconds: autoStopTimeout(t, 'the composite recording'),
    ...sizeFields(t, 'the composite recording'),
  }),
});

const StreamRecordingInput = builder.inputType('StreamRecordingInput', {
  description: "Settings for stream recordings: each peer's audio and video in one file.",
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether a stream recording is made of each peer.' }),
    ...sizeFields(t, 'a stream recording'),
  }),
});

builder.inputType(RecordingConfigInput, {
  description:
    'The recording settings of a template to change. A field that is left out or null stays as it is.',
  fields: (t) => ({
    templateId: t.id({
      required: true,
      description: 'The vendor id or global id of the template whose recording settings change.',
    }),
    name: t.string({
      description: 'The name of the recording configuration. Required while the template has none.',
    }),
    role: t.string({
      description:
        'The name of the role in which the recorder joins the room. Required while the template has no recording configuration.',
    }),
    maxDurationSeconds: t.int({ description: 'The seconds after which the vendor ends a recording.' }),
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
      description: "Whether recordings of a web page of the app's own can be started.",
    }),
    trackRecordingEnabled: t.boolean({
      description: 'Whether each track is to be recorded to a file of its own.',
    }),
    streamRecording: t.field({
      type: StreamRecordingInput,
      description: 'Settings for stream recordings of each peer.',
    }),
  }),
});
