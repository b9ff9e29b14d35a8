// Each request that the vendor's Node SDK has a call for, as it goes over the wire. The sandbox must know it, take its
// headers, query and body, and give a documented answer. What the calls do is in the other files of this folder.
import { expect, test } from 'vitest';
import { startLiveLab } from '../../support/outside-lab.ts';
import { expectDocumentedAnswer } from '../../support/openapi.ts';
import { addPastJobs, addRunningJob } from '../../support/media.ts';

const MEETING = { meeting_url: 'https://app.example.com/meeting/abc' };

/** Read operations, each with its path and query; names in braces stand for ids of the lab below. */
const reads: [operationId: string, path: string][] = [
  ['getRoom', '/rooms/{room}'],
  ['listRooms', '/rooms'],
  ['listRooms', '/rooms?name=live'],
  ['listRooms', '/rooms?limit=20&enabled=true&after=2026-03-12T16:00:00Z&start={room}'],
  ['listRoomCodes', '/room-codes/room/{room}?enabled=true&role=guest'],
  ['listSessions', '/sessions'],
  ['listSessions', '/sessions?room_id={room}&active=true'],
  ['getSession', '/sessions/{session}'],
  ['getActiveRoom', '/active-rooms/{room}'],
  ['listActivePeers', '/active-rooms/{room}/peers'],
  ['getActivePeer', '/active-rooms/{room}/peers/{peer}'],
  ['listRecordings', '/recordings?room_id={room}&status=running'],
  ['getRecording', '/recordings/{recording}'],
  ['listRecordingAssets', '/recording-assets?room_id={room}&status=completed'],
  ['getRecordingAsset', '/recording-assets/{asset}'],
  ['getRecordingAssetPresignedUrl', '/recording-assets/{asset}/presigned-url?presign_duration=3600'],
  ['listLiveStreams', '/live-streams?room_id={room}'],
  ['getLiveStream', '/live-streams/{stream}'],
  ['listExternalStreams', '/external-streams?session_id={session}'],
  ['getExternalStream', '/external-streams/{external}'],
  [
    'listAnalyticsEvents',
    '/analytics/events?room_id={room}&type=track.add.success&type=track.remove.success&limit=3',
  ],
  ['listAnalyticsEvents', '/analytics/events?room_id={room}&type=beam.recording.success'],
];

/** Write operations, each with its path and body; the body is `{}` if the caller gives no input. */
const writes: [operationId: string, path: string, body: Readonly<Record<string, unknown>>][] = [
  ['createRoom', '/rooms', {}],
  ['createRoom', '/rooms', { name: 'maths', description: 'Evening', region: 'in' }],
  ['updateRoom', '/rooms/{room}', { name: 'physics', region: 'eu' }],
  ['updateRoom', '/rooms/{room}', { enabled: false }],
  ['createRoomCodes', '/room-codes/room/{room}', {}],
  ['createRoomCodeForRole', '/room-codes/room/{room}/role/guest', {}],
  ['updateRoomCode', '/room-codes/code', { code: '{code}', enabled: false }],
  ['updateActivePeer', '/active-rooms/{room}/peers/{peer}', { name: 'Ada L.', role: 'guest' }],
  ['sendMessage', '/active-rooms/{room}/send-message', { message: 'hi', type: 'chat' }],
  ['removePeers', '/active-rooms/{room}/remove-peers', { peer_id: '{peer}', reason: 'noise' }],
  ['endActiveRoom', '/active-rooms/{room}/end-room', {}],
  ['endActiveRoom', '/active-rooms/{room}/end-room', { reason: 'over', lock: true }],
  ['startRecording', '/recordings/room/{room}/start', MEETING],
  ['stopRecording', '/recordings/{recording}/stop', {}],
  ['stopRecordingsForRoom', '/recordings/room/{room}/stop', {}],
  ['startLiveStream', '/live-streams/room/{room}/start', MEETING],
  ['sendLiveStreamTimedMetadata', '/live-streams/{stream}/timed-metadata', { payload: 'quiz', duration: 5 }],
  ['pauseLiveStreamRecording', '/live-streams/{stream}/pause-recording', {}],
  ['resumeLiveStreamRecording', '/live-streams/{stream}/resume-recording', {}],
  ['stopLiveStream', '/live-streams/{stream}/stop', {}],
  ['stopLiveStreamsForRoom', '/live-streams/room/{room}/stop', {}],
  [
    'startExternalStream',
    '/external-streams/room/{room}/start',
    { ...MEETING, rtmp_urls: ['rtmp://live.example.com/app/key'], recording: true },
  ],
  ['stopExternalStream', '/external-streams/{external}/stop', {}],
  ['stopExternalStreamsForRoom', '/external-streams/room/{room}/stop', {}],
];

/** A live room in which each kind of job runs, with the ids that the rows name. */
async function startBusyLab() {
  const lab = await startLiveLab();
  const { room, ada, world } = lab;
  const { code } = world.roomCodes.create(room.id, 'guest');
  const session = world.sessions.active(room.id);
  if (session === undefined) throw new Error('the room is not live');
  addPastJobs(world, session, 'recording', 1);
  for (const kind of ['recording', 'live-stream', 'external-stream'] as const) {
    addRunningJob(world, session, kind);
  }
  const running = (kind: 'recording' | 'live-stream' | 'external-stream') =>
    world.jobs.activeOf(room.id, kind)[0]?.id;
  const [asset] = world.jobs.assets.values();
  const ids = new Map<string, string | undefined>([
    ['room', room.id],
    ['peer', ada.id],
    ['session', session.id],
    ['code', code],
    ['asset', asset?.id],
    ['recording', running('recording')],
    ['stream', running('live-stream')],
    ['external', running('external-stream')],
  ]);
  const filled = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`the lab has no ${name}`);
      return id;
    });
  return { ...lab, filled };
}

type Lab = Awaited<ReturnType<typeof startBusyLab>>;

/**
 * Sends a request with the names replaced by ids. Fails unless the answer is the one documented success of the
 * operation.
 */
async function expectAnswered(
  lab: Lab,
  operationId: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
) {
  const target = lab.filled(path);
  const answer = await lab.client.ask(method, target, body);
  expect(answer).toMatchObject({ status: 200 });
  expectDocumentedAnswer(operationId, answer.status, answer.body);
  expect(lab.ledger.lines()).toEqual([`${method} ${target}`]);
  expect(lab.asked()).toEqual([operationId]);
}

test.each(reads)('%s is answered for GET %s', async (operationId, path) => {
  await using lab = await startBusyLab();
  await expectAnswered(lab, operationId, 'GET', path);
});

test.each(writes)('%s is answered for POST %s with %j', async (operationId, path, body) => {
  await using lab = await startBusyLab();
  const filled = Object.entries(body).map(([key, value]) => [
    key,
    typeof value === 'string' ? lab.filled(value) : value,
  ]);
  await expectAnswered(lab, operationId, 'POST', path, Object.fromEntries(filled));
});
