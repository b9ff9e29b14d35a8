// Live streams, recordings, external streams and stream keys: which fields serve which operations.
import { cover, inRoom, list, mutation, query } from '../row.ts';

cover({
  listLiveStreams: { fields: ['liveStreams', 'Room.liveStreams'], document: list('liveStreams') },
  getLiveStream: {
    fields: ['liveStream'],
    document: query(({ liveStream }) => `liveStream(id: "${liveStream}") { status }`),
  },
  sendLiveStreamTimedMetadata: {
    fields: ['sendTimedMetadata'],
    document: mutation(
      'sendTimedMetadata',
      ({ liveStream }) => `id: "${liveStream}", payload: "now", durationSeconds: 1`,
    ),
  },
  pauseLiveStreamRecording: {
    fields: ['pauseLiveStreamRecording'],
    document: mutation('pauseLiveStreamRecording', ({ liveStream }) => `id: "${liveStream}"`),
  },
  resumeLiveStreamRecording: {
    fields: ['resumeLiveStreamRecording'],
    document: mutation('resumeLiveStreamRecording', ({ liveStream }) => `id: "${liveStream}"`),
  },
  stopLiveStream: {
    fields: ['stopLiveStream'],
    document: mutation('stopLiveStream', ({ liveStream }) => `id: "${liveStream}"`),
  },
  startLiveStream: { fields: ['startLiveStream'], document: mutation('startLiveStream', inRoom) },
  stopLiveStreamsForRoom: { fields: ['stopLiveStreams'], document: mutation('stopLiveStreams', inRoom) },
  listRecordings: { fields: ['recordings', 'Room.recordings'], document: list('recordings') },
  getRecording: {
    fields: ['recording'],
    document: query(({ recording }) => `recording(id: "${recording}") { status }`),
  },
  pauseRecordingForRoom: { fields: ['pauseRecordings'], document: mutation('pauseRecordings', inRoom) },
  resumeRecordingForRoom: { fields: ['resumeRecordings'], document: mutation('resumeRecordings', inRoom) },
  stopRecording: {
    fields: ['stopRecording'],
    document: mutation('stopRecording', ({ recording }) => `id: "${recording}"`),
  },
  startRecording: { fields: ['startRecording'], document: mutation('startRecording', inRoom) },
  stopRecordingsForRoom: { fields: ['stopRecordings'], document: mutation('stopRecordings', inRoom) },
  listRecordingAssets: {
    fields: ['recordingAssets', 'Session.recordingAssets'],
    document: list('recordingAssets'),
  },
  getRecordingAsset: {
    fields: ['recordingAsset'],
    document: query(({ asset }) => `recordingAsset(id: "${asset}") { type }`),
  },
  getRecordingAssetPresignedUrl: {
    fields: ['RecordingAsset.presignedUrl'],
    document: query(({ asset }) => `recordingAsset(id: "${asset}") { presignedUrl { __typename } }`),
  },
  listExternalStreams: {
    fields: ['externalStreams', 'Room.externalStreams'],
    document: list('externalStreams'),
  },
  getExternalStream: {
    fields: ['externalStream'],
    document: query(({ externalStream }) => `externalStream(id: "${externalStream}") { status }`),
  },
  stopExternalStream: {
    fields: ['stopExternalStream'],
    document: mutation('stopExternalStream', ({ externalStream }) => `id: "${externalStream}"`),
  },
  startExternalStream: {
    fields: ['startExternalStream'],
    document: mutation(
      'startExternalStream',
      (cast) => `${inRoom(cast)}, rtmpUrls: ["rtmp://live.example.com/app/k"]`,
    ),
  },
  stopExternalStreamsForRoom: {
    fields: ['stopExternalStreams'],
    document: mutation('stopExternalStreams', inRoom),
  },
  createStreamKey: { fields: ['createStreamKey'], document: mutation('createStreamKey', inRoom) },
  getStreamKey: {
    fields: ['streamKey', 'Room.streamKey'],
    document: query(({ room }) => `streamKey(roomId: "${room}") { enabled }`),
  },
  disableStreamKey: { fields: ['disableStreamKey'], document: mutation('disableStreamKey', inRoom) },
});
