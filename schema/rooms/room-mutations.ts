// Mutations that create and change rooms. Source: the vendor's Rooms API.
import { createRoom, setRoomEnabled, updateRoom } from '../../resolvers/rooms/room-mutations.ts';
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import { ofWorkspace, writes } from '../access.ts';
import { builder } from '../builder.ts';
import { Region } from '../enums.ts';
import { IfExists, type InputFields } from '../inputs.ts';
import { calls } from '../prices.ts';
import { Room, StorageInput } from '../refs.ts';

const RoomRecordingInput = builder.inputType('RoomRecordingInput', {
  description:
    "Recording settings for one room. Once a room has its own, none of the template's apply to it.",
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether the vendor is to record each session of the room; false by default.',
    }),
    storage: t.field({
      type: StorageInput,
      description: 'The bucket into which to put recordings of the room; without one the vendor stores them.',
    }),
  }),
});

const HeaderInput = builder.inputType('WebhookHeaderInput', {
  description:
    'An HTTP header for the vendor to send with each webhook of a room. The gateway passes it on and never shows it again.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name of the HTTP header to send with webhooks.' }),
    value: t.string({ required: true, description: 'The value of the header. Treat it as a secret.' }),
  }),
});

const RoomWebhookInput = builder.inputType('RoomWebhookInput', {
  description: "The receiver of a room's webhooks, in place of the workspace's URL.",
  fields: (t) => ({
    url: t.string({
      required: true,
      description: 'The URL to which the vendor is to post the events of the room.',
    }),
    headers: t.field({
      type: [HeaderInput],
      description: 'The HTTP headers to send with each event, such as a shared secret.',
    }),
  }),
});

/** The settings that both `createRoom` and `updateRoom` take. */
const settings = (t: InputFields) => ({
  description: t.string({ description: 'Free text to describe the room.' }),
  region: t.field({
    type: Region,
    description: 'The region in which to run the media servers of the room.',
  }),
  largeRoom: t.boolean({ description: 'Whether the room is to hold more than 2,500 peers at a time.' }),
  size: t.int({
    description: 'The most peers to let into the room at a time: 0 to 2,500, or to 20,000 in a large room.',
  }),
  maxDurationSeconds: t.int({
    description: 'The seconds after which the vendor is to end a session of the room, 120 to 43,200.',
  }),
  recording: t.field({
    type: RoomRecordingInput,
    description: 'Recording settings of its own for the room.',
  }),
  webhook: t.field({ type: RoomWebhookInput, description: 'The receiver for webhooks of the room.' }),
  pollIds: t.idList({
    description: 'The vendor ids of the polls to link to the room. They replace the polls linked so far.',
  }),
});

const CreateRoomInput = builder.inputType('CreateRoomInput', {
  description: "The room to create. A field that is left out or null gets the vendor's default.",
  fields: (t) => ({
    name: t.string({
      description:
        'The name of the new room: letters, digits and `. - : _`, unique without regard to case; a UUID by default.',
    }),
    templateId: t.id({
      description:
        "The vendor id or global id of the template to make the room from; by default the workspace's default template.",
    }),
    ifExists: t.field({
      type: IfExists,
      required: true,
      defaultValue: 'FAIL',
      description: 'What to do if a room of that name exists. `FAIL` costs up to 2 more REST calls.',
    }),
    ...settings(t),
  }),
});

const UpdateRoomInput = builder.inputType('UpdateRoomInput', {
  description: 'The settings of a room to change. A field that is left out or null stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The vendor id or global id of the room to change.' }),
    name: t.string({ description: 'The new name of the room: letters, digits and `. - : _`.' }),
    ...settings(t),
  }),
});

const RoomInput = builder.inputType('SetRoomEnabledInput', {
  description: 'The room to enable or to disable.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The vendor id or global id of the room to enable or disable.' }),
  }),
});

builder.mutationFields((t) => ({
  createRoom: t.field({
    type: Room,
    errors: { types: [InvalidInputError, ConflictError, RefusedError] },
    access: { ...writes('rooms'), ...ofWorkspace },
    ...calls(3),
    description: 'Creates a room. Costs 1 REST call, and up to 2 more with `ifExists: FAIL`.',
    args: {
      input: t.arg({
        type: CreateRoomInput,
        required: true,
        description: 'The room to create, and what to do if its name is taken.',
      }),
    },
    resolve: (_root, { input }, context) => createRoom(input, context),
  }),
  updateRoom: t.field({
    type: Room,
    errors: { types: [NotFoundError, InvalidInputError, ConflictError, RefusedError] },
    access: { ...writes('rooms'), room: (_root, { input }) => input.id },
    ...calls(2),
    description:
      'Changes settings of a room. A running session keeps the settings with which it began. Costs 2 REST calls.',
    args: {
      input: t.arg({ type: UpdateRoomInput, required: true, description: 'The room and its new settings.' }),
    },
    resolve: (_root, { input }, context) => updateRoom(input, context),
  }),
  enableRoom: t.field({
    type: Room,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('rooms'), room: (_root, { input }) => input.id },
    ...calls(2),
    description: 'Enables a room, so that people can join it again. Costs 2 REST calls.',
    args: { input: t.arg({ type: RoomInput, required: true, description: 'The room to enable.' }) },
    resolve: (_root, { input }, context) => setRoomEnabled(input.id, true, context),
  }),
  disableRoom: t.field({
    type: Room,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('rooms'), room: (_root, { input }) => input.id },
    ...calls(2),
    description:
      'Disables a room, so that nobody can join it. Connected peers stay; `endRoom` removes them. The REST API cannot delete a room. Costs 2 REST calls.',
    args: { input: t.arg({ type: RoomInput, required: true, description: 'The room to disable.' }) },
    resolve: (_root, { input }, context) => setRoomEnabled(input.id, false, context),
  }),
}));
