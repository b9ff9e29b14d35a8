/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Conditions on analytics events; an event must meet all of them. */
export type AnalyticsEventFilter = {
  /** Only analytics events of this run of a recorder: its vendor id. Works only together with `types: [BEAM_RECORDING_SUCCESS]`; otherwise the vendor ignores it. */
  beamId?: string | number | null | undefined;
  /** Whether to keep only errors that clients reported; false by default. */
  errorsOnly?: boolean | null | undefined;
  /** Only analytics events of this peer: its vendor id or global id. */
  peerId?: string | number | null | undefined;
  /** Only analytics events of this session: its vendor id or global id. */
  sessionId?: string | number | null | undefined;
  /** Only analytics events of these types; `OTHER` is refused. */
  types?: Array<AnalyticsEventType> | null | undefined;
  /** Only analytics events of this user: the app's own id. */
  userId?: string | null | undefined;
};

/** Types of events that the vendor keeps in its analytics. */
export type AnalyticsEventType =
  /** The file of a composite recording was uploaded. */
  | 'BEAM_RECORDING_SUCCESS'
  /** A client failed to connect to the vendor. */
  | 'CLIENT_CONNECT_FAILED'
  /** A client lost its connection to the vendor. */
  | 'CLIENT_DISCONNECTED'
  /** A client failed to join the room. */
  | 'CLIENT_JOIN_FAILED'
  /** A client failed to publish a track. */
  | 'CLIENT_PUBLISH_FAILED'
  /** A client failed to receive a track. */
  | 'CLIENT_SUBSCRIBE_FAILED'
  /** A type of event that this version of the gateway does not know; filters refuse this value. */
  | 'OTHER'
  /** A peer began to publish an audio or video track. */
  | 'TRACK_ADD_SUCCESS'
  /** A peer stopped publishing a track. */
  | 'TRACK_REMOVE_SUCCESS'
  /** A peer muted or unmuted a track. */
  | 'TRACK_UPDATE_SUCCESS';

/** Settings for the audio that a role publishes. */
export type AudioParamsInput = {
  /** The bitrate for the audio, in kbit/s, 16 to 128. */
  bitrateKbps?: number | null | undefined;
};

/** Why a subscriber got a `PeerJoined` or `PeerLeft` event. */
export type ChangeCause =
  /** The peer is still in the room, but started or stopped matching the filter of the subscription. */
  | 'FILTER'
  /** The peer joined or left the room. */
  | 'ROOM';

/** The room, role and user for which to create a token. */
export type CreateAuthTokenInput = {
  /** The name of the role that the user joins with; the room's template must have it. */
  role: string;
  /** The vendor id or global id of the room that the token is for. */
  roomId: string | number;
  /** The app's own id of the user; peers show it as `userId`. */
  userId: string;
  /** How many seconds the token is valid for joining: 1 to 1209600 (two weeks); a day by default. */
  validForSeconds?: number;
};

/** Settings of a poll to create. Fields that are omitted or null get their defaults: an opinion poll that starts automatically, with one vote for each user and no time limit. */
export type CreatePollInput = {
  /** Whether answers to the new poll are stored without the participant's identity. */
  anonymous?: boolean | null | undefined;
  /** Seconds after which a run of the new poll ends; 0 for no limit, so that it ends when it is stopped or its session ends. */
  durationSeconds?: number | null | undefined;
  /** What counts as one voter of the new poll. */
  mode?: PollMode | null | undefined;
  /** All questions of the new poll, in order. */
  questions?: Array<PollQuestionInput> | null | undefined;
  /** Whether the new poll starts automatically with the session or is started by a participant. */
  start?: PollStart | null | undefined;
  /** Title of the new poll. */
  title?: string | null | undefined;
  /** Whether the new poll is an opinion poll or a quiz. */
  type?: PollType | null | undefined;
};

/** The room and the role that get a new code. */
export type CreateRoomCodeInput = {
  /** The name of the role that people join with by the code; the room's template must have it. */
  role: string;
  /** The vendor id or global id of the room to create a code for. */
  roomId: string | number;
};

/** The room whose roles get codes. */
export type CreateRoomCodesInput = {
  /** The vendor id or global id of the room to create codes for. */
  roomId: string | number;
};

/** The room to create. Fields that are omitted or null get the vendor's default. */
export type CreateRoomInput = {
  /** Free text to describe the room. */
  description?: string | null | undefined;
  /** What to do if a room with this name exists. `FAIL` costs up to 2 more REST calls. */
  ifExists?: IfExists;
  /** Whether the room may have more than 2,500 peers at a time. */
  largeRoom?: boolean | null | undefined;
  /** Maximum duration of a session of the room, in seconds, 120 to 43,200; the vendor then ends it. */
  maxDurationSeconds?: number | null | undefined;
  /** The name of the new room: letters, digits and `. - : _`. Unique; upper and lower case count as equal. A UUID by default. */
  name?: string | null | undefined;
  /** The vendor ids or global ids of the polls to link to the room. They replace all polls that are linked now. */
  pollIds?: Array<string | number> | null | undefined;
  /** The room's own recording settings, which replace those of the template. */
  recording?: RoomRecordingInput | null | undefined;
  /** The region of the room's media servers. */
  region?: Region | null | undefined;
  /** Maximum number of peers in the room at a time: 0 to 2,500, or to 20,000 with `largeRoom`. */
  size?: number | null | undefined;
  /** The vendor id or global id of the template for the room; by default the workspace's default template. */
  templateId?: string | number | null | undefined;
  /** Where the vendor sends the webhooks of the room. */
  webhook?: RoomWebhookInput | null | undefined;
};

/** Settings of a trunk to create. The vendor does not document which of them it requires. */
export type CreateSipTrunkInput = {
  /** Host name of the telephone provider's SIP server for the new trunk. */
  address?: string | null | undefined;
  /** Telephone number that people called through the new trunk see. */
  from?: string | null | undefined;
  /** Password of the new trunk at the telephone provider. No field ever shows it again. */
  password?: string | null | undefined;
  /** User name of the new trunk at the telephone provider. */
  username?: string | null | undefined;
};

/** The template to create. Fields that are omitted or null get the vendor's default. */
export type CreateTemplateInput = {
  /** The streams and transcriptions that rooms of the template can start. */
  destinations?: TemplateDestinationsInput | null | undefined;
  /** What to do if a template with this name exists. `FAIL` reads the list of templates: one more REST call for every 100. */
  ifExists?: IfExists;
  /** The name of the new template: letters, digits, spaces and `. - : _`, unique; the vendor generates one by default. */
  name?: string | null | undefined;
  /** The plugins of the rooms of the template. */
  plugins?: TemplatePluginsInput | null | undefined;
  /** The roles of the new template. For a role with only a name, the vendor's defaults apply. */
  roles?: Array<RoleInput> | null | undefined;
  /** The settings of the new template. */
  settings?: TemplateSettingsInput | null | undefined;
};

/** Which option of a question to delete. */
export type DeletePollOptionInput = {
  /** Position in the question of the option to delete, counted from 1. */
  option: number;
  /** Vendor id or global id of the poll that has the question with the option to delete. */
  pollId: string | number;
  /** Position in the poll of the question with the option to delete, counted from 1. */
  question: number;
};

/** Which question of a poll to delete. */
export type DeletePollQuestionInput = {
  /** Vendor id or global id of the poll that has the question to delete. */
  pollId: string | number;
  /** Position in the poll of the question to delete, counted from 1. */
  question: number;
};

/** The room whose running session ends. */
export type EndRoomInput = {
  /** Whether to disable the room as well, so that nobody can join it until `enableRoom`. */
  lock?: boolean;
  /** The reason, which the vendor passes on to the peers who are removed. */
  reason?: string | null | undefined;
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
};

/** The room code to exchange for a token, and the user who joins. */
export type ExchangeRoomCodeInput = {
  /** The code to exchange, or the global id of its `RoomCode`. */
  code: string | number;
  /** The app's own id of the user; if omitted, the peer has no `userId`. */
  userId?: string | null | undefined;
};

/** A live stream (HLS) that rooms of the template can start. */
export type HlsDestinationInput = {
  /** How many seconds the live stream continues after the last peer has left. */
  autoStopTimeoutSeconds?: number | null | undefined;
  /** Whether timed metadata can be inserted into the live stream. */
  enableMetadataInsertion?: boolean | null | undefined;
  /** Whether each live stream of this destination has the same URL. */
  enableStaticUrl?: boolean | null | undefined;
  /** The layers (qualities) of the live stream, best first. */
  layers?: Array<VideoLayerInput> | null | undefined;
  /** Maximum duration of the live stream, in seconds. */
  maxDurationSeconds?: number | null | undefined;
  /** The name of the destination, unique among the template's live streams. */
  name: string;
  /** The number of segments in a `LIVE` playlist, each 2 s long: 3 to 150. */
  numPlaylistSegments?: number | null | undefined;
  /** How far back viewers can rewind. */
  playlistType?: PlaylistType | null | undefined;
  /** Settings for recording the live stream. */
  recording?: HlsRecordingInput | null | undefined;
  /** The frame rate of the live stream's video, in frames a second. */
  videoFrameRate?: number | null | undefined;
};

/** Settings for the recording of a live stream. */
export type HlsRecordingInput = {
  /** Whether the recording is uploaded as a zip file. The vendor refuses this if you have no bucket of your own. */
  enableZipUpload?: boolean | null | undefined;
  /** Whether the recorded live stream can be replayed as HLS (video on demand). */
  hlsVod?: boolean | null | undefined;
  /** Which of the destination's `layers` to record; by default all. */
  layers?: Array<VideoLayerInput> | null | undefined;
  /** How many seconds links to the files of the live stream's recording stay valid. */
  presignDurationSeconds?: number | null | undefined;
  /** Whether the recording has a separate file for each layer. */
  singleFilePerLayer?: boolean | null | undefined;
  /** The still pictures to take from the recorded live stream. */
  thumbnails?: ThumbnailsInput | null | undefined;
};

/** What a `create` mutation does if another object of the same type already has the name. */
export type IfExists =
  /** Return a `ConflictError`. The gateway looks up the name before it writes. The two steps are not atomic: if two callers create the same name at the same time, one may still overwrite the object of the other. */
  | 'FAIL'
  /** Replace the settings of the existing object with the given ones, as the REST API does. The gateway does not look up the name first. */
  | 'OVERWRITE';

/** Whether a theme is dark or light. */
export type LayoutAppearance =
  /** Light text on a dark background. */
  | 'DARK'
  /** Dark text on a light background. */
  | 'LIGHT'
  /** Not specified, or a value that this version of the gateway does not know. */
  | 'OTHER';

/** Which live stream to change. */
export type LiveStreamInput = {
  /** Vendor id or global id of the live stream to change. */
  id: string | number;
};

/** What to record of a live stream. Omitted fields follow the template's settings. */
export type LiveStreamRecordingInput = {
  /** Whether to keep the live stream for replay as HLS: a `ROOM_VOD` file. */
  hlsVod?: boolean | null | undefined;
  /** Whether to make one video file for each quality (layer) of the live stream. */
  singleFilePerLayer?: boolean | null | undefined;
};

/** How to transcribe a live stream. When this is set, the transcription settings of the template do not apply. */
export type LiveStreamTranscriptionInput = {
  /** Names and terms that occur in the live stream and are not in a dictionary, so that they are recognized better. */
  customVocabulary?: Array<string> | null | undefined;
  /** Whether to transcribe the live stream. */
  enabled?: boolean | null | undefined;
  /** Whether to transcribe the live stream while it runs (`LIVE`), afterwards (`RECORDED`), or both; `CAPTION` is refused. */
  modes?: Array<TranscriptionMode> | null | undefined;
  /** File formats of the transcript of the live stream. */
  outputModes?: Array<TranscriptFormat> | null | undefined;
  /** Summary to write of the live stream. */
  summary?: TranscriptionSummaryInput | null | undefined;
};

/** Conditions on live streams, recordings or external streams; a job must meet all of them. */
export type MediaJobFilter = {
  /** Only jobs of this room: its vendor id or global id. */
  roomId?: string | number | null | undefined;
  /** Only jobs that began in this session: its vendor id or global id. */
  sessionId?: string | number | null | undefined;
  /** Only jobs at this stage. */
  status?: MediaJobStatus | null | undefined;
};

/** The stage of a live stream, recording or external stream. A paused job still counts as `RUNNING`. */
export type MediaJobStatus =
  /** The job has ended; its files, if it recorded, are ready. */
  | 'COMPLETED'
  /** The job has ended with a failure. Only a webhook gives the reason; see `StreamEvent`. */
  | 'FAILED'
  /** A stage that this version of the gateway does not know; filters refuse this value. */
  | 'OTHER'
  /** The job has stopped; the vendor is making its files. */
  | 'POST_PROCESSING'
  /** The job streams or records, or is paused. */
  | 'RUNNING'
  /** The vendor accepted the job; it will run within seconds. */
  | 'STARTING'
  /** The job was asked to stop and has not stopped yet. */
  | 'STOPPING';

/** One of several messages, and its receivers. */
export type MessageInput = {
  /** The text of the message. It cannot be read again: the REST API does not return messages. */
  message: string;
  /** The vendor id or global id of the peer who gets the message; not allowed together with `role`. */
  peerId?: string | number | null | undefined;
  /** The name of the role whose peers get the message. If neither `peerId` nor `role` is given, all peers in the room get it. */
  role?: string | null | undefined;
  /** The type of the message, a word that the app chooses, such as `chat`; clients receive it with the text. */
  type?: string | null | undefined;
};

/** The parts of a template to change. Fields that are omitted or null keep their values; a list inside a part replaces the old list. */
export type PatchTemplateInput = {
  /** The streams and transcriptions that rooms of the template can start. */
  destinations?: TemplateDestinationsInput | null | undefined;
  /** The vendor id or global id of the template to patch. */
  id: string | number;
  /** The new name of the template. */
  name?: string | null | undefined;
  /** The plugins of the rooms of the template. */
  plugins?: TemplatePluginsInput | null | undefined;
  /** The names of the roles to remove from the template. */
  removeRoles?: Array<string> | null | undefined;
  /** The roles to add or to change. A role with the same name is changed. */
  roles?: Array<RoleInput> | null | undefined;
  /** The settings of the template to change. */
  settings?: TemplateSettingsInput | null | undefined;
};

/** The values of a peer that can change while it is connected. */
export type PeerAspect =
  /** The text that the app stores for the peer, `Peer.metadata`. */
  | 'METADATA'
  /** The name that the room shows for the peer, `Peer.name`. */
  | 'NAME'
  /** The role of the peer, `Peer.role`. */
  | 'ROLE';

/** Conditions on peers; a peer must meet all that are given. */
export type PeerFilter = {
  /** Only peers who have the role with this name. */
  role?: string | null | undefined;
  /** Only peers of this user: the app's own id, as in the token that the peer joined with. */
  userId?: string | null | undefined;
};

/** One of several connected peers, and its new name, role or metadata. */
export type PeerUpdateInput = {
  /** The new metadata of the peer: text, often JSON; if omitted or null, the metadata stays as it is. */
  metadata?: string | null | undefined;
  /** The new name of the peer; if omitted or null, the name stays as it is. */
  name?: string | null | undefined;
  /** The vendor id or global id of the connected peer to change. */
  peerId: string | number;
  /** The name of the peer's new role, which the room's template must have; if omitted or null, the role stays as it is. The peer is not asked for consent. */
  role?: string | null | undefined;
};

/** A telephone call into a room. */
export type PlaceSipCallInput = {
  /** Additional SIP headers to send when the call starts. */
  headers?: Array<SipHeaderInput> | null | undefined;
  /** Display name of the called person in the room. */
  name?: string | null | undefined;
  /** Room code by which the called person joins, or the global id of its `RoomCode`. It determines the room and the role. */
  roomCode: string | number;
  /** Telephone number to call, or another address that the trunk can reach. */
  to: string;
  /** Vendor id of the trunk that the call goes through. */
  trunkId: string | number;
  /** The app's own id of the called person. */
  userId?: string | null | undefined;
  /** Whether to place a video call. */
  video?: boolean | null | undefined;
};

/** How far back viewers of a live stream can rewind. */
export type PlaylistType =
  /** Viewers can rewind to the beginning of the stream. */
  | 'EVENT'
  /** Viewers can see only the last `numPlaylistSegments` segments. */
  | 'LIVE'
  /** A kind of playlist that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER';

/** The right answer to set for a question of a quiz. */
export type PollAnswerInput = {
  /** Whether a written answer must match the text in upper and lower case. */
  caseSensitive?: boolean | null | undefined;
  /** Whether to hide the right answer from participants while the quiz runs. */
  hidden?: boolean | null | undefined;
  /** Positions of the right options in `options` of the question, counted from 1. */
  options?: Array<number> | null | undefined;
  /** The right text, for questions answered by a text. */
  text?: string | null | undefined;
  /** Whether to ignore spaces around a written answer. */
  trim?: boolean | null | undefined;
};

/** A file to show with a question, such as a picture. */
export type PollAttachmentInput = {
  /** MIME type of the file, such as `image/png`. */
  type: string;
  /** Address of the file. */
  url: string;
};

/** What counts as one voter of a poll. */
export type PollMode =
  /** A way to count voters that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** Each peer has one vote, so a user who leaves and joins again may vote again. */
  | 'PEER_ID'
  /** Each user has one vote, by `userId`, the app's own id of the user. */
  | 'USER_ID';

/** An option to choose from; its position in the list becomes its position in the question. */
export type PollOptionInput = {
  /** Text of the option. */
  text?: string | null | undefined;
  /** Weight of the option; 1 by default. The vendor does not say how it counts. */
  weight?: number | null | undefined;
};

/** A question to ask; its position in the list becomes its position in the poll. */
export type PollQuestionInput = {
  /** The right answer to the question, for a quiz. */
  answer?: PollAnswerInput | null | undefined;
  /** Maximum length to allow for a written answer, in characters. */
  answerMaxLen?: number | null | undefined;
  /** Minimum length to require of a written answer, in characters. */
  answerMinLen?: number | null | undefined;
  /** Files to show with the question. */
  attachments?: Array<PollAttachmentInput> | null | undefined;
  /** How many seconds to show the question; 0 for no limit. */
  durationSeconds?: number | null | undefined;
  /** Format in which the question is written; `text` by default. */
  format?: string | null | undefined;
  /** Whether participants can answer only once; false by default, so that they can change their answer. */
  once?: boolean | null | undefined;
  /** Options of the question, in order. */
  options?: Array<PollOptionInput> | null | undefined;
  /** Whether participants may skip the question; true by default. */
  skippable?: boolean | null | undefined;
  /** Text of the question to ask. */
  text: string;
  /** How participants answer the question; `SINGLE_CHOICE` by default. */
  type?: PollQuestionType | null | undefined;
  /** Points for the right answer to this question; 1 by default. */
  weight?: number | null | undefined;
};

/** The form of the answer to a question of a poll. */
export type PollQuestionType =
  /** The participant writes a long text. */
  | 'LONG_ANSWER'
  /** The participant chooses any number of options. */
  | 'MULTIPLE_CHOICE'
  /** A form of answer that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** The participant writes a short text. */
  | 'SHORT_ANSWER'
  /** The participant chooses one option. */
  | 'SINGLE_CHOICE';

/** How a run of a poll starts. */
export type PollStart =
  /** The poll starts automatically with each session of the rooms that it is linked to. */
  | 'AUTO'
  /** A participant starts the poll from within the room. The REST API cannot start it. */
  | 'MANUAL'
  /** A way to start a poll that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER';

/** Whether a poll asks for opinions or tests knowledge. */
export type PollType =
  /** A kind of poll that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** An opinion poll: no answer is right or wrong. */
  | 'POLL'
  /** A quiz: questions have right answers, and answers earn scores. */
  | 'QUIZ';

/** The kinds of media that a role can be allowed to publish. */
export type PublishKind =
  /** The audio of a microphone. */
  | 'AUDIO'
  /** A kind of media that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** The video of a shared screen. */
  | 'SCREEN'
  /** Videos in several qualities at the same time. */
  | 'SIMULCAST'
  /** The video of a camera. */
  | 'VIDEO';

/** The media to allow peers of a role to publish, and settings for each. */
export type PublishParamsInput = {
  /** The kinds of media to allow; an empty list allows nothing. */
  allowed?: Array<PublishKind> | null | undefined;
  /** Settings for audio. */
  audio?: AudioParamsInput | null | undefined;
  /** Settings for a shared screen. */
  screen?: VideoParamsInput | null | undefined;
  /** Simulcast layers for a shared screen, at most 3. */
  screenLayers?: Array<SimulcastLayerInput> | null | undefined;
  /** Settings for the camera. */
  video?: VideoParamsInput | null | undefined;
  /** Simulcast layers for the camera, at most 3. */
  videoLayers?: Array<SimulcastLayerInput> | null | undefined;
};

/** Conditions on recording files; a file must meet all of them. */
export type RecordingAssetFilter = {
  /** Only files of this room: its vendor id or global id. */
  roomId?: string | number | null | undefined;
  /** Only files of this session: its vendor id or global id. */
  sessionId?: string | number | null | undefined;
  /** Only files in this state: `COMPLETED` or `FAILED`; other values are refused. */
  status?: RecordingAssetStatus | null | undefined;
  /** Only files of this kind; `OTHER` is refused. */
  type?: RecordingAssetType | null | undefined;
};

/** The state of a recording file. */
export type RecordingAssetStatus =
  /** The file is ready. */
  | 'COMPLETED'
  /** The vendor could not make the file. */
  | 'FAILED'
  /** A state of a file that this version of the gateway does not know; filters refuse this value. */
  | 'OTHER'
  /** The vendor is still writing the file, as transcripts and summaries are at first; filters refuse this value. */
  | 'PROCESSING';

/** Kinds of files that recordings and live streams produce. */
export type RecordingAssetType =
  /** The chat messages of the call, as CSV. */
  | 'CHAT'
  /** A kind of file that this version of the gateway does not know; filters refuse this value. */
  | 'OTHER'
  /** The whole call as one video, or as one audio file. */
  | 'ROOM_COMPOSITE'
  /** The whole call as one video, made by the media server: the older way of recording. */
  | 'ROOM_COMPOSITE_LEGACY'
  /** A live stream kept for replay: an HLS playlist with its segments. */
  | 'ROOM_VOD'
  /** The audio and video of one peer in one file. */
  | 'STREAM'
  /** A summary of the speech, written by a language model, as JSON. */
  | 'SUMMARY'
  /** One audio or video track of one peer. */
  | 'TRACK'
  /** A transcript of the speech, as plain text, subtitles or JSON. */
  | 'TRANSCRIPT';

/** The regions in which the vendor can run the media servers of a room, or of a template's rooms. */
export type Region =
  /** For a room, the region of its template; for a template, the vendor's choice. */
  | 'AUTO'
  /** Europe. */
  | 'EU'
  /** India. */
  | 'IN'
  /** A region that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** The United States. */
  | 'US';

/** The peer to remove from a room, and the reason. */
export type RemovePeerInput = {
  /** The vendor id or global id of the connected peer to remove. */
  peerId: string | number;
  /** The reason, which the vendor passes on to the peers who are removed. */
  reason?: string | null | undefined;
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
};

/** The role whose peers to remove from a room, and the reason. */
export type RemovePeersByRoleInput = {
  /** The reason, which the vendor passes on to the peers who are removed. */
  reason?: string | null | undefined;
  /** The name of the role whose peers to remove. */
  role: string;
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
};

/** The peers to remove from a room, and the reason. */
export type RemovePeersInput = {
  /** The vendor ids or global ids of the connected peers to remove; at most 100. */
  peerIds: Array<string | number>;
  /** The reason, which the vendor passes on to the peers who are removed. */
  reason?: string | null | undefined;
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
};

/** Conditions on the webhooks to send again; a webhook must meet all of them. */
export type ReplayWebhooksInput = {
  /** Whether to send the webhooks that the receiver accepted (true) or those that it did not accept (false); false by default. */
  delivered?: boolean | null | undefined;
  /** Only webhooks that were sent of these webhook types; `OTHER` is refused. */
  events?: Array<WebhookDeliveryEvent> | null | undefined;
  /** Maximum number of webhooks to send; at most 50,000, which is also the default. */
  limit?: number | null | undefined;
  /** Number of matching webhooks to skip first; 0 by default. */
  offset?: number | null | undefined;
  /** Only webhooks that were sent about this room: its vendor id or global id. */
  roomId?: string | number | null | undefined;
  /** Only webhooks that were sent at or after this time, within the last 30 days; by default 24 hours before `sentBefore`. */
  sentAfter?: string | null | undefined;
  /** Only webhooks that were sent at or before this time, at most 14 days after `sentAfter`; by default now. */
  sentBefore?: string | null | undefined;
};

/** Size of a picture to record or stream; without it the vendor uses 1280 by 720 pixels. */
export type ResolutionInput = {
  /** Requested height of the picture, in pixels. */
  height: number;
  /** Requested width of the picture, in pixels. */
  width: number;
};

/** A role of a template. In a new role, omitted fields get the vendor's defaults. */
export type RoleInput = {
  /** Maximum number of peers with the role at a time; 0 for no limit, -1 so that no peer may have it. */
  maxPeerCount?: number | null | undefined;
  /** The name of the role, unique among the roles of the template. It is part of URLs, so it cannot be empty, `.` or `..`. */
  name: string;
  /** The actions to allow. */
  permissions?: RolePermissionsInput | null | undefined;
  /** The rank of the role if a client cannot receive all videos: 1 (dropped last) to 5 (dropped first). */
  priority?: number | null | undefined;
  /** The media to allow, and how to publish them. */
  publishParams?: PublishParamsInput | null | undefined;
  /** The roles to subscribe to, and the quality to receive. */
  subscribeParams?: SubscribeParamsInput | null | undefined;
};

/** The actions to allow to peers of a role. In a new role, omitted permissions get the vendor's defaults. */
export type RolePermissionsInput = {
  /** Whether to allow peers of the role to start and stop recordings; true by default. */
  browserRecording?: boolean | null | undefined;
  /** Whether to allow peers of the role to change the role of other peers; false by default. */
  changeRole?: boolean | null | undefined;
  /** Whether to allow peers of the role to end the session for all peers; false by default. */
  endRoom?: boolean | null | undefined;
  /** Whether to allow peers of the role to start and stop live streams (HLS); true by default. */
  hlsStreaming?: boolean | null | undefined;
  /** Whether to allow peers of the role to mute other peers' tracks; false by default. */
  mute?: boolean | null | undefined;
  /** Whether to allow peers of the role to see polls and their results; false by default. */
  pollRead?: boolean | null | undefined;
  /** Whether to allow peers of the role to create and run polls, and see them; false by default. */
  pollWrite?: boolean | null | undefined;
  /** Whether to allow peers of the role to remove other peers from the room; false by default. */
  removeOthers?: boolean | null | undefined;
  /** Whether to allow peers of the role to start and stop external streams (RTMP); true by default. */
  rtmpStreaming?: boolean | null | undefined;
  /** Whether to allow peers of the role to see the number and the list of peers before they join; false by default. */
  sendRoomState?: boolean | null | undefined;
  /** Whether to allow peers of the role to ask other peers to unmute; false by default. */
  unmute?: boolean | null | undefined;
};

/** Recording settings for one room. They replace all recording settings of the template. */
export type RoomRecordingInput = {
  /** Whether the vendor records each session of the room; false by default. */
  enabled?: boolean | null | undefined;
  /** The bucket for recordings of the room; by default the vendor's storage. */
  storage?: StorageInput | null | undefined;
};

/** The room whose recordings stop, pause or resume. */
export type RoomRecordingsInput = {
  /** Vendor id or global id of the room whose recordings stop, pause or resume. */
  roomId: string | number;
};

/** Settings of the room state messages: what the vendor sends to clients before they join a room (in the preview). */
export type RoomStateSettingsInput = {
  /** Whether to send room state messages. */
  enabled?: boolean | null | undefined;
  /** Time between two room state messages, in seconds: a multiple of 5, from 5 to 3,600. */
  messageIntervalSeconds?: number | null | undefined;
  /** Whether the messages should contain the list of peers (true) or only their number (false). */
  sendPeerList?: boolean | null | undefined;
  /** Whether a client stops getting the messages when it joins the room. */
  stopRoomStateOnJoin?: boolean | null | undefined;
};

/** Where the vendor sends a room's webhooks, instead of to the workspace's URL. */
export type RoomWebhookInput = {
  /** The HTTP headers that the vendor sends with each webhook, for example with a shared secret. */
  headers?: Array<WebhookHeaderInput> | null | undefined;
  /** The URL to which the vendor posts the webhooks of the room. */
  url: string;
};

/** An external stream (RTMP), for example to YouTube, that rooms of the template can start. */
export type RtmpDestinationInput = {
  /** How many seconds the external stream continues after the last peer has left. */
  autoStopTimeoutSeconds?: number | null | undefined;
  /** The height of the external stream's picture, in pixels. */
  height?: number | null | undefined;
  /** Maximum duration of the external stream, in seconds. */
  maxDurationSeconds?: number | null | undefined;
  /** The name of the destination, unique among the template's external streams. */
  name: string;
  /** Whether the external stream is recorded while it runs. */
  recordingEnabled?: boolean | null | undefined;
  /** The URLs to which the stream is sent, at most 3. They contain stream keys, so no field ever shows them. */
  rtmpUrls?: Array<string> | null | undefined;
  /** The width of the external stream's picture, in pixels. */
  width?: number | null | undefined;
};

/** A message to a room, and its receivers. */
export type SendMessageInput = {
  /** The text of the message. It cannot be read again: the REST API does not return messages. */
  message: string;
  /** The vendor id or global id of the peer who gets the message; not allowed together with `role`. */
  peerId?: string | number | null | undefined;
  /** The name of the role whose peers get the message. If neither `peerId` nor `role` is given, all peers in the room get it. */
  role?: string | null | undefined;
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
  /** The type of the message, a word that the app chooses, such as `chat`; clients receive it with the text. */
  type?: string | null | undefined;
};

/** A room, and several messages to send to it. */
export type SendMessagesInput = {
  /** The messages, at most 100. They are sent at the same time, so they may arrive in a different order. */
  messages: Array<MessageInput>;
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
};

/** Dial tones (DTMF) and the participant who sends them. */
export type SendSipDtmfInput = {
  /** The auth token that a participant joined the room with; the vendor accepts no management token here. The gateway passes it on and does not store it. */
  authToken: string;
  /** Tones to send: 1 to 100 of `0` to `9`, `*`, `#` and `a` to `d`. Each lasts 100 ms, with pauses of 100 ms. */
  digits: string;
};

/** A text for the players of a live stream. */
export type SendTimedMetadataInput = {
  /** For how many seconds the text is valid. */
  durationSeconds: number;
  /** Vendor id or global id of the live stream whose players get the text. */
  id: string | number;
  /** The text for the players, at most 100 characters. */
  payload: string;
};

/** An option that replaces another one of a question. */
export type SetPollOptionInput = {
  /** Position in the question of the option to replace, counted from 1. */
  option: number;
  /** Vendor id or global id of the poll that has the question with the option to replace. */
  pollId: string | number;
  /** Position in the poll of the question with the option to replace, counted from 1. */
  question: number;
  /** Text of the new option. */
  text?: string | null | undefined;
  /** Weight of the new option; 1 by default. The vendor does not say how it counts. */
  weight?: number | null | undefined;
};

/** A question that replaces another one of a poll. */
export type SetPollQuestionInput = {
  /** Vendor id or global id of the poll that has the question to replace. */
  pollId: string | number;
  /** Position in the poll of the question to replace, counted from 1. */
  question: number;
  /** The new question. It replaces the old one completely: omitted fields get their defaults. */
  value: PollQuestionInput;
};

/** The room code to enable or disable. */
export type SetRoomCodeEnabledInput = {
  /** The code to enable or disable, or the global id of its `RoomCode`. */
  code: string | number;
};

/** The room to enable or to disable. */
export type SetRoomEnabledInput = {
  /** The vendor id or global id of the room to enable or disable. */
  id: string | number;
};

/** One of several qualities in which peers of a role should publish a video at the same time (simulcast). */
export type SimulcastLayerInput = {
  /** Maximum bitrate of the layer, in kbit/s, 0 to 2,000. */
  maxBitrateKbps?: number | null | undefined;
  /** Maximum frame rate of the layer, 1 to 30 frames a second. */
  maxFramerate: number;
  /** The name of the layer. The layers of a list must be in the order F, H, Q. */
  rid: SimulcastRid;
  /** The number by which width and height of the video are divided: 1 for F, then more for each further layer, up to 12. */
  scaleResolutionDownBy: number;
};

/** The names of simulcast layers. */
export type SimulcastRid =
  /** The full resolution; the first layer of a list. */
  | 'F'
  /** A medium resolution; the second layer of a list. */
  | 'H'
  /** A layer that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** The lowest resolution; the third layer of a list. */
  | 'Q';

/** An additional header of the SIP INVITE message that starts the call. The vendor ignores reserved names; use names that begin with `X-`. */
export type SipHeaderInput = {
  /** Name of the SIP header, 1 to 100 characters, such as `X-Department`. */
  name: string;
  /** Value of the SIP header, without line breaks. */
  value: string;
};

/** Why a subscriber gets a snapshot of the whole state. */
export type SnapshotReason =
  /** One poll found so many changes that this snapshot is smaller than their events. It replaces the events, however fast the subscriber reads. */
  | 'BURST'
  /** The gateway no longer has the changes that follow `after`: they are too old, or the gateway was restarted. */
  | 'CURSOR_TOO_OLD'
  /** The subscriber reads too slowly. This snapshot replaces the changes that it has not read yet. */
  | 'SLOW_CONSUMER'
  /** The REST API has stopped answering the polls, or answers again: see `stale`. */
  | 'STALENESS'
  /** The subscription began without `after`. */
  | 'SUBSCRIBED';

/** Settings of an external stream to start. */
export type StartExternalStreamInput = {
  /** Name of the RTMP destination in the room's template; required when the template has several. */
  destination?: string | null | undefined;
  /** Web page that the vendor opens in a browser and streams; it must join the room by itself. Required when the vendor has no page of its own for the room, as with templates made over REST. */
  meetingUrl?: string | null | undefined;
  /** Whether to record the external stream too. */
  recordingEnabled?: boolean | null | undefined;
  /** Size of the streamed picture: from 500 by 480 to 1920 by 1080 pixels, or upright from 500 by 500 to 1080 by 1920; 1280 by 720 by default. */
  resolution?: ResolutionInput | null | undefined;
  /** Vendor id or global id of the room to stream from; it must be live. */
  roomId: string | number;
  /** Addresses to stream to: 1 to 5 URLs (`rtmp://` or `rtmps://`) that include the stream keys of the platforms; some workspaces allow only 3. No field ever shows them again. */
  rtmpUrls: Array<string>;
};

/** Settings of a live stream to start. */
export type StartLiveStreamInput = {
  /** Name of the HLS destination in the room's template; required when the template has several. */
  destination?: string | null | undefined;
  /** Web page that the vendor opens in a browser and shows to the viewers; it must join the room by itself. Required when the vendor has no page of its own for the room, as with templates made over REST. */
  meetingUrl?: string | null | undefined;
  /** What to record of the live stream; by default it follows the template. */
  recording?: LiveStreamRecordingInput | null | undefined;
  /** Vendor id or global id of the room to stream live; it must be live. */
  roomId: string | number;
  /** How to transcribe the live stream; by default it follows the template. */
  transcription?: LiveStreamTranscriptionInput | null | undefined;
};

/** Settings of a recording to start. */
export type StartRecordingInput = {
  /** Whether to record one mixed audio file instead of a video. */
  audioOnly?: boolean | null | undefined;
  /** Name of the destination in the room's template whose settings the recording follows; required when the template has several for recordings. */
  destination?: string | null | undefined;
  /** Web page that the vendor opens in a browser and records; it must join the room by itself. Required when the vendor has no page of its own for the room, as with templates made over REST. */
  meetingUrl?: string | null | undefined;
  /** Size of the recorded picture; 1280 by 720 pixels by default. */
  resolution?: ResolutionInput | null | undefined;
  /** Vendor id or global id of the room to record; it must be live. */
  roomId: string | number;
  /** How to transcribe the recording; by default it follows the template. */
  transcription?: TranscriptionInput | null | undefined;
};

/** Which external stream to stop. */
export type StopExternalStreamInput = {
  /** Vendor id or global id of the external stream to stop. */
  id: string | number;
};

/** Which room's external streams to stop. */
export type StopExternalStreamsInput = {
  /** Vendor id or global id of the room whose external streams stop. */
  roomId: string | number;
};

/** Which room's live streams to stop. */
export type StopLiveStreamsInput = {
  /** Vendor id or global id of the room whose live streams stop. */
  roomId: string | number;
};

/** Which recording to stop. */
export type StopRecordingInput = {
  /** Vendor id or global id of the recording to stop. */
  id: string | number;
};

/** The key pair that the vendor needs to write into the bucket. The gateway passes it on and never shows it. */
export type StorageCredentials = {
  /** The access key of the bucket. */
  key: string;
  /** The secret key of the bucket. */
  secret: string;
};

/** Your own bucket, into which the vendor writes recordings. */
export type StorageInput = {
  /** The key pair for the bucket. The vendor's documentation does not say when it may be omitted. */
  credentials?: StorageCredentials | null | undefined;
  /** The name of the bucket to write to. */
  location: string;
  /** The path in the bucket that precedes the names of the recorded files. */
  prefix?: string | null | undefined;
  /** The bucket's region, such as `us-east-1`. */
  region?: string | null | undefined;
  /** The kind of storage that the bucket is in. */
  type: StorageType;
};

/** The kinds of storage into which the vendor can write recordings. */
export type StorageType =
  /** Azure Blob Storage. */
  | 'AZURE'
  /** Google Cloud Storage. */
  | 'GS'
  /** Alibaba Object Storage Service. */
  | 'OSS'
  /** A kind of storage that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** Amazon S3. */
  | 'S3';

/** The room whose stream key to create or disable. */
export type StreamKeyInput = {
  /** Vendor id or global id of the room that the stream key belongs to. */
  roomId: string | number;
};

/** Thresholds at which a client drops video on a bad network, and resumes it. */
export type SubscribeDegradationInput = {
  /** How many seconds the network must be bad before video is dropped: 1 to 10. */
  degradeGracePeriodSeconds?: number | null | undefined;
  /** The packet loss from which the network counts as bad, in percent: 1 to 100. */
  packetLossThresholdPercent?: number | null | undefined;
  /** How many seconds the network must be good before video is resumed: 1 to 10. */
  recoverGracePeriodSeconds?: number | null | undefined;
};

/** The roles whose peers should be seen and heard by peers of a role, and in what quality. */
export type SubscribeParamsInput = {
  /** Maximum bitrate of everything that a peer receives, in kbit/s. */
  maxSubsBitrateKbps?: number | null | undefined;
  /** Thresholds for a bad network. */
  subscribeDegradation?: SubscribeDegradationInput | null | undefined;
  /** The names of the roles whose peers should be seen and heard. */
  subscribeToRoles?: Array<string> | null | undefined;
};

/** The forms in which a section of a summary can be written. */
export type SummaryFormat =
  /** A bulleted list. */
  | 'BULLETS'
  /** A form of sections that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** Running text, in a paragraph. */
  | 'PARAGRAPH';

/** The external streams, live streams and transcriptions that rooms of a template can start. */
export type TemplateDestinationsInput = {
  /** The live streams (HLS) for rooms of the template. */
  hls?: Array<HlsDestinationInput> | null | undefined;
  /** The external streams (RTMP) for rooms of the template. */
  rtmp?: Array<RtmpDestinationInput> | null | undefined;
  /** The transcriptions for rooms of the template. */
  transcriptions?: Array<TranscriptionDestinationInput> | null | undefined;
};

/** The plugins for rooms of a template: the whiteboard and live captions. */
export type TemplatePluginsInput = {
  /** The names of the roles to allow to switch live captions on and off. */
  captionAdmins?: Array<string> | null | undefined;
  /** Turns the whiteboard on and gives roles access to it. */
  whiteboard?: WhiteboardPermissionsInput | null | undefined;
};

/** Settings that apply to all rooms of a template. */
export type TemplateSettingsInput = {
  /** The bucket for recordings of the template's rooms; by default the vendor's storage. */
  recordingStorage?: StorageInput | null | undefined;
  /** The region of the media servers of the template's rooms. */
  region?: Region | null | undefined;
  /** Settings for the room state messages before joining. */
  roomState?: RoomStateSettingsInput | null | undefined;
};

/** Settings of the thumbnails to take from a recording: still pictures. */
export type ThumbnailsInput = {
  /** Whether to take thumbnails. */
  enabled?: boolean | null | undefined;
  /** How many thumbnails to take, in pictures a second. */
  fps?: number | null | undefined;
  /** The height of a thumbnail, in pixels. */
  height?: number | null | undefined;
  /** The times at which to take a thumbnail, in seconds from the beginning of the recording. */
  offsetsSeconds?: Array<number> | null | undefined;
  /** The width of a thumbnail, in pixels. */
  width?: number | null | undefined;
};

/** The kinds of media that a track carries. */
export type TrackType =
  /** A track of sound, such as a microphone. */
  | 'AUDIO'
  /** A kind of track that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** A track of pictures: a camera or a shared screen. */
  | 'VIDEO';

/** Why there are no more events about the tracks of a peer. */
export type TracksEndCause =
  /** The peer has left the room. */
  | 'LEFT'
  /** The peer has got a role that may not publish according to the room's template. */
  | 'ROLE';

/** File format of a transcript or a summary. */
export type TranscriptFormat =
  /** The transcript as JSON: words and sentences with their times. */
  | 'JSON'
  /** A file format that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** The transcript as SubRip subtitles. */
  | 'SRT'
  /** The transcript as plain text. */
  | 'TXT';

/** A transcription of speech in rooms of the template. */
export type TranscriptionDestinationInput = {
  /** Words outside its dictionary, such as names, that the transcription should recognize. */
  customVocabulary?: Array<string> | null | undefined;
  /** What the transcription is used for. */
  modes?: Array<TranscriptionMode> | null | undefined;
  /** The name of the destination, unique among the template's transcriptions. */
  name: string;
  /** The formats of the transcript files to write; used in the `RECORDED` mode only. */
  outputModes?: Array<TranscriptFormat> | null | undefined;
  /** The name of a role: speech of the roles to which this role subscribes is transcribed. Required for a new transcription. */
  role?: string | null | undefined;
  /** Settings for a summary; used in the `RECORDED` mode only. */
  summary?: TranscriptionSummaryInput | null | undefined;
  /** Whether to translate captions; used in the `CAPTION` mode only. */
  translationEnabled?: boolean | null | undefined;
  /** The languages into which captions are translated, at most one for each role. */
  translationLanguages?: Array<TranslationLanguageInput> | null | undefined;
};

/** How to transcribe a recording. When this is set, the transcription settings of the template do not apply. */
export type TranscriptionInput = {
  /** Names and terms that occur in the recording and are not in a dictionary, so that they are recognized better. */
  customVocabulary?: Array<string> | null | undefined;
  /** Whether to transcribe the recording. */
  enabled?: boolean | null | undefined;
  /** File formats of the transcript of the recording. */
  outputModes?: Array<TranscriptFormat> | null | undefined;
  /** Summary to write of the recording. */
  summary?: TranscriptionSummaryInput | null | undefined;
};

/** What a transcription is used for. */
export type TranscriptionMode =
  /** Captions for the peers of the room; only as a setting of a template. */
  | 'CAPTION'
  /** Subtitles for the viewers of a live stream (HLS), while it runs. */
  | 'LIVE'
  /** A use of transcriptions that this version of the gateway does not know; inputs refuse this value. */
  | 'OTHER'
  /** Transcript files, written when a recording has ended. */
  | 'RECORDED';

/** Settings of a summary, which a language model writes in English from the transcript. */
export type TranscriptionSummaryInput = {
  /** Background for the language model, such as the purpose of the call; at most 300 characters. */
  context?: string | null | undefined;
  /** Whether to write a summary. */
  enabled?: boolean | null | undefined;
  /** Sections of the summary in order, at most 6. */
  sections?: Array<TranscriptionSummarySectionInput> | null | undefined;
  /** How freely the language model writes, from 0.1 (most predictable) to 1; 0.5 by default. */
  temperature?: number | null | undefined;
};

/** A section that a summary must have. */
export type TranscriptionSummarySectionInput = {
  /** Form in which the section is written. */
  format: SummaryFormat;
  /** Heading of the section, at most 100 characters. */
  title: string;
};

/** A role of the template and the language into which to translate its captions. */
export type TranslationLanguageInput = {
  /** The code of the language to translate into, such as `es`. */
  language: string;
  /** The name of the role that gets translated captions. */
  role: string;
};

/** A connected peer of a room, and its new name, role or metadata. */
export type UpdatePeerInput = {
  /** The new metadata of the peer: text, often JSON; if omitted or null, the metadata stays as it is. */
  metadata?: string | null | undefined;
  /** The new name of the peer; if omitted or null, the name stays as it is. */
  name?: string | null | undefined;
  /** The vendor id or global id of the connected peer to change. */
  peerId: string | number;
  /** The name of the peer's new role, which the room's template must have; if omitted or null, the role stays as it is. The peer is not asked for consent. */
  role?: string | null | undefined;
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
};

/** A room, and the changes to make to several of its connected peers. */
export type UpdatePeersInput = {
  /** The vendor id or global id of the room, which must be live. */
  roomId: string | number;
  /** The changes, one for each peer; at most 100. */
  updates: Array<PeerUpdateInput>;
};

/** New settings of a poll. Fields that are omitted or null keep their values; `questions` replaces all questions. */
export type UpdatePollInput = {
  /** Whether answers to the changed poll are stored without the participant's identity. */
  anonymous?: boolean | null | undefined;
  /** Seconds after which a run of the changed poll ends; 0 for no limit, so that it ends when it is stopped or its session ends. */
  durationSeconds?: number | null | undefined;
  /** Vendor id or global id of the poll to change. */
  id: string | number;
  /** What counts as one voter of the changed poll. */
  mode?: PollMode | null | undefined;
  /** All questions of the changed poll, in order. */
  questions?: Array<PollQuestionInput> | null | undefined;
  /** Whether the changed poll starts automatically with the session or is started by a participant. */
  start?: PollStart | null | undefined;
  /** Title of the changed poll. */
  title?: string | null | undefined;
  /** Whether the changed poll is an opinion poll or a quiz. */
  type?: PollType | null | undefined;
};

/** The settings of a room to change. Fields that are omitted or null keep their values. */
export type UpdateRoomInput = {
  /** Free text to describe the room. */
  description?: string | null | undefined;
  /** The vendor id or global id of the room to change. */
  id: string | number;
  /** Whether the room may have more than 2,500 peers at a time. */
  largeRoom?: boolean | null | undefined;
  /** Maximum duration of a session of the room, in seconds, 120 to 43,200; the vendor then ends it. */
  maxDurationSeconds?: number | null | undefined;
  /** The new name of the room: letters, digits and `. - : _`. */
  name?: string | null | undefined;
  /** The vendor ids or global ids of the polls to link to the room. They replace all polls that are linked now. */
  pollIds?: Array<string | number> | null | undefined;
  /** The room's own recording settings, which replace those of the template. */
  recording?: RoomRecordingInput | null | undefined;
  /** The region of the room's media servers. */
  region?: Region | null | undefined;
  /** Maximum number of peers in the room at a time: 0 to 2,500, or to 20,000 with `largeRoom`. */
  size?: number | null | undefined;
  /** Where the vendor sends the webhooks of the room. */
  webhook?: RoomWebhookInput | null | undefined;
};

/** New settings of a trunk. Fields that are omitted or null are not sent to the vendor. */
export type UpdateSipTrunkInput = {
  /** Host name of the telephone provider's SIP server for the changed trunk. */
  address?: string | null | undefined;
  /** Telephone number that people called through the changed trunk see. */
  from?: string | null | undefined;
  /** Vendor id of the trunk to change. */
  id: string | number;
  /** Password of the changed trunk at the telephone provider. No field ever shows it again. */
  password?: string | null | undefined;
  /** User name of the changed trunk at the telephone provider. */
  username?: string | null | undefined;
};

/** A whole template. Fields that are omitted or null are removed from the template, except the name. */
export type UpdateTemplateInput = {
  /** The streams and transcriptions that rooms of the template can start. */
  destinations?: TemplateDestinationsInput | null | undefined;
  /** The vendor id or global id of the template to replace. */
  id: string | number;
  /** The new name of the template; if omitted or null, the name stays as it is. */
  name?: string | null | undefined;
  /** The plugins of the rooms of the template. */
  plugins?: TemplatePluginsInput | null | undefined;
  /** All roles of the template. A role that is not in the list is removed. */
  roles: Array<RoleInput>;
  /** All settings of the template. */
  settings: TemplateSettingsInput;
};

/** One quality of a live stream to send or record. */
export type VideoLayerInput = {
  /** The bitrate of the layer's audio, in kbit/s. */
  audioBitrateKbps?: number | null | undefined;
  /** The layer's height in pixels, an even number: 192 to 1,920 if it is the longer side, 144 to 1,080 if the shorter. */
  height?: number | null | undefined;
  /** The bitrate of the layer's video, in kbit/s. */
  videoBitrateKbps?: number | null | undefined;
  /** The layer's width in pixels, an even number: 192 to 1,920 if it is the longer side, 144 to 1,080 if the shorter. */
  width?: number | null | undefined;
};

/** Settings for the video of a camera or a screen that a role publishes. */
export type VideoParamsInput = {
  /** The bitrate for the video, in kbit/s: 30 to 2,000 for a camera, at least 500 for a screen. */
  bitrateKbps?: number | null | undefined;
  /** The frame rate for the video, 1 to 30 frames a second. */
  frameRate?: number | null | undefined;
  /** The height for the video, in pixels: 50 to 1,080 for a camera, 270 to 1,080 for a screen. */
  height?: number | null | undefined;
  /** The width for the video, in pixels: 50 to 1,920 for a camera, 480 to 1,920 for a screen. */
  width?: number | null | undefined;
};

/** The types of webhooks in the vendor's log of deliveries. Other types are not logged. */
export type WebhookDeliveryEvent =
  /** `beam.recording.success`: The file of a composite recording is ready. */
  | 'BEAM_RECORDING_SUCCESS'
  /** `beam.started.success`: An external stream (RTMP) or a composite recording began. */
  | 'BEAM_STARTED_SUCCESS'
  /** `beam.stopped.success`: An external stream (RTMP) or a composite recording stopped. */
  | 'BEAM_STOPPED_SUCCESS'
  /** `hls.recording.success`: The recording of a live stream (HLS) is ready. */
  | 'HLS_RECORDING_SUCCESS'
  /** A webhook that this version of the gateway does not know; filters refuse this value. */
  | 'OTHER'
  /** `peer.join.success`: A peer joined the room. */
  | 'PEER_JOIN_SUCCESS'
  /** `peer.leave.success`: A peer left the room or was removed from it; `reason` says which. */
  | 'PEER_LEAVE_SUCCESS'
  /** `recording.failed`: A legacy composite recording, made by the media server, failed. */
  | 'RECORDING_FAILED'
  /** `recording.success`: A legacy composite recording, made by the media server, is ready. */
  | 'RECORDING_SUCCESS'
  /** `session.close.success`: A session ended. */
  | 'SESSION_CLOSE_SUCCESS'
  /** `session.open.success`: A session began: the first peer joined the room. */
  | 'SESSION_OPEN_SUCCESS'
  /** `stream.recording.success`: The recording of one peer, audio and video in one file, is ready. */
  | 'STREAM_RECORDING_SUCCESS'
  /** `transcription.success`: The transcript of a recording is ready. */
  | 'TRANSCRIPTION_SUCCESS';

/** Conditions on deliveries of webhooks; a delivery must meet all of them. */
export type WebhookDeliveryFilter = {
  /** Only deliveries that succeeded (true) or that failed (false); by default both. */
  delivered?: boolean | null | undefined;
  /** Only deliveries of these webhook types; `OTHER` is refused. */
  events?: Array<WebhookDeliveryEvent> | null | undefined;
  /** Only deliveries about this room: its vendor id or global id. */
  roomId?: string | number | null | undefined;
  /** Only deliveries at or after this time, within the last 30 days; by default 24 hours before `sentBefore`. */
  sentAfter?: string | null | undefined;
  /** Only deliveries at or before this time, at most 14 days after `sentAfter`; by default now. */
  sentBefore?: string | null | undefined;
};

/** An HTTP header that the vendor sends with each webhook of a room. The gateway passes it on and never shows it again. */
export type WebhookHeaderInput = {
  /** The name of the HTTP header to send with webhooks. */
  name: string;
  /** The value of the header. Treat it as a secret. */
  value: string;
};

/** The state of a replay of webhooks. */
export type WebhookReplayStatus =
  /** The replay was canceled. */
  | 'CANCELED'
  /** The replay has ended; the receiver accepted all webhooks. */
  | 'COMPLETED'
  /** The replay has ended; the receiver did not accept some webhooks. */
  | 'COMPLETED_WITH_FAILURES'
  /** The replay itself failed. */
  | 'FAILED'
  /** A state of a replay that this version of the gateway does not know. */
  | 'OTHER'
  /** The vendor is sending the webhooks. */
  | 'RUNNING'
  /** The vendor ended the replay early. */
  | 'TERMINATED';

/** The roles that get access to the whiteboard. A role may be in several lists. */
export type WhiteboardPermissionsInput = {
  /** The names of the roles to allow to open, close and view the whiteboard. */
  admin?: Array<string> | null | undefined;
  /** The names of the roles to allow to view the whiteboard. */
  reader?: Array<string> | null | undefined;
  /** The names of the roles to allow to draw on the whiteboard and view it. */
  writer?: Array<string> | null | undefined;
};

export type FollowPeersSubscriptionVariables = Exact<{
  roomId: string | number;
  filter?: PeerFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowPeersSubscription = { peerChanges:
    | { __typename: 'PeerJoined', cause: ChangeCause, cursor: string, at: string, peer: { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean } }
    | { __typename: 'PeerLeft', cause: ChangeCause, leaveReason: string | null, cursor: string, at: string, peer: { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean } }
    | { __typename: 'PeerUpdated', changed: Array<PeerAspect>, cursor: string, at: string, previous: { name: string | null, role: string | null, metadata: string | null }, peer: { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean } }
    | { __typename: 'PeersSnapshot', reason: SnapshotReason, stale: boolean, asOf: string | null, cursor: string, at: string, peers: Array<{ hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean }>, session: { hmsId: string } | null }
    | { __typename: 'SessionEnded', cursor: string, at: string, session: { hmsId: string } | null }
    | { __typename: 'SessionStarted', cursor: string, at: string, session: { hmsId: string } | null }
   };

export type FollowedPeerFragment = { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean };

export type FollowSessionsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FollowSessionsSubscription = { sessionChanges:
    | { __typename: 'SessionEnded', cursor: string, session: { hmsId: string } | null }
    | { __typename: 'SessionStarted', cursor: string, session: { hmsId: string } | null }
    | { __typename: 'SessionsSnapshot', reason: SnapshotReason, stale: boolean, cursor: string, sessions: Array<{ hmsId: string, room: { hmsId: string } | null }> }
   };

export type FollowTracksSubscriptionVariables = Exact<{
  roomId: string | number;
  after?: string | null | undefined;
}>;


export type FollowTracksSubscription = { trackChanges:
    | { __typename: 'TracksAwaited', cursor: string, at: string, asOf: string | null, peer: { hmsId: string, name: string | null, role: string | null, connected: boolean } }
    | { __typename: 'TracksEnded', endCause: TracksEndCause, cursor: string, at: string, asOf: string | null, peer: { hmsId: string, name: string | null, role: string | null, connected: boolean } }
    | { __typename: 'TracksSnapshot', reason: SnapshotReason, stale: boolean, cursor: string, at: string, asOf: string | null, peerTracks: Array<{ asOf: string | null, peer: { hmsId: string, name: string | null, role: string | null, connected: boolean }, tracks: Array<{ type: TrackType, source: string | null, muted: boolean }> | null }> }
    | { __typename: 'TracksUpdated', previousAsOf: string | null, cursor: string, at: string, asOf: string | null, peer: { hmsId: string, name: string | null, role: string | null, connected: boolean }, tracks: Array<{ type: TrackType, source: string | null, muted: boolean }>, previousTracks: Array<{ type: TrackType, source: string | null, muted: boolean }> | null }
   };

export type TrackedPeerFragment = { hmsId: string, name: string | null, role: string | null, connected: boolean };

export type FollowedTrackFragment = { type: TrackType, source: string | null, muted: boolean };

export type EventsOfRoomQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: AnalyticsEventFilter | null | undefined;
}>;


export type EventsOfRoomQuery = { room: { analyticsEvents: { totalCount: number, edges: Array<{ cursor: string, node:
          | { __typename: 'AnalyticsErrorEvent', userId: string | null, errorCode: number | null, errorName: string | null, errorMessage: string | null, errorDescription: string | null, terminal: boolean, action: string | null, transportState: string | null, hmsId: string, type: AnalyticsEventType, at: string | null, peerId: string | null, agent: { sdk: string | null, osVersion: string | null, prebuilt: boolean } | null, peer: { name: string | null } | null, session: { hmsId: string } | null, room: { hmsId: string } | null }
          | { __typename: 'AnalyticsOtherEvent', name: string, hmsId: string, type: AnalyticsEventType, at: string | null, peerId: string | null, peer: { name: string | null } | null, session: { hmsId: string } | null, room: { hmsId: string } | null }
          | { __typename: 'AnalyticsRecordingEvent', beamId: string | null, durationSeconds: number | null, sizeBytes: number | null, recordingPath: string | null, startedAt: string | null, stoppedAt: string | null, createdAt: string | null, maxWidth: number | null, maxHeight: number | null, hmsId: string, type: AnalyticsEventType, at: string | null, peerId: string | null, peer: { name: string | null } | null, session: { hmsId: string } | null, room: { hmsId: string } | null }
          | { __typename: 'AnalyticsTrackEvent', userId: string | null, userName: string | null, role: string | null, joinedAt: string | null, trackId: string | null, streamId: string | null, trackType: TrackType | null, source: string | null, muted: boolean, startedAt: string | null, stoppedAt: string | null, hmsId: string, type: AnalyticsEventType, at: string | null, peerId: string | null, peer: { name: string | null } | null, session: { hmsId: string } | null, room: { hmsId: string } | null }
         }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, endCursor: string | null } } | null } | null };

export type EventIdsQueryVariables = Exact<{
  roomId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: AnalyticsEventFilter | null | undefined;
}>;


export type EventIdsQuery = { analyticsEvents: { edges: Array<{ node:
        | { hmsId: string }
        | { hmsId: string }
        | { hmsId: string }
        | { hmsId: string }
       }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type QualityQueryVariables = Exact<{
  sessionId: string | number;
  peerId: string | number;
}>;


export type QualityQuery = { peerQualityStats: { published: Array<{ trackId: string, trackType: TrackType, source: string | null, layer: string | null, samples: Array<{ at: string, bitrateKbps: number | null, fps: number | null, packetLossPercent: number | null, rttMs: number | null, jitterMs: number | null, freezeCount: number | null, concealedSamples: number | null }> }>, received: Array<{ trackType: TrackType, samples: Array<{ bitrateKbps: number | null }> }> } | null };

export type QualityOfPeersQueryVariables = Exact<{
  id: string | number;
}>;


export type QualityOfPeersQuery = { session: { peers: { edges: Array<{ node: { qualityStats: { published: Array<{ trackId: string }> } | null } }> } | null } | null };

export type WalkRoomsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkRoomsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkedPageFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type WalkSessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkSessionsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkTemplatesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkTemplatesQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkPeersOfRoomQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type WalkPeersOfRoomQuery = { owner: { peers: { totalCount: number, edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null } | null };

export type WalkedPeersFragment = { totalCount: number, edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } };

export type WalkPeersOfSessionQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type WalkPeersOfSessionQuery = { owner: { peers: { totalCount: number, edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null } | null };

export type WalkLiveStreamsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkLiveStreamsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkRecordingsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkRecordingsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkExternalStreamsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkExternalStreamsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type WalkRecordingAssetsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalkRecordingAssetsQuery = { list: { edges: Array<{ cursor: string, node: { hmsId: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type FilteredMediaQueryVariables = Exact<{
  jobs?: MediaJobFilter | null | undefined;
  assets?: RecordingAssetFilter | null | undefined;
}>;


export type FilteredMediaQuery = { liveStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordings: { edges: Array<{ node: { hmsId: string } }> } | null, externalStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordingAssets: { edges: Array<{ node: { hmsId: string, type: RecordingAssetType } }> } | null };

export type MediaOfOwnersQueryVariables = Exact<{
  roomId: string | number;
  sessionId: string | number;
  jobs?: MediaJobFilter | null | undefined;
  assets?: RecordingAssetFilter | null | undefined;
}>;


export type MediaOfOwnersQuery = { room: { liveStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordings: { edges: Array<{ node: { hmsId: string } }> } | null, externalStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordingAssets: { edges: Array<{ node: { hmsId: string } }> } | null } | null, session: { liveStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordings: { edges: Array<{ node: { hmsId: string } }> } | null, externalStreams: { edges: Array<{ node: { hmsId: string } }> } | null, recordingAssets: { edges: Array<{ node: { hmsId: string } }> } | null } | null };

export type StartLiveMutationVariables = Exact<{
  input: StartLiveStreamInput;
}>;


export type StartLiveMutation = { result:
    | { __typename: 'ConflictError', message: string }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string> }> }
    | { __typename: 'LiveStream', hmsId: string, status: MediaJobStatus, destination: string | null, recording: { hlsVod: boolean, singleFilePerLayer: boolean } | null, room: { hmsId: string } | null }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

type Expected_ConflictError_Fragment = { message: string };

type Expected_InvalidInputError_Fragment = { message: string, issues: Array<{ path: Array<string> }> };

type Expected_NotFoundError_Fragment = { message: string };

type Expected_RefusedError_Fragment = { httpStatus: number, details: Array<string>, message: string };

export type ExpectedFragment =
  | Expected_ConflictError_Fragment
  | Expected_InvalidInputError_Fragment
  | Expected_NotFoundError_Fragment
  | Expected_RefusedError_Fragment
;

export type StopLiveMutationVariables = Exact<{
  input: LiveStreamInput;
}>;


export type StopLiveMutation = { result:
    | { __typename: 'LiveStream', hmsId: string, status: MediaJobStatus }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type PauseLiveMutationVariables = Exact<{
  input: LiveStreamInput;
}>;


export type PauseLiveMutation = { result:
    | { __typename: 'LiveStream', hmsId: string, status: MediaJobStatus }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type ResumeLiveMutationVariables = Exact<{
  input: LiveStreamInput;
}>;


export type ResumeLiveMutation = { result:
    | { __typename: 'LiveStream', hmsId: string, status: MediaJobStatus }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StopAllLiveMutationVariables = Exact<{
  input: StopLiveStreamsInput;
}>;


export type StopAllLiveMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'StoppedLiveStreams', error: string | null, liveStreams: Array<{ hmsId: string, status: MediaJobStatus }> }
   | null };

export type TellPlayersMutationVariables = Exact<{
  input: SendTimedMetadataInput;
}>;


export type TellPlayersMutation = { result:
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string> }> }
    | { __typename: 'LiveStream', hmsId: string, status: MediaJobStatus }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StartRecordingMutationVariables = Exact<{
  input: StartRecordingInput;
}>;


export type StartRecordingMutation = { result:
    | { __typename: 'ConflictError', message: string }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string> }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Recording', hmsId: string, status: MediaJobStatus, destination: string | null, assetTypes: Array<RecordingAssetType> | null }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StopRecordingMutationVariables = Exact<{
  input: StopRecordingInput;
}>;


export type StopRecordingMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Recording', hmsId: string, status: MediaJobStatus }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StopRecordingsMutationVariables = Exact<{
  input: RoomRecordingsInput;
}>;


export type StopRecordingsMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'StoppedRecordings', error: string | null, recordings: Array<{ hmsId: string, status: MediaJobStatus }> }
   | null };

export type PauseRecordingsMutationVariables = Exact<{
  input: RoomRecordingsInput;
}>;


export type PauseRecordingsMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Recording', hmsId: string, status: MediaJobStatus }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type ResumeRecordingsMutationVariables = Exact<{
  input: RoomRecordingsInput;
}>;


export type ResumeRecordingsMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Recording', hmsId: string, status: MediaJobStatus }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StartExternalMutationVariables = Exact<{
  input: StartExternalStreamInput;
}>;


export type StartExternalMutation = { result:
    | { __typename: 'ConflictError', message: string }
    | { __typename: 'ExternalStream', hmsId: string, status: MediaJobStatus, targetHosts: Array<string>, recorded: boolean, resolution: { height: number } | null }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string> }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StopExternalMutationVariables = Exact<{
  input: StopExternalStreamInput;
}>;


export type StopExternalMutation = { result:
    | { __typename: 'ExternalStream', hmsId: string, status: MediaJobStatus }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StopAllExternalMutationVariables = Exact<{
  input: StopExternalStreamsInput;
}>;


export type StopAllExternalMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'StoppedExternalStreams', error: string | null, externalStreams: Array<{ hmsId: string, status: MediaJobStatus }> }
   | null };

export type CreateKeyMutationVariables = Exact<{
  input: StreamKeyInput;
}>;


export type CreateKeyMutation = { result:
    | { __typename: 'CreatedStreamKey', key: string, streamKey: { hmsId: string, enabled: boolean } }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type DisableKeyMutationVariables = Exact<{
  input: StreamKeyInput;
}>;


export type DisableKeyMutation = { result:
    | { __typename: 'DisabledStreamKey', room: { hmsId: string } | null }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type StopAndLookMutationVariables = Exact<{
  id: string | number;
}>;


export type StopAndLookMutation = { stopRecording:
    | { status: MediaJobStatus, assets: Array<{ type: RecordingAssetType }> | null }
    | Record<PropertyKey, never>
   | null };

export type LookAgainQueryVariables = Exact<{
  id: string | number;
}>;


export type LookAgainQuery = { recording: { assets: Array<{ type: RecordingAssetType }> | null } | null };

export type PauseAndStopMutationVariables = Exact<{
  roomId: string | number;
  id: string | number;
}>;


export type PauseAndStopMutation = { pauseRecordings:
    | { assets: Array<{ type: RecordingAssetType }> | null }
    | Record<PropertyKey, never>
   | null, stopRecording:
    | { assets: Array<{ type: RecordingAssetType }> | null }
    | Record<PropertyKey, never>
   | null };

export type MediaJobsQueryVariables = Exact<{
  live: string | number;
  recording: string | number;
  external: string | number;
}>;


export type MediaJobsQuery = { liveStream: { __typename: 'LiveStream', playbackUrl: string | null, hmsId: string, status: MediaJobStatus, destination: string | null, meetingUrl: string | null, createdAt: string | null, startedAt: string | null, stoppedAt: string | null, updatedAt: string | null, durationSeconds: number | null, recording: { hlsVod: boolean, singleFilePerLayer: boolean } | null, startedBy: { hmsId: string } | null, stoppedBy: { hmsId: string } | null, room: { hmsId: string } | null, session: { hmsId: string } | null, assets: Array<{ hmsId: string, type: RecordingAssetType, job:
        | { hmsId: string }
        | { hmsId: string }
        | { hmsId: string }
       | null, room: { hmsId: string } | null, session: { hmsId: string } | null }> | null } | null, recording: { __typename: 'Recording', assetTypes: Array<RecordingAssetType> | null, hmsId: string, status: MediaJobStatus, destination: string | null, meetingUrl: string | null, createdAt: string | null, startedAt: string | null, stoppedAt: string | null, updatedAt: string | null, durationSeconds: number | null, startedBy: { hmsId: string } | null, stoppedBy: { hmsId: string } | null, room: { hmsId: string } | null, session: { hmsId: string } | null, assets: Array<{ hmsId: string, type: RecordingAssetType, job:
        | { hmsId: string }
        | { hmsId: string }
        | { hmsId: string }
       | null, room: { hmsId: string } | null, session: { hmsId: string } | null }> | null } | null, externalStream: { __typename: 'ExternalStream', targetHosts: Array<string>, recorded: boolean, hmsId: string, status: MediaJobStatus, destination: string | null, meetingUrl: string | null, createdAt: string | null, startedAt: string | null, stoppedAt: string | null, updatedAt: string | null, durationSeconds: number | null, resolution: { width: number, height: number } | null, startedBy: { hmsId: string } | null, stoppedBy: { hmsId: string } | null, room: { hmsId: string } | null, session: { hmsId: string } | null, assets: Array<{ hmsId: string, type: RecordingAssetType, job:
        | { hmsId: string }
        | { hmsId: string }
        | { hmsId: string }
       | null, room: { hmsId: string } | null, session: { hmsId: string } | null }> | null } | null };

type WholeJob_ExternalStream_Fragment = { __typename: 'ExternalStream', hmsId: string, status: MediaJobStatus, destination: string | null, meetingUrl: string | null, createdAt: string | null, startedAt: string | null, stoppedAt: string | null, updatedAt: string | null, durationSeconds: number | null, startedBy: { hmsId: string } | null, stoppedBy: { hmsId: string } | null, room: { hmsId: string } | null, session: { hmsId: string } | null, assets: Array<{ hmsId: string, type: RecordingAssetType, job:
      | { hmsId: string }
      | { hmsId: string }
      | { hmsId: string }
     | null, room: { hmsId: string } | null, session: { hmsId: string } | null }> | null };

type WholeJob_LiveStream_Fragment = { __typename: 'LiveStream', hmsId: string, status: MediaJobStatus, destination: string | null, meetingUrl: string | null, createdAt: string | null, startedAt: string | null, stoppedAt: string | null, updatedAt: string | null, durationSeconds: number | null, startedBy: { hmsId: string } | null, stoppedBy: { hmsId: string } | null, room: { hmsId: string } | null, session: { hmsId: string } | null, assets: Array<{ hmsId: string, type: RecordingAssetType, job:
      | { hmsId: string }
      | { hmsId: string }
      | { hmsId: string }
     | null, room: { hmsId: string } | null, session: { hmsId: string } | null }> | null };

type WholeJob_Recording_Fragment = { __typename: 'Recording', hmsId: string, status: MediaJobStatus, destination: string | null, meetingUrl: string | null, createdAt: string | null, startedAt: string | null, stoppedAt: string | null, updatedAt: string | null, durationSeconds: number | null, startedBy: { hmsId: string } | null, stoppedBy: { hmsId: string } | null, room: { hmsId: string } | null, session: { hmsId: string } | null, assets: Array<{ hmsId: string, type: RecordingAssetType, job:
      | { hmsId: string }
      | { hmsId: string }
      | { hmsId: string }
     | null, room: { hmsId: string } | null, session: { hmsId: string } | null }> | null };

export type WholeJobFragment =
  | WholeJob_ExternalStream_Fragment
  | WholeJob_LiveStream_Fragment
  | WholeJob_Recording_Fragment
;

export type JobsWithFilesQueryVariables = Exact<{ [key: string]: never; }>;


export type JobsWithFilesQuery = { recordings: { edges: Array<{ node: { assets: Array<{ hmsId: string }> | null } }> } | null, externalStreams: { edges: Array<{ node: { assets: Array<{ hmsId: string }> | null } }> } | null };

export type RefetchedMediaQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type RefetchedMediaQuery = { nodes: Array<
    | { __typename: 'ExternalStream', hmsId: string, id: string }
    | { __typename: 'LiveStream', hmsId: string, id: string }
    | { __typename: 'Peer', id: string }
    | { __typename: 'Poll', id: string }
    | { __typename: 'Recording', hmsId: string, id: string }
    | { __typename: 'RecordingAsset', hmsId: string, id: string }
    | { __typename: 'Role', id: string }
    | { __typename: 'Room', id: string }
    | { __typename: 'RoomCode', id: string }
    | { __typename: 'RoomLayout', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'Template', id: string }
   | null> };

export type FilesQueryVariables = Exact<{
  filter?: RecordingAssetFilter | null | undefined;
}>;


export type FilesQuery = { recordingAssets: { edges: Array<{ node: { hmsId: string, type: RecordingAssetType, status: RecordingAssetStatus, path: string | null, sizeBytes: number | null, durationSeconds: number | null, createdAt: string | null, thumbnailPaths: Array<string>, metadata: { layer: string | null, layerCount: number | null, maxWidth: number | null, maxHeight: number | null, outputMode: TranscriptFormat | null, trackId: string | null, trackType: TrackType | null, streamId: string | null, streamType: string | null, peerId: string | null, userId: string | null, resolution: { width: number } | null } | null, job:
          | { __typename: 'ExternalStream', hmsId: string }
          | { __typename: 'LiveStream', hmsId: string }
          | { __typename: 'Recording', hmsId: string }
         | null, room: { hmsId: string } | null, session: { hmsId: string } | null } }> } | null };

export type OneFileQueryVariables = Exact<{
  id: string | number;
  seconds?: number | null | undefined;
}>;


export type OneFileQuery = { recordingAsset: { hmsId: string, presignedUrl: { url: string, validForSeconds: number | null } | null } | null };

export type StreamKeysQueryVariables = Exact<{
  roomId: string | number;
}>;


export type StreamKeysQuery = { streamKey: { hmsId: string, url: string | null, enabled: boolean, createdAt: string | null, updatedAt: string | null, room: { hmsId: string } | null } | null, room: { streamKey: { hmsId: string } | null } | null };

export type OneOfEachQueryVariables = Exact<{
  roomId: string | number;
}>;


export type OneOfEachQuery = { room: { __typename: 'Room', id: string, name: string, template: { __typename: 'Template', id: string, name: string, roles: Array<{ __typename: 'Role', id: string, name: string }> } | null, activeSession: { __typename: 'Session', id: string, hmsId: string } | null, peers: { edges: Array<{ node: { __typename: 'Peer', id: string, connected: boolean, peerName: string | null } }> } | null, sessions: { edges: Array<{ node: { peers: { edges: Array<{ node: { __typename: 'Peer', id: string, connected: boolean, peerName: string | null } }> } | null } }> } | null, roomCodes: Array<{ __typename: 'RoomCode', id: string, code: string }> | null } | null };

export type RefetchQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type RefetchQuery = { nodes: Array<
    | { __typename: 'ExternalStream', id: string }
    | { __typename: 'LiveStream', id: string }
    | { __typename: 'Peer', connected: boolean, id: string, peerName: string | null }
    | { __typename: 'Poll', id: string }
    | { __typename: 'Recording', id: string }
    | { __typename: 'RecordingAsset', id: string }
    | { __typename: 'Role', name: string, id: string }
    | { __typename: 'Room', name: string, id: string }
    | { __typename: 'RoomCode', code: string, id: string }
    | { __typename: 'RoomLayout', id: string }
    | { __typename: 'Session', hmsId: string, id: string }
    | { __typename: 'Template', name: string, id: string }
   | null> };

export type RefetchOneQueryVariables = Exact<{
  id: string | number;
}>;


export type RefetchOneQuery = { node:
    | { __typename: 'ExternalStream', id: string }
    | { __typename: 'LiveStream', id: string }
    | { __typename: 'Peer', id: string }
    | { __typename: 'Poll', id: string }
    | { __typename: 'Recording', id: string }
    | { __typename: 'RecordingAsset', id: string }
    | { __typename: 'Role', id: string }
    | { __typename: 'Room', id: string }
    | { __typename: 'RoomCode', id: string }
    | { __typename: 'RoomLayout', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'Template', id: string }
   | null };

export type OnePeerQueryVariables = Exact<{
  roomId: string | number;
  id: string | number;
}>;


export type OnePeerQuery = { peer: { id: string, hmsId: string, connected: boolean, leftAt: string | null, metadata: string | null, tracks: Array<{ hmsId: string }> | null, session: { hmsId: string } | null, room: { hmsId: string } | null } | null };

export type AttendanceQueryVariables = Exact<{
  id: string | number;
}>;


export type AttendanceQuery = { session: { attendance: Array<{ userId: string | null, attendedSeconds: number, joinedAt: string | null, leftAt: string | null, connected: boolean, peers: Array<{ hmsId: string, session: { hmsId: string } | null }> }> | null } | null };

export type UpdatePeerMutationVariables = Exact<{
  input: UpdatePeerInput;
}>;


export type UpdatePeerMutation = { result:
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Peer', hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type PeerAsChangedFragment = { hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean };

export type UpdatePeersMutationVariables = Exact<{
  input: UpdatePeersInput;
}>;


export type UpdatePeersMutation = { results: Array<
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'Peer', hmsId: string, name: string | null, role: string | null, metadata: string | null, connected: boolean }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null> | null };

export type RemovePeerMutationVariables = Exact<{
  input: RemovePeerInput;
}>;


export type RemovePeerMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'RemovedPeer', peerId: string, hmsId: string, said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null }
   | null };

export type AsRemovedFragment = { peerId: string, hmsId: string, said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null };

export type RemoveTwoMutationVariables = Exact<{
  first: RemovePeerInput;
  second: RemovePeerInput;
}>;


export type RemoveTwoMutation = { first:
    | { peerId: string, hmsId: string, said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null }
    | Record<PropertyKey, never>
   | null, second:
    | { peerId: string, hmsId: string, said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null }
    | Record<PropertyKey, never>
   | null };

export type RemovePeersMutationVariables = Exact<{
  input: RemovePeersInput;
}>;


export type RemovePeersMutation = { results: Array<
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'RemovedPeer', peerId: string, hmsId: string, said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null }
   | null> | null };

export type RemovePeersByRoleMutationVariables = Exact<{
  input: RemovePeersByRoleInput;
}>;


export type RemovePeersByRoleMutation = { result:
    | { __typename: 'Accepted', said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type AsAcceptedFragment = { said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { result:
    | { __typename: 'Accepted', said: string }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type SendMessagesMutationVariables = Exact<{
  input: SendMessagesInput;
}>;


export type SendMessagesMutation = { results: Array<
    | { __typename: 'Accepted', said: string }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null> | null };

export type EndRoomMutationVariables = Exact<{
  input: EndRoomInput;
}>;


export type EndRoomMutation = { result:
    | { __typename: 'Accepted', said: string, room: { hmsId: string, enabled: boolean, peerCount: number | null } | null }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
   | null };

export type TracksOfRoomQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
}>;


export type TracksOfRoomQuery = { room: { peers: { edges: Array<{ node: { hmsId: string, tracks: Array<{ hmsId: string, type: TrackType, source: string | null, muted: boolean, startedAt: string | null, streamId: string | null, description: string | null }> | null } }> } | null } | null };

export type TracksTwiceQueryVariables = Exact<{
  id: string | number;
}>;


export type TracksTwiceQuery = { room: { peers: { edges: Array<{ node: { tracks: Array<{ hmsId: string }> | null } }> } | null, activeSession: { peers: { edges: Array<{ node: { tracks: Array<{ hmsId: string }> | null } }> } | null } | null } | null };

export type CreatePollMutationVariables = Exact<{
  input: CreatePollInput;
}>;


export type CreatePollMutation = { createPoll:
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'Poll', hmsId: string, questions: Array<{ index: number | null }> }
    | { __typename: 'RefusedError', message: string }
   | null };

export type UpdatePollMutationVariables = Exact<{
  input: UpdatePollInput;
}>;


export type UpdatePollMutation = { updatePoll:
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'Poll', title: string | null, type: PollType, questions: Array<{ text: string | null }> }
    | { __typename: 'RefusedError' }
   | null };

export type SetPollQuestionMutationVariables = Exact<{
  input: SetPollQuestionInput;
}>;


export type SetPollQuestionMutation = { setPollQuestion:
    | { __typename: 'InvalidInputError', issues: Array<{ path: Array<string> }> }
    | { __typename: 'NotFoundError' }
    | { __typename: 'PollQuestion', index: number | null, text: string | null, options: Array<{ text: string | null }> }
    | { __typename: 'RefusedError' }
   | null };

export type SetPollOptionMutationVariables = Exact<{
  input: SetPollOptionInput;
}>;


export type SetPollOptionMutation = { setPollOption:
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'PollOption', index: number | null, text: string | null, weight: number }
    | { __typename: 'RefusedError' }
   | null };

export type DeletePollQuestionMutationVariables = Exact<{
  input: DeletePollQuestionInput;
}>;


export type DeletePollQuestionMutation = { deletePollQuestion:
    | { __typename: 'DeletedPollQuestion', question: number, poll: { questions: Array<{ index: number | null, text: string | null }> } | null }
    | { __typename: 'InvalidInputError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string }
   | null };

export type DeletePollOptionMutationVariables = Exact<{
  input: DeletePollOptionInput;
}>;


export type DeletePollOptionMutation = { deletePollOption:
    | { __typename: 'DeletedPollOption', question: number, option: number, poll: { questions: Array<{ options: Array<{ text: string | null }> }> } | null }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
   | null };

export type WhatCameOfAPollQueryVariables = Exact<{
  id: string | number;
  sessionId?: string | number | null | undefined;
  question?: number | null | undefined;
  all?: boolean | null | undefined;
}>;


export type WhatCameOfAPollQuery = { poll: { sessions: { edges: Array<{ node: { hmsId: string, startedAt: string | null, stoppedAt: string | null, totalResponses: number | null, uniqueParticipants: number | null, poll: { hmsId: string } | null, session: { hmsId: string } | null } }> } | null, responses: { edges: Array<{ node: { hmsId: string, question: number, options: Array<number>, text: string | null, skipped: boolean, isUpdate: boolean, originalResponseId: string | null, duration: number | null, sentAt: string | null, retries: number | null, peerId: string | null, userId: string | null, peer: { name: string | null } | null, session: { hmsId: string } | null, poll: { hmsId: string } | null } }> } | null, results: { edges: Array<{ node: { hmsId: string, question: number, score: number | null, userId: string | null, peer: { name: string | null } | null } }> } | null } | null };

export type OneAnswerQueryVariables = Exact<{
  id: string | number;
  responseId: string | number;
  resultId: string | number;
}>;


export type OneAnswerQuery = { poll: { response: { options: Array<number> } | null, result: { score: number | null } | null } | null };

export type APollQueryVariables = Exact<{
  id: string | number;
}>;


export type APollQuery = { poll: { id: string, hmsId: string, title: string | null, type: PollType, mode: PollMode, start: PollStart, anonymous: boolean, durationSeconds: number | null, questions: Array<{ index: number | null, text: string | null, type: PollQuestionType, format: string | null, skippable: boolean, durationSeconds: number | null, once: boolean, weight: number, answerMinLen: number | null, answerMaxLen: number | null, attachments: Array<{ type: string | null, url: string | null }>, answer: { hidden: boolean, options: Array<number>, text: string | null, caseSensitive: boolean, trim: boolean } | null, options: Array<{ index: number | null, text: string | null, weight: number }> }> } | null };

export type PollsOfRoomsQueryVariables = Exact<{ [key: string]: never; }>;


export type PollsOfRoomsQuery = { rooms: { edges: Array<{ node: { name: string, polls: Array<{ title: string | null } | null> | null } }> } | null };

export type RoomsWithRolesQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsWithRolesQuery = { rooms: { edges: Array<{ node: { name: string, template: { name: string, roles: Array<{ name: string }> } | null } }> } | null };

export type RoomsWithPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type RoomsWithPeopleQuery = { rooms: { edges: Array<{ node: { activeSession: { peers: { edges: Array<{ node: { name: string | null, role: string | null } }> } | null } | null } }> } | null };

export type RoomNamesQueryVariables = Exact<{
  first: number;
}>;


export type RoomNamesQuery = { rooms: { edges: Array<{ node: { name: string } }> } | null };

export type RoomNamesAndMoreQueryVariables = Exact<{
  first: number;
}>;


export type RoomNamesAndMoreQuery = { rooms: { edges: Array<{ node: { name: string } }>, pageInfo: { hasNextPage: boolean } } | null };

export type CreateRoomMutationVariables = Exact<{
  input: CreateRoomInput;
}>;


export type CreateRoomMutation = { result:
    | { __typename: 'ConflictError', message: string }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'Room', id: string, hmsId: string, name: string, description: string | null, enabled: boolean, region: Region | null, largeRoom: boolean, size: number | null, maxDurationSeconds: number | null, webhookUrl: string | null, pollIds: Array<string>, recording: { enabled: boolean, storage: { type: StorageType | null, location: string | null, prefix: string | null, region: string | null } | null } | null }
   | null };

type Failure_ConflictError_Fragment = { message: string };

type Failure_InvalidInputError_Fragment = { message: string, issues: Array<{ path: Array<string>, message: string }> };

type Failure_NotFoundError_Fragment = { message: string };

type Failure_RefusedError_Fragment = { httpStatus: number, details: Array<string>, message: string };

export type FailureFragment =
  | Failure_ConflictError_Fragment
  | Failure_InvalidInputError_Fragment
  | Failure_NotFoundError_Fragment
  | Failure_RefusedError_Fragment
;

export type RoomAsChangedFragment = { id: string, hmsId: string, name: string, description: string | null, enabled: boolean, region: Region | null, largeRoom: boolean, size: number | null, maxDurationSeconds: number | null, webhookUrl: string | null, pollIds: Array<string>, recording: { enabled: boolean, storage: { type: StorageType | null, location: string | null, prefix: string | null, region: string | null } | null } | null };

export type UpdateRoomMutationVariables = Exact<{
  input: UpdateRoomInput;
}>;


export type UpdateRoomMutation = { result:
    | { __typename: 'ConflictError', message: string }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'Room', id: string, hmsId: string, name: string, description: string | null, enabled: boolean, region: Region | null, largeRoom: boolean, size: number | null, maxDurationSeconds: number | null, webhookUrl: string | null, pollIds: Array<string>, recording: { enabled: boolean, storage: { type: StorageType | null, location: string | null, prefix: string | null, region: string | null } | null } | null }
   | null };

export type EnableRoomMutationVariables = Exact<{
  input: SetRoomEnabledInput;
}>;


export type EnableRoomMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'Room', id: string, hmsId: string, name: string, description: string | null, enabled: boolean, region: Region | null, largeRoom: boolean, size: number | null, maxDurationSeconds: number | null, webhookUrl: string | null, pollIds: Array<string>, recording: { enabled: boolean, storage: { type: StorageType | null, location: string | null, prefix: string | null, region: string | null } | null } | null }
   | null };

export type DisableRoomMutationVariables = Exact<{
  input: SetRoomEnabledInput;
}>;


export type DisableRoomMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'Room', id: string, hmsId: string, name: string, description: string | null, enabled: boolean, region: Region | null, largeRoom: boolean, size: number | null, maxDurationSeconds: number | null, webhookUrl: string | null, pollIds: Array<string>, recording: { enabled: boolean, storage: { type: StorageType | null, location: string | null, prefix: string | null, region: string | null } | null } | null }
   | null };

export type ReadRoomQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadRoomQuery = { room: { id: string, hmsId: string, name: string, description: string | null, enabled: boolean, region: Region | null, largeRoom: boolean, size: number | null, maxDurationSeconds: number | null, webhookUrl: string | null, pollIds: Array<string>, recording: { enabled: boolean, storage: { type: StorageType | null, location: string | null, prefix: string | null, region: string | null } | null } | null } | null };

export type CreateRoomCodesMutationVariables = Exact<{
  input: CreateRoomCodesInput;
}>;


export type CreateRoomCodesMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'RoomCodes', codes: Array<{ id: string, code: string, role: string, enabled: boolean }>, room: { hmsId: string } | null }
   | null };

export type CodeAsChangedFragment = { id: string, code: string, role: string, enabled: boolean };

export type CreateRoomCodeMutationVariables = Exact<{
  input: CreateRoomCodeInput;
}>;


export type CreateRoomCodeMutation = { result:
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'RoomCode', id: string, code: string, role: string, enabled: boolean }
   | null };

export type EnableRoomCodeMutationVariables = Exact<{
  input: SetRoomCodeEnabledInput;
}>;


export type EnableRoomCodeMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'RoomCode', id: string, code: string, role: string, enabled: boolean }
   | null };

export type DisableRoomCodeMutationVariables = Exact<{
  input: SetRoomCodeEnabledInput;
}>;


export type DisableRoomCodeMutation = { result:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', httpStatus: number, details: Array<string>, message: string }
    | { __typename: 'RoomCode', id: string, code: string, role: string, enabled: boolean }
   | null };

export type ReadRoomCodesQueryVariables = Exact<{
  id: string | number;
  role?: string | null | undefined;
}>;


export type ReadRoomCodesQuery = { room: { roomCodes: Array<{ id: string, code: string, role: string, enabled: boolean }> | null } | null };

export type ExchangeRoomCodeMutationVariables = Exact<{
  input: ExchangeRoomCodeInput;
}>;


export type ExchangeRoomCodeMutation = { result:
    | { __typename: 'AuthToken', token: string, expiresAt: string | null }
    | { __typename: 'NotFoundError', message: string }
   | null };

export type TokenAsMadeFragment = { token: string, expiresAt: string | null };

export type CreateAuthTokenMutationVariables = Exact<{
  input: CreateAuthTokenInput;
}>;


export type CreateAuthTokenMutation = { result:
    | { __typename: 'AuthToken', token: string, expiresAt: string | null }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', message: string }
   | null };

export type CreateSipTrunkMutationVariables = Exact<{
  input: CreateSipTrunkInput;
}>;


export type CreateSipTrunkMutation = { createSipTrunk:
    | { hmsId: string }
    | Record<PropertyKey, never>
   | null };

export type UpdateSipTrunkMutationVariables = Exact<{
  input: UpdateSipTrunkInput;
}>;


export type UpdateSipTrunkMutation = { updateSipTrunk:
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string }
    | { __typename: 'SipTrunk', hmsId: string }
   | null };

export type PlaceSipCallMutationVariables = Exact<{
  input: PlaceSipCallInput;
}>;


export type PlaceSipCallMutation = { placeSipCall:
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string> }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string, httpStatus: number }
    | { __typename: 'SipCall', hmsId: string }
   | null };

export type SendSipDtmfMutationVariables = Exact<{
  input: SendSipDtmfInput;
}>;


export type SendSipDtmfMutation = { sendSipDtmf:
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string> }> }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RefusedError', message: string, httpStatus: number, details: Array<string> }
    | { __typename: 'SentSipDtmf', digits: string }
   | null };

export type LayoutsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type LayoutsQuery = { room: { host: { id: string, hmsId: string, role: string, logoUrl: string | null, fontFamily: string | null, screens: unknown, themes: Array<{ name: string | null, isDefault: boolean, appearance: LayoutAppearance, palette: unknown }>, room: { hmsId: string } | null } | null, again: { hmsId: string } | null, guest: { role: string, themes: Array<{ appearance: LayoutAppearance }> } | null, unknown: { role: string } | null } | null };

export type LayoutNodeQueryVariables = Exact<{
  id: string | number;
}>;


export type LayoutNodeQuery = { node:
    | { hmsId: string, role: string }
    | Record<PropertyKey, never>
   | null };

export type CreateTemplateMutationVariables = Exact<{
  input: CreateTemplateInput;
}>;


export type CreateTemplateMutation = { result:
    | { __typename: 'ConflictError', message: string }
    | { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'RefusedError', message: string }
    | { __typename: 'Template', hmsId: string, name: string, roles: Array<{ name: string, priority: number | null, permissions: { removeOthers: boolean }, publishParams: { allowed: Array<PublishKind>, videoLayers: Array<{ rid: SimulcastRid | null }> } }> }
   | null };

type ChangedTemplate_ConflictError_Fragment = { __typename: 'ConflictError', message: string };

type ChangedTemplate_InvalidInputError_Fragment = { __typename: 'InvalidInputError', message: string, issues: Array<{ path: Array<string>, message: string }> };

type ChangedTemplate_RefusedError_Fragment = { __typename: 'RefusedError', message: string };

type ChangedTemplate_Template_Fragment = { __typename: 'Template', hmsId: string, name: string, roles: Array<{ name: string, priority: number | null, permissions: { removeOthers: boolean }, publishParams: { allowed: Array<PublishKind>, videoLayers: Array<{ rid: SimulcastRid | null }> } }> };

export type ChangedTemplateFragment =
  | ChangedTemplate_ConflictError_Fragment
  | ChangedTemplate_InvalidInputError_Fragment
  | ChangedTemplate_RefusedError_Fragment
  | ChangedTemplate_Template_Fragment
;

export type PatchTemplateMutationVariables = Exact<{
  input: PatchTemplateInput;
}>;


export type PatchTemplateMutation = { result:
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
    | { __typename: 'Template', name: string, roles: Array<{ name: string, priority: number | null }> }
   | null };

export type ChangeRolesMutationVariables = Exact<{
  id: string | number;
}>;


export type ChangeRolesMutation = { setRole:
    | { role: { priority: number | null, permissions: { removeOthers: boolean } } | null }
    | Record<PropertyKey, never>
   | null, renameRole:
    | { roles: Array<{ name: string, priority: number | null }> }
    | Record<PropertyKey, never>
   | null, taken:
    | { __typename: 'ConflictError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
    | { __typename: 'Template' }
   | null, deleteRole:
    | { roles: Array<{ name: string }> }
    | Record<PropertyKey, never>
   | null, gone:
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
    | { __typename: 'Template' }
   | null };

export type ChangePartsMutationVariables = Exact<{
  id: string | number;
}>;


export type ChangePartsMutation = { updateTemplateSettings:
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
    | { __typename: 'Template' }
   | null, updateTemplateDestinations:
    | { settings: { region: Region | null, roomState: { enabled: boolean, messageIntervalSeconds: number | null } | null }, destinations: { rtmp: Array<{ name: string | null, width: number | null, height: number | null }>, hls: Array<{ name: string | null }> } }
    | Record<PropertyKey, never>
   | null, first:
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
    | { __typename: 'Template' }
   | null, second:
    | { recordingConfigs: Array<{ name: string | null, role: string | null, browserCompositeAutoStart: boolean, trackRecordingEnabled: boolean }> | null }
    | Record<PropertyKey, never>
   | null };

export type ReplaceTemplateMutationVariables = Exact<{
  input: UpdateTemplateInput;
}>;


export type ReplaceTemplateMutation = { result:
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError' }
    | { __typename: 'Template', name: string, roles: Array<{ name: string }>, destinations: { rtmp: Array<{ name: string | null }> } }
   | null };

export type ValuesOfRoomQueryVariables = Exact<{
  id: string | number;
}>;


export type ValuesOfRoomQuery = { room: { name: string, description: string | null, enabled: boolean, appId: string | null, region: Region | null, largeRoom: boolean, size: number | null, maxDurationSeconds: number | null, webhookUrl: string | null, pollIds: Array<string>, createdAt: string | null, updatedAt: string | null, recording: { enabled: boolean, storage: { type: StorageType | null, location: string | null, prefix: string | null, region: string | null } | null } | null, template: { hmsId: string } | null } | null };

export type ValuesOfPeersQueryVariables = Exact<{
  id: string | number;
}>;


export type ValuesOfPeersQuery = { room: { peers: { edges: Array<{ node: { name: string | null, userId: string | null, role: string | null, metadata: string | null, metadataJson: unknown, joinedAt: string | null, leftAt: string | null, templateRole: { name: string } | null } }> } | null } | null };

export type PermissionsOfRolesQueryVariables = Exact<{
  id: string | number;
}>;


export type PermissionsOfRolesQuery = { template: { roles: Array<{ name: string, priority: number | null, maxPeerCount: number, publishParams: { allowed: Array<PublishKind> }, permissions: { endRoom: boolean, removeOthers: boolean, mute: boolean, unmute: boolean, changeRole: boolean, sendRoomState: boolean, pollRead: boolean, pollWrite: boolean, browserRecording: boolean, rtmpStreaming: boolean, hlsStreaming: boolean } }> } | null };

export type DeliveriesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: WebhookDeliveryFilter | null | undefined;
}>;


export type DeliveriesQuery = { webhookDeliveries: { totalCount: number, edges: Array<{ node: { hmsId: string, event: WebhookDeliveryEvent, delivered: boolean, reason: string | null, at: string | null, data: unknown, room: { name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ReplayWebhooksMutationVariables = Exact<{
  input: ReplayWebhooksInput;
}>;


export type ReplayWebhooksMutation = { replayWebhooks:
    | { __typename: 'InvalidInputError', issues: Array<{ path: Array<string> }> }
    | { __typename: 'NotFoundError' }
    | { __typename: 'RefusedError', message: string, httpStatus: number }
    | { __typename: 'StartedWebhookReplay', workflowId: string, alreadyRunning: boolean, replay: { status: WebhookReplayStatus, total: number | null } | null }
   | null };

export type ReplayProgressQueryVariables = Exact<{
  workflowId: string | number;
}>;


export type ReplayProgressQuery = { webhookReplay: { workflowId: string, status: WebhookReplayStatus, startedAt: string | null, completedAt: string | null, total: number | null, completed: number | null, failed: number | null, failedEventIds: Array<string> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FollowedPeerFragmentDoc = new TypedDocumentString(`
    fragment FollowedPeer on Peer {
  hmsId
  name
  role
  metadata
  connected
}
    `, {"fragmentName":"FollowedPeer"}) as unknown as TypedDocumentString<FollowedPeerFragment, unknown>;
export const TrackedPeerFragmentDoc = new TypedDocumentString(`
    fragment TrackedPeer on Peer {
  hmsId
  name
  role
  connected
}
    `, {"fragmentName":"TrackedPeer"}) as unknown as TypedDocumentString<TrackedPeerFragment, unknown>;
export const FollowedTrackFragmentDoc = new TypedDocumentString(`
    fragment FollowedTrack on Track {
  type
  source
  muted
}
    `, {"fragmentName":"FollowedTrack"}) as unknown as TypedDocumentString<FollowedTrackFragment, unknown>;
export const WalkedPageFragmentDoc = new TypedDocumentString(`
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
    `, {"fragmentName":"WalkedPage"}) as unknown as TypedDocumentString<WalkedPageFragment, unknown>;
export const WalkedPeersFragmentDoc = new TypedDocumentString(`
    fragment WalkedPeers on PeerConnection {
  totalCount
  edges {
    cursor
    node {
      hmsId
    }
  }
  pageInfo {
    ...WalkedPage
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`, {"fragmentName":"WalkedPeers"}) as unknown as TypedDocumentString<WalkedPeersFragment, unknown>;
export const ExpectedFragmentDoc = new TypedDocumentString(`
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
    `, {"fragmentName":"Expected"}) as unknown as TypedDocumentString<ExpectedFragment, unknown>;
export const WholeJobFragmentDoc = new TypedDocumentString(`
    fragment WholeJob on MediaJob {
  __typename
  hmsId
  status
  destination
  meetingUrl
  createdAt
  startedAt
  stoppedAt
  updatedAt
  durationSeconds
  startedBy {
    hmsId
  }
  stoppedBy {
    hmsId
  }
  room {
    hmsId
  }
  session {
    hmsId
  }
  assets {
    hmsId
    type
    job {
      hmsId
    }
    room {
      hmsId
    }
    session {
      hmsId
    }
  }
}
    `, {"fragmentName":"WholeJob"}) as unknown as TypedDocumentString<WholeJobFragment, unknown>;
export const PeerAsChangedFragmentDoc = new TypedDocumentString(`
    fragment PeerAsChanged on Peer {
  hmsId
  name
  role
  metadata
  connected
}
    `, {"fragmentName":"PeerAsChanged"}) as unknown as TypedDocumentString<PeerAsChangedFragment, unknown>;
export const AsRemovedFragmentDoc = new TypedDocumentString(`
    fragment AsRemoved on RemovedPeer {
  peerId
  hmsId
  said: message
  room {
    hmsId
    enabled
    peerCount
  }
}
    `, {"fragmentName":"AsRemoved"}) as unknown as TypedDocumentString<AsRemovedFragment, unknown>;
export const AsAcceptedFragmentDoc = new TypedDocumentString(`
    fragment AsAccepted on Accepted {
  said: message
  room {
    hmsId
    enabled
    peerCount
  }
}
    `, {"fragmentName":"AsAccepted"}) as unknown as TypedDocumentString<AsAcceptedFragment, unknown>;
export const FailureFragmentDoc = new TypedDocumentString(`
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
    `, {"fragmentName":"Failure"}) as unknown as TypedDocumentString<FailureFragment, unknown>;
export const RoomAsChangedFragmentDoc = new TypedDocumentString(`
    fragment RoomAsChanged on Room {
  id
  hmsId
  name
  description
  enabled
  region
  largeRoom
  size
  maxDurationSeconds
  webhookUrl
  pollIds
  recording {
    enabled
    storage {
      type
      location
      prefix
      region
    }
  }
}
    `, {"fragmentName":"RoomAsChanged"}) as unknown as TypedDocumentString<RoomAsChangedFragment, unknown>;
export const CodeAsChangedFragmentDoc = new TypedDocumentString(`
    fragment CodeAsChanged on RoomCode {
  id
  code
  role
  enabled
}
    `, {"fragmentName":"CodeAsChanged"}) as unknown as TypedDocumentString<CodeAsChangedFragment, unknown>;
export const TokenAsMadeFragmentDoc = new TypedDocumentString(`
    fragment TokenAsMade on AuthToken {
  token
  expiresAt
}
    `, {"fragmentName":"TokenAsMade"}) as unknown as TypedDocumentString<TokenAsMadeFragment, unknown>;
export const ChangedTemplateFragmentDoc = new TypedDocumentString(`
    fragment ChangedTemplate on CreateTemplateResult {
  __typename
  ... on Template {
    hmsId
    name
    roles {
      name
      priority
      permissions {
        removeOthers
      }
      publishParams {
        allowed
        videoLayers {
          rid
        }
      }
    }
  }
  ... on Error {
    message
  }
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
}
    `, {"fragmentName":"ChangedTemplate"}) as unknown as TypedDocumentString<ChangedTemplateFragment, unknown>;
export const FollowPeersDocument = new TypedDocumentString(`
    subscription FollowPeers($roomId: ID!, $filter: PeerFilter, $after: String) {
  peerChanges(roomId: $roomId, filter: $filter, after: $after) {
    __typename
    cursor
    at
    ... on PeersSnapshot {
      reason
      stale
      asOf
      peers {
        ...FollowedPeer
      }
      session {
        hmsId
      }
    }
    ... on PeerJoined {
      cause
      peer {
        ...FollowedPeer
      }
    }
    ... on PeerLeft {
      cause
      leaveReason
      peer {
        ...FollowedPeer
      }
    }
    ... on PeerUpdated {
      changed
      previous {
        name
        role
        metadata
      }
      peer {
        ...FollowedPeer
      }
    }
    ... on SessionStarted {
      session {
        hmsId
      }
    }
    ... on SessionEnded {
      session {
        hmsId
      }
    }
  }
}
    fragment FollowedPeer on Peer {
  hmsId
  name
  role
  metadata
  connected
}`) as unknown as TypedDocumentString<FollowPeersSubscription, FollowPeersSubscriptionVariables>;
export const FollowSessionsDocument = new TypedDocumentString(`
    subscription FollowSessions($after: String) {
  sessionChanges(after: $after) {
    __typename
    cursor
    ... on SessionsSnapshot {
      reason
      stale
      sessions {
        hmsId
        room {
          hmsId
        }
      }
    }
    ... on SessionStarted {
      session {
        hmsId
      }
    }
    ... on SessionEnded {
      session {
        hmsId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FollowSessionsSubscription, FollowSessionsSubscriptionVariables>;
export const FollowTracksDocument = new TypedDocumentString(`
    subscription FollowTracks($roomId: ID!, $after: String) {
  trackChanges(roomId: $roomId, after: $after) {
    __typename
    cursor
    at
    asOf
    ... on TracksSnapshot {
      reason
      stale
      peerTracks {
        asOf
        peer {
          ...TrackedPeer
        }
        tracks {
          ...FollowedTrack
        }
      }
    }
    ... on TracksAwaited {
      peer {
        ...TrackedPeer
      }
    }
    ... on TracksUpdated {
      previousAsOf
      peer {
        ...TrackedPeer
      }
      tracks {
        ...FollowedTrack
      }
      previousTracks {
        ...FollowedTrack
      }
    }
    ... on TracksEnded {
      endCause
      peer {
        ...TrackedPeer
      }
    }
  }
}
    fragment TrackedPeer on Peer {
  hmsId
  name
  role
  connected
}
fragment FollowedTrack on Track {
  type
  source
  muted
}`) as unknown as TypedDocumentString<FollowTracksSubscription, FollowTracksSubscriptionVariables>;
export const EventsOfRoomDocument = new TypedDocumentString(`
    query EventsOfRoom($id: ID!, $first: Int, $after: String, $filter: AnalyticsEventFilter) {
  room(id: $id) {
    analyticsEvents(first: $first, after: $after, filter: $filter) {
      totalCount
      edges {
        cursor
        node {
          __typename
          hmsId
          type
          at
          peerId
          peer {
            name
          }
          session {
            hmsId
          }
          room {
            hmsId
          }
          ... on AnalyticsTrackEvent {
            userId
            userName
            role
            joinedAt
            trackId
            streamId
            trackType
            source
            muted
            startedAt
            stoppedAt
          }
          ... on AnalyticsRecordingEvent {
            beamId
            durationSeconds
            sizeBytes
            recordingPath
            startedAt
            stoppedAt
            createdAt
            maxWidth
            maxHeight
          }
          ... on AnalyticsErrorEvent {
            userId
            errorCode
            errorName
            errorMessage
            errorDescription
            terminal
            action
            transportState
            agent {
              sdk
              osVersion
              prebuilt
            }
          }
          ... on AnalyticsOtherEvent {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EventsOfRoomQuery, EventsOfRoomQueryVariables>;
export const EventIdsDocument = new TypedDocumentString(`
    query EventIds($roomId: ID!, $first: Int, $after: String, $filter: AnalyticsEventFilter) {
  analyticsEvents(roomId: $roomId, first: $first, after: $after, filter: $filter) {
    edges {
      node {
        hmsId
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<EventIdsQuery, EventIdsQueryVariables>;
export const QualityDocument = new TypedDocumentString(`
    query Quality($sessionId: ID!, $peerId: ID!) {
  peerQualityStats(sessionId: $sessionId, peerId: $peerId) {
    published {
      trackId
      trackType
      source
      layer
      samples {
        at
        bitrateKbps
        fps
        packetLossPercent
        rttMs
        jitterMs
        freezeCount
        concealedSamples
      }
    }
    received {
      trackType
      samples {
        bitrateKbps
      }
    }
  }
}
    `) as unknown as TypedDocumentString<QualityQuery, QualityQueryVariables>;
export const QualityOfPeersDocument = new TypedDocumentString(`
    query QualityOfPeers($id: ID!) {
  session(id: $id) {
    peers(first: 200) {
      edges {
        node {
          qualityStats {
            published {
              trackId
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<QualityOfPeersQuery, QualityOfPeersQueryVariables>;
export const WalkRoomsDocument = new TypedDocumentString(`
    query WalkRooms($first: Int, $after: String) {
  list: rooms(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkRoomsQuery, WalkRoomsQueryVariables>;
export const WalkSessionsDocument = new TypedDocumentString(`
    query WalkSessions($first: Int, $after: String) {
  list: sessions(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkSessionsQuery, WalkSessionsQueryVariables>;
export const WalkTemplatesDocument = new TypedDocumentString(`
    query WalkTemplates($first: Int, $after: String) {
  list: templates(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkTemplatesQuery, WalkTemplatesQueryVariables>;
export const WalkPeersOfRoomDocument = new TypedDocumentString(`
    query WalkPeersOfRoom($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  owner: room(id: $id) {
    peers(first: $first, after: $after, last: $last, before: $before) {
      ...WalkedPeers
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
fragment WalkedPeers on PeerConnection {
  totalCount
  edges {
    cursor
    node {
      hmsId
    }
  }
  pageInfo {
    ...WalkedPage
  }
}`) as unknown as TypedDocumentString<WalkPeersOfRoomQuery, WalkPeersOfRoomQueryVariables>;
export const WalkPeersOfSessionDocument = new TypedDocumentString(`
    query WalkPeersOfSession($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  owner: session(id: $id) {
    peers(first: $first, after: $after, last: $last, before: $before) {
      ...WalkedPeers
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
fragment WalkedPeers on PeerConnection {
  totalCount
  edges {
    cursor
    node {
      hmsId
    }
  }
  pageInfo {
    ...WalkedPage
  }
}`) as unknown as TypedDocumentString<WalkPeersOfSessionQuery, WalkPeersOfSessionQueryVariables>;
export const WalkLiveStreamsDocument = new TypedDocumentString(`
    query WalkLiveStreams($first: Int, $after: String) {
  list: liveStreams(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkLiveStreamsQuery, WalkLiveStreamsQueryVariables>;
export const WalkRecordingsDocument = new TypedDocumentString(`
    query WalkRecordings($first: Int, $after: String) {
  list: recordings(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkRecordingsQuery, WalkRecordingsQueryVariables>;
export const WalkExternalStreamsDocument = new TypedDocumentString(`
    query WalkExternalStreams($first: Int, $after: String) {
  list: externalStreams(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkExternalStreamsQuery, WalkExternalStreamsQueryVariables>;
export const WalkRecordingAssetsDocument = new TypedDocumentString(`
    query WalkRecordingAssets($first: Int, $after: String) {
  list: recordingAssets(first: $first, after: $after) {
    edges {
      cursor
      node {
        hmsId
      }
    }
    pageInfo {
      ...WalkedPage
    }
  }
}
    fragment WalkedPage on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<WalkRecordingAssetsQuery, WalkRecordingAssetsQueryVariables>;
export const FilteredMediaDocument = new TypedDocumentString(`
    query FilteredMedia($jobs: MediaJobFilter, $assets: RecordingAssetFilter) {
  liveStreams(filter: $jobs) {
    edges {
      node {
        hmsId
      }
    }
  }
  recordings(filter: $jobs) {
    edges {
      node {
        hmsId
      }
    }
  }
  externalStreams(filter: $jobs) {
    edges {
      node {
        hmsId
      }
    }
  }
  recordingAssets(filter: $assets) {
    edges {
      node {
        hmsId
        type
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FilteredMediaQuery, FilteredMediaQueryVariables>;
export const MediaOfOwnersDocument = new TypedDocumentString(`
    query MediaOfOwners($roomId: ID!, $sessionId: ID!, $jobs: MediaJobFilter, $assets: RecordingAssetFilter) {
  room(id: $roomId) {
    liveStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordings(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    externalStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordingAssets(filter: $assets) {
      edges {
        node {
          hmsId
        }
      }
    }
  }
  session(id: $sessionId) {
    liveStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordings(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    externalStreams(filter: $jobs) {
      edges {
        node {
          hmsId
        }
      }
    }
    recordingAssets(filter: $assets) {
      edges {
        node {
          hmsId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MediaOfOwnersQuery, MediaOfOwnersQueryVariables>;
export const StartLiveDocument = new TypedDocumentString(`
    mutation StartLive($input: StartLiveStreamInput!) {
  result: startLiveStream(input: $input) {
    __typename
    ...Expected
    ... on LiveStream {
      hmsId
      status
      destination
      recording {
        hlsVod
        singleFilePerLayer
      }
      room {
        hmsId
      }
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StartLiveMutation, StartLiveMutationVariables>;
export const StopLiveDocument = new TypedDocumentString(`
    mutation StopLive($input: LiveStreamInput!) {
  result: stopLiveStream(input: $input) {
    __typename
    ...Expected
    ... on LiveStream {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StopLiveMutation, StopLiveMutationVariables>;
export const PauseLiveDocument = new TypedDocumentString(`
    mutation PauseLive($input: LiveStreamInput!) {
  result: pauseLiveStreamRecording(input: $input) {
    __typename
    ...Expected
    ... on LiveStream {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<PauseLiveMutation, PauseLiveMutationVariables>;
export const ResumeLiveDocument = new TypedDocumentString(`
    mutation ResumeLive($input: LiveStreamInput!) {
  result: resumeLiveStreamRecording(input: $input) {
    __typename
    ...Expected
    ... on LiveStream {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<ResumeLiveMutation, ResumeLiveMutationVariables>;
export const StopAllLiveDocument = new TypedDocumentString(`
    mutation StopAllLive($input: StopLiveStreamsInput!) {
  result: stopLiveStreams(input: $input) {
    __typename
    ...Expected
    ... on StoppedLiveStreams {
      error
      liveStreams {
        hmsId
        status
      }
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StopAllLiveMutation, StopAllLiveMutationVariables>;
export const TellPlayersDocument = new TypedDocumentString(`
    mutation TellPlayers($input: SendTimedMetadataInput!) {
  result: sendTimedMetadata(input: $input) {
    __typename
    ...Expected
    ... on LiveStream {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<TellPlayersMutation, TellPlayersMutationVariables>;
export const StartRecordingDocument = new TypedDocumentString(`
    mutation StartRecording($input: StartRecordingInput!) {
  result: startRecording(input: $input) {
    __typename
    ...Expected
    ... on Recording {
      hmsId
      status
      destination
      assetTypes
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StartRecordingMutation, StartRecordingMutationVariables>;
export const StopRecordingDocument = new TypedDocumentString(`
    mutation StopRecording($input: StopRecordingInput!) {
  result: stopRecording(input: $input) {
    __typename
    ...Expected
    ... on Recording {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StopRecordingMutation, StopRecordingMutationVariables>;
export const StopRecordingsDocument = new TypedDocumentString(`
    mutation StopRecordings($input: RoomRecordingsInput!) {
  result: stopRecordings(input: $input) {
    __typename
    ...Expected
    ... on StoppedRecordings {
      error
      recordings {
        hmsId
        status
      }
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StopRecordingsMutation, StopRecordingsMutationVariables>;
export const PauseRecordingsDocument = new TypedDocumentString(`
    mutation PauseRecordings($input: RoomRecordingsInput!) {
  result: pauseRecordings(input: $input) {
    __typename
    ...Expected
    ... on Recording {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<PauseRecordingsMutation, PauseRecordingsMutationVariables>;
export const ResumeRecordingsDocument = new TypedDocumentString(`
    mutation ResumeRecordings($input: RoomRecordingsInput!) {
  result: resumeRecordings(input: $input) {
    __typename
    ...Expected
    ... on Recording {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<ResumeRecordingsMutation, ResumeRecordingsMutationVariables>;
export const StartExternalDocument = new TypedDocumentString(`
    mutation StartExternal($input: StartExternalStreamInput!) {
  result: startExternalStream(input: $input) {
    __typename
    ...Expected
    ... on ExternalStream {
      hmsId
      status
      targetHosts
      recorded
      resolution {
        height
      }
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StartExternalMutation, StartExternalMutationVariables>;
export const StopExternalDocument = new TypedDocumentString(`
    mutation StopExternal($input: StopExternalStreamInput!) {
  result: stopExternalStream(input: $input) {
    __typename
    ...Expected
    ... on ExternalStream {
      hmsId
      status
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StopExternalMutation, StopExternalMutationVariables>;
export const StopAllExternalDocument = new TypedDocumentString(`
    mutation StopAllExternal($input: StopExternalStreamsInput!) {
  result: stopExternalStreams(input: $input) {
    __typename
    ...Expected
    ... on StoppedExternalStreams {
      error
      externalStreams {
        hmsId
        status
      }
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<StopAllExternalMutation, StopAllExternalMutationVariables>;
export const CreateKeyDocument = new TypedDocumentString(`
    mutation CreateKey($input: StreamKeyInput!) {
  result: createStreamKey(input: $input) {
    __typename
    ...Expected
    ... on CreatedStreamKey {
      key
      streamKey {
        hmsId
        enabled
      }
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<CreateKeyMutation, CreateKeyMutationVariables>;
export const DisableKeyDocument = new TypedDocumentString(`
    mutation DisableKey($input: StreamKeyInput!) {
  result: disableStreamKey(input: $input) {
    __typename
    ...Expected
    ... on DisabledStreamKey {
      room {
        hmsId
      }
    }
  }
}
    fragment Expected on Error {
  message
  ... on InvalidInputError {
    issues {
      path
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<DisableKeyMutation, DisableKeyMutationVariables>;
export const StopAndLookDocument = new TypedDocumentString(`
    mutation StopAndLook($id: ID!) {
  stopRecording(input: { id: $id }) {
    ... on Recording {
      status
      assets {
        type
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StopAndLookMutation, StopAndLookMutationVariables>;
export const LookAgainDocument = new TypedDocumentString(`
    query LookAgain($id: ID!) {
  recording(id: $id) {
    assets {
      type
    }
  }
}
    `) as unknown as TypedDocumentString<LookAgainQuery, LookAgainQueryVariables>;
export const PauseAndStopDocument = new TypedDocumentString(`
    mutation PauseAndStop($roomId: ID!, $id: ID!) {
  pauseRecordings(input: { roomId: $roomId }) {
    ... on Recording {
      assets {
        type
      }
    }
  }
  stopRecording(input: { id: $id }) {
    ... on Recording {
      assets {
        type
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PauseAndStopMutation, PauseAndStopMutationVariables>;
export const MediaJobsDocument = new TypedDocumentString(`
    query MediaJobs($live: ID!, $recording: ID!, $external: ID!) {
  liveStream(id: $live) {
    ...WholeJob
    playbackUrl
    recording {
      hlsVod
      singleFilePerLayer
    }
  }
  recording(id: $recording) {
    ...WholeJob
    assetTypes
  }
  externalStream(id: $external) {
    ...WholeJob
    targetHosts
    recorded
    resolution {
      width
      height
    }
  }
}
    fragment WholeJob on MediaJob {
  __typename
  hmsId
  status
  destination
  meetingUrl
  createdAt
  startedAt
  stoppedAt
  updatedAt
  durationSeconds
  startedBy {
    hmsId
  }
  stoppedBy {
    hmsId
  }
  room {
    hmsId
  }
  session {
    hmsId
  }
  assets {
    hmsId
    type
    job {
      hmsId
    }
    room {
      hmsId
    }
    session {
      hmsId
    }
  }
}`) as unknown as TypedDocumentString<MediaJobsQuery, MediaJobsQueryVariables>;
export const JobsWithFilesDocument = new TypedDocumentString(`
    query JobsWithFiles {
  recordings(first: 20) {
    edges {
      node {
        assets {
          hmsId
        }
      }
    }
  }
  externalStreams(first: 20) {
    edges {
      node {
        assets {
          hmsId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<JobsWithFilesQuery, JobsWithFilesQueryVariables>;
export const RefetchedMediaDocument = new TypedDocumentString(`
    query RefetchedMedia($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on MediaJob {
      hmsId
    }
    ... on RecordingAsset {
      hmsId
    }
  }
}
    `) as unknown as TypedDocumentString<RefetchedMediaQuery, RefetchedMediaQueryVariables>;
export const FilesDocument = new TypedDocumentString(`
    query Files($filter: RecordingAssetFilter) {
  recordingAssets(first: 20, filter: $filter) {
    edges {
      node {
        hmsId
        type
        status
        path
        sizeBytes
        durationSeconds
        createdAt
        thumbnailPaths
        metadata {
          resolution {
            width
          }
          layer
          layerCount
          maxWidth
          maxHeight
          outputMode
          trackId
          trackType
          streamId
          streamType
          peerId
          userId
        }
        job {
          __typename
          hmsId
        }
        room {
          hmsId
        }
        session {
          hmsId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FilesQuery, FilesQueryVariables>;
export const OneFileDocument = new TypedDocumentString(`
    query OneFile($id: ID!, $seconds: Int) {
  recordingAsset(id: $id) {
    hmsId
    presignedUrl(validForSeconds: $seconds) {
      url
      validForSeconds
    }
  }
}
    `) as unknown as TypedDocumentString<OneFileQuery, OneFileQueryVariables>;
export const StreamKeysDocument = new TypedDocumentString(`
    query StreamKeys($roomId: ID!) {
  streamKey(roomId: $roomId) {
    hmsId
    url
    enabled
    createdAt
    updatedAt
    room {
      hmsId
    }
  }
  room(id: $roomId) {
    streamKey {
      hmsId
    }
  }
}
    `) as unknown as TypedDocumentString<StreamKeysQuery, StreamKeysQueryVariables>;
export const OneOfEachDocument = new TypedDocumentString(`
    query OneOfEach($roomId: ID!) {
  room(id: $roomId) {
    __typename
    id
    name
    template {
      __typename
      id
      name
      roles {
        __typename
        id
        name
      }
    }
    activeSession {
      __typename
      id
      hmsId
    }
    peers(first: 1) {
      edges {
        node {
          __typename
          id
          peerName: name
          connected
        }
      }
    }
    sessions(filter: { active: false }) {
      edges {
        node {
          peers {
            edges {
              node {
                __typename
                id
                peerName: name
                connected
              }
            }
          }
        }
      }
    }
    roomCodes {
      __typename
      id
      code
    }
  }
}
    `) as unknown as TypedDocumentString<OneOfEachQuery, OneOfEachQueryVariables>;
export const RefetchDocument = new TypedDocumentString(`
    query Refetch($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Room {
      name
    }
    ... on Template {
      name
    }
    ... on Role {
      name
    }
    ... on Session {
      hmsId
    }
    ... on RoomCode {
      code
    }
    ... on Peer {
      peerName: name
      connected
    }
  }
}
    `) as unknown as TypedDocumentString<RefetchQuery, RefetchQueryVariables>;
export const RefetchOneDocument = new TypedDocumentString(`
    query RefetchOne($id: ID!) {
  node(id: $id) {
    __typename
    id
  }
}
    `) as unknown as TypedDocumentString<RefetchOneQuery, RefetchOneQueryVariables>;
export const OnePeerDocument = new TypedDocumentString(`
    query OnePeer($roomId: ID!, $id: ID!) {
  peer(roomId: $roomId, id: $id) {
    id
    hmsId
    connected
    leftAt
    metadata
    tracks {
      hmsId
    }
    session {
      hmsId
    }
    room {
      hmsId
    }
  }
}
    `) as unknown as TypedDocumentString<OnePeerQuery, OnePeerQueryVariables>;
export const AttendanceDocument = new TypedDocumentString(`
    query Attendance($id: ID!) {
  session(id: $id) {
    attendance {
      userId
      attendedSeconds
      joinedAt
      leftAt
      connected
      peers {
        hmsId
        session {
          hmsId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AttendanceQuery, AttendanceQueryVariables>;
export const UpdatePeerDocument = new TypedDocumentString(`
    mutation UpdatePeer($input: UpdatePeerInput!) {
  result: updatePeer(input: $input) {
    __typename
    ...PeerAsChanged
    ...Failure
  }
}
    fragment PeerAsChanged on Peer {
  hmsId
  name
  role
  metadata
  connected
}
fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<UpdatePeerMutation, UpdatePeerMutationVariables>;
export const UpdatePeersDocument = new TypedDocumentString(`
    mutation UpdatePeers($input: UpdatePeersInput!) {
  results: updatePeers(input: $input) {
    __typename
    ...PeerAsChanged
    ...Failure
  }
}
    fragment PeerAsChanged on Peer {
  hmsId
  name
  role
  metadata
  connected
}
fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<UpdatePeersMutation, UpdatePeersMutationVariables>;
export const RemovePeerDocument = new TypedDocumentString(`
    mutation RemovePeer($input: RemovePeerInput!) {
  result: removePeer(input: $input) {
    __typename
    ...AsRemoved
    ...Failure
  }
}
    fragment AsRemoved on RemovedPeer {
  peerId
  hmsId
  said: message
  room {
    hmsId
    enabled
    peerCount
  }
}
fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<RemovePeerMutation, RemovePeerMutationVariables>;
export const RemoveTwoDocument = new TypedDocumentString(`
    mutation RemoveTwo($first: RemovePeerInput!, $second: RemovePeerInput!) {
  first: removePeer(input: $first) {
    ...AsRemoved
  }
  second: removePeer(input: $second) {
    ...AsRemoved
  }
}
    fragment AsRemoved on RemovedPeer {
  peerId
  hmsId
  said: message
  room {
    hmsId
    enabled
    peerCount
  }
}`) as unknown as TypedDocumentString<RemoveTwoMutation, RemoveTwoMutationVariables>;
export const RemovePeersDocument = new TypedDocumentString(`
    mutation RemovePeers($input: RemovePeersInput!) {
  results: removePeers(input: $input) {
    __typename
    ...AsRemoved
    ...Failure
  }
}
    fragment AsRemoved on RemovedPeer {
  peerId
  hmsId
  said: message
  room {
    hmsId
    enabled
    peerCount
  }
}
fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<RemovePeersMutation, RemovePeersMutationVariables>;
export const RemovePeersByRoleDocument = new TypedDocumentString(`
    mutation RemovePeersByRole($input: RemovePeersByRoleInput!) {
  result: removePeersByRole(input: $input) {
    __typename
    ...AsAccepted
    ...Failure
  }
}
    fragment AsAccepted on Accepted {
  said: message
  room {
    hmsId
    enabled
    peerCount
  }
}
fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<RemovePeersByRoleMutation, RemovePeersByRoleMutationVariables>;
export const SendMessageDocument = new TypedDocumentString(`
    mutation SendMessage($input: SendMessageInput!) {
  result: sendMessage(input: $input) {
    __typename
    ... on Accepted {
      said: message
    }
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<SendMessageMutation, SendMessageMutationVariables>;
export const SendMessagesDocument = new TypedDocumentString(`
    mutation SendMessages($input: SendMessagesInput!) {
  results: sendMessages(input: $input) {
    __typename
    ... on Accepted {
      said: message
    }
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<SendMessagesMutation, SendMessagesMutationVariables>;
export const EndRoomDocument = new TypedDocumentString(`
    mutation EndRoom($input: EndRoomInput!) {
  result: endRoom(input: $input) {
    __typename
    ...AsAccepted
    ...Failure
  }
}
    fragment AsAccepted on Accepted {
  said: message
  room {
    hmsId
    enabled
    peerCount
  }
}
fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}`) as unknown as TypedDocumentString<EndRoomMutation, EndRoomMutationVariables>;
export const TracksOfRoomDocument = new TypedDocumentString(`
    query TracksOfRoom($id: ID!, $first: Int) {
  room(id: $id) {
    peers(first: $first) {
      edges {
        node {
          hmsId
          tracks {
            hmsId
            type
            source
            muted
            startedAt
            streamId
            description
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TracksOfRoomQuery, TracksOfRoomQueryVariables>;
export const TracksTwiceDocument = new TypedDocumentString(`
    query TracksTwice($id: ID!) {
  room(id: $id) {
    peers {
      edges {
        node {
          tracks {
            hmsId
          }
        }
      }
    }
    activeSession {
      peers {
        edges {
          node {
            tracks {
              hmsId
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TracksTwiceQuery, TracksTwiceQueryVariables>;
export const CreatePollDocument = new TypedDocumentString(`
    mutation CreatePoll($input: CreatePollInput!) {
  createPoll(input: $input) {
    __typename
    ... on Poll {
      hmsId
      questions {
        index
      }
    }
    ... on Error {
      message
    }
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreatePollMutation, CreatePollMutationVariables>;
export const UpdatePollDocument = new TypedDocumentString(`
    mutation UpdatePoll($input: UpdatePollInput!) {
  updatePoll(input: $input) {
    __typename
    ... on Poll {
      title
      type
      questions {
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UpdatePollMutation, UpdatePollMutationVariables>;
export const SetPollQuestionDocument = new TypedDocumentString(`
    mutation SetPollQuestion($input: SetPollQuestionInput!) {
  setPollQuestion(input: $input) {
    __typename
    ... on PollQuestion {
      index
      text
      options {
        text
      }
    }
    ... on InvalidInputError {
      issues {
        path
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SetPollQuestionMutation, SetPollQuestionMutationVariables>;
export const SetPollOptionDocument = new TypedDocumentString(`
    mutation SetPollOption($input: SetPollOptionInput!) {
  setPollOption(input: $input) {
    __typename
    ... on PollOption {
      index
      text
      weight
    }
  }
}
    `) as unknown as TypedDocumentString<SetPollOptionMutation, SetPollOptionMutationVariables>;
export const DeletePollQuestionDocument = new TypedDocumentString(`
    mutation DeletePollQuestion($input: DeletePollQuestionInput!) {
  deletePollQuestion(input: $input) {
    __typename
    ... on DeletedPollQuestion {
      question
      poll {
        questions {
          index
          text
        }
      }
    }
    ... on Error {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeletePollQuestionMutation, DeletePollQuestionMutationVariables>;
export const DeletePollOptionDocument = new TypedDocumentString(`
    mutation DeletePollOption($input: DeletePollOptionInput!) {
  deletePollOption(input: $input) {
    __typename
    ... on DeletedPollOption {
      question
      option
      poll {
        questions {
          options {
            text
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DeletePollOptionMutation, DeletePollOptionMutationVariables>;
export const WhatCameOfAPollDocument = new TypedDocumentString(`
    query WhatCameOfAPoll($id: ID!, $sessionId: ID, $question: Int, $all: Boolean) {
  poll(id: $id) {
    sessions(sessionId: $sessionId) {
      edges {
        node {
          hmsId
          startedAt
          stoppedAt
          totalResponses
          uniqueParticipants
          poll {
            hmsId
          }
          session {
            hmsId
          }
        }
      }
    }
    responses(question: $question, includeReplaced: $all) {
      edges {
        node {
          hmsId
          question
          options
          text
          skipped
          isUpdate
          originalResponseId
          duration
          sentAt
          retries
          peerId
          userId
          peer {
            name
          }
          session {
            hmsId
          }
          poll {
            hmsId
          }
        }
      }
    }
    results(question: $question) {
      edges {
        node {
          hmsId
          question
          score
          userId
          peer {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhatCameOfAPollQuery, WhatCameOfAPollQueryVariables>;
export const OneAnswerDocument = new TypedDocumentString(`
    query OneAnswer($id: ID!, $responseId: ID!, $resultId: ID!) {
  poll(id: $id) {
    response(id: $responseId) {
      options
    }
    result(id: $resultId) {
      score
    }
  }
}
    `) as unknown as TypedDocumentString<OneAnswerQuery, OneAnswerQueryVariables>;
export const APollDocument = new TypedDocumentString(`
    query APoll($id: ID!) {
  poll(id: $id) {
    id
    hmsId
    title
    type
    mode
    start
    anonymous
    durationSeconds
    questions {
      index
      text
      type
      format
      skippable
      durationSeconds
      once
      weight
      answerMinLen
      answerMaxLen
      attachments {
        type
        url
      }
      answer {
        hidden
        options
        text
        caseSensitive
        trim
      }
      options {
        index
        text
        weight
      }
    }
  }
}
    `) as unknown as TypedDocumentString<APollQuery, APollQueryVariables>;
export const PollsOfRoomsDocument = new TypedDocumentString(`
    query PollsOfRooms {
  rooms(first: 10) {
    edges {
      node {
        name
        polls {
          title
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PollsOfRoomsQuery, PollsOfRoomsQueryVariables>;
export const RoomsWithRolesDocument = new TypedDocumentString(`
    query RoomsWithRoles {
  rooms(first: 20) {
    edges {
      node {
        name
        template {
          name
          roles {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomsWithRolesQuery, RoomsWithRolesQueryVariables>;
export const RoomsWithPeopleDocument = new TypedDocumentString(`
    query RoomsWithPeople {
  rooms(first: 50) {
    edges {
      node {
        activeSession {
          peers {
            edges {
              node {
                name
                role
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomsWithPeopleQuery, RoomsWithPeopleQueryVariables>;
export const RoomNamesDocument = new TypedDocumentString(`
    query RoomNames($first: Int!) {
  rooms(first: $first) {
    edges {
      node {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RoomNamesQuery, RoomNamesQueryVariables>;
export const RoomNamesAndMoreDocument = new TypedDocumentString(`
    query RoomNamesAndMore($first: Int!) {
  rooms(first: $first) {
    edges {
      node {
        name
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<RoomNamesAndMoreQuery, RoomNamesAndMoreQueryVariables>;
export const CreateRoomDocument = new TypedDocumentString(`
    mutation CreateRoom($input: CreateRoomInput!) {
  result: createRoom(input: $input) {
    __typename
    ...RoomAsChanged
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment RoomAsChanged on Room {
  id
  hmsId
  name
  description
  enabled
  region
  largeRoom
  size
  maxDurationSeconds
  webhookUrl
  pollIds
  recording {
    enabled
    storage {
      type
      location
      prefix
      region
    }
  }
}`) as unknown as TypedDocumentString<CreateRoomMutation, CreateRoomMutationVariables>;
export const UpdateRoomDocument = new TypedDocumentString(`
    mutation UpdateRoom($input: UpdateRoomInput!) {
  result: updateRoom(input: $input) {
    __typename
    ...RoomAsChanged
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment RoomAsChanged on Room {
  id
  hmsId
  name
  description
  enabled
  region
  largeRoom
  size
  maxDurationSeconds
  webhookUrl
  pollIds
  recording {
    enabled
    storage {
      type
      location
      prefix
      region
    }
  }
}`) as unknown as TypedDocumentString<UpdateRoomMutation, UpdateRoomMutationVariables>;
export const EnableRoomDocument = new TypedDocumentString(`
    mutation EnableRoom($input: SetRoomEnabledInput!) {
  result: enableRoom(input: $input) {
    __typename
    ...RoomAsChanged
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment RoomAsChanged on Room {
  id
  hmsId
  name
  description
  enabled
  region
  largeRoom
  size
  maxDurationSeconds
  webhookUrl
  pollIds
  recording {
    enabled
    storage {
      type
      location
      prefix
      region
    }
  }
}`) as unknown as TypedDocumentString<EnableRoomMutation, EnableRoomMutationVariables>;
export const DisableRoomDocument = new TypedDocumentString(`
    mutation DisableRoom($input: SetRoomEnabledInput!) {
  result: disableRoom(input: $input) {
    __typename
    ...RoomAsChanged
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment RoomAsChanged on Room {
  id
  hmsId
  name
  description
  enabled
  region
  largeRoom
  size
  maxDurationSeconds
  webhookUrl
  pollIds
  recording {
    enabled
    storage {
      type
      location
      prefix
      region
    }
  }
}`) as unknown as TypedDocumentString<DisableRoomMutation, DisableRoomMutationVariables>;
export const ReadRoomDocument = new TypedDocumentString(`
    query ReadRoom($id: ID!) {
  room(id: $id) {
    ...RoomAsChanged
  }
}
    fragment RoomAsChanged on Room {
  id
  hmsId
  name
  description
  enabled
  region
  largeRoom
  size
  maxDurationSeconds
  webhookUrl
  pollIds
  recording {
    enabled
    storage {
      type
      location
      prefix
      region
    }
  }
}`) as unknown as TypedDocumentString<ReadRoomQuery, ReadRoomQueryVariables>;
export const CreateRoomCodesDocument = new TypedDocumentString(`
    mutation CreateRoomCodes($input: CreateRoomCodesInput!) {
  result: createRoomCodes(input: $input) {
    __typename
    ... on RoomCodes {
      codes {
        ...CodeAsChanged
      }
      room {
        hmsId
      }
    }
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment CodeAsChanged on RoomCode {
  id
  code
  role
  enabled
}`) as unknown as TypedDocumentString<CreateRoomCodesMutation, CreateRoomCodesMutationVariables>;
export const CreateRoomCodeDocument = new TypedDocumentString(`
    mutation CreateRoomCode($input: CreateRoomCodeInput!) {
  result: createRoomCode(input: $input) {
    __typename
    ...CodeAsChanged
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment CodeAsChanged on RoomCode {
  id
  code
  role
  enabled
}`) as unknown as TypedDocumentString<CreateRoomCodeMutation, CreateRoomCodeMutationVariables>;
export const EnableRoomCodeDocument = new TypedDocumentString(`
    mutation EnableRoomCode($input: SetRoomCodeEnabledInput!) {
  result: enableRoomCode(input: $input) {
    __typename
    ...CodeAsChanged
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment CodeAsChanged on RoomCode {
  id
  code
  role
  enabled
}`) as unknown as TypedDocumentString<EnableRoomCodeMutation, EnableRoomCodeMutationVariables>;
export const DisableRoomCodeDocument = new TypedDocumentString(`
    mutation DisableRoomCode($input: SetRoomCodeEnabledInput!) {
  result: disableRoomCode(input: $input) {
    __typename
    ...CodeAsChanged
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment CodeAsChanged on RoomCode {
  id
  code
  role
  enabled
}`) as unknown as TypedDocumentString<DisableRoomCodeMutation, DisableRoomCodeMutationVariables>;
export const ReadRoomCodesDocument = new TypedDocumentString(`
    query ReadRoomCodes($id: ID!, $role: String) {
  room(id: $id) {
    roomCodes(role: $role) {
      ...CodeAsChanged
    }
  }
}
    fragment CodeAsChanged on RoomCode {
  id
  code
  role
  enabled
}`) as unknown as TypedDocumentString<ReadRoomCodesQuery, ReadRoomCodesQueryVariables>;
export const ExchangeRoomCodeDocument = new TypedDocumentString(`
    mutation ExchangeRoomCode($input: ExchangeRoomCodeInput!) {
  result: exchangeRoomCode(input: $input) {
    __typename
    ...TokenAsMade
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment TokenAsMade on AuthToken {
  token
  expiresAt
}`) as unknown as TypedDocumentString<ExchangeRoomCodeMutation, ExchangeRoomCodeMutationVariables>;
export const CreateAuthTokenDocument = new TypedDocumentString(`
    mutation CreateAuthToken($input: CreateAuthTokenInput!) {
  result: createAuthToken(input: $input) {
    __typename
    ...TokenAsMade
    ...Failure
  }
}
    fragment Failure on Error {
  message
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
  ... on RefusedError {
    httpStatus
    details
  }
}
fragment TokenAsMade on AuthToken {
  token
  expiresAt
}`) as unknown as TypedDocumentString<CreateAuthTokenMutation, CreateAuthTokenMutationVariables>;
export const CreateSipTrunkDocument = new TypedDocumentString(`
    mutation CreateSipTrunk($input: CreateSipTrunkInput!) {
  createSipTrunk(input: $input) {
    ... on SipTrunk {
      hmsId
    }
  }
}
    `) as unknown as TypedDocumentString<CreateSipTrunkMutation, CreateSipTrunkMutationVariables>;
export const UpdateSipTrunkDocument = new TypedDocumentString(`
    mutation UpdateSipTrunk($input: UpdateSipTrunkInput!) {
  updateSipTrunk(input: $input) {
    __typename
    ... on SipTrunk {
      hmsId
    }
    ... on Error {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateSipTrunkMutation, UpdateSipTrunkMutationVariables>;
export const PlaceSipCallDocument = new TypedDocumentString(`
    mutation PlaceSipCall($input: PlaceSipCallInput!) {
  placeSipCall(input: $input) {
    __typename
    ... on SipCall {
      hmsId
    }
    ... on Error {
      message
    }
    ... on RefusedError {
      httpStatus
    }
    ... on InvalidInputError {
      issues {
        path
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceSipCallMutation, PlaceSipCallMutationVariables>;
export const SendSipDtmfDocument = new TypedDocumentString(`
    mutation SendSipDtmf($input: SendSipDtmfInput!) {
  sendSipDtmf(input: $input) {
    __typename
    ... on SentSipDtmf {
      digits
    }
    ... on Error {
      message
    }
    ... on RefusedError {
      httpStatus
      details
    }
    ... on InvalidInputError {
      issues {
        path
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SendSipDtmfMutation, SendSipDtmfMutationVariables>;
export const LayoutsDocument = new TypedDocumentString(`
    query Layouts($roomId: ID!) {
  room(id: $roomId) {
    host: layout(role: "host") {
      id
      hmsId
      role
      logoUrl
      fontFamily
      themes {
        name
        isDefault
        appearance
        palette
      }
      screens
      room {
        hmsId
      }
    }
    again: layout(role: "host") {
      hmsId
    }
    guest: layout(role: "guest") {
      role
      themes {
        appearance
      }
    }
    unknown: layout(role: "nobody") {
      role
    }
  }
}
    `) as unknown as TypedDocumentString<LayoutsQuery, LayoutsQueryVariables>;
export const LayoutNodeDocument = new TypedDocumentString(`
    query LayoutNode($id: ID!) {
  node(id: $id) {
    ... on RoomLayout {
      hmsId
      role
    }
  }
}
    `) as unknown as TypedDocumentString<LayoutNodeQuery, LayoutNodeQueryVariables>;
export const CreateTemplateDocument = new TypedDocumentString(`
    mutation CreateTemplate($input: CreateTemplateInput!) {
  result: createTemplate(input: $input) {
    ...ChangedTemplate
  }
}
    fragment ChangedTemplate on CreateTemplateResult {
  __typename
  ... on Template {
    hmsId
    name
    roles {
      name
      priority
      permissions {
        removeOthers
      }
      publishParams {
        allowed
        videoLayers {
          rid
        }
      }
    }
  }
  ... on Error {
    message
  }
  ... on InvalidInputError {
    issues {
      path
      message
    }
  }
}`) as unknown as TypedDocumentString<CreateTemplateMutation, CreateTemplateMutationVariables>;
export const PatchTemplateDocument = new TypedDocumentString(`
    mutation PatchTemplate($input: PatchTemplateInput!) {
  result: patchTemplate(input: $input) {
    __typename
    ... on Template {
      name
      roles {
        name
        priority
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PatchTemplateMutation, PatchTemplateMutationVariables>;
export const ChangeRolesDocument = new TypedDocumentString(`
    mutation ChangeRoles($id: ID!) {
  setRole(
    input: { templateId: $id, name: "guest", permissions: { removeOthers: true } }
  ) {
    ... on Template {
      role(name: "guest") {
        priority
        permissions {
          removeOthers
        }
      }
    }
  }
  renameRole(input: { templateId: $id, name: "guest", newName: "visitor" }) {
    ... on Template {
      roles {
        name
        priority
      }
    }
  }
  taken: renameRole(input: { templateId: $id, name: "host", newName: "visitor" }) {
    __typename
  }
  deleteRole(input: { templateId: $id, name: "visitor" }) {
    ... on Template {
      roles {
        name
      }
    }
  }
  gone: deleteRole(input: { templateId: $id, name: "visitor" }) {
    __typename
  }
}
    `) as unknown as TypedDocumentString<ChangeRolesMutation, ChangeRolesMutationVariables>;
export const ChangePartsDocument = new TypedDocumentString(`
    mutation ChangeParts($id: ID!) {
  updateTemplateSettings(
    input: { templateId: $id, roomState: { enabled: true, messageIntervalSeconds: 10 } }
  ) {
    __typename
  }
  updateTemplateDestinations(
    input: {
      templateId: $id
      rtmp: [{ name: "tube", height: 480 }]
      hls: [{ name: "new", playlistType: LIVE }]
      removeHls: ["old"]
    }
  ) {
    ... on Template {
      settings {
        region
        roomState {
          enabled
          messageIntervalSeconds
        }
      }
      destinations {
        rtmp {
          name
          width
          height
        }
        hls {
          name
        }
      }
    }
  }
  first: updateRecordingConfig(
    input: {
      templateId: $id
      name: "default"
      role: "host"
      browserComposite: { autoStart: true }
    }
  ) {
    __typename
  }
  second: updateRecordingConfig(
    input: { templateId: $id, trackRecordingEnabled: true }
  ) {
    ... on Template {
      recordingConfigs {
        name
        role
        browserCompositeAutoStart
        trackRecordingEnabled
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ChangePartsMutation, ChangePartsMutationVariables>;
export const ReplaceTemplateDocument = new TypedDocumentString(`
    mutation ReplaceTemplate($input: UpdateTemplateInput!) {
  result: updateTemplate(input: $input) {
    __typename
    ... on Template {
      name
      roles {
        name
      }
      destinations {
        rtmp {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReplaceTemplateMutation, ReplaceTemplateMutationVariables>;
export const ValuesOfRoomDocument = new TypedDocumentString(`
    query ValuesOfRoom($id: ID!) {
  room(id: $id) {
    name
    description
    enabled
    appId
    region
    largeRoom
    size
    maxDurationSeconds
    webhookUrl
    pollIds
    createdAt
    updatedAt
    recording {
      enabled
      storage {
        type
        location
        prefix
        region
      }
    }
    template {
      hmsId
    }
  }
}
    `) as unknown as TypedDocumentString<ValuesOfRoomQuery, ValuesOfRoomQueryVariables>;
export const ValuesOfPeersDocument = new TypedDocumentString(`
    query ValuesOfPeers($id: ID!) {
  room(id: $id) {
    peers {
      edges {
        node {
          name
          userId
          role
          metadata
          metadataJson
          joinedAt
          leftAt
          templateRole {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ValuesOfPeersQuery, ValuesOfPeersQueryVariables>;
export const PermissionsOfRolesDocument = new TypedDocumentString(`
    query PermissionsOfRoles($id: ID!) {
  template(id: $id) {
    roles {
      name
      priority
      maxPeerCount
      publishParams {
        allowed
      }
      permissions {
        endRoom
        removeOthers
        mute
        unmute
        changeRole
        sendRoomState
        pollRead
        pollWrite
        browserRecording
        rtmpStreaming
        hlsStreaming
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PermissionsOfRolesQuery, PermissionsOfRolesQueryVariables>;
export const DeliveriesDocument = new TypedDocumentString(`
    query Deliveries($first: Int, $after: String, $filter: WebhookDeliveryFilter) {
  webhookDeliveries(first: $first, after: $after, filter: $filter) {
    totalCount
    edges {
      node {
        hmsId
        event
        delivered
        reason
        at
        room {
          name
        }
        data
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const ReplayWebhooksDocument = new TypedDocumentString(`
    mutation ReplayWebhooks($input: ReplayWebhooksInput!) {
  replayWebhooks(input: $input) {
    __typename
    ... on StartedWebhookReplay {
      workflowId
      alreadyRunning
      replay {
        status
        total
      }
    }
    ... on InvalidInputError {
      issues {
        path
      }
    }
    ... on RefusedError {
      message
      httpStatus
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayWebhooksMutation, ReplayWebhooksMutationVariables>;
export const ReplayProgressDocument = new TypedDocumentString(`
    query ReplayProgress($workflowId: ID!) {
  webhookReplay(workflowId: $workflowId) {
    workflowId
    status
    startedAt
    completedAt
    total
    completed
    failed
    failedEventIds
  }
}
    `) as unknown as TypedDocumentString<ReplayProgressQuery, ReplayProgressQueryVariables>;