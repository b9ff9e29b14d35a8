// Room codes of the sandbox over HTTP, and their exchange for a participant's token.
import { createSecretKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { CANARY } from '../../support/canary.ts';
import { restClient, START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';

/** A room whose template has the roles a and b. */
async function startWithRoom() {
  const lab = await startTestSandbox();
  const template = lab.world.templates.create({ name: 't', roles: { a: {}, b: {} } });
  const room = lab.world.rooms.create({ templateId: template.id });
  return { ...lab, template, room, path: `/room-codes/room/${room.id}` };
}

function codesOf(answer: { body: unknown }): { code: string; role: string; enabled: boolean }[] {
  // The client has checked the answer against the schema of a list of codes.
  return (answer.body as { data: { code: string; role: string; enabled: boolean }[] }).data;
}

describe('creating codes', () => {
  test('creates one for each role, with times in whole seconds, and answers a list without paging keys', async () => {
    await using lab = await startWithRoom();
    await lab.clock.advance(123);
    const { body } = await lab.rest.post(lab.path);
    const common = {
      room_id: lab.room.id,
      enabled: true,
      code: expect.stringMatching(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/),
    };
    const times = { created_at: '2026-03-12T16:00:00Z', updated_at: '2026-03-12T16:00:00Z' };
    expect(body).toEqual({
      data: [
        { ...common, ...times, role: 'a' },
        { ...common, ...times, role: 'b' },
      ],
    });
  });

  test('a second time answers the same codes, adds codes of new roles and disables codes of deleted roles', async () => {
    await using lab = await startWithRoom();
    const [a, b] = codesOf(await lab.rest.post(lab.path));
    lab.world.templates.putRole(lab.template.id, 'c', {});
    lab.world.templates.deleteRole(lab.template.id, 'b');
    const again = codesOf(await lab.rest.post(lab.path));
    expect(again.map(({ role }) => role)).toEqual(['a', 'c']);
    expect(again[0]?.code).toBe(a?.code);
    const all = codesOf(await lab.rest.get(lab.path));
    expect(all.filter(({ enabled }) => !enabled).map(({ code }) => code)).toEqual([b?.code]);
  });

  test('creates a further one for one role, up to 100 per room', async () => {
    await using lab = await startWithRoom();
    const first = await lab.rest.post(`${lab.path}/role/a`);
    expect(first.body).toMatchObject({ role: 'a', enabled: true, room_id: lab.room.id });
    for (let made = 1; made < 100; made += 1) lab.world.roomCodes.create(lab.room.id, 'a');
    expect(await lab.rest.post(`${lab.path}/role/a`)).toMatchObject({
      status: 400,
      body: { message: 'Room code limit reached' },
    });
  });

  test('refuses a disabled room, an unknown room and an unknown role', async () => {
    await using lab = await startWithRoom();
    expect(await lab.rest.post(`${lab.path}/role/pilot`)).toMatchObject({
      status: 404,
      body: { message: 'Role not found' },
    });
    expect(await lab.rest.post(`/room-codes/room/${UNKNOWN}`)).toMatchObject({
      status: 404,
      body: { message: 'Room not found' },
    });
    expect(await lab.rest.post(`/room-codes/room/${UNKNOWN}/role/a`)).toMatchObject({ status: 404 });
    lab.world.rooms.update(lab.room.id, { enabled: false });
    expect(await lab.rest.post(lab.path)).toMatchObject({
      status: 403,
      body: { message: 'Room is disabled' },
    });
    expect(await lab.rest.post(`${lab.path}/role/a`)).toMatchObject({ status: 403 });
  });
});

describe('listing codes', () => {
  test('returns all codes, disabled ones included, with limit 20 and an empty `last`', async () => {
    await using lab = await startWithRoom();
    const [a] = codesOf(await lab.rest.post(lab.path));
    lab.world.roomCodes.setEnabled(a?.code ?? '', false);
    const { body } = await lab.rest.get(lab.path);
    expect(body).toMatchObject({ limit: 20, data: [{ role: 'a', enabled: false }, { role: 'b' }], last: '' });
  });

  test('filters by role and by state, and pages by code', async () => {
    await using lab = await startWithRoom();
    const made = Array.from(
      { length: 5 },
      (_, index) => lab.world.roomCodes.create(lab.room.id, index < 3 ? 'a' : 'b').code,
    );
    lab.world.roomCodes.setEnabled(made[0] ?? '', false);
    const found = async (query: string) =>
      codesOf(await lab.rest.get(`${lab.path}?${query}`)).map(({ code }) => code);
    expect(await found('role=a')).toEqual(made.slice(0, 3));
    expect(await found('enabled=true')).toEqual(made.slice(1));
    expect(await found('role=a&enabled=false')).toEqual(made.slice(0, 1));
    const first = await lab.rest.get(`${lab.path}?limit=3`);
    expect(first.body).toMatchObject({ limit: 3, last: made[2] });
    const second = await lab.rest.get(`${lab.path}?limit=3&start=${made[2]}`);
    expect(second.body).toMatchObject({ last: '' });
    expect(codesOf(second).map(({ code }) => code)).toEqual(made.slice(3));
  });

  test('refuses a disabled or unknown room, an unknown role and a query value of a wrong type', async () => {
    await using lab = await startWithRoom();
    expect(await lab.rest.get(`${lab.path}?role=pilot`)).toMatchObject({
      status: 404,
      body: { message: 'Role not found' },
    });
    expect(await lab.rest.get(`${lab.path}?enabled=perhaps`)).toMatchObject({ status: 400 });
    expect(await lab.rest.get(`/room-codes/room/${UNKNOWN}`)).toMatchObject({ status: 404 });
    lab.world.rooms.update(lab.room.id, { enabled: false });
    expect(await lab.rest.get(lab.path)).toMatchObject({ status: 403 });
  });
});

describe('updating a code', () => {
  test('disables and enables it, with times in milliseconds', async () => {
    await using lab = await startWithRoom();
    const { code } = lab.world.roomCodes.create(lab.room.id, 'a');
    await lab.clock.advance(82);
    const off = await lab.rest.post('/room-codes/code', { code, enabled: false });
    expect(off.body).toMatchObject({
      code,
      enabled: false,
      created_at: '2026-03-12T16:00:00Z',
      updated_at: '2026-03-12T16:00:00.082Z',
    });
    expect((await lab.rest.post('/room-codes/code', { code, enabled: true })).body).toMatchObject({
      enabled: true,
    });
  });

  test('refuses an unknown code, enabling one of a deleted role, unknown fields and a state that is not a boolean', async () => {
    await using lab = await startWithRoom();
    const { code } = lab.world.roomCodes.create(lab.room.id, 'a');
    const post = async (body: object) => (await lab.rest.post('/room-codes/code', body)).status;
    expect(await post({ code: 'abc-defg-hij', enabled: true })).toBe(404);
    expect(await post({ code, enabled: 'true' })).toBe(400);
    expect(await post({ code, enabled: true, role: 'b' })).toBe(400);
    expect(await post({ code })).toBe(400);
    lab.world.templates.deleteRole(lab.template.id, 'a');
    expect(await post({ code, enabled: true })).toBe(403);
    expect(await post({ code, enabled: false })).toBe(200);
  });
});

describe('exchanging a code', () => {
  test("needs no management token and returns a participant's token", async () => {
    await using lab = await startWithRoom();
    const { code } = lab.world.roomCodes.create(lab.room.id, 'b');
    const { body } = await restClient(lab.sandbox, '').post('/token', { code, user_id: 'ada' });
    const { payload } = await jwtVerify(String(Object(body).token), createSecretKey(Buffer.from(CANARY)), {
      currentDate: new Date(START_MS),
    });
    const now = START_MS / 1000;
    expect(payload).toEqual({
      access_key: 'sandbox',
      type: 'app',
      version: 2,
      room_id: lab.room.id,
      role: 'b',
      user_id: 'ada',
      jti: expect.any(String),
      iat: now,
      nbf: now,
      exp: now + 86_400,
    });
  });

  test('creates a missing user id; answers 404 for unknown and disabled codes', async () => {
    await using lab = await startWithRoom();
    const { code } = lab.world.roomCodes.create(lab.room.id, 'b');
    expect((await lab.rest.post('/token', { code })).status).toBe(200);
    lab.world.roomCodes.setEnabled(code, false);
    expect((await lab.rest.post('/token', { code })).status).toBe(404);
    expect((await lab.rest.post('/token', { code: 'abc-defg-hij' })).status).toBe(404);
    expect((await lab.rest.post('/token', {})).status).toBe(400);
  });
});
