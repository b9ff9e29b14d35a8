// The vendor's webhooks as a subscription: what polling cannot see (why someone left, who changed a role) and what
// happens to streams and recordings. Links to files and stream URLs that hold keys are no fields of the graph.
import { roomEvents } from '../../resolvers/live/live.ts';
import {
  booleanIn,
  eventName,
  eventType,
  eventTypes,
  instantIn,
  numberIn,
  OTHER_EVENT,
  roomOfEvent,
  sessionOfEvent,
  textIn,
  wholeNumberIn,
  type RoomEventName,
} from '../../resolvers/webhooks/room-events.ts';
import type { WebhookEvent } from '../../src/live/webhooks/webhook-event.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { Room, Session } from '../refs.ts';

/** `session.open.success` is `SESSION_OPEN_SUCCESS` in the graph. */
const enumValues = Object.fromEntries(
  [
    ...eventTypes,
    [OTHER_EVENT, 'One that the vendor has added since; cannot be asked for by name.'] as const,
  ].map(([type, description]) => [type.toUpperCase().replaceAll('.', '_'), { value: type, description }]),
);

const RoomEventType = builder.enumType('RoomEventType', {
  description: 'What an event of the vendor reports.',
  values: enumValues,
});

const RoomEvent = builder.interfaceRef<WebhookEvent>('RoomEvent').implement({
  description:
    'An event that the vendor sent for a room, as it sent it. Order is not promised, and an event may be lost on the way; what `peerChanges` tells is complete.',
  resolveType: eventName,
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id of the event: a UUID." }),
    type: t.field({ type: RoomEventType, description: 'What it reports.', resolve: eventType }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the vendor sent it, to the second; null when it does not say.',
      resolve: ({ timestamp }) => timestamp,
    }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room in which it happened.',
      resolve: (event, _args, context) => roomOfEvent(event, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      description: 'The session in which it happened; null when the event names none.',
      resolve: (event) => sessionOfEvent(event),
    }),
  }),
});

/** A field that shows one key of the event's data. */
type Facts = Readonly<Record<string, readonly [key: string, kind: Kind, description: string]>>;
type Kind = 'ID' | 'String' | 'DateTime' | 'Int' | 'Float' | 'Boolean';

const duration: Facts = { duration: ['duration', 'Int', 'How long it lasted, in seconds.'] };
const reason: Facts = { reason: ['reason', 'String', "Why, in the vendor's or the caller's words."] };
const startedAt: Facts = { startedAt: ['started_at', 'DateTime', 'When it began.'] };
const stoppedAt: Facts = { stoppedAt: ['stopped_at', 'DateTime', 'When it ended.'] };
const errorMessage: Facts = { errorMessage: ['error_message', 'String', 'What went wrong, in a failure.'] };
const errorType: Facts = { errorType: ['error_type', 'String', "Kind of failure, by the vendor's names."] };
const who: Facts = {
  peerId: ['peer_id', 'ID', 'Vendor id of the peer: a UUID.'],
  userId: ['user_id', 'String', "The app's own id of the person."],
  name: ['user_name', 'String', 'The name shown to others.'],
  role: ['role', 'String', 'Name of the role; in a change, the new or wanted one.'],
};

const eventKinds: Readonly<Record<RoomEventName, readonly [description: string, facts: Facts]>> = {
  SessionEvent: [
    'A session began or ended.',
    {
      startedAt: ['session_started_at', 'DateTime', 'When the session began.'],
      stoppedAt: ['session_stopped_at', 'DateTime', 'When the session ended.'],
      duration: ['session_duration', 'Int', 'How long it lasted, in seconds.'],
    },
  ],
  PeerEvent: [
    'A peer joined or left, or could not.',
    {
      ...who,
      metadata: ['user_data', 'String', 'What the app had written about the peer.'],
      joinType: ['type', 'String', 'How it joined: `regular`, or `sip` for a telephone.'],
      joinedAt: ['joined_at', 'DateTime', 'When it joined.'],
      leftAt: ['left_at', 'DateTime', 'When it left.'],
      ...duration,
      reason: [
        'reason',
        'String',
        'Why it left: `client request`, `peer kicked`, `websocket closed`, `ice connection state closed`, `server removed peer`.',
      ],
      message: ['message', 'String', 'What the one who removed it said.'],
      ...errorMessage,
    },
  ],
  RoleChangeEvent: [
    'A peer has another role, or could not be given it.',
    {
      ...who,
      metadata: ['user_data', 'String', 'What the app had written about the peer.'],
      previousRole: ['previous_role', 'String', 'Name of the role it had.'],
      changedAt: ['role_changed_at', 'DateTime', 'When the role changed.'],
      requestedBy: [
        'role_change_requested_by',
        'ID',
        'Vendor id of the peer that asked for it; null when a server did.',
      ],
      joinedAt: ['joined_at', 'DateTime', 'When the peer joined.'],
      ...errorMessage,
    },
  ],
  RoomEndEvent: [
    'Someone ended the session for all, or could not.',
    {
      ...who,
      lockRoom: ['lock_room', 'Boolean', 'Whether the room was disabled as well.'],
      ...reason,
      source: ['source', 'String', 'Who asked for it: `peer`, or a name of the vendor.'],
      errorCode: ['error_code', 'Int', "The vendor's code of a failure."],
      ...errorMessage,
    },
  ],
  RecordingEvent: [
    'A recording began, is ready or failed. Its files are read as recording assets.',
    {
      recordingId: ['recording_id', 'ID', 'Vendor id of the recording.'],
      beamId: ['beam_id', 'ID', 'Vendor id of what was recorded, for composite recordings and live streams.'],
      peerId: ['peer_id', 'ID', 'Vendor id of the peer that was recorded, or that records: a UUID.'],
      streamId: ['stream_id', 'ID', 'Vendor id of the stream that was recorded.'],
      trackId: ['track_id', 'ID', 'Vendor id of the track that was recorded.'],
      trackType: ['track_type', 'String', '`audio` or `video`.'],
      size: ['size', 'Float', 'Size of the file, in bytes.'],
      ...duration,
      ...startedAt,
      ...stoppedAt,
      ...errorType,
      ...errorMessage,
    },
  ],
  StreamEvent: [
    'A live stream (HLS), an external stream (RTMP) or a composite recording began, ended or failed.',
    {
      beamId: ['beam_id', 'ID', 'Vendor id of what runs.'],
      jobId: ['job_id', 'ID', 'Vendor id of the job.'],
      playbackUrl: ['url', 'String', 'Where a live stream is seen.'],
      recordingEnabled: ['recording_enabled', 'Boolean', 'Whether it is recorded.'],
      ...duration,
      ...reason,
      ...startedAt,
      ...stoppedAt,
      ...errorType,
      ...errorMessage,
    },
  ],
  TranscriptionEvent: [
    'A transcription is being written, is ready or failed. Its files are read as recording assets.',
    {
      transcriptionId: ['transcription_id', 'ID', 'Vendor id of the transcription.'],
      recordingId: ['recording_id', 'ID', 'Vendor id of the recording that it is of.'],
      ...duration,
      summaryAssetId: ['summary_json_asset_id', 'ID', 'Vendor id of the summary.'],
      transcriptJsonAssetId: ['transcript_json_asset_id', 'ID', 'Vendor id of the transcript as JSON.'],
      transcriptSrtAssetId: ['transcript_srt_asset_id', 'ID', 'Vendor id of the transcript as subtitles.'],
      transcriptTxtAssetId: ['transcript_txt_asset_id', 'ID', 'Vendor id of the transcript as text.'],
    },
  ],
  IngestEvent: [
    'An encoder began to send into the room (RTMP), ended, or failed.',
    {
      ingestId: ['ingest_id', 'ID', 'Vendor id of the connection.'],
      streamId: ['stream_id', 'ID', 'Vendor id of the stream.'],
      ...startedAt,
      completedAt: ['completed_at', 'DateTime', 'When it ended.'],
      ...duration,
      ...reason,
      ...errorMessage,
    },
  ],
  OtherRoomEvent: ['An event of a type that this gateway does not know yet.', {}],
};

for (const [name, [description, facts]] of Object.entries(eventKinds)) {
  builder.objectRef<WebhookEvent>(name).implement({
    description,
    interfaces: [RoomEvent],
    fields: (t) => {
      const shown = ([key, kind, description]: Facts[string]) => {
        const options = {
          nullable: true,
          description: `${description} Null where the event does not tell.`,
        } as const;
        switch (kind) {
          case 'ID':
            return t.id({ ...options, resolve: (event) => textIn(event, key) });
          case 'DateTime':
            return t.field({ type: 'DateTime', ...options, resolve: (event) => instantIn(event, key) });
          case 'Int':
            return t.int({ ...options, resolve: (event) => wholeNumberIn(event, key) });
          case 'Float':
            return t.float({ ...options, resolve: (event) => numberIn(event, key) });
          case 'Boolean':
            return t.boolean({ ...options, resolve: (event) => booleanIn(event, key) });
          default:
            return t.string({ ...options, resolve: (event) => textIn(event, key) });
        }
      };
      return Object.fromEntries(Object.entries(facts).map(([field, fact]) => [field, shown(fact)]));
    },
  });
}

builder.subscriptionField('roomEvents', (t) =>
  t.field({
    type: RoomEvent,
    authScopes: (_root, { roomId }) => ({ ...reads('webhooks'), room: roomId }),
    description:
      "Events of a room as the vendor's webhooks bring them: they come only where the workspace (or the room) sends its webhooks to this gateway. A subscriber that reads too slowly loses the oldest. An unknown room is refused with `NOT_FOUND`.",
    args: {
      roomId: t.arg.id({ required: true, description: 'Vendor id or global id of the room.' }),
      types: t.arg({
        type: [RoomEventType],
        description: 'Which events to tell of; without it all, unknown ones included.',
      }),
    },
    subscribe: (_root, args, context) => roomEvents(args, context),
    resolve: (event) => event,
  }),
);
