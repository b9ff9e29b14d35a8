// The search for leaked secrets in the output of tests: what it finds, where, and what it must not report.
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createApiKey } from '../src/auth/api-keys.ts';
import { CANARY, canaryLog, takeLeaks, watchAnswer, watchLog } from './support/canary.ts';
import { startTestGateway } from './support/gateway.ts';
import { memoryLog } from './support/memory-log.ts';
import { openSession, subscribe } from './support/raw-socket.ts';
import { managementToken } from './support/sandbox-client.ts';

const participants = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"type":"app"}').toString('base64url')}.c2lnbmF0dXJl`;

it('a secret in a line of the log is found, at any level', () => {
  const log = canaryLog();
  for (const level of ['trace', 'debug', 'info', 'error'] as const) {
    log[level](`it is ${CANARY}`);
    expect(takeLeaks()).toEqual([
      expect.stringMatching(/^the canary in a log or an output: .*it is \[secret\]/),
    ]);
  }
});

it('a secret in an error is found, in its message, its cause and its other properties', () => {
  const log = canaryLog();
  for (const error of [
    new Error(CANARY),
    new Error('failed', { cause: new Error(CANARY) }),
    Object.assign(new Error('failed'), { options: { headers: { authorization: CANARY } } }),
  ]) {
    log.error({ err: error }, 'failed');
    expect(takeLeaks()).toHaveLength(1);
  }
});

it('tokens and API keys are found', async () => {
  const { key } = createApiKey({ name: 'bot', scopes: ['*'], rooms: [], expires: null });
  const token = await managementToken();
  for (const watch of [watchLog, watchAnswer]) {
    watch(`{"a":"${token}"}`);
    watch(`{"a":"${key}"}`);
    const found = takeLeaks();
    expect(found).toEqual([expect.stringMatching(/^a token in /), expect.stringMatching(/^an API key in /)]);
    expect(found.join()).not.toMatch(/eyJ|hgk_/);
  }
});

it("a participant's token may reach clients, but not the log", () => {
  watchAnswer(participants);
  expect(takeLeaks()).toEqual([]);
  watchLog(participants);
  expect(takeLeaks()).toHaveLength(1);
});

it('a secret in an answer of a gateway, or in an unexpected error, is found', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { id } = tested.sandbox.world.rooms.create({ name: CANARY });
  await tested.ask('query ($id: ID!) { room(id: $id) { name } }', { id });
  expect(takeLeaks()).toEqual([expect.stringMatching(/^the canary in an answer: .*"name":"\[secret\]"/)]);
  // A room that is not in memory yet.
  const { id: other } = tested.sandbox.world.rooms.create({ name: 'other' });
  Object.assign(tested.gateway.services.catalog, { rooms: () => Promise.reject(new Error(CANARY)) });
  await tested.ask('query ($id: ID!) { room(id: $id) { name } }', { id: other });
  expect(takeLeaks()).toEqual([expect.stringMatching(/^the canary in a log .*"message":"\[secret\]"/)]);
});

it('a secret in the response to a plain `fetch` is found, however the test reads the response', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { id } = tested.sandbox.world.rooms.create({ name: CANARY });
  const url = `${await tested.gateway.listen()}/graphql?query={room(id:"${id}"){name}}`;
  const found = [expect.stringMatching(/^the canary in an answer: .*"name":"\[secret\]"/)];
  expect(await (await fetch(url)).text()).toContain(CANARY);
  expect(takeLeaks()).toEqual(found);
  expect(await (await fetch(url)).json()).toMatchObject({ data: { room: { name: CANARY } } });
  expect(takeLeaks()).toEqual(found);
});

it('a secret that arrives over a WebSocket is found, whether or not the test reads it', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { id } = tested.sandbox.world.rooms.create({ name: CANARY });
  await using raw = await openSession(await tested.gateway.listen());
  const came = once(raw.socket, 'message');
  subscribe(raw, '1', `{ room(id: "${id}") { name } }`);
  await came;
  expect(takeLeaks()).toEqual([expect.stringMatching(/^the canary in an answer: .*"name":"\[secret\]"/)]);
});

it('the line of a request has no secret of its caller, over HTTP and WebSocket', async () => {
  const { log, text } = memoryLog();
  await using tested = await startTestGateway({ sandbox: { data: 'empty' }, log });
  const url = await tested.gateway.listen();
  const token = await managementToken();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-key': CANARY };
  const body = JSON.stringify({ query: `query Mine { __typename } # ${CANARY}`, variables: { token } });
  await (await fetch(`${url}/graphql?token=${token}`, { method: 'POST', headers, body })).text();
  await using raw = await openSession(url, { authorization: `Bearer ${token}` });
  subscribe(raw, '1', `query Mine { __typename } # ${CANARY}`, { variables: { token } });
  await raw.next();
  await expect.poll(() => text().split('"operation":"Mine"').length, { interval: 5 }).toBe(3);
  expect(takeLeaks()).toEqual([]);
});
