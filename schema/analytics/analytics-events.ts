// The kinds of analytics events: tracks, recordings, failures of clients. Links to files and stream URLs are no fields
// of the graph. Source: the vendor's Analytics API.
import { failureOf, recordingOf, trackOf } from '../../resolvers/analytics/analytics.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type { AnalyticsAgent } from '../../src/openapi/types.ts';
import type { AnalyticsEventResource } from '../../src/rest/analytics/analytics.ts';
import { builder } from '../builder.ts';
import { AnalyticsEvent } from '../refs.ts';

const userId = {
  nullable: true,
  description: "The app's own id of the person; null when it had none.",
} as const;
const userName = { nullable: true, description: 'The name shown to others; null when empty.' } as const;
const role = {
  nullable: true,
  description: 'Name of the role; null where the event leaves it out.',
} as const;

builder.objectRef<AnalyticsEventResource>('AnalyticsTrackEvent').implement({
  description: 'A track was added, muted, unmuted or removed.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    userId: t.string({ ...userId, resolve: (event) => textOrNull(trackOf(event).user_id) }),
    userName: t.string({ ...userName, resolve: (event) => textOrNull(trackOf(event).user_name) }),
    role: t.string({ ...role, resolve: (event) => textOrNull(trackOf(event).role) }),
    joinedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the peer joined.',
      resolve: (event) => instantOrNull(trackOf(event).joined_at),
    }),
    trackId: t.id({
      nullable: true,
      description: 'Vendor id of the track: a UUID.',
      resolve: (event) => textOrNull(trackOf(event).track_id),
    }),
    streamId: t.id({
      nullable: true,
      description: 'Shared by the audio and the video of one capture.',
      resolve: (event) => textOrNull(trackOf(event).stream_id),
    }),
    trackType: t.string({
      nullable: true,
      description: '`audio` or `video`.',
      resolve: (event) => textOrNull(trackOf(event).type),
    }),
    source: t.string({
      nullable: true,
      description: '`regular` (microphone, camera) or `screen`.',
      resolve: (event) => textOrNull(trackOf(event).source),
    }),
    muted: t.boolean({
      description: 'Whether it was muted then.',
      resolve: (event) => trackOf(event).mute ?? false,
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was first published.',
      resolve: (event) => instantOrNull(trackOf(event).started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was removed; null before.',
      resolve: (event) => instantOrNull(trackOf(event).stopped_at),
    }),
  }),
});

builder.objectRef<AnalyticsEventResource>('AnalyticsRecordingEvent').implement({
  description: 'A recording by a browser was uploaded. Links to its file are answered by `RecordingAsset`.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    beamId: t.id({
      nullable: true,
      description: 'Vendor id of the run of the recorder.',
      resolve: (event) => textOrNull(recordingOf(event).beam_id),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the recording began.',
      resolve: (event) => instantOrNull(recordingOf(event).started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the recording ended.',
      resolve: (event) => instantOrNull(recordingOf(event).stopped_at),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the file was there.',
      resolve: (event) => instantOrNull(recordingOf(event).created_at),
    }),
    duration: t.int({
      nullable: true,
      description: 'How long it is, in seconds.',
      resolve: (event) => recordingOf(event).duration,
    }),
    size: t.float({
      nullable: true,
      description: 'Bytes of the file.',
      resolve: (event) => recordingOf(event).size,
    }),
    maxWidth: t.int({
      nullable: true,
      description: 'Pixels.',
      resolve: (event) => recordingOf(event).max_width,
    }),
    maxHeight: t.int({
      nullable: true,
      description: 'Pixels.',
      resolve: (event) => recordingOf(event).max_height,
    }),
    recordingPath: t.string({
      nullable: true,
      description: 'Where the file lies in its storage, such as `s3://bucket/path`; not a link.',
      resolve: (event) => textOrNull(recordingOf(event).recording_path),
    }),
  }),
});

/** The documented keys; the vendor may add others. */
type KnownAgent = Pick<
  AnalyticsAgent,
  | 'sdk'
  | 'sdk_version'
  | 'os'
  | 'os_version'
  | 'device_model'
  | 'framework'
  | 'framework_version'
  | 'is_prebuilt'
>;

const Agent = builder.objectRef<KnownAgent>('AnalyticsAgent').implement({
  description: 'What a client ran on.',
  fields: (t) => ({
    sdk: t.exposeString('sdk', { nullable: true, description: 'Kind of SDK, such as `web`.' }),
    sdkVersion: t.exposeString('sdk_version', { nullable: true, description: 'Its version.' }),
    os: t.exposeString('os', { nullable: true, description: 'Operating system.' }),
    osVersion: t.exposeString('os_version', { nullable: true, description: 'Its version.' }),
    deviceModel: t.exposeString('device_model', { nullable: true, description: 'Device or browser.' }),
    framework: t.exposeString('framework', { nullable: true, description: 'Framework of the app.' }),
    frameworkVersion: t.exposeString('framework_version', { nullable: true, description: 'Its version.' }),
    prebuilt: t.boolean({
      description: "Whether it is the vendor's prebuilt app.",
      resolve: (agent) => agent.is_prebuilt ?? false,
    }),
  }),
});

builder.objectRef<AnalyticsEventResource>('AnalyticsErrorEvent').implement({
  description: 'Something failed on the side of a client. What it holds varies with the SDK.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    userId: t.string({ ...userId, resolve: (event) => textOrNull(failureOf(event).user_id) }),
    userName: t.string({ ...userName, resolve: (event) => textOrNull(failureOf(event).user_name) }),
    role: t.string({ ...role, resolve: (event) => textOrNull(failureOf(event).role) }),
    errorCode: t.int({
      nullable: true,
      description: "The vendor's number of the failure.",
      resolve: (event) => failureOf(event).error_code,
    }),
    errorName: t.string({
      nullable: true,
      description: "The vendor's name of the failure.",
      resolve: (event) => textOrNull(failureOf(event).error_name),
    }),
    errorMessage: t.string({
      nullable: true,
      description: 'What went wrong.',
      resolve: (event) => textOrNull(failureOf(event).error_message),
    }),
    errorDescription: t.string({
      nullable: true,
      description: 'More of what went wrong.',
      resolve: (event) => textOrNull(failureOf(event).error_description),
    }),
    terminal: t.boolean({
      description: 'Whether the client gave up; if not, it tried again.',
      resolve: (event) => failureOf(event).is_terminal ?? false,
    }),
    action: t.string({
      nullable: true,
      description:
        'The step that failed, such as `PUBLISH`, `SUBSCRIBE`, `JOIN`, `RECONNECT_SIGNAL`, `INIT`.',
      resolve: (event) => textOrNull(failureOf(event).action),
    }),
    transportState: t.string({
      nullable: true,
      description: 'State of the connection, such as `Connecting`; null where the event leaves it out.',
      resolve: (event) => textOrNull(failureOf(event).transport_state),
    }),
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'What the client ran on.',
      resolve: (event) => failureOf(event).agent,
    }),
  }),
});

builder.objectRef<AnalyticsEventResource>('AnalyticsOtherEvent').implement({
  description: 'An event of a kind that this gateway does not know yet.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    name: t.exposeString('type', { description: "The vendor's name of the kind." }),
  }),
});
