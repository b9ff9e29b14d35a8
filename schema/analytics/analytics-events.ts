// The object types of AnalyticsEvent: events of tracks, recordings and client errors. There are no fields for download links and
// stream URLs. Source: the vendor's Analytics API.
import { failureOf, recordingOf, trackOf } from '../../resolvers/analytics/analytics.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type { AnalyticsAgent } from '../../src/openapi/types.ts';
import type { AnalyticsEventResource } from '../../src/rest/analytics/analytics.ts';
import { builder } from '../builder.ts';
import { TrackType } from '../enums.ts';
import { AnalyticsEvent } from '../refs.ts';

/** The fields of the peer that an event is about; `whose` completes the descriptions. */
const userId = (whose: string) =>
  ({
    nullable: true,
    description: `The app's own id of the user ${whose}; null if the app gave none.`,
  }) as const;
const userName = (whose: string) =>
  ({ nullable: true, description: `Display name of the peer ${whose}; null if empty.` }) as const;
const role = (whose: string) =>
  ({
    nullable: true,
    description: `Name of the role of the peer ${whose}; null if the event omits it.`,
  }) as const;

builder.objectRef<AnalyticsEventResource>('AnalyticsTrackEvent').implement({
  description: 'A peer added, muted, unmuted or removed an audio or video track.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    userId: t.string({
      ...userId('who published the track'),
      resolve: (event) => textOrNull(trackOf(event).user_id),
    }),
    userName: t.string({
      ...userName('who published the track'),
      resolve: (event) => textOrNull(trackOf(event).user_name),
    }),
    role: t.string({
      ...role('who published the track'),
      resolve: (event) => textOrNull(trackOf(event).role),
    }),
    joinedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the peer who published the track joined; null if the event omits it.',
      resolve: (event) => instantOrNull(trackOf(event).joined_at),
    }),
    trackId: t.id({
      nullable: true,
      description: 'Vendor id of the track: a UUID; null if the event omits it.',
      resolve: (event) => textOrNull(trackOf(event).track_id),
    }),
    streamId: t.id({
      nullable: true,
      description:
        'Vendor id that the audio and video track of one capture share; null if the event omits it.',
      resolve: (event) => textOrNull(trackOf(event).stream_id),
    }),
    trackType: t.field({
      type: TrackType,
      nullable: true,
      description: 'Kind of the track that the event is about; null if the event omits it.',
      resolve: (event) => TrackType.of(trackOf(event).type),
    }),
    source: t.string({
      nullable: true,
      description:
        'Source of the track: `regular` (microphone or camera) or `screen`; null if the event omits it.',
      resolve: (event) => textOrNull(trackOf(event).source),
    }),
    muted: t.boolean({
      description: 'Whether the track was muted after the event.',
      resolve: (event) => trackOf(event).mute ?? false,
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the peer first published the track; null if the event omits it.',
      resolve: (event) => instantOrNull(trackOf(event).started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the track was removed; null while it is published.',
      resolve: (event) => instantOrNull(trackOf(event).stopped_at),
    }),
  }),
});

builder.objectRef<AnalyticsEventResource>('AnalyticsRecordingEvent').implement({
  description:
    'The file of a composite recording, made by a browser of the vendor, was uploaded. To download the file, use `RecordingAsset`.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    beamId: t.id({
      nullable: true,
      description: 'Vendor id of the run of the recorder; null if the event omits it.',
      resolve: (event) => textOrNull(recordingOf(event).beam_id),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the recording in the file began; null if the event omits it.',
      resolve: (event) => instantOrNull(recordingOf(event).started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the recording in the file ended; null if the event omits it.',
      resolve: (event) => instantOrNull(recordingOf(event).stopped_at),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the uploaded file was ready; null if the event omits it.',
      resolve: (event) => instantOrNull(recordingOf(event).created_at),
    }),
    durationSeconds: t.int({
      nullable: true,
      description: 'Length of the uploaded recording, in seconds; null if the event omits it.',
      resolve: (event) => recordingOf(event).duration,
    }),
    sizeBytes: t.float({
      nullable: true,
      description: 'Size of the uploaded file, in bytes; null if the event omits it.',
      resolve: (event) => recordingOf(event).size,
    }),
    maxWidth: t.int({
      nullable: true,
      description: 'Maximum width of the recorded picture, in pixels; null if the event omits it.',
      resolve: (event) => recordingOf(event).max_width,
    }),
    maxHeight: t.int({
      nullable: true,
      description: 'Maximum height of the recorded picture, in pixels; null if the event omits it.',
      resolve: (event) => recordingOf(event).max_height,
    }),
    recordingPath: t.string({
      nullable: true,
      description:
        'Storage path of the uploaded file, such as `s3://bucket/path`; it is not a link. Null if the event omits it.',
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
  description: 'The SDK, device and operating system that a client ran on, as the client reported them.',
  fields: (t) => ({
    sdk: t.exposeString('sdk', {
      nullable: true,
      description: 'Kind of SDK of the client, such as `web`; null if the client did not report it.',
    }),
    sdkVersion: t.exposeString('sdk_version', {
      nullable: true,
      description: 'Version of the SDK; null if the client did not report it.',
    }),
    os: t.exposeString('os', {
      nullable: true,
      description: 'Operating system of the device; null if the client did not report it.',
    }),
    osVersion: t.exposeString('os_version', {
      nullable: true,
      description: 'Version of the operating system; null if the client did not report it.',
    }),
    deviceModel: t.exposeString('device_model', {
      nullable: true,
      description: 'Model of the device, or the browser; null if the client did not report it.',
    }),
    framework: t.exposeString('framework', {
      nullable: true,
      description: 'Framework that the app is written in; null if the client did not report it.',
    }),
    frameworkVersion: t.exposeString('framework_version', {
      nullable: true,
      description: 'Version of the framework; null if the client did not report it.',
    }),
    prebuilt: t.boolean({
      description: "Whether the client is the vendor's Prebuilt app, not an app of your own.",
      resolve: (agent) => agent.is_prebuilt ?? false,
    }),
  }),
});

builder.objectRef<AnalyticsEventResource>('AnalyticsErrorEvent').implement({
  description:
    'A client of a participant reported a failure. Which fields are set depends on the SDK and its version.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    userId: t.string({
      ...userId('whose client failed'),
      resolve: (event) => textOrNull(failureOf(event).user_id),
    }),
    userName: t.string({
      ...userName('whose client failed'),
      resolve: (event) => textOrNull(failureOf(event).user_name),
    }),
    role: t.string({ ...role('whose client failed'), resolve: (event) => textOrNull(failureOf(event).role) }),
    errorCode: t.int({
      nullable: true,
      description: "The vendor's number of the error; null if the event omits it.",
      resolve: (event) => failureOf(event).error_code,
    }),
    errorName: t.string({
      nullable: true,
      description: "The vendor's name of the error; null if the event omits it.",
      resolve: (event) => textOrNull(failureOf(event).error_name),
    }),
    errorMessage: t.string({
      nullable: true,
      description: 'What went wrong in the client, in one sentence; null if the event omits it.',
      resolve: (event) => textOrNull(failureOf(event).error_message),
    }),
    errorDescription: t.string({
      nullable: true,
      description: 'Details of what went wrong in the client; null if the event omits them.',
      resolve: (event) => textOrNull(failureOf(event).error_description),
    }),
    terminal: t.boolean({
      description: 'Whether the client gave up after the error instead of trying again.',
      resolve: (event) => failureOf(event).is_terminal ?? false,
    }),
    action: t.string({
      nullable: true,
      description:
        'Step that failed in the client, such as `PUBLISH`, `SUBSCRIBE`, `JOIN`, `RECONNECT_SIGNAL` or `INIT`; null if the event omits it.',
      resolve: (event) => textOrNull(failureOf(event).action),
    }),
    transportState: t.string({
      nullable: true,
      description:
        'State of the connection of the client to the vendor, such as `Connecting`; null if the event omits it.',
      resolve: (event) => textOrNull(failureOf(event).transport_state),
    }),
    agent: t.field({
      type: Agent,
      nullable: true,
      description:
        'The SDK, device and operating system of the client that failed; null if the event omits them.',
      resolve: (event) => failureOf(event).agent,
    }),
  }),
});

builder.objectRef<AnalyticsEventResource>('AnalyticsOtherEvent').implement({
  description: 'An analytics event of a type that this version of the gateway does not know.',
  interfaces: [AnalyticsEvent],
  fields: (t) => ({
    name: t.exposeString('type', {
      description: "The vendor's name of the type of event, such as `track.add.success`.",
    }),
  }),
});
