// Templates of the sandbox over HTTP: keys in camelCase, updates that replace the whole, defaults.
import { describe, expect, test } from 'vitest';
import { idsOf, startTestSandbox } from '../../support/sandbox-client.ts';

const UNKNOWN = '64b2c7e19f4a3d0012ab34cd';
const PARTS = ['', '/roles/a', '/settings', '/destinations', '/recordings'];

async function startWithTemplate() {
  const lab = await startTestSandbox();
  const template = lab.world.templates.create({ name: 'mine', roles: { a: { priority: 2 }, b: {} } });
  return { ...lab, template, path: `/templates/${template.id}` };
}

describe('creating a template', () => {
  test('fills in the defaults of roles and settings', async () => {
    await using lab = await startTestSandbox();
    const roles = {
      teacher: { permissions: { endRoom: true, mute: false } },
      student: { publishParams: { allowed: [] } },
    };
    const { body } = await lab.rest.post('/templates', { name: 'class room', roles });
    expect(body).toMatchObject({
      name: 'class room',
      customerId: lab.world.customerId,
      roles: {
        teacher: {
          name: 'teacher',
          publishParams: { audio: { bitRate: 32, codec: 'opus' } },
          priority: 1,
          maxPeerCount: 0,
        },
        student: { name: 'student', subscribeParams: { subscribeToRoles: [] } },
      },
      settings: { region: 'auto', recording: null, retry: {}, roomState: { enabled: false } },
      destinations: {},
      createdAt: '2026-03-12T16:00:00Z',
      updatedAt: '2026-03-12T16:00:00Z',
      default: true,
    });
    expect(body).toHaveProperty('_id', Object(body).id);
    expect(body).not.toHaveProperty('roles.student.publishParams.allowed');
    expect(body).toHaveProperty('roles.teacher.permissions', {
      endRoom: true,
      rtmpStreaming: true,
      hlsStreaming: true,
      browserRecording: true,
      sendRoomState: false,
      pollRead: false,
      pollWrite: false,
    });
  });

  test('with a known name overwrites that template and keeps its id', async () => {
    await using lab = await startWithTemplate();
    const { body } = await lab.rest.post('/templates', { name: 'mine', roles: { c: {} } });
    expect(body).toMatchObject({ id: lab.template.id, roles: { c: {} } });
    expect(Object.keys(Object(body).roles)).toEqual(['c']);
    expect(lab.world.templates.all.size).toBe(1);
  });

  test('without a name generates one', async () => {
    await using lab = await startTestSandbox();
    expect((await lab.rest.post('/templates', {})).body).toHaveProperty(
      'name',
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    );
  });

  test.each([
    [{ name: 'no/slash' }],
    [{ name: 'x', roles: { a: { priority: 9 } } }],
    [{ name: 'x', roles: { a: { publishParams: { allowed: ['smell'] } } } }],
    [{ name: 'x', settings: { region: 'mars' } }],
    [{ name: 'x', roles: [] }],
  ])('refuses %j', async (input) => {
    await using lab = await startTestSandbox();
    expect(await lab.rest.post('/templates', input)).toMatchObject({
      status: 400,
      body: { message: 'Invalid body param' },
    });
    expect(lab.world.templates.all.size).toBe(0);
  });
});

describe('reading templates', () => {
  test('lists complete templates, newest first', async () => {
    await using lab = await startWithTemplate();
    const newer = lab.world.templates.create({ name: 'newer' });
    const { body } = await lab.rest.get('/templates');
    expect(idsOf(body)).toEqual([newer.id, lab.template.id]);
    expect(body).toMatchObject({ data: [{ roles: {} }, { roles: { a: { priority: 2 } } }] });
    expect(Object(body).data[1]).toEqual((await lab.rest.get(lab.path)).body);
  });

  test.each(PARTS)('the part %j of an unknown template is answered with a 404', async (part) => {
    await using lab = await startWithTemplate();
    expect(await lab.rest.get(`/templates/${UNKNOWN}${part}`)).toMatchObject({
      status: 404,
      body: { message: 'Template not found' },
    });
    const body = part === '' ? { roles: {}, settings: {} } : part === '/recordings' ? [] : {};
    expect(await lab.rest.post(`/templates/${UNKNOWN}${part}`, body)).toMatchObject({ status: 404 });
  });

  test.each(['a', 'b'])('reads the role %s alone', async (name) => {
    await using lab = await startWithTemplate();
    const { body } = await lab.rest.get(`${lab.path}/roles/${name}`);
    expect(body).toEqual(Object((await lab.rest.get(lab.path)).body).roles[name]);
  });
});

describe('replacing a template', () => {
  test('removes the parts that the body lacks, except the name; the answer has zero times', async () => {
    await using lab = await startWithTemplate();
    lab.world.templates.change(lab.template.id, { destinations: { hlsDestinations: { d: { name: 'd' } } } });
    const { body } = await lab.rest.post(lab.path, { roles: { c: {} }, settings: { region: 'us' } });
    expect(body).toMatchObject({
      id: lab.template.id,
      name: 'mine',
      settings: { region: 'us' },
      destinations: {},
    });
    expect(body).toMatchObject({ createdAt: '0001-01-01T00:00:00Z', updatedAt: '0001-01-01T00:00:00Z' });
    const after = (await lab.rest.get(lab.path)).body;
    expect(Object.keys(Object(after).roles)).toEqual(['c']);
    expect(after).toMatchObject({ destinations: {}, createdAt: '2026-03-12T16:00:00Z' });
  });

  test('refuses missing parts and the name of another template', async () => {
    await using lab = await startWithTemplate();
    lab.world.templates.create({ name: 'other' });
    expect((await lab.rest.post(lab.path, { roles: {} })).status).toBe(400);
    expect((await lab.rest.post(lab.path, { settings: {} })).status).toBe(400);
    expect((await lab.rest.post(lab.path, { name: 'other', roles: {}, settings: {} })).status).toBe(400);
    expect(lab.world.templates.all.get(lab.template.id)).toBe(lab.template);
  });
});

describe('roles', () => {
  test('a role is created, changed and renamed by the same operation', async () => {
    await using lab = await startWithTemplate();
    expect((await lab.rest.post(`${lab.path}/roles/new`, { maxPeerCount: 3 })).body).toMatchObject({
      name: 'new',
      maxPeerCount: 3,
      priority: 1,
    });
    expect((await lab.rest.post(`${lab.path}/roles/a`, { priority: 5 })).body).toMatchObject({
      name: 'a',
      priority: 5,
    });
    expect((await lab.rest.post(`${lab.path}/roles/b`, { name: 'bee' })).body).toMatchObject({ name: 'bee' });
    expect([...(lab.world.templates.all.get(lab.template.id)?.roles.keys() ?? [])]).toEqual([
      'a',
      'new',
      'bee',
    ]);
  });

  test('a role can be deleted once', async () => {
    await using lab = await startWithTemplate();
    expect(await lab.rest.delete(`${lab.path}/roles/a`)).toEqual({ status: 204, body: undefined });
    expect(await lab.rest.delete(`${lab.path}/roles/a`)).toMatchObject({
      status: 404,
      body: { message: 'Role not found' },
    });
    expect((await lab.rest.get(`${lab.path}/roles/a`)).status).toBe(404);
  });

  test('names with spaces and names of built-in object properties are ordinary names', async () => {
    await using lab = await startWithTemplate();
    expect((await lab.rest.get(`${lab.path}/roles/constructor`)).status).toBe(404);
    await lab.rest.post(`${lab.path}/roles/guest%20of%20honour`, {});
    expect((await lab.rest.get(`${lab.path}/roles/guest%20of%20honour`)).body).toHaveProperty(
      'name',
      'guest of honour',
    );
  });

  test('a name in use and invalid values are refused', async () => {
    await using lab = await startWithTemplate();
    expect((await lab.rest.post(`${lab.path}/roles/a`, { name: 'b' })).status).toBe(400);
    expect((await lab.rest.post(`${lab.path}/roles/a`, { maxPeerCount: -2 })).status).toBe(400);
  });
});

describe('settings, destinations and recordings', () => {
  test('settings echo the storage secret under another key', async () => {
    await using lab = await startWithTemplate();
    const upload = { type: 's3', location: 'b', prefix: 'p', credentials: { key: 'k', secretKey: 's' } };
    const { body } = await lab.rest.post(`${lab.path}/settings`, {
      region: 'eu',
      recording: { enabled: true, upload },
    });
    expect(body).toHaveProperty('recording.upload.credentials', { key: 'k', secret: 's' });
    const read = (await lab.rest.get(`${lab.path}/settings`)).body;
    expect(read).toHaveProperty('recording.upload.credentials', { key: 'k', secretKey: 's' });
    expect(read).toMatchObject({ region: 'eu', roomState: { messageInterval: 5 } });
  });

  test('destinations are stored unchanged', async () => {
    await using lab = await startWithTemplate();
    const destinations = {
      rtmpDestinations: { main: { name: 'main', rtmpUrls: ['rtmp://live.example.com/app/key'] } },
    };
    expect((await lab.rest.post(`${lab.path}/destinations`, destinations)).body).toEqual(destinations);
    expect((await lab.rest.get(`${lab.path}/destinations`)).body).toEqual(destinations);
  });

  test('recordings are a plain array without false flags, which the template does not contain', async () => {
    await using lab = await startWithTemplate();
    expect((await lab.rest.get(`${lab.path}/recordings`)).body).toEqual([]);
    const config = {
      name: 'default',
      role: 'a',
      trackRecording: { enabled: false },
      streamRecording: { enabled: true },
    };
    const stored = [{ name: 'default', role: 'a', trackRecording: {}, streamRecording: { enabled: true } }];
    expect((await lab.rest.post(`${lab.path}/recordings`, [config])).body).toEqual(stored);
    expect((await lab.rest.get(`${lab.path}/recordings`)).body).toEqual(stored);
    expect((await lab.rest.get(lab.path)).body).not.toHaveProperty('recordings');
  });

  test.each([
    ['/settings', { roomState: { messageInterval: 7 } }],
    ['/destinations', { hlsDestinations: { d: { numPlaylistSegments: 5 } } }],
    [
      '/recordings',
      [
        { name: 'a', role: 'a' },
        { name: 'b', role: 'b' },
      ],
    ],
    ['/recordings', {}],
  ])('refuses at %s %j', async (part, input) => {
    await using lab = await startWithTemplate();
    expect((await lab.rest.post(lab.path + part, input)).status).toBe(400);
  });
});
