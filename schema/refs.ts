// A reference for every object type of the graph, with the type of its source object. The fields of each type are defined in the
// file of that type. These files import the references and not each other, so there are no import cycles.
import type { AnalyticsEventFilter as AnalyticsEventFilterValue } from '../resolvers/analytics/analytics.ts';
import type { Attendance as AttendanceValue } from '../resolvers/peers/attendance.ts';
import type { Connection, CountedConnection, Edge } from '../resolvers/connection.ts';
import type {
  MediaJob as MediaJobValue,
  MediaJobFilter as MediaJobFilterValue,
  RecordingAssetView,
} from '../resolvers/media/media-jobs.ts';
import type { TrackQuality as TrackQualityValue } from '../resolvers/analytics/peer-quality.ts';
import type { PeerFilter as PeerFilterValue } from '../resolvers/peers/peers.ts';
import type { PeerView } from '../resolvers/peers/peer-views.ts';
import type { RecordingAssetFilter as RecordingAssetFilterValue } from '../resolvers/media/recording-assets.ts';
import type { ResolutionInput as ResolutionInputValue } from '../resolvers/media/recording-mutations.ts';
import type { StorageInput as StorageInputValue } from '../resolvers/inputs.ts';
import type { RoomFilter as RoomFilterValue } from '../resolvers/rooms/rooms.ts';
import type { SessionFilter as SessionFilterValue, SessionView } from '../resolvers/sessions/sessions.ts';
import type * as inputs from '../resolvers/templates/template-inputs.ts';
import type {
  RoleOfTemplate,
  StorageLocation as StorageLocationValue,
} from '../resolvers/templates/templates.ts';
import type {
  LiveStreamTranscriptionInput as LiveStreamTranscriptionInputValue,
  TranscriptionInput as TranscriptionInputValue,
} from '../resolvers/media/transcription.ts';
import type { WebhookDeliveryFilter as WebhookDeliveryFilterValue } from '../resolvers/webhooks/webhook-deliveries.ts';
import type {
  MediaResolution as MediaResolutionResource,
  RecordingAssetMetadata as RecordingAssetMetadataResource,
  TemplateDestinations as DestinationsResource,
  Thumbnails as ThumbnailsResource,
} from '../src/openapi/types.ts';
import type { WebhookEvent } from '../src/live/webhooks/webhook-event.ts';
import type { AnalyticsEventResource, PeerQualityResource } from '../src/rest/analytics/analytics.ts';
import type { ExternalStreamResource } from '../src/rest/media/external-streams.ts';
import type { LiveStreamResource } from '../src/rest/media/live-streams.ts';
import type { TrackResource } from '../src/rest/peers/peers.ts';
import type { PresignedUrlResource } from '../src/rest/media/recording-assets.ts';
import type {
  PollOptionResource,
  PollQuestionResource,
  PollResource,
  PollResponseResource,
  PollResultResource,
  PollSessionResource,
} from '../src/rest/polls/polls.ts';
import type { RecordingResource } from '../src/rest/media/recordings.ts';
import type { RoomCodeResource } from '../src/rest/rooms/room-codes.ts';
import type { RoomResource } from '../src/rest/rooms/rooms.ts';
import type { StreamKeyResource } from '../src/rest/media/stream-keys.ts';
import type { RecordingConfigResource, TemplateResource } from '../src/rest/templates/templates.ts';
import type {
  WebhookDeliveryResource,
  WebhookReplayResource,
} from '../src/rest/webhooks/webhook-deliveries.ts';
import { builder } from './builder.ts';

export const Room = builder.objectRef<RoomResource>('Room');
export const RoomEdge = builder.objectRef<Edge<RoomResource>>('RoomEdge');
export const RoomConnection = builder.objectRef<Connection<RoomResource>>('RoomConnection');
export const RoomFilter = builder.inputRef<RoomFilterValue>('RoomFilter');

export const Session = builder.objectRef<SessionView>('Session');
export const SessionEdge = builder.objectRef<Edge<SessionView>>('SessionEdge');
export const SessionConnection = builder.objectRef<Connection<SessionView>>('SessionConnection');
export const SessionFilter = builder.inputRef<SessionFilterValue>('SessionFilter');

export const Peer = builder.objectRef<PeerView>('Peer');
export const PeerEdge = builder.objectRef<Edge<PeerView>>('PeerEdge');
export const PeerConnection = builder.objectRef<CountedConnection<PeerView>>('PeerConnection');
export const PeerFilter = builder.inputRef<PeerFilterValue>('PeerFilter');
export const Track = builder.objectRef<TrackResource>('Track');

export const Template = builder.objectRef<TemplateResource>('Template');
export const TemplateEdge = builder.objectRef<Edge<TemplateResource>>('TemplateEdge');
export const TemplateConnection = builder.objectRef<Connection<TemplateResource>>('TemplateConnection');
export const Role = builder.objectRef<RoleOfTemplate>('Role');

export const TemplateDestinations = builder.objectRef<DestinationsResource>('TemplateDestinations');
export const Thumbnails = builder.objectRef<ThumbnailsResource>('Thumbnails');
export const RecordingConfig = builder.objectRef<RecordingConfigResource>('RecordingConfig');

export const RoomCode = builder.objectRef<RoomCodeResource>('RoomCode');

/** A bucket of the customer's own, as rooms and templates name it. */
export const StorageLocation = builder.objectRef<StorageLocationValue>('StorageLocation');
export const StorageInput = builder.inputRef<StorageInputValue>('StorageInput');

export const Attendance = builder.objectRef<AttendanceValue>('Attendance');

/** The interface that live streams, recordings and external streams share. */
export const MediaJob = builder.interfaceRef<MediaJobValue>('MediaJob');
export const MediaJobFilter = builder.inputRef<MediaJobFilterValue>('MediaJobFilter');
export const Resolution = builder.objectRef<MediaResolutionResource>('Resolution');
export const ResolutionInput = builder.inputRef<ResolutionInputValue>('ResolutionInput');
export const TranscriptionInput = builder.inputRef<TranscriptionInputValue>('TranscriptionInput');
export const LiveStreamTranscriptionInput = builder.inputRef<LiveStreamTranscriptionInputValue>(
  'LiveStreamTranscriptionInput',
);

export const LiveStream = builder.objectRef<LiveStreamResource>('LiveStream');
export const LiveStreamEdge = builder.objectRef<Edge<LiveStreamResource>>('LiveStreamEdge');
export const LiveStreamConnection = builder.objectRef<Connection<LiveStreamResource>>('LiveStreamConnection');

export const Recording = builder.objectRef<RecordingResource>('Recording');
export const RecordingEdge = builder.objectRef<Edge<RecordingResource>>('RecordingEdge');
export const RecordingConnection = builder.objectRef<Connection<RecordingResource>>('RecordingConnection');

export const RecordingAsset = builder.objectRef<RecordingAssetView>('RecordingAsset');
export const RecordingAssetEdge = builder.objectRef<Edge<RecordingAssetView>>('RecordingAssetEdge');
export const RecordingAssetConnection =
  builder.objectRef<Connection<RecordingAssetView>>('RecordingAssetConnection');
export const RecordingAssetFilter = builder.inputRef<RecordingAssetFilterValue>('RecordingAssetFilter');

export const RecordingAssetMetadata =
  builder.objectRef<RecordingAssetMetadataResource>('RecordingAssetMetadata');
export const PresignedUrl = builder.objectRef<PresignedUrlResource>('PresignedUrl');

export const ExternalStream = builder.objectRef<ExternalStreamResource>('ExternalStream');
export const ExternalStreamEdge = builder.objectRef<Edge<ExternalStreamResource>>('ExternalStreamEdge');
export const ExternalStreamConnection =
  builder.objectRef<Connection<ExternalStreamResource>>('ExternalStreamConnection');

export const StreamKey = builder.objectRef<StreamKeyResource>('StreamKey');

export const Poll = builder.objectRef<PollResource>('Poll');
export const PollQuestion = builder.objectRef<PollQuestionResource>('PollQuestion');
export const PollOption = builder.objectRef<PollOptionResource>('PollOption');
export const PollSession = builder.objectRef<PollSessionResource>('PollSession');
export const PollSessionEdge = builder.objectRef<Edge<PollSessionResource>>('PollSessionEdge');
export const PollSessionConnection =
  builder.objectRef<Connection<PollSessionResource>>('PollSessionConnection');
export const PollResponse = builder.objectRef<PollResponseResource>('PollResponse');
export const PollResponseEdge = builder.objectRef<Edge<PollResponseResource>>('PollResponseEdge');
export const PollResponseConnection =
  builder.objectRef<Connection<PollResponseResource>>('PollResponseConnection');
export const PollResult = builder.objectRef<PollResultResource>('PollResult');
export const PollResultEdge = builder.objectRef<Edge<PollResultResource>>('PollResultEdge');
export const PollResultConnection = builder.objectRef<Connection<PollResultResource>>('PollResultConnection');

export const RoomEvent = builder.interfaceRef<WebhookEvent>('RoomEvent');
export const AnalyticsEvent = builder.interfaceRef<AnalyticsEventResource>('AnalyticsEvent');
export const AnalyticsEventEdge = builder.objectRef<Edge<AnalyticsEventResource>>('AnalyticsEventEdge');
export const AnalyticsEventConnection =
  builder.objectRef<CountedConnection<AnalyticsEventResource>>('AnalyticsEventConnection');
export const AnalyticsEventFilter = builder.inputRef<AnalyticsEventFilterValue>('AnalyticsEventFilter');

export const PeerQualityStats = builder.objectRef<PeerQualityResource>('PeerQualityStats');
export const TrackQuality = builder.objectRef<TrackQualityValue>('TrackQuality');

export const WebhookDelivery = builder.objectRef<WebhookDeliveryResource>('WebhookDelivery');
export const WebhookDeliveryEdge = builder.objectRef<Edge<WebhookDeliveryResource>>('WebhookDeliveryEdge');
export const WebhookDeliveryConnection =
  builder.objectRef<CountedConnection<WebhookDeliveryResource>>('WebhookDeliveryConnection');
export const WebhookDeliveryFilter = builder.inputRef<WebhookDeliveryFilterValue>('WebhookDeliveryFilter');
export const WebhookReplay = builder.objectRef<WebhookReplayResource>('WebhookReplay');

export const RoleInput = builder.inputRef<inputs.RoleInput>('RoleInput');
export const SetRoleInput = builder.inputRef<inputs.RoleInput & OfTemplate>('SetRoleInput');
export const TemplateSettingsInput = builder.inputRef<inputs.SettingsInput>('TemplateSettingsInput');
export const RtmpDestinationInput =
  builder.inputRef<ElementOf<inputs.DestinationsInput['rtmp']>>('RtmpDestinationInput');
export const HlsDestinationInput =
  builder.inputRef<ElementOf<inputs.DestinationsInput['hls']>>('HlsDestinationInput');
export const TranscriptionDestinationInput = builder.inputRef<inputs.TranscriptionInput>(
  'TranscriptionDestinationInput',
);
export const UpdateTemplateSettingsInput = builder.inputRef<inputs.SettingsInput & OfTemplate>(
  'UpdateTemplateSettingsInput',
);
export const TemplateDestinationsInput =
  builder.inputRef<inputs.DestinationsInput>('TemplateDestinationsInput');
export const UpdateTemplateDestinationsInput = builder.inputRef<
  inputs.DestinationsInput & inputs.RemovedDestinations & OfTemplate
>('UpdateTemplateDestinationsInput');
export const ThumbnailsInput = builder.inputRef<inputs.InputOf<ThumbnailsResource>>('ThumbnailsInput');
export const TemplatePluginsInput = builder.inputRef<inputs.PluginsInput>('TemplatePluginsInput');
export const RecordingConfigInput = builder.inputRef<inputs.RecordingConfigInput & OfTemplate>(
  'RecordingConfigInput',
);

interface OfTemplate {
  readonly templateId: string;
}
type ElementOf<List> = NonNullable<List> extends readonly (infer Element)[] ? Element : never;
