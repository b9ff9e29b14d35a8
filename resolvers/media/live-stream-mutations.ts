// Resolvers of the mutations of live streams: start, stop, timed metadata, pause and resume of the recording. After a write,
// the operation drops its cached copy of the changed job. Source: the vendor's Live Streams API.
import * as rest from '../../src/rest/media/live-streams.ts';
import type { LiveStreamResource } from '../../src/rest/media/live-streams.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { forgetJob } from './media-jobs.ts';
import { outcomeOf } from '../outcomes.ts';
import { layJob } from './written-jobs.ts';
import { liveStreamTranscriptionBody, type LiveStreamTranscriptionInput } from './transcription.ts';
import { withoutNullish } from '../values.ts';

/** The input of `startLiveStream`. Omitted and null fields are not sent, so that the template's settings apply. */
export interface StartLiveStreamInput {
  readonly roomId: string;
  readonly meetingUrl?: string | null | undefined;
  readonly destination?: string | null | undefined;
  readonly recording?:
    | {
        readonly hlsVod?: boolean | null | undefined;
        readonly singleFilePerLayer?: boolean | null | undefined;
      }
    | null
    | undefined;
  readonly transcription?: LiveStreamTranscriptionInput | null | undefined;
}

const NOT_LIVE = 'The room does not exist or is not live.';
const NOT_RUNNING = 'The live stream does not exist or does not run.';

/**
 * Starts streaming a room over HLS. One REST call. Throws `NotFoundError` when the room does not exist or is not live.
 */
export async function startLiveStream(
  input: StartLiveStreamInput,
  context: Context,
): Promise<LiveStreamResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const { meetingUrl, destination, recording, transcription } = input;
  const body = withoutNullish({
    meeting_url: meetingUrl,
    destination,
    recording:
      recording == null
        ? null
        : withoutNullish({ hls_vod: recording.hlsVod, single_file_per_layer: recording.singleFilePerLayer }),
    transcription: transcription == null ? null : liveStreamTranscriptionBody(transcription),
  });
  const started = await outcomeOf({
    missing: NOT_LIVE,
    write: () => rest.startLiveStream(context.client, roomId, body, context.call),
  });
  return layJob(context.catalog.written.liveStreams, started);
}

/** Stops one live stream. One REST call. Throws `NotFoundError` when it does not exist or does not run. */
export function stopLiveStream(id: string, context: Context): Promise<LiveStreamResource> {
  return act(rest.stopLiveStream, id, context);
}

/** Pauses the recording of a live stream. The answer shows no pause: its status stays `running`. One REST call. */
export function pauseLiveStreamRecording(id: string, context: Context): Promise<LiveStreamResource> {
  return act(rest.pauseLiveStreamRecording, id, context);
}

/** Resumes the paused recording of a live stream. The answer shows no change of status. One REST call. */
export function resumeLiveStreamRecording(id: string, context: Context): Promise<LiveStreamResource> {
  return act(rest.resumeLiveStreamRecording, id, context);
}

/**
 * Stops all live streams of a room. One REST call. Throws `NotFoundError` when the room does not exist or none of its
 * live streams runs.
 */
export async function stopLiveStreams(
  input: { readonly roomId: string },
  context: Context,
): Promise<StoppedJobs<LiveStreamResource>> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const stopped = await outcomeOf({
    missing: 'The room does not exist or has no running live stream.',
    write: () => rest.stopLiveStreams(context.client, roomId, context.call),
  });
  for (const job of stopped.jobs) {
    forgetJob(job.id, context);
    layJob(context.catalog.written.liveStreams, job);
  }
  return stopped;
}

/**
 * Sends a text of at most 100 characters, valid for `durationSeconds`, to the players of a live stream. One REST
 * call. The live stream itself does not change, so the operation keeps what it has read of it.
 */
export async function sendTimedMetadata(
  input: { readonly id: string; readonly payload: string; readonly durationSeconds: number },
  context: Context,
): Promise<LiveStreamResource> {
  const id = hmsIdOf('LiveStream', 'id', input.id);
  const { payload, durationSeconds: duration } = input;
  return outcomeOf({
    missing: NOT_RUNNING,
    write: () => rest.sendTimedMetadata(context.client, id, { payload, duration }, context.call),
  });
}

/** Writes to one live stream and makes the operation forget it. `write` is the REST call. */
async function act(
  write: typeof rest.stopLiveStream,
  streamId: string,
  context: Context,
): Promise<LiveStreamResource> {
  const id = hmsIdOf('LiveStream', 'id', streamId);
  const job = await outcomeOf({
    missing: NOT_RUNNING,
    write: () => write(context.client, id, context.call),
    forget: () => forgetJob(id, context),
  });
  return layJob(context.catalog.written.liveStreams, job);
}
