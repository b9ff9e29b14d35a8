// The object types of `RoomEvent`, one for each kind of webhook: their fields, and the keys of the webhook's `data`
// that they show. Source: the samples and tables of the vendor's webhook pages.
import {
  assetIdsIn,
  booleanIn,
  idIn,
  instantIn,
  numberIn,
  textIn,
  wholeNumberIn,
  type RoomEventName,
} from '../../resolvers/webhooks/room-events.ts';
import type { WebhookEvent } from '../../src/live/webhooks/webhook-event.ts';
import { builder } from '../builder.ts';
import { TrackType } from '../enums.ts';
import { RoomEvent } from '../refs.ts';

/** Fields of a type by name; each shows one key of the webhook's `data`, or another key where the first is missing. */
type Facts = Readonly<
  Record<string, readonly [key: string, kind: Kind, description: string, otherKey?: string]>
>;
type Kind = 'ID' | 'String' | 'TrackType' | 'DateTime' | 'Int' | 'Float' | 'Boolean' | 'AssetIDs';

const role = 'Name of the role of the peer';
const metadata = "The app's own text about the peer, often JSON";

/** Whom the webhook is about; `whose` ends the sentence "the name of the peer". */
const who = (whose: string): Facts => ({
  peerId: ['peer_id', 'ID', `Vendor id of the peer ${whose}: a UUID.`],
  userId: ['user_id', 'String', `The app's own id of the user ${whose}.`],
  name: ['user_name', 'String', `Display name of the peer ${whose}.`],
});

/** The object types of `RoomEvent`: what each reports, and its fields beside those of the interface. */
const eventKinds: Readonly<Record<RoomEventName, readonly [description: string, facts: Facts]>> = {
  SessionEvent: [
    'A session began or ended.',
    {
      startedAt: ['session_started_at', 'DateTime', 'The time at which the session began.'],
      stoppedAt: ['session_stopped_at', 'DateTime', 'The time at which the session ended.'],
      durationSeconds: ['session_duration', 'Int', 'How long the session lasted, in seconds.'],
    },
  ],
  PeerEvent: [
    'A peer joined or left, or could not.',
    {
      ...who('who joined or left'),
      role: ['role', 'String', `${role} who joined or left.`],
      metadata: ['user_data', 'String', `${metadata}, at the time of joining or leaving.`],
      joinType: ['type', 'String', 'How the peer joined: `regular`, or `sip` for a telephone.'],
      joinedAt: ['joined_at', 'DateTime', 'The time at which this peer joined the room.'],
      leftAt: ['left_at', 'DateTime', 'The time at which the peer left.'],
      durationSeconds: ['duration', 'Int', 'How long the peer stayed, in seconds.'],
      reason: [
        'reason',
        'String',
        'Why the peer left: `client request`, `peer kicked`, `websocket closed`, `ice connection state closed` or `server removed peer`.',
      ],
      message: ['message', 'String', 'The text that was given as the reason for removing the peer.'],
      errorMessage: ['error_message', 'String', 'Why the peer could not join or leave: a text for people.'],
    },
  ],
  RoleChangeEvent: [
    'A peer got another role, or could not be given it.',
    {
      ...who('whose role was to change'),
      role: ['role', 'String', 'Name of the new role; after a failure, of the role that was requested.'],
      metadata: ['user_data', 'String', `${metadata}, at the time of the role change.`],
      previousRole: ['previous_role', 'String', 'Name of the role that the peer had before.'],
      changedAt: ['role_changed_at', 'DateTime', 'The time at which the role changed.'],
      requestedBy: [
        'role_change_requested_by',
        'ID',
        'Vendor id of the peer who requested the role change: a UUID; null if a server requested it.',
      ],
      joinedAt: [
        'joined_at',
        'DateTime',
        'The time at which the peer whose role was to change joined the room.',
      ],
      errorMessage: ['error_message', 'String', 'Why the role could not be changed: a text for people.'],
    },
  ],
  RoomEndEvent: [
    'A request to end the session for everyone succeeded or failed.',
    {
      ...who('who ended the session'),
      role: ['role', 'String', `${role} who ended the session.`],
      lockRoom: [
        'lock_room',
        'Boolean',
        'Whether the request disabled the room too, so that nobody can join again.',
      ],
      reason: ['reason', 'String', 'The text that was given as the reason for ending the session.'],
      source: ['source', 'String', 'Who sent the request, such as `peer` for a participant.'],
      errorCode: [
        'error_code',
        'Int',
        "The vendor's number of the failure, like an HTTP status: 404 without a session.",
      ],
      errorMessage: ['error_message', 'String', 'Why the session could not be ended: a text for people.'],
    },
  ],
  RecordingEvent: [
    'A recording began, is ready or failed. Read its files as `RecordingAsset`s.',
    {
      recordingId: ['recording_id', 'ID', 'Vendor id of the recording.'],
      beamId: [
        'beam_id',
        'ID',
        'Vendor id of the run of the recorder; only for composite recordings and recordings of live streams.',
      ],
      peerId: [
        'peer_id',
        'ID',
        'Vendor id of the peer who was recorded, or of the recorder, which joins as a peer: a UUID.',
      ],
      userId: ['user_id', 'String', "The app's own id of the user who was recorded; only for streams."],
      streamId: [
        'stream_id',
        'ID',
        'Vendor id of the recorded stream, which joins the audio and video of one capture.',
      ],
      streamType: [
        'stream_type',
        'String',
        'Kind of the recorded stream: `regular` for camera and microphone, `screen`, or `audio`.',
        'type',
      ],
      trackId: ['track_id', 'ID', 'Vendor id of the recorded track: a UUID.'],
      trackType: ['track_type', 'TrackType', 'Kind of the track that was recorded.'],
      sizeBytes: [
        'size',
        'Float',
        'Size of the recorded file, in bytes; a Float because files can be too large for an Int.',
      ],
      durationSeconds: ['duration', 'Int', 'Length of the recording, in seconds.'],
      singleFileAssetIds: [
        'recording_single_files',
        'AssetIDs',
        'Vendor ids of the `RecordingAsset`s with one file for each layer; only for recordings of live streams.',
      ],
      startedAt: ['started_at', 'DateTime', 'The time at which the recording began.'],
      stoppedAt: ['stopped_at', 'DateTime', 'The time at which the recording stopped.'],
      errorType: [
        'error_type',
        'String',
        "The vendor's name for the kind of failure of the recording, such as `UPLOAD_ERROR`.",
      ],
      errorMessage: ['error_message', 'String', 'Why the recording failed: a text for people.', 'error'],
    },
  ],
  StreamEvent: [
    'A live stream (HLS), an external stream (RTMP) or a composite recording began, stopped or failed.',
    {
      beamId: ['beam_id', 'ID', 'Vendor id of the run of the streamer or recorder.'],
      peerId: [
        'peer_id',
        'ID',
        'Vendor id of the streamer or recorder, which joins the room as a peer: a UUID.',
      ],
      maxWidth: ['max_width', 'Int', 'Maximum width of the picture, in pixels.'],
      maxHeight: ['max_height', 'Int', 'Maximum height of the picture, in pixels.'],
      jobId: [
        'job_id',
        'ID',
        'Vendor id of the job. The vendor does not say whether it equals the `hmsId` of a `MediaJob`.',
      ],
      playbackUrl: ['url', 'String', 'Address of the live stream (`.m3u8`); anyone who has it can watch.'],
      recordingEnabled: ['recording_enabled', 'Boolean', 'Whether the job records too.'],
      durationSeconds: ['duration', 'Int', 'How long the job ran, in seconds.'],
      reason: [
        'reason',
        'String',
        'Why the job stopped, such as `client request`, `last peer left`, `room ended` or `max duration reached`.',
      ],
      startedAt: ['started_at', 'DateTime', 'The time at which the job began to stream or record.'],
      stoppedAt: ['stopped_at', 'DateTime', 'The time at which the job stopped.'],
      errorType: [
        'error_type',
        'String',
        "The vendor's name for the kind of failure of the job, such as `MAX_RETRIES_REACHED`.",
      ],
      errorMessage: ['error_message', 'String', 'Why the job failed: a text for people.'],
    },
  ],
  TranscriptionEvent: [
    'A transcript of a recording is being written, is ready or failed. Read its files as `RecordingAsset`s.',
    {
      transcriptionId: [
        'transcription_id',
        'ID',
        'Vendor id of the transcription. No REST call takes this id.',
      ],
      recordingId: ['recording_id', 'ID', 'Vendor id of the recording that was transcribed.'],
      durationSeconds: ['duration', 'Int', 'Length of the recording that was transcribed, in seconds.'],
      summaryAssetId: ['summary_json_asset_id', 'ID', 'Vendor id of the `RecordingAsset` with the summary.'],
      transcriptJsonAssetId: [
        'transcript_json_asset_id',
        'ID',
        'Vendor id of the `RecordingAsset` with the transcript as JSON.',
      ],
      transcriptSrtAssetId: [
        'transcript_srt_asset_id',
        'ID',
        'Vendor id of the `RecordingAsset` with the transcript as subtitles (SRT).',
      ],
      transcriptTxtAssetId: [
        'transcript_txt_asset_id',
        'ID',
        'Vendor id of the `RecordingAsset` with the transcript as plain text.',
      ],
    },
  ],
  IngestEvent: [
    'An encoder, which sends video into the room over RTMP, connected, ended or failed.',
    {
      ingestId: ['ingest_id', 'ID', "Vendor id of the encoder's connection."],
      streamId: ['stream_id', 'ID', 'Vendor id of the stream that the encoder sends.'],
      startedAt: ['started_at', 'DateTime', 'The time at which the encoder began to send.'],
      completedAt: ['completed_at', 'DateTime', "The time at which the encoder's stream ended."],
      durationSeconds: ['duration', 'Int', "How long the encoder's stream lasted, in seconds."],
      reason: [
        'reason',
        'String',
        "Why the encoder's stream ended, in the vendor's words, such as `reconnection window expired`.",
      ],
      errorMessage: [
        'error_message',
        'String',
        'Why the encoder was refused or its connection broke: a text for people.',
      ],
    },
  ],
  OtherRoomEvent: ['A webhook of a type that this version of the gateway does not know.', {}],
};

for (const [name, [description, facts]] of Object.entries(eventKinds)) {
  builder.objectRef<WebhookEvent>(name).implement({
    description,
    interfaces: [RoomEvent],
    fields: (t) => {
      const factField = ([key, kind, description, otherKey = key]: Facts[string]) => {
        const options = {
          nullable: true,
          description: `${description} Null if the webhook omits it.`,
        } as const;
        switch (kind) {
          case 'ID':
            return t.id({ ...options, resolve: (event) => idIn(event, key) });
          case 'AssetIDs':
            return t.idList({ ...options, resolve: (event) => assetIdsIn(event, key) });
          case 'DateTime':
            return t.field({ type: 'DateTime', ...options, resolve: (event) => instantIn(event, key) });
          case 'Int':
            return t.int({ ...options, resolve: (event) => wholeNumberIn(event, key) });
          case 'Float':
            return t.float({ ...options, resolve: (event) => numberIn(event, key) });
          case 'TrackType':
            return t.field({
              type: TrackType,
              ...options,
              resolve: (event) => TrackType.of(textIn(event, key)),
            });
          case 'Boolean':
            return t.boolean({ ...options, resolve: (event) => booleanIn(event, key) });
          default:
            return t.string({
              ...options,
              resolve: (event) => textIn(event, key) ?? textIn(event, otherKey),
            });
        }
      };
      return Object.fromEntries(Object.entries(facts).map(([field, fact]) => [field, factField(fact)]));
    },
  });
}
