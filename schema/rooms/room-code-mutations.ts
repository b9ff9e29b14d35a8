// Making join codes and join tokens. Source: the vendor's Room Codes API and its page on tokens.
import {
  createAuthTokenOf,
  createRoomCodeOf,
  createRoomCodesOf,
  MAX_TOKEN_SECONDS,
  exchangeRoomCodeOf,
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
  description: 'The codes of a room that were made together.',
  fields: (t) => ({
    codes: t.field({
      type: [RoomCode],
      description: 'One or more a role.',
      resolve: (created) => [...created.codes],
    }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that they open.',
      resolve: (created, _args, context) => roomWithId(created.roomId, context),
    }),
  }),
});

const AuthToken = builder.objectRef<JoinToken>('AuthToken').implement({
  description:
    'What a client SDK needs to join a room. Whoever has it can join: hand it to that person alone.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'The token (a JWT).' }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Until when it lets its holder join; who has joined by then may stay. Null where a token of the vendor does not say.',
      resolve: (token) => token.expiresAt,
    }),
  }),
});

const CreateRoomCodesInput = builder.inputType('CreateRoomCodesInput', {
  description: 'The room for whose roles codes are made.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
  }),
});

const CreateRoomCodeInput = builder.inputType('CreateRoomCodeInput', {
  description: 'The role for which a code is made.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
    role: t.string({ required: true, description: "Name of a role of the room's template." }),
  }),
});

const SetRoomCodeEnabledInput = builder.inputType('SetRoomCodeEnabledInput', {
  description: 'The code to enable or disable.',
  fields: (t) => ({
    code: t.id({ required: true, description: 'The code itself, or the global id of the `RoomCode`.' }),
  }),
});

const CreateAuthTokenInput = builder.inputType('CreateAuthTokenInput', {
  description: 'Who may join which room, and as what.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
    role: t.string({ required: true, description: "Name of a role of the room's template." }),
    userId: t.string({ required: true, description: "The app's own id of the person." }),
    validForSeconds: t.int({
      required: true,
      defaultValue: 24 * 3600,
      description: `For how many seconds it lets its holder join: 1 to ${MAX_TOKEN_SECONDS} (two weeks).`,
    }),
  }),
});

const ExchangeRoomCodeInput = builder.inputType('ExchangeRoomCodeInput', {
  description: 'The code to exchange, and who joins with it.',
  fields: (t) => ({
    code: t.id({ required: true, description: 'The code itself, or the global id of the `RoomCode`.' }),
    userId: t.string({ description: "The app's own id of the person." }),
  }),
});

builder.mutationFields((t) => ({
  createRoomCodes: t.field({
    type: RoomCodes,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), room: input.roomId }),
    ...calls(1),
    description:
      'Makes a code for every role of a room, and disables the codes of roles that are gone. Whether existing codes are answered again or new ones made is up to the vendor.',
    args: { input: t.arg({ type: CreateRoomCodesInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => createRoomCodesOf(input.roomId, context),
  }),
  createRoomCode: t.field({
    type: RoomCode,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), room: input.roomId }),
    ...calls(1),
    description: 'Makes one more code for a role; at most 100 a room.',
    args: { input: t.arg({ type: CreateRoomCodeInput, required: true, description: 'The role.' }) },
    resolve: (_root, { input }, context) => createRoomCodeOf(input, context),
  }),
  enableRoomCode: t.field({
    type: RoomCode,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), roomCode: input.code }),
    ...calls(1),
    description: 'Lets a code open its room again.',
    args: { input: t.arg({ type: SetRoomCodeEnabledInput, required: true, description: 'The code.' }) },
    resolve: (_root, { input }, context) => setRoomCodeEnabled(input.code, true, context),
  }),
  disableRoomCode: t.field({
    type: RoomCode,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('room-codes'), roomCode: input.code }),
    ...calls(1),
    description: 'Makes a code open its room no more.',
    args: { input: t.arg({ type: SetRoomCodeEnabledInput, required: true, description: 'The code.' }) },
    resolve: (_root, { input }, context) => setRoomCodeEnabled(input.code, false, context),
  }),
  exchangeRoomCode: t.field({
    type: AuthToken,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('tokens'), roomCode: input.code }),
    ...calls(1),
    description: 'Gets from the vendor the token that a room code stands for, as its client SDKs do.',
    args: { input: t.arg({ type: ExchangeRoomCodeInput, required: true, description: 'The code.' }) },
    resolve: (_root, { input }, context) => exchangeRoomCodeOf(input, context),
  }),
  createAuthToken: t.field({
    type: AuthToken,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('tokens'), room: input.roomId }),
    ...batched,
    description:
      'Makes a token with which one person joins a room in one role. It is made by the gateway itself; the room and its template are read first.',
    args: { input: t.arg({ type: CreateAuthTokenInput, required: true, description: 'Who joins.' }) },
    resolve: (_root, { input }, context) => createAuthTokenOf(input, context),
  }),
}));
