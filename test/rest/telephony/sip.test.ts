// The endpoints of telephony: long deadlines, and requests with a participant's token.
import { describe, expect, it, vi } from 'vitest';
import { RestRefusedError, RestTimeoutError, RestUnauthorizedError } from '../../../src/rest/errors.ts';
import { RestInputError } from '../../../src/rest/shapes/inputs.ts';
import {
  createSipTrunk,
  placeSipCall,
  sendSipDtmf,
  updateSipTrunk,
} from '../../../src/rest/telephony/sip.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { mockedRest, rejection } from '../client/support.ts';

const TOKEN = 'head.claims.signature';

describe('a trunk', () => {
  it('is created and updated', async () => {
    const { sandbox, client } = await sandboxedRest();
    const { id } = await createSipTrunk(client, { username: 'acme', password: 's3cret' });
    expect(await updateSipTrunk(client, id, { from: '+15550100' })).toEqual({ id });
    expect(sandbox.world.sip.trunks.get(id)).toMatchObject({ password: 's3cret', from: '+15550100' });
  });
});

describe('a call', () => {
  async function ringing(answerMs: number) {
    const rest = await sandboxedRest();
    const { world } = rest.sandbox;
    world.sip.answerMs = answerMs;
    const room = world.rooms.create();
    const { code } = world.roomCodes.create(room.id, 'guest');
    const { id: trunkId } = world.sip.createTrunk({
      username: undefined,
      password: undefined,
      address: undefined,
      from: undefined,
    });
    const call = placeSipCall(rest.client, { to: '+15550199', room_code: code, trunk_id: trunkId });
    // Attached at once: the promise may reject before the test awaits it.
    call.catch(() => undefined);
    // Both the call's deadline and the simulated telephone wait on the clock.
    await vi.waitFor(() => expect(rest.clock.pending).toBe(2), { interval: 5, timeout: 10_000 });
    return { ...rest, call };
  }

  it('may ring longer than any other call may take', async () => {
    const { call, clock } = await ringing(29_000);
    await clock.advance(29_000);
    expect(await call).toMatchObject({ id: expect.any(String) });
  });

  it('that is not answered is refused with a 408', async () => {
    const { call, clock } = await ringing(Infinity);
    await clock.advance(30_000);
    expect(await rejection(call, RestRefusedError)).toMatchObject({
      status: 408,
      vendorMessage: 'timed out',
    });
  });

  it('is given up after three minutes without an answer', async () => {
    const { sandbox, client, clock } = await sandboxedRest();
    sandbox.faults.set('startSipCall', { kind: 'hang' });
    const arrived = sandbox.ledger.arrival(() => true);
    const call = placeSipCall(client, { to: 'x', room_code: 'y', trunk_id: 'z' });
    call.catch(() => undefined);
    await arrived;
    await clock.advance(180_000);
    await rejection(call, RestTimeoutError);
  });
});

describe('tones', () => {
  it("are sent with the participant's token instead of the gateway's", async () => {
    await using rest = mockedRest();
    rest.answer({ body: {} });
    await sendSipDtmf(rest.client, TOKEN, { digits: ['1', '#'] });
    expect(rest.requests).toMatchObject([
      { path: '/v2/sip/dtmf', body: '{"digits":["1","#"]}', headers: { authorization: `Bearer ${TOKEN}` } },
    ]);
  });

  it('with an invalid token are sent once, and no error contains the token', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401, body: { code: 401, message: `no: eyJ${TOKEN}` } }, { body: { id: 'a' } });
    const error = await rejection(sendSipDtmf(rest.client, TOKEN, { digits: ['1'] }), RestUnauthorizedError);
    expect(JSON.stringify([error, error.message, error.stack, rest.events])).not.toContain(TOKEN);
    expect(rest.requests).toHaveLength(1);
    // The refused token does not replace the gateway's own.
    await createSipTrunk(rest.client, {});
    expect(rest.requests).toHaveLength(2);
  });

  it.each([
    ['not a token', ['1'], 'auth_token'],
    [`${TOKEN}\r\nx: y`, ['1'], 'auth_token'],
    [TOKEN, ['e'], 'digits.0'],
    [TOKEN, ['12'], 'digits.0'],
  ])('%j with %j are refused before anything is sent', async (token, digits, place) => {
    await using rest = mockedRest();
    const { issues } = await rejection(sendSipDtmf(rest.client, token, { digits }), RestInputError);
    expect(issues.map(({ path }) => path.join('.'))).toEqual([place]);
    expect(rest.requests).toEqual([]);
  });
});
