// The mutations that give tokens for joining a room: exchange a room code, or sign a token in the gateway. The refusals that
// the vendor documents are in ../rooms/room-errors.test.ts.
import { createSecretKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import { CANARY } from '../../support/canary.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { createAuthToken, exchangeRoomCode } from '../rooms/room-documents.ts';
import { invalidAt, MISSING, notFound, startScene } from '../rooms/room-scene.ts';

const DEFAULT_ROLES = ['host', 'guest', 'teacher', 'student', 'speaker', 'audience'];
const NOW_MS = Date.parse('2026-03-12T16:00:00Z');
const NOW_SECONDS = NOW_MS / 1000;
const DAY_SECONDS = 24 * 3600;

/** The claims of a token. Fails unless the token is signed with the workspace's secret and valid now. */
async function claimsOf(token: string) {
  const key = createSecretKey(Buffer.from(CANARY));
  const { payload, protectedHeader } = await jwtVerify(token, key, {
    algorithms: ['HS256'],
    currentDate: new Date(NOW_MS),
  });
  expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
  return payload;
}

function startAtNoon() {
  return startScene({ clock: new ManualClock(NOW_MS) });
}

describe('exchanging a code', () => {
  it("returns the vendor's token for the given user, with its expiry", async () => {
    await using scene = await startAtNoon();
    const { code, room } = scene;
    const { result } = await scene.data(exchangeRoomCode, { input: { code: code.code, userId: 'zoe' } });
    if (result?.__typename !== 'AuthToken') throw new Error(JSON.stringify(result));
    expect(await claimsOf(result.token)).toMatchObject({
      type: 'app',
      room_id: room.id,
      role: 'guest',
      user_id: 'zoe',
    });
    expect(result.expiresAt).toBe('2026-03-13T16:00:00.000Z');
    expect(scene.sent()).toEqual(['POST /token']);
  });

  it('lets the vendor choose a user id if none is given', async () => {
    await using scene = await startAtNoon();
    const { result } = await scene.data(exchangeRoomCode, { input: { code: scene.code.code } });
    if (result?.__typename !== 'AuthToken') throw new Error(JSON.stringify(result));
    expect(await claimsOf(result.token)).toMatchObject({ user_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('returns a token that it cannot parse without an expiry', async () => {
    await using scene = await startScene();
    scene.sandbox.faults.set('exchangeRoomCode', { kind: 'shape', shape: () => ({ token: 'opaque' }) });
    const { result } = await scene.data(exchangeRoomCode, { input: { code: scene.code.code } });
    expect(result).toEqual({ __typename: 'AuthToken', token: 'opaque', expiresAt: null });
  });

  it('has the same error for an unknown code and a disabled one', async () => {
    await using scene = await startScene();
    scene.world.roomCodes.setEnabled(scene.code.code, false);
    for (const code of ['abc-defg-hij', scene.code.code]) {
      const { result } = await scene.data(exchangeRoomCode, { input: { code } });
      expect(result).toEqual(notFound('The room code does not exist or is disabled.'));
    }
  });
});

describe('creating a token', () => {
  it('signs the claims that the vendor requires, back-dated by a minute, without a write to the REST API', async () => {
    await using scene = await startAtNoon();
    const { room } = scene;
    const input = {
      roomId: encodeGlobalId('Room', room.id),
      role: 'host',
      userId: 'ada',
      validForSeconds: 90,
    };
    const { result } = await scene.data(createAuthToken, { input });
    if (result?.__typename !== 'AuthToken') throw new Error(JSON.stringify(result));
    expect(await claimsOf(result.token)).toEqual({
      access_key: 'sandbox',
      type: 'app',
      version: 2,
      room_id: room.id,
      role: 'host',
      user_id: 'ada',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: NOW_SECONDS - 60,
      nbf: NOW_SECONDS - 60,
      exp: NOW_SECONDS + 90,
    });
    expect(result.expiresAt).toBe('2026-03-12T16:01:30.000Z');
    expect(scene.sent()).toEqual([`GET /rooms/${room.id}`, `GET /templates/${room.templateId}`]);
  });

  it('makes it valid for a day by default, for two weeks at most, and with an id of its own', async () => {
    await using scene = await startAtNoon();
    const tokenFor = async (seconds: object) => {
      const input = { roomId: scene.room.id, role: 'guest', userId: 'zoe', ...seconds };
      const { result } = await scene.data(createAuthToken, { input });
      return claimsOf(Object(result).token);
    };
    const [day, again, longest] = [
      await tokenFor({}),
      await tokenFor({}),
      await tokenFor({ validForSeconds: 14 * DAY_SECONDS }),
    ];
    expect(day.exp).toBe(NOW_SECONDS + DAY_SECONDS);
    expect(longest.exp).toBe(NOW_SECONDS + 14 * DAY_SECONDS);
    expect(again.jti).not.toBe(day.jti);
  });

  it('is refused where the template has no role at all', async () => {
    await using scene = await startScene();
    for (const role of DEFAULT_ROLES) scene.world.templates.deleteRole(scene.room.templateId, role);
    const input = { roomId: scene.room.id, role: 'host', userId: 'ada' };
    expect((await scene.data(createAuthToken, { input })).result).toEqual(
      invalidAt(['role'], "must be a role of the room's template, which has none"),
    );
  });

  it("is refused for a role that the room's template lacks, and for a room that does not exist", async () => {
    await using scene = await startScene();
    const input = { roomId: scene.room.id, role: 'king', userId: 'ada' };
    expect((await scene.data(createAuthToken, { input })).result).toEqual(
      invalidAt(['role'], `must be a role of the room's template: ${DEFAULT_ROLES.toSorted().join(', ')}`),
    );
    const nowhere = { ...input, roomId: MISSING };
    expect((await scene.data(createAuthToken, { input: nowhere })).result).toEqual(
      notFound('The room does not exist.'),
    );
  });

  it('is refused without a REST call if the user is empty or the duration out of bounds', async () => {
    await using scene = await startScene();
    const answer = async (wrong: object) => {
      const input = { roomId: scene.room.id, role: 'host', userId: 'ada', ...wrong };
      return (await scene.data(createAuthToken, { input })).result;
    };
    expect(await answer({ userId: '' })).toEqual(invalidAt(['userId'], 'must not be empty'));
    for (const validForSeconds of [0, -1, 14 * DAY_SECONDS + 1]) {
      expect(await answer({ validForSeconds })).toEqual(
        invalidAt(['validForSeconds'], 'must be from 1 to 1209600'),
      );
    }
    expect(await answer({ userId: '', validForSeconds: 0 })).toMatchObject({
      issues: [{ path: ['userId'] }, { path: ['validForSeconds'] }],
    });
    expect(scene.sent()).toEqual([]);
  });
});
