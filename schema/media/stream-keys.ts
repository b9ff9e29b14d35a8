// StreamKey: its fields, its queries, and the mutations that create and disable it. Source: the vendor's Stream Key API.
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import {
  createStreamKey,
  disableStreamKey,
  streamKeyOfRoom,
  streamKeyOfRoomId,
  type DisabledStreamKey as DisabledStreamKeyValue,
} from '../../resolvers/media/stream-keys.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import type { StreamKeyResource } from '../../src/rest/media/stream-keys.ts';
import { reads, writes } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, calls } from '../prices.ts';
import { Room, StreamKey } from '../refs.ts';

builder.objectType(StreamKey, {
  access: { ...reads('stream-keys'), room: (key) => key.room_id },
  description:
    'Lets an encoder such as OBS stream into a room over RTMP. The key itself is a secret: only the mutation that creates it shows it. A stream key never expires, but it does not work while its room is disabled.',
  fields: (t) => ({
    hmsId: t.exposeID('id', {
      description: "The vendor's id of the stream key: 24 hexadecimal digits. This is not the secret.",
    }),
    url: t.string({
      nullable: true,
      pure: true,
      description:
        'RTMP address for the encoder, without the secret. It may change, so read it before each stream. Null if the vendor omits it.',
      resolve: (key) => textOrNull(key.url),
    }),
    enabled: t.boolean({
      pure: true,
      description: 'Whether encoders can use the stream key. Once disabled, it stays disabled.',
      resolve: (key) => key.enabled ?? false,
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room that the stream key lets an encoder stream into; null if it no longer exists.',
      resolve: (key, _args, context) => roomWithId(key.room_id, context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the stream key was created; null if the vendor omits it.',
      resolve: (key) => instantOrNull(key.created_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description:
        'The time at which the stream key was last changed, for example disabled; null if the vendor omits it.',
      resolve: (key) => instantOrNull(key.updated_at),
    }),
  }),
});

const CreatedStreamKey = builder.objectRef<StreamKeyResource>('CreatedStreamKey').implement({
  description: 'A new stream key. Only this type shows the secret.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'The secret that the encoder sends. Store it: it is never shown again.',
    }),
    streamKey: t.field({
      type: StreamKey,
      description: 'The new stream key without its secret.',
      resolve: (key) => key,
    }),
  }),
});

const DisabledStreamKey = builder.objectRef<DisabledStreamKeyValue>('DisabledStreamKey').implement({
  description: 'The answer to disabling a stream key.',
  fields: (t) => ({
    message: t.exposeString('message', {
      description: "The vendor's confirmation that the stream key is disabled, in English.",
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description: 'The room that encoders could stream into with the key; null if it no longer exists.',
      resolve: (disabled, _args, context) => roomWithId(disabled.roomId, context),
    }),
  }),
});

const StreamKeyInput = builder.inputType('StreamKeyInput', {
  description: 'The room whose stream key to create or disable.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'Vendor id or global id of the room that the stream key belongs to.',
    }),
  }),
});

builder.queryField('streamKey', (t) =>
  t.field({
    type: StreamKey,
    nullable: true,
    access: { ...reads('stream-keys'), room: (_root, { roomId }) => roomId },
    ...calls(1),
    description:
      'The active stream key of a room; null if the room has no active stream key, is disabled or does not exist. Costs one REST call.',
    args: {
      roomId: t.arg.id({
        required: true,
        description: 'Vendor id or global id of the room whose stream key to read.',
      }),
    },
    resolve: (_root, { roomId }, context) => streamKeyOfRoomId(roomId, context),
  }),
);

builder.objectField(Room, 'streamKey', (t) =>
  t.field({
    type: StreamKey,
    nullable: true,
    access: reads('stream-keys'),
    ...calls(1),
    description:
      'The active stream key of this room; null if the room has no active stream key or is disabled. Costs one REST call for each room.',
    resolve: (room, _args, context) => streamKeyOfRoom(room, context),
  }),
);

builder.mutationFields((t) => ({
  createStreamKey: t.field({
    type: CreatedStreamKey,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('stream-keys'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Creates a stream key for a room without an active one; disable the old key first. Costs one REST call.',
    args: {
      input: t.arg({
        type: StreamKeyInput,
        required: true,
        description: 'The room that gets the stream key.',
      }),
    },
    resolve: (_root, { input }, context) => createStreamKey(input, context),
  }),
  disableStreamKey: t.field({
    type: DisabledStreamKey,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('stream-keys'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Disables the active stream key of a room. It cannot be enabled again; create a new one instead. Costs one REST call.',
    args: {
      input: t.arg({
        type: StreamKeyInput,
        required: true,
        description: 'The room whose stream key is disabled.',
      }),
    },
    resolve: (_root, { input }, context) => disableStreamKey(input, context),
  }),
}));
