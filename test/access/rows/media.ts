// The rows of the access table for live streams, recordings, external streams and stream keys: the scopes that their
// fields need.
import { byArgument, inRoom, listRows, mutation, read } from '../kinds.ts';
import { access, covered, row } from '../row.ts';
import { jobWays, linkRows, PAGE, roomWay, sessionWay } from '../ways.ts';

const liveStream = { rooms: 'object', reads: read('getLiveStream') } as const;

access({
  nodes: [
    {
      name: 'LiveStream',
      scope: 'live-streams:read',
      rooms: 'object',
      localId: ({ liveStream }) => liveStream,
      reads: ['getLiveStream'],
    },
    {
      name: 'Recording',
      scope: 'recordings:read',
      rooms: 'object',
      localId: ({ recording }) => recording,
      reads: ['getRecording'],
    },
    {
      name: 'RecordingAsset',
      scope: 'recordings:read',
      rooms: 'object',
      localId: ({ asset }) => asset,
      reads: ['getRecordingAsset'],
    },
    {
      name: 'ExternalStream',
      scope: 'external-streams:read',
      rooms: 'object',
      localId: ({ externalStream }) => externalStream,
      reads: ['getExternalStream'],
    },
  ],
  rows: [
    row(
      'Query.liveStream',
      'live-streams:read',
      { rooms: 'object', reads: read('getLiveStream') },
      covered('getLiveStream'),
    ),
    row(
      'Query.recording',
      'recordings:read',
      { rooms: 'object', reads: read('getRecording') },
      covered('getRecording'),
    ),
    row(
      'Query.recordingAsset',
      'recordings:read',
      { rooms: 'object', reads: read('getRecordingAsset') },
      covered('getRecordingAsset'),
    ),
    row(
      'Query.externalStream',
      'external-streams:read',
      { rooms: 'object', reads: read('getExternalStream') },
      covered('getExternalStream'),
    ),
    row('Query.streamKey', 'stream-keys:read', { rooms: 'argument' }, covered('getStreamKey')),
    ...listRows('liveStreams', 'live-streams:read'),
    ...listRows('recordings', 'recordings:read'),
    ...listRows('recordingAssets', 'recordings:read'),
    ...listRows('externalStreams', 'external-streams:read'),
    ...linkRows(roomWay, [
      ['streamKey', 'stream-keys:read', '{ enabled }'],
      ['liveStreams', 'live-streams:read', PAGE],
      ['recordings', 'recordings:read', PAGE],
      ['recordingAssets', 'recordings:read', PAGE],
      ['externalStreams', 'external-streams:read', PAGE],
    ]),
    ...linkRows(sessionWay, [
      ['liveStreams', 'live-streams:read', PAGE],
      ['recordings', 'recordings:read', PAGE],
      ['recordingAssets', 'recordings:read', PAGE],
      ['externalStreams', 'external-streams:read', PAGE],
    ]),
    ...jobWays.flatMap((job) =>
      linkRows(job, [
        ['startedBy', 'peers:read', '{ name }'],
        ['stoppedBy', 'peers:read', '{ name }'],
        ['room', 'rooms:read', '{ name }'],
        ['session', 'sessions:read', '{ hmsId }'],
        ['assets', 'recordings:read', '{ type }'],
      ]),
    ),
    mutation('disableStreamKey', 'stream-keys:write', byArgument, inRoom),
    mutation('createStreamKey', 'stream-keys:write', byArgument, inRoom),
    row(
      'Mutation.sendTimedMetadata',
      'live-streams:write',
      liveStream,
      covered('sendLiveStreamTimedMetadata'),
    ),
    row(
      'Mutation.pauseLiveStreamRecording',
      'live-streams:write',
      liveStream,
      covered('pauseLiveStreamRecording'),
    ),
    row(
      'Mutation.resumeLiveStreamRecording',
      'live-streams:write',
      liveStream,
      covered('resumeLiveStreamRecording'),
    ),
    row('Mutation.stopLiveStream', 'live-streams:write', liveStream, covered('stopLiveStream')),
    row('Mutation.startLiveStream', 'live-streams:write', byArgument, covered('startLiveStream')),
    row('Mutation.stopLiveStreams', 'live-streams:write', byArgument, covered('stopLiveStreamsForRoom')),
    row('Mutation.pauseRecordings', 'recordings:write', byArgument, covered('pauseRecordingForRoom')),
    row('Mutation.resumeRecordings', 'recordings:write', byArgument, covered('resumeRecordingForRoom')),
    row(
      'Mutation.stopRecording',
      'recordings:write',
      { rooms: 'object', reads: read('getRecording') },
      covered('stopRecording'),
    ),
    row('Mutation.startRecording', 'recordings:write', byArgument, covered('startRecording')),
    row('Mutation.stopRecordings', 'recordings:write', byArgument, covered('stopRecordingsForRoom')),
    row(
      'Mutation.stopExternalStream',
      'external-streams:write',
      { rooms: 'object', reads: read('getExternalStream') },
      covered('stopExternalStream'),
    ),
    row('Mutation.startExternalStream', 'external-streams:write', byArgument, covered('startExternalStream')),
    row(
      'Mutation.stopExternalStreams',
      'external-streams:write',
      byArgument,
      covered('stopExternalStreamsForRoom'),
    ),
  ],
});
