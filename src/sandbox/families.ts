// The families of routes that the sandbox serves, with their demo data.
import type { Family } from './family.ts';
import { activeRooms } from './peers/active-rooms-routes.ts';
import { analytics } from './analytics/analytics-routes.ts';
import { externalStreams } from './media/external-streams-routes.ts';
import { liveStreams } from './media/live-streams-routes.ts';
import { polls } from './polls/polls-routes.ts';
import { recordingAssets } from './media/recording-assets-routes.ts';
import { recordings } from './media/recordings-routes.ts';
import { roomCodes } from './rooms/room-codes-routes.ts';
import { rooms } from './rooms/rooms-routes.ts';
import { sessions } from './sessions/sessions-routes.ts';
import { sip } from './telephony/sip-routes.ts';
import { streamKeys } from './media/stream-keys-routes.ts';
import { layouts } from './templates/layouts-routes.ts';
import { templates } from './templates/templates-routes.ts';
import { webhookDeliveries } from './webhooks/webhook-deliveries-routes.ts';

export const families: readonly Family[] = [
  rooms,
  roomCodes,
  sessions,
  templates,
  layouts,
  activeRooms,
  polls,
  analytics,
  webhookDeliveries,
  sip,
  liveStreams,
  recordings,
  recordingAssets,
  externalStreams,
  streamKeys,
];
