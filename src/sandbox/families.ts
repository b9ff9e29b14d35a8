// The families of routes that the sandbox serves: a new family is a file in routes/ and a line here.
import type { Family } from './family.ts';
import { activeRooms } from './routes/active-rooms.ts';
import { analytics } from './routes/analytics.ts';
import { externalStreams } from './routes/external-streams.ts';
import { liveStreams } from './routes/live-streams.ts';
import { polls } from './routes/polls.ts';
import { recordingAssets } from './routes/recording-assets.ts';
import { recordings } from './routes/recordings.ts';
import { roomCodes } from './routes/room-codes.ts';
import { rooms } from './routes/rooms.ts';
import { sessions } from './routes/sessions.ts';
import { sip } from './routes/sip.ts';
import { streamKeys } from './routes/stream-keys.ts';
import { templates } from './routes/templates.ts';
import { webhookDeliveries } from './routes/webhook-deliveries.ts';

export const families: readonly Family[] = [
  rooms,
  roomCodes,
  sessions,
  templates,
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
