// SIP telephony of the sandbox over HTTP. The client checks every answer against the OpenAPI document.
import { describe, expect, test, vi } from 'vitest';
import type { World } from '../../../src/sandbox/live/world.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { managementToken, restClient, START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

const trunk = {
  username: 'acme-sip',
  password: 's3cret',
  address: 'acme.pstn.example.com',
  from: '+15550100',
};

/** Resolves when a call has begun to ring, which is when its timer is pending on the clock. */
function ringing(clock: ManualClock): Promise<void> {
  return vi.waitFor(() => expect(clock.pending).toBe(1), { interval: 5, timeout: 10_000 });
}

function callable(world: World) {
  const room = world.rooms.create();
  const { code } = world.roomCodes.create(room.id, 'guest');
  const trunkId = world.sip.createTrunk(trunk).id;
  return { room, body: { to: '+15550199', room_code: code, trunk_id: trunkId } };
}

describe('a trunk', () => {
  test('is created and updated, and answers with its id only', async () => {
    await using lab = await startTestSandbox();
    const created = await lab.rest.post('/sip/outbound/trunks', trunk);
    const { id } = created.body as { id: string };
    expect(created.body).toEqual({ id });
    expect((await lab.rest.post(`/sip/outbound/trunks/${id}`, { from: '+15550101' })).body).toEqual({ id });
    expect(lab.world.sip.trunks.get(id)).toEqual({ id, ...trunk, from: '+15550101' });
    expect((await lab.rest.post('/sip/outbound/trunks/none', trunk)).status).toBe(404);
  });
});

describe('a call', () => {
  test('is answered over HTTP when the person answers, who is then a peer with the role of the code', async () => {
    await using lab = await startTestSandbox();
    const { room, body } = callable(lab.world);
    const answer = lab.rest.post('/sip/outbound/call', { ...body, name: 'Alex', user_id: 'alex' });
    await ringing(lab.clock);
    await lab.clock.advance(1999);
    expect(lab.world.sessions.connectedPeers(room.id)).toEqual([]);
    await lab.clock.advance(1);
    expect(await answer).toEqual({ status: 200, body: { id: expect.stringMatching(/^[0-9a-f]{24}$/) } });
    expect(lab.world.sessions.connectedPeers(room.id)).toMatchObject([
      { name: 'Alex', userId: 'alex', role: 'guest', type: 'sip' },
    ]);
  });

  test('that is not answered in time gets a 408 over HTTP', async () => {
    await using lab = await startTestSandbox();
    const { room, body } = callable(lab.world);
    lab.world.sip.answerMs = Infinity;
    const answer = lab.rest.post('/sip/outbound/call', body);
    await ringing(lab.clock);
    await lab.clock.advance(30_000);
    expect(await answer).toMatchObject({ status: 408, body: { message: 'timed out' } });
    expect(lab.world.sessions.connectedPeers(room.id)).toEqual([]);
  });

  test.each(['trunk_id', 'to', 'room_code'] as const)('without %s is refused', async (name) => {
    await using lab = await startTestSandbox();
    const { body } = callable(lab.world);
    expect(await lab.rest.post('/sip/outbound/call', { ...body, [name]: undefined })).toMatchObject({
      status: 400,
      body: { message: `${name} is mandatory` },
    });
  });

  test('needs a trunk, an enabled code and an enabled room', async () => {
    await using lab = await startTestSandbox();
    const { room, body } = callable(lab.world);
    const status = async (change: object): Promise<number> =>
      (await lab.rest.post('/sip/outbound/call', { ...body, ...change })).status;
    expect(await status({ trunk_id: 'f'.repeat(24) })).toBe(404);
    expect(await status({ room_code: 'abc-defg-hij' })).toBe(404);
    lab.world.rooms.update(room.id, { enabled: false });
    expect(await status({})).toBe(403);
    lab.world.roomCodes.setEnabled(body.room_code, false);
    expect(await status({})).toBe(404);
  });
});

describe('tones', () => {
  async function participants(lab: Awaited<ReturnType<typeof startTestSandbox>>) {
    const room = lab.world.rooms.create();
    lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    const phone = lab.world.join(room.id, { name: 'Alex', role: 'guest', userId: '', type: 'sip' });
    const { code } = lab.world.roomCodes.create(room.id, 'host');
    const { body } = await lab.rest.post('/token', { code, user_id: 'ada' });
    const { token } = body as { token: string };
    return { room, phone, rest: restClient(lab.sandbox, token) };
  }

  test("are sent to the telephones of the token's room", async () => {
    await using lab = await startTestSandbox();
    const { room, phone, rest } = await participants(lab);
    expect(await rest.post('/sip/dtmf', { digits: ['0', '#', 'd'] })).toEqual({ status: 200, body: {} });
    expect(lab.world.sip.tones).toEqual([{ roomId: room.id, digits: '0#d', peerIds: [phone.id] }]);
  });

  test('need digits', async () => {
    await using lab = await startTestSandbox();
    const { rest } = await participants(lab);
    for (const digits of [['e'], ['12'], [], undefined]) {
      const answer = await rest.post('/sip/dtmf', { digits });
      expect(answer).toMatchObject({ status: 400, body: { message: 'invalid digit' } });
    }
  });

  test("need a participant's token, which no other operation accepts", async () => {
    await using lab = await startTestSandbox();
    const { rest } = await participants(lab);
    expect((await lab.rest.post('/sip/dtmf', { digits: ['1'] })).status).toBe(401);
    const foreign = await managementToken({ secret: 'another', type: 'app', now: START_MS / 1000 });
    expect((await restClient(lab.sandbox, foreign).post('/sip/dtmf', { digits: ['1'] })).status).toBe(401);
    expect((await rest.get('/rooms')).status).toBe(401);
  });
});
