// Every operation of live streams, recordings, their files, external streams and stream keys against the sandbox.
import { describe, expect, it } from 'vitest';
import { RestForbiddenError, RestNotFoundError, RestRefusedError } from '../../../src/rest/errors.ts';
import * as external from '../../../src/rest/media/external-streams.ts';
import { RestInputError } from '../../../src/rest/shapes/inputs.ts';
import * as live from '../../../src/rest/media/live-streams.ts';
import {
  getPresignedUrl,
  getRecordingAsset,
  listRecordingAssets,
} from '../../../src/rest/media/recording-assets.ts';
import * as recordings from '../../../src/rest/media/recordings.ts';
import { createStreamKey, disableStreamKey, getStreamKey } from '../../../src/rest/media/stream-keys.ts';
import { PROCESSING_MS, STARTING_MS, STOPPING_MS } from '../../../src/sandbox/media/jobs.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { rejection } from '../client/support.ts';

const NOWHERE = 'f'.repeat(24);
const RTMP = ['rtmp://live.example.com/app/key'];

async function liveRoom() {
  const lab = await sandboxedRest();
  const room = lab.sandbox.world.rooms.create();
  lab.sandbox.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  /** The requests since the last call of this function. */
  let seen = 0;
  const newLines = (): string[] => {
    const lines = lab.lines().slice(seen);
    seen += lines.length;
    return lines;
  };
  return { ...lab, roomId: room.id, newLines };
}

describe('live streams', () => {
  it('are started, get metadata, are paused, resumed, stopped and read by id', async () => {
    const { client, roomId, newLines } = await liveRoom();
    const input = { meeting_url: 'https://app.example.com', recording: { hls_vod: true } };
    const { id } = await live.startLiveStream(client, roomId, input);
    await live.sendTimedMetadata(client, id, { payload: 'goal', duration: 3 });
    await live.pauseLiveStreamRecording(client, id);
    await live.resumeLiveStreamRecording(client, id);
    expect(await live.stopLiveStream(client, id)).toMatchObject({ id, status: 'stopping' });
    expect(await live.getLiveStream(client, id)).toMatchObject({ id, recording: { hls_vod: true } });
    expect(newLines()).toEqual([
      `POST /live-streams/room/${roomId}/start`,
      `POST /live-streams/${id}/timed-metadata`,
      `POST /live-streams/${id}/pause-recording`,
      `POST /live-streams/${id}/resume-recording`,
      `POST /live-streams/${id}/stop`,
      `GET /live-streams/${id}`,
    ]);
    await rejection(live.getLiveStream(client, NOWHERE), RestNotFoundError);
  });

  it('are stopped with all of their room, and listed with all filters', async () => {
    const { client, roomId, newLines } = await liveRoom();
    const { id } = await live.startLiveStream(client, roomId, {});
    const stopped = await live.stopLiveStreams(client, roomId);
    expect(stopped).toMatchObject({ jobs: [{ id }], error: null });
    await rejection(live.stopLiveStreams(client, roomId), RestNotFoundError);
    const params = { roomId, sessionId: 'a1', status: 'stopping', limit: 10, start: NOWHERE } as const;
    expect(await live.listLiveStreams(client, params)).toMatchObject({ items: [], last: null });
    expect(newLines().at(-1)).toBe(
      `GET /live-streams?room_id=${roomId}&session_id=a1&status=stopping&limit=10&start=${NOWHERE}`,
    );
  });

  it('get no metadata that the vendor would refuse', async () => {
    const { client, newLines } = await liveRoom();
    const input = { payload: 'x'.repeat(101), duration: 1.5 };
    const error = await rejection(live.sendTimedMetadata(client, NOWHERE, input), RestInputError);
    expect(error).toMatchObject({ issues: [{ path: ['payload'] }, { path: ['duration'] }] });
    expect(newLines()).toEqual([]);
  });
});

describe('recordings', () => {
  it('are started, paused, resumed, stopped and read by id', async () => {
    const { client, roomId, newLines } = await liveRoom();
    const { id } = await recordings.startRecording(client, roomId, { audio_only: true });
    await recordings.pauseRecordings(client, roomId);
    await recordings.resumeRecordings(client, roomId);
    expect(await recordings.stopRecording(client, id)).toMatchObject({ id, status: 'stopping' });
    expect(await recordings.getRecording(client, id)).toMatchObject({ id });
    expect(newLines()).toEqual([
      `POST /recordings/room/${roomId}/start`,
      `POST /recordings/room/${roomId}/pause`,
      `POST /recordings/room/${roomId}/resume`,
      `POST /recordings/${id}/stop`,
      `GET /recordings/${id}`,
    ]);
  });

  it('are stopped with all of their room, and listed; an invalid transcription is not sent', async () => {
    const { client, roomId } = await liveRoom();
    const { id } = await recordings.startRecording(client, roomId, {});
    expect(await recordings.stopRecordings(client, roomId)).toMatchObject({ jobs: [{ id }] });
    const page = await recordings.listRecordings(client, { roomId, limit: 10 });
    expect(page.items).toMatchObject([{ id }]);
    const transcription = { summary: { temperature: 2 } };
    const error = await rejection(
      recordings.startRecording(client, roomId, { transcription }),
      RestInputError,
    );
    expect(error).toMatchObject({ issues: [{ path: ['transcription', 'summary', 'temperature'] }] });
  });
});

describe('files', () => {
  it.each([
    ['kind', { type: 'chat' }],
    ['state', { status: 'failed' }],
    ['room', { roomId: NOWHERE }],
    ['session', { sessionId: NOWHERE }],
  ] as const)(
    'of another %s than requested are left out if the server ignores the filter',
    async (_, wanted) => {
      const { sandbox, client, clock, roomId } = await liveRoom();
      const job = await recordings.startRecording(client, roomId, {});
      await clock.advance(STARTING_MS + 60_000);
      await recordings.stopRecording(client, job.id);
      await clock.advance(STOPPING_MS + PROCESSING_MS);
      const all = await listRecordingAssets(client, { limit: 10 });
      sandbox.faults.set('listRecordingAssets', {
        kind: 'shape',
        shape: () => ({ limit: all.items.length, data: all.items, last: all.last }),
      });
      const page = await listRecordingAssets(client, { limit: 10, ...wanted });
      expect(page.items.map(({ type }) => type)).toEqual('type' in wanted ? ['chat'] : []);
      expect(page).toMatchObject({ last: all.last, isFull: true });
    },
  );

  it('of another type than requested are left out, although the sandbox lists them', async () => {
    const { sandbox, client, clock, roomId } = await liveRoom();
    sandbox.world.options.assetType = 'ignored';
    const job = await recordings.startRecording(client, roomId, {});
    await clock.advance(STARTING_MS + 60_000);
    await recordings.stopRecording(client, job.id);
    await clock.advance(STOPPING_MS + PROCESSING_MS);
    for (const type of ['chat', 'room-composite', 'track'] as const) {
      const { items } = await listRecordingAssets(client, { type, limit: 10 });
      expect(items.map((asset) => asset.type)).toEqual(type === 'track' ? [] : [type]);
    }
  });

  it('are listed with all filters, read by id, and have download links', async () => {
    const { client, clock, roomId, newLines } = await liveRoom();
    const job = await recordings.startRecording(client, roomId, {});
    await clock.advance(STARTING_MS + 60_000);
    await recordings.stopRecording(client, job.id);
    await clock.advance(STOPPING_MS + PROCESSING_MS);
    newLines();
    const { session_id: sessionId } = job;
    const params = { roomId, sessionId, status: 'completed', type: 'chat', limit: 10 } as const;
    const [chat] = (await listRecordingAssets(client, params)).items;
    expect(chat).toMatchObject({ type: 'chat', job_id: job.id });
    const id = chat?.id ?? '';
    expect(await getRecordingAsset(client, id)).toEqual(chat);
    expect(await getPresignedUrl(client, id, 60)).toMatchObject({ id, expiry: 60 });
    expect(await getPresignedUrl(client, id, undefined)).toMatchObject({ expiry: 259_200 });
    expect(newLines()).toEqual([
      `GET /recording-assets?room_id=${roomId}&session_id=${sessionId}&status=completed&asset_type=chat&limit=10`,
      `GET /recording-assets/${id}`,
      `GET /recording-assets/${id}/presigned-url?presign_duration=60`,
      `GET /recording-assets/${id}/presigned-url`,
    ]);
  });
});

describe('external streams', () => {
  it('are started, stopped, read by id and listed', async () => {
    const { client, roomId, newLines } = await liveRoom();
    const { id } = await external.startExternalStream(client, roomId, { rtmp_urls: RTMP });
    expect(await external.stopExternalStream(client, id)).toMatchObject({ id, status: 'stopping' });
    expect(await external.getExternalStream(client, id)).toMatchObject({ id, rtmp_urls: RTMP });
    const page = await external.listExternalStreams(client, { limit: 10 });
    expect(page.items).toMatchObject([{ id }]);
    const { id: next } = await external.startExternalStream(client, roomId, { rtmp_urls: RTMP });
    expect(await external.stopExternalStreams(client, roomId)).toMatchObject({ jobs: [{ id: next }] });
    expect(newLines()).toHaveLength(6);
  });

  it('without a target, or with one that is no RTMP URL, are not sent', async () => {
    const { client, roomId, newLines } = await liveRoom();
    for (const rtmp_urls of [[], ['https://example.com/live']]) {
      await rejection(external.startExternalStream(client, roomId, { rtmp_urls }), RestInputError);
    }
    expect(newLines()).toEqual([]);
  });
});

describe('stream keys', () => {
  it('are created, read and disabled', async () => {
    const { client, roomId } = await liveRoom();
    const { key } = await createStreamKey(client, roomId);
    expect(await getStreamKey(client, roomId)).toMatchObject({ key, enabled: true });
    await rejection(createStreamKey(client, roomId), RestRefusedError);
    expect(await disableStreamKey(client, roomId)).toEqual({ message: 'key disabled successfully' });
    await rejection(getStreamKey(client, roomId), RestNotFoundError);
  });

  it('of a disabled room are refused', async () => {
    const { client, roomId, sandbox } = await liveRoom();
    sandbox.world.rooms.update(roomId, { enabled: false });
    await rejection(getStreamKey(client, roomId), RestForbiddenError);
    await rejection(createStreamKey(client, roomId), RestForbiddenError);
  });
});
