// What callers give of a template beside roles and destinations: settings, plugins, recording configuration.
import { builder } from '../builder.ts';
import {
  RecordingConfigInput,
  StorageInput,
  TemplatePluginsInput,
  TemplateSettingsInput,
  ThumbnailsInput,
  UpdateTemplateSettingsInput,
} from '../refs.ts';

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

const width = (t: InputFields) => t.int({ description: 'Pixels.' });
const height = width;
const maxDuration = (t: InputFields) => t.int({ description: 'End it after this many seconds.' });
const autoStopTimeout = (t: InputFields) =>
  t.int({
    description: 'How long it goes on after the last peer has left; the vendor does not document the unit.',
  });
const presignDuration = (t: InputFields) =>
  t.int({ description: 'Seconds for which links to its files are good.' });
const TemplateRegion = builder.enumType('TemplateRegion', {
  description: "Where the media servers of a template's rooms are.",
  values: {
    AUTO: { value: 'auto', description: 'Chosen by the platform.' },
    EU: { value: 'eu', description: 'Europe.' },
    IN: { value: 'in', description: 'India.' },
    US: { value: 'us', description: 'United States.' },
  } as const,
});

const RoomStateInput = builder.inputType('RoomStateSettingsInput', {
  description: 'What people learn of a room before they join it.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether anything is told at all.' }),
    messageInterval: t.int({ description: 'Seconds between two messages: a multiple of 5 from 5 to 3,600.' }),
    sendPeerList: t.boolean({ description: 'Whether the list of peers is told, or only their number.' }),
    stopRoomStateOnJoin: t.boolean({ description: 'Whether it ends for those who have joined.' }),
  }),
});

/** Settings stand in an input of their own and in that of their mutation. */
const settingsFields = (t: InputFields) => ({
  region: t.field({ type: TemplateRegion, description: 'Where the media servers are.' }),
  recordingStorage: t.field({ type: StorageInput, description: 'Where recordings are put.' }),
  roomState: t.field({
    type: RoomStateInput,
    description: 'What people learn of a room before they join it.',
  }),
});

builder.inputType(TemplateSettingsInput, {
  description: 'Settings that hold for all rooms of a template.',
  fields: settingsFields,
});

builder.inputType(UpdateTemplateSettingsInput, {
  description: 'What to change of the settings of a template. What is left out or null stays as it is.',
  fields: (t) => ({
    templateId: t.id({ required: true, description: 'Vendor id or global id of the template.' }),
    ...settingsFields(t),
  }),
});

builder.inputType(ThumbnailsInput, {
  description: 'Pictures taken from a recording.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether any are taken.' }),
    width: width(t),
    height: height(t),
    offsets: t.intList({ description: 'When they are taken, in seconds from the beginning.' }),
    fps: t.int({ description: 'Frames a second.' }),
  }),
});

const WhiteboardInput = builder.inputType('WhiteboardPermissionsInput', {
  description: 'Which roles may do what with the whiteboard; a role may be in several lists.',
  fields: (t) => ({
    admin: t.stringList({ description: 'Names of the roles that may open and close it, and see it.' }),
    writer: t.stringList({ description: 'Names of the roles that may draw on it and see it.' }),
    reader: t.stringList({ description: 'Names of the roles that may see it.' }),
  }),
});

builder.inputType(TemplatePluginsInput, {
  description: 'Additions that rooms of a template have.',
  fields: (t) => ({
    whiteboard: t.field({ type: WhiteboardInput, description: 'Who may use the whiteboard.' }),
    captionAdmins: t.stringList({
      description: 'Names of the roles that may switch live captions on and off.',
    }),
  }),
});

const BrowserCompositeInput = builder.inputType('BrowserCompositeInput', {
  description: 'A recording of the room as one picture, by a browser that joins it.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether it can be made.' }),
    autoStart: t.boolean({ description: 'Whether it begins with the first peer.' }),
    autoStopTimeout: autoStopTimeout(t),
    width: width(t),
    height: height(t),
  }),
});

const StreamRecordingInput = builder.inputType('StreamRecordingInput', {
  description: "A recording of each peer's sound and picture together.",
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether it is made.' }),
    width: width(t),
    height: height(t),
  }),
});

builder.inputType(RecordingConfigInput, {
  description: 'What to change of how the rooms of a template are recorded.',
  fields: (t) => ({
    templateId: t.id({ required: true, description: 'Vendor id or global id of the template.' }),
    name: t.string({ description: 'Its name. Needed where there is none yet.' }),
    role: t.string({
      description: 'Name of the role with which it sees the room. Needed where there is none yet.',
    }),
    maxDuration: maxDuration(t),
    presignDuration: presignDuration(t),
    thumbnails: t.field({ type: ThumbnailsInput, description: 'Pictures taken from it.' }),
    browserComposite: t.field({ type: BrowserCompositeInput, description: 'The room as one picture.' }),
    customCompositeEnabled: t.boolean({ description: "Whether a page of the app's own can be recorded." }),
    trackRecordingEnabled: t.boolean({ description: 'Whether each track is recorded by itself.' }),
    streamRecording: t.field({
      type: StreamRecordingInput,
      description: "Each peer's sound and picture together.",
    }),
  }),
});
