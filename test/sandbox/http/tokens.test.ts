// Tokens: the sandbox accepts only a management token of its workspace that is valid by the sandbox's clock.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/sandbox/http/operations.ts';
import { CANARY } from '../../support/canary.ts';
import {
  managementToken,
  restClient,
  START_MS,
  startTestSandbox,
  type TokenClaims,
} from '../../support/sandbox-client.ts';

const now = START_MS / 1000;

function unsafeToken(header: object, claims: object): string {
  const head = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${head}.${createHmac('sha256', CANARY).update(head).digest('base64url')}`;
}

const claims = {
  access_key: 'sandbox',
  type: 'management',
  version: 2,
  jti: 'x',
  iat: now,
  nbf: now,
  exp: now + 60,
};

test('a valid token is accepted, whatever the case of its scheme', async () => {
  await using lab = await startTestSandbox();
  expect((await lab.rest.get('/rooms')).status).toBe(200);
  const own = unsafeToken({ alg: 'HS256' }, claims);
  const answer = await fetch(`${lab.sandbox.url}/rooms`, { headers: { authorization: `bearer ${own}` } });
  expect(answer.status).toBe(200);
});

test.each<[string, TokenClaims]>([
  ['signed with another secret', { secret: 'another' }],
  ['of another access key', { accessKey: 'another' }],
  ['of a participant', { type: 'app' }],
  ['that has expired', { now: now - 3600, lifeSeconds: 3599 }],
  ['that is not valid yet', { notBefore: now + 1 }],
])('a token %s is refused', async (_, wrong) => {
  await using lab = await startTestSandbox();
  const rest = restClient(lab.sandbox, await managementToken({ now, ...wrong }));
  expect(await rest.get('/rooms')).toMatchObject({
    status: 401,
    body: { code: 401, message: 'Token validation error' },
  });
});

test.each([
  ['without a signature', unsafeToken({ alg: 'none' }, claims)],
  ['without an expiry', unsafeToken({ alg: 'HS256' }, { ...claims, exp: undefined })],
  ['without an id', unsafeToken({ alg: 'HS256' }, { ...claims, jti: undefined })],
  ['that is not a JWT', 'hello'],
])('a token %s is refused', async (_, token) => {
  await using lab = await startTestSandbox();
  expect((await restClient(lab.sandbox, token).get('/rooms')).status).toBe(401);
});

test('a missing token is refused with its own message', async () => {
  await using lab = await startTestSandbox();
  expect(await restClient(lab.sandbox, '').get('/rooms')).toEqual({
    status: 401,
    body: { code: 401, message: 'Authentication error', details: ['not found'] },
  });
});

test("a token expires by the sandbox's clock, whose time is in the Date header", async () => {
  await using lab = await startTestSandbox();
  const token = await managementToken({ now, lifeSeconds: 60 });
  const rest = restClient(lab.sandbox, token);
  await lab.clock.advance(59_000);
  expect((await rest.get('/rooms')).status).toBe(200);
  await lab.clock.advance(1000);
  expect((await rest.get('/rooms')).status).toBe(401);
  const { headers } = await fetch(`${lab.sandbox.url}/rooms`);
  expect(headers.get('date')).toBe('Thu, 12 Mar 2026 16:01:00 GMT');
});

test('a token that was accepted is refused when the clock is set to a time before its begin', async () => {
  await using lab = await startTestSandbox();
  const rest = restClient(lab.sandbox, await managementToken({ now, notBefore: now }));
  expect((await rest.get('/rooms')).status).toBe(200);
  lab.clock.step(-1000);
  expect((await rest.get('/rooms')).status).toBe(401);
  lab.clock.step(1000);
  expect((await rest.get('/rooms')).status).toBe(200);
});

test('access key and secret are configurable', async () => {
  await using lab = await startTestSandbox({ accessKey: 'mine', secret: 'my-secret' });
  expect((await lab.rest.get('/rooms')).status).toBe(401);
  const token = await managementToken({ now, accessKey: 'mine', secret: 'my-secret' });
  expect((await restClient(lab.sandbox, token).get('/rooms')).status).toBe(200);
});

describe('without a token', () => {
  const guarded = [...operations.values()].filter(({ object }) => object.security === undefined);

  test.each(guarded.map(({ method, route }) => [method.toUpperCase(), route]))(
    '%s %s is refused',
    async (method, route) => {
      await using lab = await startTestSandbox();
      const answer = await fetch(lab.sandbox.url + route.replaceAll(/\{\w+\}/g, 'x'), { method });
      expect(answer.status).toBe(401);
    },
  );
});
