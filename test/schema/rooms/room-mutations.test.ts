// Creating, changing, enabling and disabling rooms: the sent body, the kept fields, the next query. The vendor's
// documented refusals are in room-errors.test.ts.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import type { CreateRoomInput } from '../../generated/graphql.ts';
import { memoryLog } from '../../support/memory-log.ts';
import {
  createRoom,
  disableRoom,
  enableRoom,
  readRoom,
  readRoomCodes,
  updateRoom,
} from './room-documents.ts';
import { invalidAt, MISSING, notFound, refusedWith, startScene } from './room-scene.ts';

const SECRETS = {
  storageKey: 'CANARY-storage-key',
  storageSecret: 'CANARY-storage-secret',
  header: 'CANARY-header',
};

/** Settings of every kind, with a secret at each place that can hold one. */
const everything = {
  description: 'Evening class',
  region: 'EU',
  largeRoom: true,
  size: 5000,
  maxDurationSeconds: 5400,
  pollIds: [MISSING],
  recording: {
    enabled: true,
    storage: {
      type: 'S3',
      location: 'bucket',
      prefix: 'class',
      region: 'eu-west-1',
      credentials: { key: SECRETS.storageKey, secret: SECRETS.storageSecret },
    },
  },
  webhook: { url: 'https://hooks.example.com/in', headers: [{ name: 'x-secret', value: SECRETS.header }] },
} satisfies CreateRoomInput;

/** The same settings as the vendor stores them. */
const everythingKept = {
  description: 'Evening class',
  region: 'eu',
  largeRoom: true,
  size: 5000,
  maxDurationSeconds: 5400,
  polls: [MISSING],
  recordingInfo: {
    enabled: true,
    upload_info: {
      type: 's3',
      location: 'bucket',
      prefix: 'class',
      options: { region: 'eu-west-1' },
      credentials: { key: SECRETS.storageKey, secret: SECRETS.storageSecret },
    },
  },
  webhook: { url: 'https://hooks.example.com/in', headers: { 'x-secret': SECRETS.header } },
};

/** The same settings as the graph returns them. */
const everythingShown = {
  __typename: 'Room',
  description: 'Evening class',
  enabled: true,
  region: 'EU',
  largeRoom: true,
  size: 5000,
  maxDurationSeconds: 5400,
  pollIds: [MISSING],
  recording: {
    enabled: true,
    storage: { type: 'S3', location: 'bucket', prefix: 'class', region: 'eu-west-1' },
  },
  webhookUrl: 'https://hooks.example.com/in',
};

const lookUps = (name: string) => [
  `GET /rooms?enabled=true&name=${name}&limit=10`,
  `GET /rooms?enabled=false&name=${name}&limit=10`,
];

function expectNoSecret(text: string): void {
  expect(text).not.toMatch(/CANARY/);
}

describe('creating a room', () => {
  it('sends the given settings, and returns them without the secrets', async () => {
    const { log, text } = memoryLog();
    await using scene = await startScene({ log });
    const { id: templateId } = scene.world.templates.create({ name: 'class', roles: { pupil: {} } });
    const { result } = await scene.data(createRoom, {
      input: { name: 'maths', templateId: encodeGlobalId('Template', templateId), ...everything },
    });
    expect(scene.sent()).toEqual([...lookUps('maths'), 'POST /rooms']);
    const kept = scene.world.rooms.byName('maths');
    expect(kept).toMatchObject({ name: 'maths', templateId, enabled: true, ...everythingKept });
    expect(result).toMatchObject({ hmsId: kept?.id, name: 'maths', ...everythingShown });
    expectNoSecret(JSON.stringify(result) + text());
  });

  it('sends no key for a missing or null setting, so that the vendor uses its defaults and a generated name', async () => {
    await using scene = await startScene();
    const { result } = await scene.data(createRoom, {
      input: { name: null, description: null, size: null, recording: null, webhook: null, pollIds: null },
    });
    expect(scene.sent()).toEqual(['POST /rooms']);
    expect(result).toMatchObject({
      __typename: 'Room',
      name: expect.stringMatching(/^[0-9a-f-]{36}$/),
      description: null,
      enabled: true,
      largeRoom: false,
      size: null,
      maxDurationSeconds: null,
      recording: null,
      webhookUrl: null,
      pollIds: [],
    });
  });

  it.each([true, false])(
    'is a ConflictError if a room has the name in any case (enabled: %s)',
    async (enabled) => {
      await using scene = await startScene();
      const before = scene.world.rooms.update(scene.room.id, { enabled });
      const { result } = await scene.data(createRoom, {
        input: { name: 'Room-0', description: 'mine now', ifExists: 'FAIL' },
      });
      expect(result).toEqual({
        __typename: 'ConflictError',
        message: 'A room with the name "Room-0" already exists.',
      });
      expect(scene.sent()).toEqual(lookUps('Room-0').slice(0, enabled ? 1 : 2));
      expect(scene.world.rooms.get(scene.room.id)).toBe(before);
    },
  );

  it('with OVERWRITE changes the given settings of that room, at one call, and queries see it', async () => {
    await using scene = await startScene();
    const { id } = scene.world.rooms.update(scene.room.id, {
      description: 'before',
      maxDurationSeconds: 600,
    });
    expect(await scene.data(readRoom, { id })).toMatchObject({ room: { description: 'before', size: null } });
    scene.sent();
    const { result } = await scene.data(createRoom, {
      input: { name: 'ROOM-0', description: 'after', size: 2500, ifExists: 'OVERWRITE' },
    });
    expect(scene.sent()).toEqual(['POST /rooms']);
    const after = { hmsId: id, name: 'room-0', description: 'after', size: 2500, maxDurationSeconds: 600 };
    expect(result).toMatchObject(after);
    expect(await scene.data(readRoom, { id })).toMatchObject({ room: after });
    expect(scene.world.rooms.all.size).toBe(1);
  });

  it('checks the whole input before it looks up the name', async () => {
    await using scene = await startScene();
    const { result } = await scene.data(createRoom, {
      input: { name: 'not a name', size: 2501, maxDurationSeconds: 1, webhook: { url: 'nowhere' } },
    });
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [
        { path: ['size'], message: 'must be at most 2500 unless largeRoom is true' },
        { path: ['name'], message: expect.stringContaining('must be one or more of the characters') },
        { path: ['maxDurationSeconds'], message: 'must be 120 or more' },
        {
          path: ['webhook', 'url'],
          message: 'must be a URL with its scheme, such as "https://example.com/hook"',
        },
      ],
    });
    expect(scene.sent()).toEqual([]);
  });
});

describe('changing a room', () => {
  it('sends only the given settings, and returns the changed room, as the next query does', async () => {
    const { log, text } = memoryLog();
    await using scene = await startScene({ log });
    const { id } = scene.room;
    const globalId = encodeGlobalId('Room', id);
    await scene.data(readRoom, { id });
    scene.sent();
    const first = await scene.data(updateRoom, { input: { id: globalId, ...everything } });
    expect(scene.sent()).toEqual([`POST /rooms/${id}`, `GET /rooms/${id}`]);
    expect(first.result).toMatchObject({ id: globalId, hmsId: id, name: 'room-0', ...everythingShown });
    expect(scene.world.rooms.get(id)).toMatchObject(everythingKept);

    const second = await scene.data(updateRoom, { input: { id, name: 'renamed', description: null } });
    expect(second.result).toMatchObject({ hmsId: id, ...everythingShown, name: 'renamed' });
    const next = await scene.data(readRoom, { id });
    expect(next.room).toMatchObject({ name: 'renamed', description: 'Evening class' });
    expectNoSecret(JSON.stringify([first, second, next]) + text());
  });

  it('to the name of another room is a ConflictError: the vendor changes neither and answers with the other', async () => {
    await using scene = await startScene();
    const other = scene.world.rooms.create({ name: 'taken' });
    const { result } = await scene.data(updateRoom, {
      input: { id: scene.room.id, name: 'Taken', description: 'mine now' },
    });
    expect(result).toEqual({
      __typename: 'ConflictError',
      message: 'Another room already has the name "taken".',
    });
    expect(scene.sent()).toEqual([`POST /rooms/${scene.room.id}`]);
    expect(scene.world.rooms.get(scene.room.id)).toBe(scene.room);
    expect(scene.world.rooms.get(other.id)).toBe(other);
  });

  it('to its own name in another case is no conflict', async () => {
    await using scene = await startScene();
    const { result } = await scene.data(updateRoom, { input: { id: scene.room.id, name: 'ROOM-0' } });
    expect(result).toMatchObject({ hmsId: scene.room.id, name: 'ROOM-0' });
  });

  it("does not send settings that the vendor's documentation excludes", async () => {
    await using scene = await startScene();
    const { id } = scene.room;
    const answer = async (settings: object) =>
      (await scene.data(updateRoom, { input: { id, ...settings } })).result;
    expect(await answer({ size: 20_001 })).toEqual(invalidAt(['size'], 'must be 20000 or less'));
    expect(await answer({ size: -1 })).toEqual(invalidAt(['size'], 'must be 0 or more'));
    expect(await answer({ maxDurationSeconds: 119 })).toEqual(
      invalidAt(['maxDurationSeconds'], 'must be 120 or more'),
    );
    expect(await answer({ maxDurationSeconds: 43_201 })).toEqual(
      invalidAt(['maxDurationSeconds'], 'must be 43200 or less'),
    );
    expect(scene.sent()).toEqual([]);
  });

  it('to a size over 2,500 is sent, so that the vendor decides: the room may be a large one', async () => {
    await using scene = await startScene();
    const { result } = await scene.data(updateRoom, { input: { id: scene.room.id, size: 3000 } });
    expect(result).toEqual(
      refusedWith(400, 'Invalid body param', [
        'Invalid body param: room size greater than 2500, set large_room flag as true',
      ]),
    );
  });
});

describe('linking polls to a room', () => {
  const [poll, other] = ['a'.repeat(24), 'b'.repeat(24)];

  it('takes their vendor ids and their global ids, on creation and later', async () => {
    await using scene = await startScene();
    const ids = [encodeGlobalId('Poll', poll), other.toUpperCase()];
    const { result } = await scene.data(createRoom, { input: { name: 'quiz', pollIds: ids } });
    expect(result).toMatchObject({ pollIds: [poll, other] });
    expect(scene.world.rooms.byName('quiz')?.polls).toEqual([poll, other]);
    const changed = await scene.data(updateRoom, { input: { id: scene.room.id, pollIds: ids.slice(0, 1) } });
    expect(changed.result).toMatchObject({ pollIds: [poll] });
    expect(scene.world.rooms.get(scene.room.id)?.polls).toEqual([poll]);
  });

  it.each([
    ['of no form', 'first-poll', '"first-poll" is neither'],
    ['of another type', encodeGlobalId('Room', poll), 'is the id of a Room'],
    ['with other digits', 'z'.repeat(24), 'is neither'],
  ])('refuses an id %s, and sends nothing', async (_form, id, message) => {
    await using scene = await startScene();
    for (const [document, input] of [
      [createRoom, { name: 'quiz', pollIds: [poll, id] }],
      [updateRoom, { id: scene.room.id, pollIds: [poll, id] }],
    ] as const) {
      const { errors } = await scene.ask(document, { input });
      expect(errors).toMatchObject([
        { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
    expect(scene.sent()).toEqual([]);
  });
});

describe('disabling a room', () => {
  it('prevents joining, keeps connected peers, returns the whole room, and enabling it undoes this', async () => {
    await using scene = await startScene();
    const { world } = scene;
    const { id } = world.rooms.update(scene.room.id, { description: 'Evening class' });
    const input = { id };
    const join = () => world.join(id, { name: 'Zoe', role: 'guest', userId: 'zoe' });

    const disabled = await scene.data(disableRoom, { input });
    expect(scene.sent()).toEqual([`POST /rooms/${id}`, `GET /rooms/${id}`]);
    // The vendor's answer has a blank description.
    expect(disabled.result).toMatchObject({ hmsId: id, enabled: false, description: 'Evening class' });
    expect(join).toThrow('disabled');
    expect(world.sessions.connectedPeers(id)).toHaveLength(3);
    expect(await scene.ask(readRoomCodes, { id })).toMatchObject({ data: { room: { roomCodes: null } } });

    const enabled = await scene.data(enableRoom, { input: { id: encodeGlobalId('Room', id) } });
    expect(enabled.result).toMatchObject({ hmsId: id, enabled: true, description: 'Evening class' });
    expect(join().name).toBe('Zoe');
    expect((await scene.data(readRoomCodes, { id })).room?.roomCodes).toHaveLength(1);
  });
});

describe.each([
  { mutation: 'updateRoom', document: updateRoom },
  { mutation: 'enableRoom', document: enableRoom },
  { mutation: 'disableRoom', document: disableRoom },
])('$mutation', ({ document }) => {
  it('returns a NotFoundError for a room that does not exist', async () => {
    await using scene = await startScene();
    const { result } = await scene.data(document, { input: { id: MISSING } });
    expect(result).toEqual(notFound('The room does not exist.'));
  });

  it('refuses an invalid room id, and sends nothing', async () => {
    await using scene = await startScene();
    const answer = await scene.ask(document, { input: { id: encodeGlobalId('Template', MISSING) } });
    expect(answer).toMatchObject({
      data: { result: null },
      errors: [{ path: ['result'], extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(scene.sent()).toEqual([]);
  });
});
