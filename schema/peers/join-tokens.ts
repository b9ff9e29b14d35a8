// Mutations that return the tokens with which client SDKs join a room. Source: the vendor's page on tokens, and its API that
// exchanges a room code for a token.
import { InvalidInputError, NotFoundError } from '../../resolvers/outcomes.ts';
import {
  createAuthToken,
  exchangeRoomCode,
  MAX_TOKEN_SECONDS,
  type JoinToken,
} from '../../resolvers/peers/join-tokens.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';

const AuthToken = builder.objectRef<JoinToken>('AuthToken').implement({
  description:
    'A token that a client SDK needs to join a room. Anyone who has the token can join, so give it only to its user.',
  fields: (t) => ({
    token: t.exposeString('token', {
      description: 'The token: a JWT, which names the room, the role and the user.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the token expires. Its user must join before then; a user who has joined may stay. Null if the vendor issued the token without an expiry.',
      resolve: (token) => token.expiresAt,
    }),
  }),
});

const CreateAuthTokenInput = builder.inputType('CreateAuthTokenInput', {
  description: 'The room, role and user for which to create a token.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'The vendor id or global id of the room that the token is for.',
    }),
    role: t.string({
      required: true,
      description: "The name of the role that the user joins with; the room's template must have it.",
    }),
    userId: t.string({
      required: true,
      description: "The app's own id of the user; peers show it as `userId`.",
    }),
    validForSeconds: t.int({
      required: true,
      defaultValue: 24 * 3600,
      description: `How many seconds the token is valid for joining: 1 to ${MAX_TOKEN_SECONDS} (two weeks); a day by default.`,
    }),
  }),
});

const ExchangeRoomCodeInput = builder.inputType('ExchangeRoomCodeInput', {
  description: 'The room code to exchange for a token, and the user who joins.',
  fields: (t) => ({
    code: t.id({ required: true, description: 'The code to exchange, or the global id of its `RoomCode`.' }),
    userId: t.string({ description: "The app's own id of the user; if omitted, the peer has no `userId`." }),
  }),
});

builder.mutationFields((t) => ({
  exchangeRoomCode: t.field({
    type: AuthToken,
    errors: { types: [NotFoundError] },
    access: { ...writes('tokens'), roomCode: (_root, { input }) => input.code },
    ...calls(1),
    description:
      "Exchanges a room code for a token, as the vendor's client SDKs do. Costs one call to the vendor.",
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
    errors: { types: [NotFoundError, InvalidInputError] },
    access: { ...writes('tokens'), room: (_root, { input }) => input.roomId },
    ...calls(2),
    description:
      'Creates a token with which one user joins a room in one role. The gateway signs the token itself. It first reads the room and its template, usually from memory.',
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
