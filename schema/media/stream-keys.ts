// StreamKey: its fields, and how it is made and disabled. Source: the vendor's Stream Key API.
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import {
  createStreamKeyOf,
  disableStreamKeyOf,
  streamKeyOfRoom,
  streamKeyOfRoomId,
  type DisabledStreamKey as DisabledStreamKeyValue,
} from '../../resolvers/media/stream-keys.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type { StreamKeyResource } from '../../src/rest/media/stream-keys.ts';
import { reads, writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';
import { Room, StreamKey } from '../refs.ts';

builder.objectType(StreamKey, {
  authScopes: (key) => ({ ...reads('stream-keys'), room: key.room_id }),
  description:
    'A key with which an encoder streams into a room over RTMP. The key itself is a secret, shown only to whoever has just created it. It never expires; it does not work while its room is disabled.',
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
    url: t.string({
      nullable: true,
      description: 'Where the encoder streams to. It may change: read it before each stream.',
      resolve: (key) => textOrNull(key.url),
    }),
    enabled: t.boolean({
      description: 'Whether it works.',
      resolve: (key) => key.enabled ?? false,
    }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that it opens.',
      resolve: (key, _args, context) => roomWithId(key.room_id, context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was made.',
      resolve: (key) => instantOrNull(key.created_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last enabled or disabled.',
      resolve: (key) => instantOrNull(key.updated_at),
    }),
  }),
});

const CreatedStreamKey = builder.objectRef<StreamKeyResource>('CreatedStreamKey').implement({
  description: 'A stream key that was just made.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The secret itself. No other field shows it.' }),
    streamKey: t.field({
      type: StreamKey,
      description: 'What is known of it besides.',
      resolve: (key) => key,
    }),
  }),
});

const DisabledStreamKey = builder.objectRef<DisabledStreamKeyValue>('DisabledStreamKey').implement({
  description: 'That a stream key works no more.',
  fields: (t) => ({
    message: t.exposeString('message', { description: "The vendor's words." }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that it opened.',
      resolve: (disabled, _args, context) => roomWithId(disabled.roomId, context),
    }),
  }),
});

const StreamKeyInput = builder.inputType('StreamKeyInput', {
  description: 'Whose stream key.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
  }),
});

builder.queryField('streamKey', (t) =>
  t.field({
    type: StreamKey,
    nullable: true,
    authScopes: (_root, { roomId }) => ({ ...reads('stream-keys'), room: roomId }),
    ...calls(1),
    description:
      'The active stream key of a room; null when it has none or does not exist. The vendor refuses to tell that of a disabled room.',
    args: { roomId: t.arg.id({ required: true, description: 'Vendor id or global id of the room.' }) },
    resolve: (_root, { roomId }, context) => streamKeyOfRoomId(roomId, context),
  }),
);

builder.objectField(Room, 'streamKey', (t) =>
  t.field({
    type: StreamKey,
    nullable: true,
    authScopes: reads('stream-keys'),
    ...calls(1),
    description:
      'Its active stream key; null when it has none. The vendor refuses to tell that of a disabled room. One REST call a room.',
    resolve: (room, _args, context) => streamKeyOfRoom(room, context),
  }),
);

builder.mutationFields((t) => ({
  createStreamKey: t.field({
    type: CreatedStreamKey,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('stream-keys'), room: input.roomId }),
    ...calls(1),
    description:
      'Makes a stream key for a room that has no active one. A new key needs the old one disabled first.',
    args: { input: t.arg({ type: StreamKeyInput, required: true, description: 'For which room.' }) },
    resolve: (_root, { input }, context) => createStreamKeyOf(input, context),
  }),
  disableStreamKey: t.field({
    type: DisabledStreamKey,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('stream-keys'), room: input.roomId }),
    ...calls(1),
    description: "Disables a room's stream key for good.",
    args: { input: t.arg({ type: StreamKeyInput, required: true, description: 'Of which room.' }) },
    resolve: (_root, { input }, context) => disableStreamKeyOf(input, context),
  }),
}));
