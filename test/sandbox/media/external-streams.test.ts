// External streams of the sandbox over HTTP. The states of jobs over time are tested in jobs.test.ts.
import { expect, test } from 'vitest';
import { PROCESSING_MS, STARTING_MS, STOPPING_MS } from '../../../src/sandbox/media/jobs.ts';
import { idsOf, startTestSandbox } from '../../support/sandbox-client.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';
const rtmp_urls = ['rtmp://live.example.com/app/key'];

async function startWithLiveRoom() {
  const lab = await startTestSandbox();
  const room = lab.world.rooms.create({ name: 'live' });
  lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const start = (body?: object) => lab.rest.post(`/external-streams/room/${room.id}/start`, body);
  const started = async (body: object): Promise<string> => {
    // The client has checked the answer against the schema of an external stream.
    return ((await start(body)).body as { id: string }).id;
  };
  return { ...lab, room, start, started };
}

test('an external stream starts, and the answer contains its target URLs with the stream keys', async () => {
  await using lab = await startWithLiveRoom();
  expect(await lab.start({ rtmp_urls, resolution: { width: 1080, height: 1920 } })).toMatchObject({
    status: 200,
    body: {
      status: 'starting',
      rtmp_urls,
      recording: false,
      resolution: { width: 1080, height: 1920 },
      recording_assets: null,
    },
  });
});

test.each([
  ['no target', {}],
  ['an empty list of targets', { rtmp_urls: [] }],
  ['six targets', { rtmp_urls: Array.from({ length: 6 }, () => rtmp_urls[0]) }],
  ['a target that is no RTMP', { rtmp_urls: ['https://example.com'] }],
  ['half a resolution', { rtmp_urls, resolution: { width: 1280 } }],
  ['a resolution out of bounds', { rtmp_urls, resolution: { width: 1280, height: 400 } }],
  ['a resolution wide and high', { rtmp_urls, resolution: { width: 1920, height: 1920 } }],
])('an external stream with %s is refused', async (_what, body) => {
  await using lab = await startWithLiveRoom();
  expect(await lab.start(body)).toMatchObject({ status: 400, body: { message: 'Invalid body param' } });
});

test('an external stream has its files in lists too, without thumbnails', async () => {
  await using lab = await startWithLiveRoom();
  const id = await lab.started({ rtmp_urls, recording: true });
  await lab.clock.advance(STARTING_MS + 60_000);
  const stopped = await lab.rest.post(`/external-streams/${id}/stop`);
  expect(stopped.body).toMatchObject({ status: 'stopping', recording_assets: [] });
  await lab.clock.advance(STOPPING_MS + PROCESSING_MS);
  const files = [{ type: 'room-composite', thumbnails: [], status: 'completed' }];
  expect((await lab.rest.get('/external-streams')).body).toMatchObject({
    data: [{ id, status: 'completed', recording_assets: files }],
  });
  expect((await lab.rest.get(`/external-streams/${id}`)).body).toMatchObject({ recording_assets: files });
});

test('all external streams of a room are stopped by one call; lists are filtered by status', async () => {
  await using lab = await startWithLiveRoom();
  const a = await lab.started({ rtmp_urls, destination: 'a' });
  const b = await lab.started({ rtmp_urls, destination: 'b' });
  const path = `/external-streams/room/${lab.room.id}/stop`;
  expect((await lab.rest.post(path)).body).toMatchObject({
    data: [
      { id: a, recording_assets: [] },
      { id: b, status: 'stopping' },
    ],
  });
  expect(await lab.rest.post(path)).toMatchObject({ status: 404, body: { message: 'beam not found' } });
  expect(await lab.rest.post(`/external-streams/${UNKNOWN}/stop`)).toMatchObject({ status: 404 });
  expect(idsOf((await lab.rest.get('/external-streams?status=stopping')).body)).toEqual([b, a]);
  expect(idsOf((await lab.rest.get('/external-streams?status=running')).body)).toEqual([]);
});
