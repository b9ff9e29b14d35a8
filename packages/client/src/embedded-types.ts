// Generated from schema/schema.graphql by `npm run codegen`: the object types that have no `id`.

/** The names of the types whose objects a normalised cache keeps within the object that has them. */
export const embeddedTypes = [
  'Accepted', 'AnalyticsAgent', 'AnalyticsErrorEvent', 'AnalyticsEventConnection', 'AnalyticsEventEdge',
  'AnalyticsOtherEvent', 'AnalyticsRecordingEvent', 'AnalyticsTrackEvent', 'Attendance',
  'AudioParams', 'AuthToken', 'BrowserRecordingDestination', 'ConflictError', 'CreatedStreamKey',
  'DeletedPollOption', 'DeletedPollQuestion', 'DisabledStreamKey', 'ExternalStreamConnection',
  'ExternalStreamEdge', 'HlsDestination', 'HlsRecording', 'IngestEvent', 'InputIssue',
  'InvalidInputError', 'LayoutTheme', 'LiveStreamConnection', 'LiveStreamEdge', 'LiveStreamRecording',
  'NotFoundError', 'OtherRoomEvent', 'PageInfo', 'PeerConnection', 'PeerEdge', 'PeerEvent',
  'PeerJoined', 'PeerLeft', 'PeerQualityStats', 'PeerTracks', 'PeerUpdated', 'PeersSnapshot',
  'PollAnswer', 'PollAttachment', 'PollOption', 'PollQuestion', 'PollResponse', 'PollResponseConnection',
  'PollResponseEdge', 'PollResult', 'PollResultConnection', 'PollResultEdge', 'PollSession',
  'PollSessionConnection', 'PollSessionEdge', 'PresignedUrl', 'PreviousPeer', 'PublishParams',
  'QualitySample', 'RecordingAssetConnection', 'RecordingAssetEdge', 'RecordingAssetMetadata',
  'RecordingConfig', 'RecordingConnection', 'RecordingEdge', 'RecordingEvent', 'RefusedError',
  'RemovedPeer', 'Resolution', 'RoleChangeEvent', 'RolePermissions', 'RoomCodes', 'RoomConnection',
  'RoomEdge', 'RoomEndEvent', 'RoomRecording', 'RoomStateSettings', 'RtmpDestination',
  'SentSipDtmf', 'SessionConnection', 'SessionEdge', 'SessionEnded', 'SessionEvent',
  'SessionStarted', 'SessionsSnapshot', 'SimulcastLayer', 'SipCall', 'SipTrunk', 'StartedWebhookReplay',
  'StoppedExternalStreams', 'StoppedLiveStreams', 'StoppedRecordings', 'StorageLocation',
  'StreamEvent', 'StreamKey', 'SubscribeDegradation', 'SubscribeParams', 'TemplateConnection',
  'TemplateDestinations', 'TemplateEdge', 'TemplatePlugins', 'TemplateSettings', 'Thumbnails',
  'Track', 'TrackQuality', 'TracksAwaited', 'TracksEnded', 'TracksSnapshot', 'TracksUpdated',
  'TranscriptionDestination', 'TranscriptionEvent', 'TranscriptionSummary', 'TranscriptionSummarySection',
  'TranslationLanguage', 'VideoLayer', 'VideoParams', 'WebhookDelivery', 'WebhookDeliveryConnection',
  'WebhookDeliveryEdge', 'WebhookReplay', 'WhiteboardPermissions',
] as const;
