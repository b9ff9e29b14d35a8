// The vendor's auth token as a credential: which tokens are a participant's.
import { createSecretKey } from 'node:crypto';
import { inspect } from 'node:util';
import { errors, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { AuthTokens } from '../../src/auth/auth-token.ts';
import { UnauthenticatedError } from '../../src/auth/errors.ts';
import { ManagementToken } from '../../src/auth/management-token.ts';
import { ParticipantVerifier } from '../../src/auth/participants.ts';
import { CANARY, gatewayCredentials } from '../support/canary.ts';
import { ManualClock } from '../support/manual-clock.ts';

const { accessKey } = gatewayCredentials;
const roomId = '0123456789abcdef01234567';

function setUp() {
  const clock = new ManualClock();
  return { clock, verifier: new ParticipantVerifier({ ...gatewayCredentials, clock }) };
}

/** A valid token, with changes. */
function sign(
  clock: ManualClock,
  changes: Readonly<Record<string, unknown>> = {},
  key: string = CANARY,
  alg = 'HS256',
) {
  const claims = {
    access_key: accessKey,
    type: 'app',
    version: 2,
    room_id: roomId,
    user_id: 'ada',
    role: 'host',
    exp: clock.now() / 1000 + 3600,
    ...changes,
  };
  return new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(createSecretKey(Buffer.from(key)));
}

describe('the auth token of a participant', () => {
  it('names the person and the room, and gives no scopes', async () => {
    const { clock, verifier } = setUp();
    const tokens = new AuthTokens({ ...gatewayCredentials, clock });
    const claims = { roomId, role: 'host', userId: 'ada', validForSeconds: 600 };
    const { token } = await tokens.mint(claims);
    expect(await verifier.callerOf(token)).toEqual({
      name: `participant:${roomId}:ada`,
      scopes: new Set(),
      rooms: new Set([roomId]),
      participant: { roomId, userId: 'ada', role: 'host' },
      expiresAt: clock.now() + 660_000,
    });
  });

  it('is valid until exactly one minute after `exp`', async () => {
    const { clock, verifier } = setUp();
    const token = await sign(clock);
    await clock.advance(3_659_999);
    expect((await verifier.callerOf(token)).expiresAt).toBe(clock.now() + 1);
    await clock.advance(1);
    await expect(verifier.callerOf(token)).rejects.toThrow(errors.JWTExpired);
  });

  it('is valid from one minute before `nbf`', async () => {
    const { clock, verifier } = setUp();
    const token = await sign(clock, { nbf: clock.now() / 1000 + 61 });
    await expect(verifier.callerOf(token)).rejects.toThrow(errors.JWTClaimValidationFailed);
    await clock.advance(1000);
    expect((await verifier.callerOf(token)).name).toBe(`participant:${roomId}:ada`);
  });

  it.each<[what: string, changes: Record<string, unknown>]>([
    ['of the workspace itself', { type: 'management' }],
    ['of no kind', { type: undefined }],
    ['of another workspace', { access_key: 'their-key' }],
    ['of no workspace', { access_key: undefined }],
    ['without a room', { room_id: undefined }],
    ['with an invalid room id', { room_id: `${roomId}/../x` }],
    ['with a room of another shape', { room_id: [roomId] }],
    ['without a user', { user_id: undefined }],
    ['with an empty user', { user_id: '' }],
    ['with a user of another shape', { user_id: 7 }],
  ])('%s is refused', async (_what, changes) => {
    const { clock, verifier } = setUp();
    const attempt = verifier.callerOf(await sign(clock, changes));
    await expect(attempt).rejects.toThrow(UnauthenticatedError);
    await expect(attempt).rejects.not.toThrow(/host|ada|their-key|\.\./);
  });

  it('must not be the management token', async () => {
    const { clock, verifier } = setUp();
    const token = await new ManagementToken({ ...gatewayCredentials, clock }).get();
    await expect(verifier.callerOf(token)).rejects.toThrow(UnauthenticatedError);
  });

  it('without `exp` is refused', async () => {
    const { clock, verifier } = setUp();
    const token = await sign(clock, { exp: undefined });
    await expect(verifier.callerOf(token)).rejects.toThrow(errors.JWTClaimValidationFailed);
  });

  it('that is signed with another secret, by another algorithm or not at all is refused', async () => {
    const { clock, verifier } = setUp();
    const foreign = await sign(clock, {}, `${CANARY}!`);
    await expect(verifier.callerOf(foreign)).rejects.toThrow(errors.JWSSignatureVerificationFailed);
    const stronger = await sign(clock, {}, CANARY, 'HS512');
    await expect(verifier.callerOf(stronger)).rejects.toThrow(errors.JOSEAlgNotAllowed);
    const unsigned = new UnsecuredJWT({
      access_key: accessKey,
      type: 'app',
      room_id: roomId,
      user_id: 'ada',
    });
    await expect(verifier.callerOf(unsigned.encode())).rejects.toThrow(errors.JOSEError);
  });

  it('and the secret are not part of an inspected verifier', async () => {
    const { clock, verifier } = setUp();
    await verifier.callerOf(await sign(clock));
    expect(inspect(verifier, { depth: 10, showHidden: true }) + JSON.stringify(verifier)).not.toContain(
      CANARY,
    );
  });
});
