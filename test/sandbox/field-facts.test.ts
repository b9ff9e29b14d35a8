// Facts of the REST API that its documentation leaves open and that public test suites, SDKs and applications show. The
// OpenAPI document states each of them, and the sandbox follows it.
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../src/openapi/document.ts';
import { canaryCredentials } from '../support/canary.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { managementToken, startTestSandbox } from '../support/sandbox-client.ts';

const { paths, components } = openApiDocument;
const UPPER_CASE_ID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

async function startLiveRoom() {
  const lab = await startTestSandbox();
  const room = lab.world.rooms.create({ name: 'live' });
  return { ...lab, room, path: `/active-rooms/${room.id}` };
}

test('an idle room is answered with 404', async () => {
  await using lab = await startLiveRoom();
  expect(JSON.stringify(paths['/active-rooms/{room_id}']?.get)).toContain('idle room is answered with 404');
  expect(await lab.rest.get(lab.path)).toMatchObject({ status: 404, body: { code: 404 } });
  const { id } = lab.world.join(lab.room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  expect(await lab.rest.get(lab.path)).toMatchObject({ status: 200 });
  lab.world.leave(lab.room.id, id);
  expect(await lab.rest.get(lab.path)).toMatchObject({ status: 404 });
});

describe('the id of a peer is made by its client SDK', () => {
  test('so it is not always a UUID in lower case, and the sandbox accepts it unchanged', async () => {
    await using lab = await startLiveRoom();
    const ada = lab.world.join(lab.room.id, {
      name: 'Ada',
      role: 'host',
      userId: 'ada',
      hasUpperCaseId: true,
    });
    expect(ada.id).toMatch(UPPER_CASE_ID);
    const peer = `${lab.path}/peers/${ada.id}`;
    expect(await lab.rest.get(peer)).toMatchObject({ status: 200, body: { id: ada.id } });
    expect(await lab.rest.get(peer.toLowerCase())).toMatchObject({ status: 404 });
    expect(await lab.rest.post(peer, { name: 'Ada L.' })).toMatchObject({ body: { name: 'Ada L.' } });
    expect(await lab.rest.post(`${lab.path}/remove-peers`, { peer_id: ada.id })).toMatchObject({
      status: 200,
    });
    expect(lab.world.sessions.active(lab.room.id)).toBeUndefined();
  });

  test('so the document gives the path no UUID format, and no schema of a peer requires a UUID', () => {
    expect(JSON.stringify(components)).toContain('Made by the client SDK that joined');
    const { ActivePeer: peer, SessionPeer: record, RemovePeersInput: removal } = components.schemas;
    expect(JSON.stringify([peer, record, removal])).not.toContain('uuid');
  });

  test('and the demo data has peers of both kinds', async () => {
    await using sandbox = await startSandbox({ ...canaryCredentials, seed: 1 });
    const peers = [...sandbox.world.sessions.all.values()].flatMap(({ peers: all }) => all.keys().toArray());
    const upper = peers.filter((id) => UPPER_CASE_ID.test(id));
    expect(upper.length).toBeGreaterThan(0);
    expect(upper.length).toBeLessThan(peers.length / 2);
  });
});

test.each(['vp8', 'vp9', 'h264', 'h265'])(
  'the codec %s of a camera and of a screen is known',
  async (codec) => {
    await using lab = await startTestSandbox();
    const host = { name: 'host', publishParams: { allowed: ['video'], video: { codec }, screen: { codec } } };
    const { status, body } = await lab.rest.post('/templates', { name: codec, roles: { host } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      roles: { host: { publishParams: { video: { codec }, screen: { codec } } } },
    });
  },
);

test('a codec that no SDK knows is refused', async () => {
  await using lab = await startTestSandbox();
  const host = { name: 'host', publishParams: { allowed: ['video'], video: { codec: 'theora' } } };
  expect(await lab.rest.post('/templates', { name: 'odd', roles: { host } })).toMatchObject({ status: 400 });
});

test('a bad token is answered with 401 "Token validation error"', async () => {
  await using lab = await startTestSandbox();
  expect(JSON.stringify(components.responses)).toContain('"message":"Token validation error"');
  const wrong = await managementToken({ secret: 'another-secret' });
  for (const token of [wrong, 'no.token.atall']) {
    const answer = await fetch(`${lab.sandbox.url}/rooms`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 401, message: 'Token validation error' });
  }
});

describe('a stop', () => {
  const stops = Object.entries(paths).filter(([path]) => path.endsWith('/stop'));

  test.each(stops)('%s takes no body, by the document', (_, { post }) => {
    expect(post?.requestBody).toBeUndefined();
    expect(JSON.stringify(post)).toContain('Takes no body. The answer has the status `stopping`');
  });

  test.each([
    ['recordings', {}],
    ['live-streams', {}],
    ['external-streams', { rtmp_urls: ['rtmp://live.example.com/app/key'] }],
  ])('of %s without a body is taken and answers stopping', async (kind, body) => {
    await using lab = await startLiveRoom();
    lab.world.join(lab.room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    const started = await lab.rest.post(`/${kind}/room/${lab.room.id}/start`, body);
    const { id } = Object(started.body);
    expect(await lab.rest.post(`/${kind}/${id}/stop`)).toMatchObject({
      status: 200,
      body: { id, status: 'stopping' },
    });
    await lab.rest.post(`/${kind}/room/${lab.room.id}/start`, body);
    expect(await lab.rest.post(`/${kind}/room/${lab.room.id}/stop`)).toMatchObject({
      status: 200,
      body: { data: [{ status: 'stopping' }] },
    });
  });
});
