// Mutations that create room codes and the tokens with which clients join. Source: the vendor's Room Codes API and its
// page on tokens.
import {
  createAuthToken,
  createRoomCode,
  createRoomCodes,
  MAX_TOKEN_SECONDS,
  exchangeRoomCode,
  setRoomCodeEnabled,
  type JoinToken,
  type RoomCodes as RoomCodesValue,
} from '../../resolvers/rooms/room-code-mutations.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, calls } from '../prices.ts';
import { Room, RoomCode } from '../refs.ts';

const RoomCodes = builder.objectRef<RoomCodesValue>('RoomCodes').implement({
  description: 'The codes that `createRoomCodes` returned for a room.',
  fields: (t) => ({
    codes: t.field({
      type: [RoomCode],
      description: "The codes, one or more for each role of the room's template.",
      resolve: (created) => [...created.codes],
    }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that people join by these codes.',
      resolve: (created, _args, context) => roomWithId(created.roomId, context),
    }),
  }),
});

const AuthToken = builder.objectRef<JoinToken>('AuthToken').implement({
  description:
    'A token with which a client SDK joins a room. Anyone who has the token can join, so give it only to its user.',
  fields: (t) => ({
    token: t.exposeString('token', {
      description: 'The token: a JWT, which names the room, the role and the user.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The time until which the token lets its user join; a user who has joined by then may stay. Null if the vendor issued the token without an expiry.',
      resolve: (token) => token.expiresAt,
    }),
  }),
});

const CreateRoomCodesInput = builder.inputType('CreateRoomCodesInput', {
  description: 'The room for whose roles to create codes.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'The vendor id or global id of the room to create codes for.',
    }),
  }),
});

const CreateRoomCodeInput = builder.inputType('CreateRoomCodeInput', {
  description: 'The room and the role for which to create a code.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'The vendor id or global id of the room to create a code for.',
    }),
    role: t.string({
      required: true,
      description: "The name of the role, of the room's template, in which the code lets people in.",
    }),
  }),
});

const SetRoomCodeEnabledInput = builder.inputType('SetRoomCodeEnabledInput', {
  description: 'The room code to enable or disable.',
  fields: (t) => ({
    code: t.id({ required: true, description: 'The code to switch, or the global id of its `RoomCode`.' }),
  }),
});

const CreateAuthTokenInput = builder.inputType('CreateAuthTokenInput', {
  description: 'The room, role and user for which to create a token.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'The vendor id or global id of the room that the token joins.',
    }),
    role: t.string({
      required: true,
      description: "The name of the role, of the room's template, in which the user joins.",
    }),
    userId: t.string({
      required: true,
      description: "The app's own id of the user; peers show it as `userId`.",
    }),
    validForSeconds: t.int({
      required: true,
      defaultValue: 24 * 3600,
      description: `The seconds for which the token lets its user join: 1 to ${MAX_TOKEN_SECONDS} (two weeks); a day by default.`,
    }),
  }),
});

const ExchangeRoomCodeInput = builder.inputType('ExchangeRoomCodeInput', {
  description: 'The room code to exchange, and the user who joins.',
  fields: (t) => ({
    code: t.id({ required: true, description: 'The code to exchange, or the global id of its `RoomCode`.' }),
    userId: t.string({ description: "The app's own id of the user; without it the peer has no `userId`." }),
  }),
});

builder.mutationFields((t) => ({
  createRoomCodes: t.field({
    type: RoomCodes,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), room: input.roomId }),
    ...calls(1),
    description:
      'Creates a code for each role of a room, and disables codes of roles that the template no longer has. Whether a role that has a code gets another one is up to the vendor. Costs one REST call.',
    args: {
      input: t.arg({
        type: CreateRoomCodesInput,
        required: true,
        description: 'The room for whose roles codes are created.',
      }),
    },
    resolve: (_root, { input }, context) => createRoomCodes(input.roomId, context),
  }),
  createRoomCode: t.field({
    type: RoomCode,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), room: input.roomId }),
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
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), roomCode: input.code }),
    ...calls(1),
    description: 'Enables a room code, so that people can join by it again. Costs one REST call.',
    args: {
      input: t.arg({ type: SetRoomCodeEnabledInput, required: true, description: 'The code to enable.' }),
    },
    resolve: (_root, { input }, context) => setRoomCodeEnabled(input.code, true, context),
  }),
  disableRoomCode: t.field({
    type: RoomCode,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), roomCode: input.code }),
    ...calls(1),
    description:
      'Disables a room code, so that nobody can join by it. People who have joined stay. Costs one REST call.',
    args: {
      input: t.arg({ type: SetRoomCodeEnabledInput, required: true, description: 'The code to disable.' }),
    },
    resolve: (_root, { input }, context) => setRoomCodeEnabled(input.code, false, context),
  }),
  exchangeRoomCode: t.field({
    type: AuthToken,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('tokens'), roomCode: input.code }),
    ...calls(1),
    description:
      "Exchanges a room code for a token at the vendor, as the vendor's client SDKs do. Costs one call to the vendor.",
    args: {
      input: t.arg({
        type: ExchangeRoomCodeInput,
        required: true,
        description: 'The code to exchange for a token.',
      }),
    },
    resolve: (_root, { input }, context) => exchangeRoomCode(input, context),
  }),
  createAuthToken: t.field({
    type: AuthToken,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('tokens'), room: input.roomId }),
    ...batched,
    description:
      'Creates a token with which one user joins a room in one role. The gateway signs it itself; it first reads the room and its template, usually from memory.',
    args: {
      input: t.arg({
        type: CreateAuthTokenInput,
        required: true,
        description: 'The user, room and role of the token.',
      }),
    },
    resolve: (_root, { input }, context) => createAuthToken(input, context),
  }),
}));
