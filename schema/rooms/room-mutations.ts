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
  description: 'Recording settings for one room. They replace all recording settings of the template.',
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether the vendor records each session of the room; false by default.',
    }),
    storage: t.field({
      type: StorageInput,
      description: "The bucket for recordings of the room; by default the vendor's storage.",
    }),
  }),
});

const HeaderInput = builder.inputType('WebhookHeaderInput', {
  description:
    'An HTTP header that the vendor sends with each webhook of a room. The gateway passes it on and never shows it again.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name of the HTTP header to send with webhooks.' }),
    value: t.string({ required: true, description: 'The value of the header. Treat it as a secret.' }),
  }),
});

const RoomWebhookInput = builder.inputType('RoomWebhookInput', {
  description: "Where the vendor sends a room's webhooks, instead of to the workspace's URL.",
  fields: (t) => ({
    url: t.string({
      required: true,
      description: 'The URL to which the vendor posts the webhooks of the room.',
    }),
    headers: t.field({
      type: [HeaderInput],
      description:
        'The HTTP headers that the vendor sends with each webhook, for example with a shared secret.',
    }),
  }),
});

/** The settings that both `createRoom` and `updateRoom` take. */
const settings = (t: InputFields) => ({
  description: t.string({ description: 'Free text to describe the room.' }),
  region: t.field({
    type: Region,
    description: "The region of the room's media servers.",
  }),
  largeRoom: t.boolean({ description: 'Whether the room may have more than 2,500 peers at a time.' }),
  size: t.int({
    description: 'Maximum number of peers in the room at a time: 0 to 2,500, or to 20,000 with `largeRoom`.',
  }),
  maxDurationSeconds: t.int({
    description:
      'Maximum duration of a session of the room, in seconds, 120 to 43,200; the vendor then ends it.',
  }),
  recording: t.field({
    type: RoomRecordingInput,
    description: "The room's own recording settings, which replace those of the template.",
  }),
  webhook: t.field({
    type: RoomWebhookInput,
    description: 'Where the vendor sends the webhooks of the room.',
  }),
  pollIds: t.idList({
    description:
      'The vendor ids or global ids of the polls to link to the room. They replace all polls that are linked now.',
  }),
});

const CreateRoomInput = builder.inputType('CreateRoomInput', {
  description: "The room to create. Fields that are omitted or null get the vendor's default.",
  fields: (t) => ({
    name: t.string({
      description:
        'The name of the new room: letters, digits and `. - : _`. Unique; upper and lower case count as equal. A UUID by default.',
    }),
    templateId: t.id({
      description:
        "The vendor id or global id of the template for the room; by default the workspace's default template.",
    }),
    ifExists: t.field({
      type: IfExists,
      required: true,
      defaultValue: 'FAIL',
      description: 'What to do if a room with this name exists. `FAIL` costs up to 2 more REST calls.',
    }),
    ...settings(t),
  }),
});

const UpdateRoomInput = builder.inputType('UpdateRoomInput', {
  description: 'The settings of a room to change. Fields that are omitted or null keep their values.',
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
