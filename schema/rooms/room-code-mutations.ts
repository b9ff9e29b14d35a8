// Mutations that create, enable and disable room codes. Source: the vendor's Room Codes API.
import {
  createRoomCode,
  createRoomCodes,
  setRoomCodeEnabled,
  type RoomCodes as RoomCodesValue,
} from '../../resolvers/rooms/room-code-mutations.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, calls, includedListOf } from '../prices.ts';
import { Room, RoomCode } from '../refs.ts';

const RoomCodes = builder.objectRef<RoomCodesValue>('RoomCodes').implement({
  description: 'The codes that `createRoomCodes` returned for a room.',
  fields: (t) => ({
    codes: t.field({
      type: [RoomCode],
      ...includedListOf(10),
      description: "The codes, one or more for each role of the room's template.",
      resolve: (created) => [...created.codes],
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room that people join by these codes.',
      resolve: (created, _args, context) => roomWithId(created.roomId, context),
    }),
  }),
});

const CreateRoomCodesInput = builder.inputType('CreateRoomCodesInput', {
  description: 'The room whose roles get codes.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'The vendor id or global id of the room to create codes for.',
    }),
  }),
});

const CreateRoomCodeInput = builder.inputType('CreateRoomCodeInput', {
  description: 'The room and the role that get a new code.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'The vendor id or global id of the room to create a code for.',
    }),
    role: t.string({
      required: true,
      description:
        "The name of the role that people join with by the code; the room's template must have it.",
    }),
  }),
});

const SetRoomCodeEnabledInput = builder.inputType('SetRoomCodeEnabledInput', {
  description: 'The room code to enable or disable.',
  fields: (t) => ({
    code: t.id({
      required: true,
      description: 'The code to enable or disable, or the global id of its `RoomCode`.',
    }),
  }),
});

builder.mutationFields((t) => ({
  createRoomCodes: t.field({
    type: RoomCodes,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('room-codes'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Creates a code for each role of a room, and disables codes of roles that the template no longer has. The vendor decides whether a role that already has a code gets another one. Costs one REST call.',
    args: {
      input: t.arg({
        type: CreateRoomCodesInput,
        required: true,
        description: 'The room whose roles get new codes.',
      }),
    },
    resolve: (_root, { input }, context) => createRoomCodes(input.roomId, context),
  }),
  createRoomCode: t.field({
    type: RoomCode,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('room-codes'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description: 'Creates one more code for a role. A room can have at most 100 codes. Costs one REST call.',
    args: {
      input: t.arg({
        type: CreateRoomCodeInput,
        required: true,
        description: 'The room and role of the new code.',
      }),
    },
    resolve: (_root, { input }, context) => createRoomCode(input, context),
  }),
  enableRoomCode: t.field({
    type: RoomCode,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('room-codes'), roomCode: (_root, { input }) => input.code },
    ...calls(1),
    description: 'Enables a room code, so that people can join by it again. Costs one REST call.',
    args: {
      input: t.arg({ type: SetRoomCodeEnabledInput, required: true, description: 'The code to enable.' }),
    },
    resolve: (_root, { input }, context) => setRoomCodeEnabled(input.code, true, context),
  }),
  disableRoomCode: t.field({
    type: RoomCode,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('room-codes'), roomCode: (_root, { input }) => input.code },
    ...calls(1),
    description:
      'Disables a room code, so that nobody can join by it. People who have joined stay. Costs one REST call.',
    args: {
      input: t.arg({ type: SetRoomCodeEnabledInput, required: true, description: 'The code to disable.' }),
    },
    resolve: (_root, { input }, context) => setRoomCodeEnabled(input.code, false, context),
  }),
}));
