// What the fields of Mutation ask of their callers, in an order in which one caller can run them all: what ends
// something comes last, and every other finds what it needs.
import type { Scope } from '../../src/auth/scopes.ts';
import { covered, row, type AccessCast, type Row, type RowDetails } from './row.ts';

function mutation(
  field: string,
  scope: Scope,
  details: RowDetails,
  input: (cast: AccessCast) => string,
): Row {
  const document = (cast: AccessCast) => `mutation { ${field}(input: { ${input(cast)} }) { __typename } }`;
  return row(`Mutation.${field}`, scope, details, document);
}

/** A mutation of the whole workspace, with the document of the REST operation that it serves. */
function ofWorkspace(field: string, scope: Scope, document: Row['document']): Row {
  return row(`Mutation.${field}`, scope, { rooms: 'workspace' }, document);
}

const inRoom = ({ room }: AccessCast) => `roomId: "${room}"`;
const itsId = ({ room }: AccessCast) => `id: "${room}"`;
const itsCode = ({ roomCode }: AccessCast) => `code: "${roomCode}"`;
const byArgument = { rooms: 'argument' } as const;
const byCode = { rooms: 'code', reads: { room: ['listRoomCodes'] } } as const;
const byObject = (operationId: string) => ({ rooms: 'object', reads: { room: [operationId] } }) as const;

const ofRooms: readonly Row[] = [
  ofWorkspace('createRoom', 'rooms:write', covered('createRoom')),
  mutation('updateRoom', 'rooms:write', byArgument, (cast) => `${itsId(cast)}, description: "changed"`),
  mutation('disableRoom', 'rooms:write', byArgument, itsId),
  mutation('enableRoom', 'rooms:write', byArgument, itsId),
  mutation('createRoomCodes', 'room-codes:write', byArgument, inRoom),
  mutation('createRoomCode', 'room-codes:write', byArgument, (cast) => `${inRoom(cast)}, role: "host"`),
  mutation('disableRoomCode', 'room-codes:write', byCode, itsCode),
  mutation('enableRoomCode', 'room-codes:write', byCode, itsCode),
  mutation('exchangeRoomCode', 'tokens:write', byCode, itsCode),
  mutation(
    'createAuthToken',
    'tokens:write',
    byArgument,
    (cast) => `${inRoom(cast)}, role: "host", userId: "u"`,
  ),
  mutation('disableStreamKey', 'stream-keys:write', byArgument, inRoom),
  mutation('createStreamKey', 'stream-keys:write', byArgument, inRoom),
];

const ofTemplates: readonly Row[] = [
  ofWorkspace('createTemplate', 'templates:write', covered('createTemplate')),
  ofWorkspace(
    'updateTemplate',
    'templates:write',
    ({ spareTemplate }) =>
      `mutation { updateTemplate(input: { id: "${spareTemplate}", roles: [{ name: "host" }], settings: {} }) { __typename } }`,
  ),
  ofWorkspace('patchTemplate', 'templates:write', covered('updateTemplate')),
  ofWorkspace('setRole', 'templates:write', covered('getRole')),
  ofWorkspace('renameRole', 'templates:write', covered('putRole')),
  ofWorkspace('deleteRole', 'templates:write', covered('deleteRole')),
  ofWorkspace('updateTemplateSettings', 'templates:write', covered('updateSettings')),
  ofWorkspace('updateTemplateDestinations', 'templates:write', covered('getDestinations')),
  ofWorkspace('updateRecordingConfig', 'templates:write', covered('updateRecordingConfigs')),
];

const liveStream = byObject('getLiveStream');

const ofMedia: readonly Row[] = [
  row('Mutation.sendTimedMetadata', 'live-streams:write', liveStream, covered('sendLiveStreamTimedMetadata')),
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
  row('Mutation.stopRecording', 'recordings:write', byObject('getRecording'), covered('stopRecording')),
  row('Mutation.startRecording', 'recordings:write', byArgument, covered('startRecording')),
  row('Mutation.stopRecordings', 'recordings:write', byArgument, covered('stopRecordingsForRoom')),
  row(
    'Mutation.stopExternalStream',
    'external-streams:write',
    byObject('getExternalStream'),
    covered('stopExternalStream'),
  ),
  row('Mutation.startExternalStream', 'external-streams:write', byArgument, covered('startExternalStream')),
  row(
    'Mutation.stopExternalStreams',
    'external-streams:write',
    byArgument,
    covered('stopExternalStreamsForRoom'),
  ),
];

const ofPolls: readonly Row[] = [
  ofWorkspace('createPoll', 'polls:write', covered('createPoll')),
  ofWorkspace('updatePoll', 'polls:write', covered('updatePoll')),
  ofWorkspace('setPollQuestion', 'polls:write', covered('updatePollQuestion')),
  ofWorkspace('setPollOption', 'polls:write', covered('updatePollOption')),
  ofWorkspace('deletePollOption', 'polls:write', covered('deletePollOption')),
  ofWorkspace('deletePollQuestion', 'polls:write', covered('deletePollQuestion')),
];

const ofOthers: readonly Row[] = [
  ofWorkspace('replayWebhooks', 'webhooks:write', covered('replayWebhooks')),
  ofWorkspace('createSipTrunk', 'sip:write', covered('createSipTrunk')),
  ofWorkspace('updateSipTrunk', 'sip:write', covered('updateSipTrunk')),
  ofWorkspace('placeSipCall', 'sip:write', covered('startSipCall')),
  ofWorkspace('sendSipDtmf', 'sip:write', covered('sendSipDtmf')),
];

const change = { rooms: 'argument', participants: 'changeRole' } as const;
const remove = { rooms: 'argument', participants: 'removeOthers' } as const;
const onlySelf = { rooms: 'argument', participants: 'themselves' } as const;

const ofPeers: readonly Row[] = [
  mutation(
    'updatePeer',
    'peers:write',
    { ...onlySelf, about: 'own name' },
    (cast) => `${inRoom(cast)}, peerId: "${cast.self}", name: "I"`,
  ),
  mutation(
    'updatePeer',
    'peers:write',
    { ...byArgument, about: "another's name" },
    (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", name: "You"`,
  ),
  mutation(
    'updatePeer',
    'peers:write',
    { ...byArgument, about: "another's metadata" },
    (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", metadata: "{}"`,
  ),
  mutation(
    'updatePeer',
    'peers:write',
    { ...change, about: "another's role" },
    (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", role: "host"`,
  ),
  mutation(
    'updatePeer',
    'peers:write',
    { ...byArgument, about: "another's role and name" },
    (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", role: "host", name: "You"`,
  ),
  mutation(
    'updatePeers',
    'peers:write',
    { ...onlySelf, about: 'own metadata' },
    (cast) => `${inRoom(cast)}, updates: [{ peerId: "${cast.self}", metadata: "{}" }]`,
  ),
  mutation(
    'updatePeers',
    'peers:write',
    { ...byArgument, about: "own and another's name" },
    (cast) =>
      `${inRoom(cast)}, updates: [{ peerId: "${cast.self}", name: "I" }, { peerId: "${cast.peer}", name: "You" }]`,
  ),
  mutation(
    'updatePeers',
    'peers:write',
    { ...change, about: "own name and another's role" },
    (cast) =>
      `${inRoom(cast)}, updates: [{ peerId: "${cast.self}", name: "I" }, { peerId: "${cast.peer}", role: "guest" }]`,
  ),
  mutation('sendMessage', 'peers:write', byArgument, (cast) => `${inRoom(cast)}, message: "Hello"`),
  mutation(
    'sendMessages',
    'peers:write',
    byArgument,
    (cast) => `${inRoom(cast)}, messages: [{ message: "Hello" }]`,
  ),
  mutation('removePeer', 'peers:write', remove, (cast) => `${inRoom(cast)}, peerId: "${cast.second}"`),
  mutation('removePeers', 'peers:write', remove, (cast) => `${inRoom(cast)}, peerIds: ["${cast.third}"]`),
  mutation('removePeersByRole', 'peers:write', remove, (cast) => `${inRoom(cast)}, role: "guest"`),
];

const ends: readonly Row[] = [
  mutation('endRoom', 'sessions:write', { rooms: 'argument', participants: 'endRoom' }, inRoom),
  mutation(
    'endRoom',
    'rooms:write',
    { ...byArgument, about: 'and lock it', way: ['sessions:write'] },
    ({ lockRoom }) => `roomId: "${lockRoom}", lock: true`,
  ),
];

export const mutationRows: readonly Row[] = [
  ...ofRooms,
  ...ofTemplates,
  ...ofMedia,
  ...ofPolls,
  ...ofOthers,
  ...ofPeers,
  ...ends,
];
