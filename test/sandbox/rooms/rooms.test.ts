// Rooms of the sandbox over HTTP. The client checks every answer against the OpenAPI document.
import { describe, expect, test } from 'vitest';
import { idsOf, START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const upload = { type: 's3', location: 'bucket', credentials: { key: 'k', secret: 's' } };

describe('creating a room', () => {
  test('with an empty body creates an enabled room with a random name and the default template', async () => {
    await using lab = await startTestSandbox();
    const template = lab.world.templates.create({ name: 'first' });
    lab.world.templates.create({ name: 'second' });
    const { status, body } = await lab.rest.post('/rooms', {});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: expect.stringMatching(UUID),
      enabled: true,
      description: '',
      template_id: template.id,
      template: 'first',
      app_id: lab.world.appId,
      recording_source_template: true,
      large_room: false,
    });
    expect(body).not.toHaveProperty('size');
    expect(body).not.toHaveProperty('recording_info');
  });

  test('stores every documented field', async () => {
    await using lab = await startTestSandbox();
    const template = lab.world.templates.create({ name: 'mine' });
    const input = {
      name: 'maths:7',
      description: 'Evening class',
      template_id: template.id,
      region: 'in',
      large_room: true,
      size: 20_000,
      max_duration_seconds: 120,
      polls: ['64e0aa11c2d3e4f5a6b7c8d9'],
      webhook: { url: 'https://hooks.example.com/x', headers: { 'x-secret': 's' } },
      recording_info: { enabled: true, upload_info: upload },
    };
    const created = await lab.rest.post('/rooms', input);
    expect(created.body).toMatchObject({ ...input, recording_source_template: false });
    const [room] = lab.world.rooms.all.values();
    expect((await lab.rest.get(`/rooms/${room?.id}`)).body).toMatchObject(input);
  });

  test('with a known name, in any case, changes the given fields of that room and keeps its id', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create({ name: 'Maths', description: 'kept', size: 10 });
    const template = lab.world.templates.create({ name: 'other' });
    const { body } = await lab.rest.post('/rooms', { name: 'MATHS', size: 20, template_id: template.id });
    expect(body).toMatchObject({
      id: room.id,
      name: 'Maths',
      description: 'kept',
      size: 20,
      template: 'other',
    });
    expect(lab.world.rooms.all.size).toBe(1);
  });

  test.each([
    [{ size: 20_001, large_room: true }, 'room size greater than 20000'],
    [{ size: 2501 }, 'room size greater than 2500, set large_room flag as true'],
    [{ template: 'classroom' }, 'template. Use template_id'],
    [{ max_duration_seconds: 119 }, 'max_duration_seconds less than 120 seconds'],
    [{ max_duration_seconds: 43_201 }, 'max_duration_seconds greater than 43200 seconds'],
    [{ region: 'mars' }, 'region not supported'],
    [{ template_id: '64b2c7e19f4a3d0012ab34cd' }, 'template not found'],
    [
      { recording_info: { enabled: true, upload_info: { type: 's3' } } },
      'bucket location missing from upload_info',
    ],
    [{ recording_info: { upload_info: { ...upload, type: 'ftp' } } }, 'invalid upload configuration'],
    [{ name: 'with space' }, 'name must match pattern "^[A-Za-z0-9.\\-:_]+$"'],
    [{ size: 'many' }, 'size must be integer'],
    [[], 'must be object'],
  ])('refuses %j with the documented text', async (body, text) => {
    await using lab = await startTestSandbox();
    const answer = await lab.rest.post('/rooms', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 400, message: 'Invalid body param' });
    expect(answer.body).toHaveProperty('details', expect.arrayContaining([`Invalid body param: ${text}`]));
    expect(lab.world.rooms.all.size).toBe(0);
  });

  test('refuses a missing body and a body that is not JSON', async () => {
    await using lab = await startTestSandbox();
    expect(await lab.rest.post('/rooms')).toMatchObject({
      status: 400,
      body: { message: 'request body must not be empty' },
    });
    expect(await lab.rest.post('/rooms', '{"name":')).toMatchObject({
      status: 400,
      body: { details: ['Invalid body param: not JSON'] },
    });
  });
});

describe('updating a room', () => {
  test('changes the given fields only', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create({ name: 'a', description: 'before', size: 10 });
    await lab.clock.advance(1500);
    const { body } = await lab.rest.post(`/rooms/${room.id}`, { description: 'after', enabled: false });
    expect(body).toMatchObject({
      id: room.id,
      description: 'after',
      enabled: false,
      size: 10,
      template_id: room.templateId,
      customer: lab.world.customerId,
      created_at: '2026-03-12T16:00:00Z',
      updated_at: '2026-03-12T16:00:01.5Z',
    });
  });

  test('answers a body that only disables the room with blank fields, although the room keeps their values', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create({
      description: 'kept',
      region: 'eu',
      recordingInfo: { enabled: true },
    });
    const { body } = await lab.rest.post(`/rooms/${room.id}`, { enabled: false });
    expect(body).toMatchObject({
      enabled: false,
      description: '',
      template_id: '',
      template: '',
      region: '',
      recording: null,
    });
    expect(body).not.toHaveProperty('recording_info');
    const after = await lab.rest.get(`/rooms/${room.id}`);
    expect(after.body).toMatchObject({
      enabled: false,
      description: 'kept',
      region: 'eu',
      recording_info: { enabled: true },
    });
  });

  test('a disabled room keeps its session and refuses joins until it is enabled again', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    await lab.rest.post(`/rooms/${room.id}`, { enabled: false });
    expect(lab.world.sessions.connectedPeers(room.id)).toHaveLength(1);
    expect(() => lab.world.join(room.id, { name: 'Grace', role: 'host', userId: 'g' })).toThrow('disabled');
    await lab.rest.post(`/rooms/${room.id}`, { enabled: true });
    lab.world.join(room.id, { name: 'Grace', role: 'host', userId: 'g' });
    expect(lab.world.sessions.connectedPeers(room.id)).toHaveLength(2);
  });

  test('with the name of another room answers with that room and changes neither', async () => {
    await using lab = await startTestSandbox();
    const [one, other] = [lab.world.rooms.create({ name: 'one' }), lab.world.rooms.create({ name: 'other' })];
    const { body } = await lab.rest.post(`/rooms/${one.id}`, { name: 'Other', description: 'x' });
    expect(body).toMatchObject({ id: other.id, description: '' });
    expect(lab.world.rooms.all.get(one.id)).toBe(one);
  });

  test('can rename a room, whose old name is free again', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create({ name: 'old' });
    await lab.rest.post(`/rooms/${room.id}`, { name: 'new' });
    expect(lab.world.rooms.byName('new')?.id).toBe(room.id);
    expect(lab.world.rooms.create({ name: 'old' }).id).not.toBe(room.id);
  });

  test('refuses the same faults as creating', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    expect((await lab.rest.post(`/rooms/${room.id}`, { size: 2501 })).status).toBe(400);
    expect((await lab.rest.post(`/rooms/${room.id}`, { enabled: 'no' })).status).toBe(400);
  });
});

test('an unknown room is answered with a 404 for reading and writing', async () => {
  await using lab = await startTestSandbox();
  const error = { status: 404, body: { code: 404, message: 'Room not found', details: [] } };
  expect(await lab.rest.get('/rooms/64c3d8f2a05b4e0023bc45de')).toEqual(error);
  expect(await lab.rest.post('/rooms/64c3d8f2a05b4e0023bc45de', {})).toEqual(error);
  expect(await lab.rest.get('/rooms/%E0%A4%A')).toEqual(error);
});

describe('listing rooms', () => {
  test('has elements with the key `recording`, and without an update time', async () => {
    await using lab = await startTestSandbox();
    lab.world.rooms.create({ name: 'plain' });
    lab.world.rooms.create({ name: 'recorded', recordingInfo: { enabled: true } });
    const { body } = await lab.rest.get('/rooms');
    expect(body).toMatchObject({
      limit: 10,
      data: [
        {
          name: 'recorded',
          recording: { enabled: true },
          key: `${lab.world.customerId}:recorded`,
          updated_at: '0001-01-01T00:00:00Z',
        },
        { name: 'plain', recording_source_template: true },
      ],
    });
    expect(body).not.toHaveProperty('data.0.recording_info');
    expect(body).not.toHaveProperty('data.1.recording');
  });

  test('filters by state, name, template and creation time (bounds included)', async () => {
    await using lab = await startTestSandbox();
    const template = lab.world.templates.create({ name: 'a' });
    const other = lab.world.templates.create({ name: 'b' });
    const room = (name: string, ageMs: number, templateId = template.id, enabled = true): string =>
      lab.world.at(START_MS - ageMs, () => lab.world.rooms.create({ name, templateId, enabled })).id;
    const [old, middle, fresh] = [
      room('old', 3000),
      room('middle', 2000, other.id),
      room('fresh', 1000, template.id, false),
    ];
    const found = async (query: string): Promise<string[]> =>
      idsOf((await lab.rest.get(`/rooms?${query}`)).body);
    expect(await found('')).toEqual([fresh, middle, old]);
    expect(await found('enabled=true')).toEqual([middle, old]);
    expect(await found('enabled=false')).toEqual([fresh]);
    expect(await found('name=MIDDLE')).toEqual([middle]);
    expect(await found(`template_id=${template.id}`)).toEqual([fresh, old]);
    expect(await found('after=2026-03-12T15:59:58.000Z')).toEqual([fresh, middle]);
    expect(await found('before=2026-03-12T15:59:58.000Z')).toEqual([middle, old]);
    expect(await found(`enabled=true&template_id=${other.id}&name=old`)).toEqual([]);
  });

  test('without a match answers an empty list, or null if the option says so', async () => {
    await using lab = await startTestSandbox();
    expect((await lab.rest.get('/rooms')).body).toEqual({ limit: 10, data: [], last: '' });
    lab.world.options.emptyData = 'null';
    expect((await lab.rest.get('/rooms')).body).toEqual({ limit: 10, data: null, last: '' });
  });

  test.each(['limit=many', 'enabled=perhaps', 'after=yesterday'])('refuses %s', async (query) => {
    await using lab = await startTestSandbox();
    expect(await lab.rest.get(`/rooms?${query}`)).toMatchObject({
      status: 400,
      body: { message: 'Invalid query param' },
    });
  });
});
