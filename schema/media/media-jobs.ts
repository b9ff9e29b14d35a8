// MediaJob: what live streams, recordings and external streams have in common. Source: the vendor's pages of the three.
import {
  assetsOfJob,
  durationOfJob,
  peerOfJob,
  publicUrlOf,
  sessionOfMedia,
  statusOfJob,
  typeOfJob,
} from '../../resolvers/media/media-jobs.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, calls, listOf } from '../prices.ts';
import { MediaJob, MediaJobFilter, Peer, RecordingAsset, Resolution, Room, Session } from '../refs.ts';

const MediaJobStatus = builder.enumType('MediaJobStatus', {
  description: 'How far a job is. A pause is no state: nothing tells of it.',
  values: {
    STARTING: { value: 'starting', description: 'Was asked for and will run in a moment.' },
    RUNNING: { value: 'running', description: 'Streams or records.' },
    STOPPING: { value: 'stopping', description: 'Was told to stop.' },
    POST_PROCESSING: { value: 'post_processing', description: 'Has stopped; its files are being made.' },
    COMPLETED: { value: 'completed', description: 'Is over, its files are there.' },
    FAILED: { value: 'failed', description: 'Is over, something went wrong; webhooks alone say what.' },
    OTHER: {
      value: 'other',
      description: 'A state that this gateway does not know yet; cannot be filtered by.',
    },
  } as const,
});

builder.objectType(Resolution, {
  description: 'Size of a picture.',
  fields: (t) => ({
    width: t.exposeInt('width', { description: 'Pixels.' }),
    height: t.exposeInt('height', { description: 'Pixels.' }),
  }),
});

builder.interfaceType(MediaJob, {
  description:
    "Something that the vendor does with a room's sound and picture for a while: streaming it, recording it, or sending it elsewhere.",
  resolveType: typeOfJob,
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
    status: t.field({ type: MediaJobStatus, description: 'How far it is.', resolve: statusOfJob }),
    destination: t.string({
      nullable: true,
      description: "Name of the template's destination that it follows; null where the answer leaves it out.",
      resolve: (job) => textOrNull(job.destination),
    }),
    meetingUrl: t.string({
      nullable: true,
      description:
        'The page that is shown or recorded, without its query, which may hold a token; null when unset.',
      resolve: (job) => publicUrlOf(job.meeting_url),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was asked for.',
      resolve: (job) => instantOrNull(job.created_at),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it began to run; null until then.',
      resolve: (job) => instantOrNull(job.started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it stopped; null until then.',
      resolve: (job) => instantOrNull(job.stopped_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it last changed.',
      resolve: (job) => instantOrNull(job.updated_at),
    }),
    duration: t.int({
      nullable: true,
      description:
        'Whole seconds from when it began to run to when it stopped, or to now; pauses count. Null until it runs.',
      resolve: (job, _args, context) => durationOfJob(job, context),
    }),
    startedBy: t.field({
      type: Peer,
      nullable: true,
      authScopes: reads('peers'),
      ...calls(2),
      description:
        'Who started it in the room; null when it was started over REST. Found as `peer` finds one, at 1 to 4 REST calls.',
      resolve: (job, _args, context) => peerOfJob(job, job.started_by, context),
    }),
    stoppedBy: t.field({
      type: Peer,
      nullable: true,
      authScopes: reads('peers'),
      ...calls(2),
      description:
        'Who stopped it in the room; null when it was stopped over REST, by itself, or not yet. Found as `peer` finds one, at 1 to 4 REST calls.',
      resolve: (job, _args, context) => peerOfJob(job, job.stopped_by, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      authScopes: reads('rooms'),
      ...batched,
      description: 'The room that it is made of.',
      resolve: (job, _args, context) => roomWithId(job.room_id, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      authScopes: reads('sessions'),
      description: 'The session in which it began; null where the vendor leaves it out.',
      resolve: (job) => sessionOfMedia(job),
    }),
    assets: t.field({
      type: [RecordingAsset],
      nullable: true,
      authScopes: reads('recordings'),
      ...listOf(3),
      description:
        'The files that it left, there some seconds to minutes after it stopped, transcripts later. One REST call a job, unless the job was looked up by its id.',
      resolve: (job, _args, context) => assetsOfJob(job, context),
    }),
  }),
});

builder.inputType(MediaJobFilter, {
  description: 'Which jobs a list keeps; all conditions must hold.',
  fields: (t) => ({
    roomId: t.id({ description: 'Only those of this room: its vendor id or global id.' }),
    sessionId: t.id({ description: 'Only those of this session: its vendor id or global id.' }),
    status: t.field({ type: MediaJobStatus, description: 'Only those that are this far.' }),
  }),
});
