// MediaJob: the fields that live streams, recordings and external streams share. Source: the vendor's APIs of the three.
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
import { calls, listOf, onceForAll } from '../prices.ts';
import { MediaJob, MediaJobFilter, Peer, RecordingAsset, Resolution, Room, Session } from '../refs.ts';

const MediaJobStatus = builder.enumType('MediaJobStatus', {
  description:
    'The stage of a live stream, recording or external stream. A paused job still counts as `RUNNING`.',
  values: {
    STARTING: { value: 'starting', description: 'The vendor accepted the job; it will run within seconds.' },
    RUNNING: { value: 'running', description: 'The job streams or records, or is paused.' },
    STOPPING: { value: 'stopping', description: 'The job was asked to stop and has not stopped yet.' },
    POST_PROCESSING: {
      value: 'post_processing',
      description: 'The job has stopped; the vendor is making its files.',
    },
    COMPLETED: {
      value: 'completed',
      description: 'The job has ended; its files, if it recorded, are ready.',
    },
    FAILED: {
      value: 'failed',
      description: 'The job has ended with a failure. Only a webhook gives the reason; see `StreamEvent`.',
    },
    OTHER: {
      value: 'other',
      description: 'A stage that this version of the gateway does not know; filters refuse this value.',
    },
  } as const,
});

builder.objectType(Resolution, {
  description: 'Size of a recorded or streamed picture.',
  fields: (t) => ({
    width: t.exposeInt('width', { description: 'Width of the picture, in pixels.' }),
    height: t.exposeInt('height', { description: 'Height of the picture, in pixels.' }),
  }),
});

builder.interfaceType(MediaJob, {
  description:
    "A job of the vendor on a room's audio and video: streaming it live (HLS), recording it, or sending it to other platforms (RTMP).",
  resolveType: typeOfJob,
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the job: 24 hexadecimal digits." }),
    status: t.field({
      type: MediaJobStatus,
      pure: true,
      description: 'The stage of the job, as this operation read it.',
      resolve: statusOfJob,
    }),
    destination: t.string({
      nullable: true,
      pure: true,
      description:
        "Name of the destination (a set of streaming or recording settings in the room's template) that the job uses; null if the vendor omits it.",
      resolve: (job) => textOrNull(job.destination),
    }),
    meetingUrl: t.string({
      nullable: true,
      pure: true,
      description:
        'Web page that the vendor opens to stream or record the room, without the query of its URL, which may contain a token; null if the vendor omits it.',
      resolve: (job) => publicUrlOf(job.meeting_url),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the job was requested.',
      resolve: (job) => instantOrNull(job.created_at),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the job began to run; null until then.',
      resolve: (job) => instantOrNull(job.started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the job stopped; null until then.',
      resolve: (job) => instantOrNull(job.stopped_at),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the record of the job last changed.',
      resolve: (job) => instantOrNull(job.updated_at),
    }),
    durationSeconds: t.int({
      nullable: true,
      description:
        'How long the job ran, in whole seconds, from `startedAt` to `stoppedAt` or to now, including pauses; null until it runs.',
      resolve: (job, _args, context) => durationOfJob(job, context),
    }),
    startedBy: t.field({
      type: Peer,
      nullable: true,
      access: reads('peers'),
      ...calls(4),
      description:
        'The peer who started the job from within the room; null if it was started over REST. Costs 1 to 4 REST calls, as for the query `peer`.',
      resolve: (job, _args, context) => peerOfJob(job, job.started_by, context),
    }),
    stoppedBy: t.field({
      type: Peer,
      nullable: true,
      access: reads('peers'),
      ...calls(4),
      description:
        'The peer who stopped the job from within the room; null if it was stopped over REST, stopped by itself or still runs. Costs 1 to 4 REST calls, as for the query `peer`.',
      resolve: (job, _args, context) => peerOfJob(job, job.stopped_by, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      access: reads('rooms'),
      ...onceForAll(1),
      description:
        'The room that the job streams or records; null if it no longer exists. Usually answered from memory or in one REST call for many rooms.',
      resolve: (job, _args, context) => roomWithId(job.room_id, context),
    }),
    session: t.field({
      type: Session,
      nullable: true,
      access: reads('sessions'),
      ...calls(1),
      description: 'The session in which the job began; null if the vendor omits it.',
      resolve: (job) => sessionOfMedia(job),
    }),
    assets: t.field({
      type: [RecordingAsset],
      nullable: true,
      access: reads('recordings'),
      ...listOf(5),
      description:
        'The files that the job made. They appear some seconds to minutes after it stopped, transcripts even later. Costs one REST call for each job, unless the operation has already read the job by its id.',
      resolve: (job, _args, context) => assetsOfJob(job, context),
    }),
  }),
});

builder.inputType(MediaJobFilter, {
  description: 'Conditions on live streams, recordings or external streams; a job must meet all of them.',
  fields: (t) => ({
    roomId: t.id({ description: 'Only jobs of this room: its vendor id or global id.' }),
    sessionId: t.id({ description: 'Only jobs that began in this session: its vendor id or global id.' }),
    status: t.field({ type: MediaJobStatus, description: 'Only jobs at this stage.' }),
  }),
});
