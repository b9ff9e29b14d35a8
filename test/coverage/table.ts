// Each operation of the REST API with the fields that serve it, and an operation of the graph that makes it run.
// docs/coverage.md is printed from this table; a test runs every row against the sandbox and looks at the ledger.

/** Vendor ids of things in the world in which the table is run. */
export interface Cast {
  readonly room: string;
  readonly idleRoom: string;
  readonly session: string;
  readonly peer: string;
  readonly template: string;
  readonly liveStream: string;
  readonly recording: string;
  readonly externalStream: string;
  readonly asset: string;
  readonly poll: string;
  readonly pollSession: string;
  readonly pollResponse: string;
  readonly pollResult: string;
  readonly roomCode: string;
  readonly trunk: string;
  readonly workflow: string;
  readonly authToken: string;
}

/** A row of the table. */
export interface Coverage {
  /** Fields of the graph, as `Type.field` or a root field's name. */
  readonly fields: readonly string[];
  /** A document of the graph that makes the operation run. */
  readonly document: (cast: Cast) => string;
}

const query = (selection: (cast: Cast) => string) => (cast: Cast) => `{ ${selection(cast)} }`;
const mutation = (field: string, input: (cast: Cast) => string) => (cast: Cast) =>
  `mutation { ${field}(input: { ${input(cast)} }) { __typename } }`;
const list = (field: string) => query(() => `${field}(first: 1) { edges { cursor } }`);

const inRoom = ({ room }: Cast) => `roomId: "${room}"`;
const inTemplate = ({ template }: Cast) => `templateId: "${template}"`;

/** By operation id of the OpenAPI document, in an order in which they can be run one after the other. */
export const coverage: Readonly<Record<string, Coverage>> = {
  listRooms: { fields: ['rooms'], document: list('rooms') },
  getRoom: {
    fields: ['room', 'Session.room'],
    document: query(({ room }) => `room(id: "${room}") { name }`),
  },
  createRoom: { fields: ['createRoom'], document: mutation('createRoom', () => 'name: "made-here"') },
  updateRoom: {
    fields: ['updateRoom', 'enableRoom', 'disableRoom'],
    document: mutation('updateRoom', ({ idleRoom }) => `id: "${idleRoom}", description: "changed"`),
  },
  createRoomCodes: { fields: ['createRoomCodes'], document: mutation('createRoomCodes', inRoom) },
  listRoomCodes: {
    fields: ['Room.roomCodes'],
    document: query(({ room }) => `room(id: "${room}") { roomCodes { code } }`),
  },
  createRoomCodeForRole: {
    fields: ['createRoomCode'],
    document: mutation('createRoomCode', (cast) => `${inRoom(cast)}, role: "host"`),
  },
  updateRoomCode: {
    fields: ['enableRoomCode', 'disableRoomCode'],
    document: mutation('enableRoomCode', ({ roomCode }) => `code: "${roomCode}"`),
  },
  exchangeRoomCode: {
    fields: ['exchangeRoomCode'],
    document: mutation('exchangeRoomCode', ({ roomCode }) => `code: "${roomCode}"`),
  },
  listSessions: { fields: ['sessions', 'Room.sessions', 'Room.activeSession'], document: list('sessions') },
  getSession: {
    fields: ['session', 'Peer.session'],
    document: query(({ session }) => `session(id: "${session}") { active }`),
  },
  getActiveRoom: {
    fields: ['Room.peerCount'],
    document: query(({ room }) => `room(id: "${room}") { peerCount }`),
  },
  listActivePeers: {
    fields: ['Room.peers', 'peerChanges'],
    document: query(({ room }) => `room(id: "${room}") { peers { totalCount } }`),
  },
  getActivePeer: {
    fields: ['peer', 'Peer.tracks'],
    document: query(({ room, peer }) => `peer(roomId: "${room}", id: "${peer}") { tracks { type } }`),
  },
  updateActivePeer: {
    fields: ['updatePeer', 'updatePeers'],
    document: mutation('updatePeer', (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", name: "Renamed"`),
  },
  sendMessage: {
    fields: ['sendMessage', 'sendMessages'],
    document: mutation('sendMessage', (cast) => `${inRoom(cast)}, message: "Hello"`),
  },
  listTemplates: { fields: ['templates', 'Room.template'], document: list('templates') },
  createTemplate: {
    fields: ['createTemplate'],
    document: mutation('createTemplate', () => 'name: "made here"'),
  },
  getTemplate: {
    fields: ['template'],
    document: query(({ template }) => `template(id: "${template}") { name }`),
  },
  updateTemplate: {
    fields: ['updateTemplate', 'patchTemplate'],
    document: mutation('patchTemplate', ({ template }) => `id: "${template}", roles: [{ name: "extra" }]`),
  },
  getRole: {
    fields: ['setRole', 'renameRole', 'Template.role'],
    document: mutation('setRole', (cast) => `${inTemplate(cast)}, name: "extra", priority: 2`),
  },
  putRole: {
    fields: ['setRole', 'renameRole'],
    document: mutation('renameRole', (cast) => `${inTemplate(cast)}, name: "extra", newName: "spare"`),
  },
  deleteRole: {
    fields: ['deleteRole'],
    document: mutation('deleteRole', (cast) => `${inTemplate(cast)}, name: "spare"`),
  },
  getSettings: {
    fields: ['updateTemplateSettings', 'Template.settings'],
    document: mutation('updateTemplateSettings', (cast) => `${inTemplate(cast)}, region: EU`),
  },
  updateSettings: {
    fields: ['updateTemplateSettings'],
    document: mutation('updateTemplateSettings', (cast) => `${inTemplate(cast)}, region: US`),
  },
  getDestinations: {
    fields: ['updateTemplateDestinations', 'Template.destinations'],
    document: mutation(
      'updateTemplateDestinations',
      (cast) => `${inTemplate(cast)}, hls: [{ name: "made-here" }]`,
    ),
  },
  updateDestinations: {
    fields: ['updateTemplateDestinations'],
    document: mutation(
      'updateTemplateDestinations',
      (cast) => `${inTemplate(cast)}, removeHls: ["made-here"]`,
    ),
  },
  getRecordingConfigs: {
    fields: ['Template.recordingConfigs'],
    document: query(({ template }) => `template(id: "${template}") { recordingConfigs { name } }`),
  },
  updateRecordingConfigs: {
    fields: ['updateRecordingConfig'],
    document: mutation(
      'updateRecordingConfig',
      (cast) => `${inTemplate(cast)}, name: "default", role: "host"`,
    ),
  },
  listLiveStreams: { fields: ['liveStreams', 'Room.liveStreams'], document: list('liveStreams') },
  getLiveStream: {
    fields: ['liveStream'],
    document: query(({ liveStream }) => `liveStream(id: "${liveStream}") { status }`),
  },
  sendLiveStreamTimedMetadata: {
    fields: ['sendTimedMetadata'],
    document: mutation(
      'sendTimedMetadata',
      ({ liveStream }) => `id: "${liveStream}", payload: "now", duration: 1`,
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
  createPoll: {
    fields: ['createPoll'],
    document: mutation('createPoll', () => 'title: "Made here", questions: [{ text: "Why?" }]'),
  },
  getPoll: { fields: ['poll', 'Room.polls'], document: query(({ poll }) => `poll(id: "${poll}") { title }`) },
  listPollSessions: {
    fields: ['Poll.sessions'],
    document: query(({ poll }) => `poll(id: "${poll}") { sessions { edges { cursor } } }`),
  },
  listPollSessionsForSession: {
    fields: ['Poll.sessions'],
    document: query(
      ({ poll, pollSession }) =>
        `poll(id: "${poll}") { sessions(sessionId: "${pollSession}") { edges { cursor } } }`,
    ),
  },
  listPollResponses: {
    fields: ['Poll.responses'],
    document: query(({ poll }) => `poll(id: "${poll}") { responses { edges { cursor } } }`),
  },
  getPollResponse: {
    fields: ['Poll.response'],
    document: query(
      ({ poll, pollResponse }) => `poll(id: "${poll}") { response(id: "${pollResponse}") { __typename } }`,
    ),
  },
  listPollResults: {
    fields: ['Poll.results'],
    document: query(({ poll }) => `poll(id: "${poll}") { results { edges { cursor } } }`),
  },
  getPollResult: {
    fields: ['Poll.result'],
    document: query(
      ({ poll, pollResult }) => `poll(id: "${poll}") { result(id: "${pollResult}") { __typename } }`,
    ),
  },
  updatePoll: {
    fields: ['updatePoll'],
    document: mutation('updatePoll', ({ poll }) => `id: "${poll}", title: "New"`),
  },
  updatePollQuestion: {
    fields: ['setPollQuestion'],
    document: mutation(
      'setPollQuestion',
      ({ poll }) =>
        `pollId: "${poll}", question: 1, value: { text: "How?", options: [{ text: "A" }, { text: "B" }] }`,
    ),
  },
  updatePollOption: {
    fields: ['setPollOption'],
    document: mutation(
      'setPollOption',
      ({ poll }) => `pollId: "${poll}", question: 1, option: 1, text: "So"`,
    ),
  },
  deletePollOption: {
    fields: ['deletePollOption'],
    document: mutation('deletePollOption', ({ poll }) => `pollId: "${poll}", question: 1, option: 1`),
  },
  deletePollQuestion: {
    fields: ['deletePollQuestion'],
    document: mutation('deletePollQuestion', ({ poll }) => `pollId: "${poll}", question: 1`),
  },
  listAnalyticsEvents: {
    fields: ['analyticsEvents', 'Room.analyticsEvents'],
    document: query(({ room }) => `analyticsEvents(roomId: "${room}") { edges { cursor } }`),
  },
  listWebhookDeliveries: { fields: ['webhookDeliveries'], document: list('webhookDeliveries') },
  replayWebhooks: {
    fields: ['replayWebhooks'],
    document: mutation('replayWebhooks', (cast) => inRoom(cast)),
  },
  getWebhookReplay: {
    fields: ['webhookReplay'],
    document: query(({ workflow }) => `webhookReplay(workflowId: "${workflow}") { status }`),
  },
  getPeerQualityStats: {
    fields: ['peerQualityStats', 'Peer.qualityStats'],
    document: query(
      ({ session, peer }) => `peerQualityStats(sessionId: "${session}", peerId: "${peer}") { __typename }`,
    ),
  },
  createSipTrunk: {
    fields: ['createSipTrunk'],
    document: mutation(
      'createSipTrunk',
      () => 'username: "u", password: "p", address: "sip.example.com", from: "+1555"',
    ),
  },
  updateSipTrunk: {
    fields: ['updateSipTrunk'],
    document: mutation('updateSipTrunk', ({ trunk }) => `id: "${trunk}", from: "+1556"`),
  },
  startSipCall: {
    fields: ['placeSipCall'],
    document: mutation(
      'placeSipCall',
      ({ trunk, roomCode }) => `to: "+1557", roomCode: "${roomCode}", trunkId: "${trunk}"`,
    ),
  },
  sendSipDtmf: {
    fields: ['sendSipDtmf'],
    document: mutation('sendSipDtmf', ({ authToken }) => `authToken: "${authToken}", digits: "12"`),
  },
  removePeers: {
    fields: ['removePeer', 'removePeers', 'removePeersByRole'],
    document: mutation('removePeer', (cast) => `${inRoom(cast)}, peerId: "${cast.peer}"`),
  },
  endActiveRoom: { fields: ['endRoom'], document: mutation('endRoom', inRoom) },
};
