// Creating and changing rooms. Source: the vendor's Rooms API.
import { createRoomOf, setRoomEnabled, updateRoomOf } from '../../resolvers/rooms/room-mutations.ts';
import { ofWorkspace, writes } from '../access.ts';
import { builder } from '../builder.ts';
import { IfExists, type InputFields } from '../inputs.ts';
import { calls } from '../prices.ts';
import { Room, StorageInput } from '../refs.ts';

const RoomRegion = builder.enumType('RoomRegion', {
  description: "Where a room's media servers are.",
  values: {
    AUTO: { value: 'auto', description: "The region of the room's template." },
    EU: { value: 'eu', description: 'Europe.' },
    IN: { value: 'in', description: 'India.' },
    US: { value: 'us', description: 'United States.' },
  } as const,
});

const RoomRecordingInput = builder.inputType('RoomRecordingInput', {
  description:
    "A room's own recording settings. Once given, the template's no longer apply to the room at all.",
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether the media server records each session; false without it.' }),
    storage: t.field({
      type: StorageInput,
      description: "Where recordings are put; without it the vendor's storage.",
    }),
  }),
});

const HeaderInput = builder.inputType('WebhookHeaderInput', {
  description: 'A header that the vendor sends with each webhook. It is passed on and never shown again.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the header.' }),
    value: t.string({ required: true, description: 'Its value: treat it as a secret.' }),
  }),
});

const RoomWebhookInput = builder.inputType('RoomWebhookInput', {
  description: "Where the vendor sends this room's events, instead of the workspace's URL.",
  fields: (t) => ({
    url: t.string({ required: true, description: 'URL that the events are posted to.' }),
    headers: t.field({ type: [HeaderInput], description: 'Headers sent with them.' }),
  }),
});

/** Fields that can be given when a room is created and when it is changed. */
const settings = (t: InputFields) => ({
  description: t.string({ description: 'Free text about the room.' }),
  region: t.field({ type: RoomRegion, description: 'Where its media servers are.' }),
  largeRoom: t.boolean({ description: 'Whether it is made for more than 2,500 peers.' }),
  size: t.int({ description: 'The most peers at a time: 0 to 2,500, to 20,000 in a large room.' }),
  maxDurationSeconds: t.int({ description: 'End a session after this many seconds, 120 to 43,200.' }),
  recording: t.field({ type: RoomRecordingInput, description: 'Its own recording settings.' }),
  webhook: t.field({ type: RoomWebhookInput, description: 'Where its events are sent.' }),
  pollIds: t.idList({ description: 'Vendor ids of the polls linked to it; replaces those linked before.' }),
});

const CreateRoomInput = builder.inputType('CreateRoomInput', {
  description: 'The room to create. What is left out or null gets its default.',
  fields: (t) => ({
    name: t.string({
      description:
        'Letters, digits and `. - : _`, unique without regard to case; a UUID where none is given.',
    }),
    templateId: t.id({
      description: "Vendor id or global id of its template; without it the workspace's default template.",
    }),
    ifExists: t.field({
      type: IfExists,
      required: true,
      defaultValue: 'FAIL',
      description: 'What to do when a room of that name exists. `FAIL` costs up to 2 REST calls more.',
    }),
    ...settings(t),
  }),
});

const UpdateRoomInput = builder.inputType('UpdateRoomInput', {
  description: 'What to change of a room. What is left out or null stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
    name: t.string({ description: 'Its new name: letters, digits and `. - : _`.' }),
    ...settings(t),
  }),
});

const RoomInput = builder.inputType('SetRoomEnabledInput', {
  description: 'The room to enable or disable.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
  }),
});

builder.mutationFields((t) => ({
  createRoom: t.field({
    type: Room,
    errors: {},
    authScopes: { ...writes('rooms'), ...ofWorkspace },
    ...calls(2),
    description: 'Creates a room.',
    args: { input: t.arg({ type: CreateRoomInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => createRoomOf(input, context),
  }),
  updateRoom: t.field({
    type: Room,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('rooms'), room: input.id }),
    ...calls(2),
    description: 'Changes settings of a room. A running session goes on as it began. 2 REST calls.',
    args: { input: t.arg({ type: UpdateRoomInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => updateRoomOf(input, context),
  }),
  enableRoom: t.field({
    type: Room,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('rooms'), room: input.id }),
    ...calls(2),
    description: 'Lets people join a room again. 2 REST calls.',
    args: { input: t.arg({ type: RoomInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => setRoomEnabled(input.id, true, context),
  }),
  disableRoom: t.field({
    type: Room,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('rooms'), room: input.id }),
    ...calls(2),
    description:
      'Lets nobody join a room any more; who is there may stay (see `endRoom`). There is no way to delete a room. 2 REST calls.',
    args: { input: t.arg({ type: RoomInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => setRoomEnabled(input.id, false, context),
  }),
}));
