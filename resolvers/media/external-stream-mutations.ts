// Resolvers of the mutations that start and stop external streams. After a write,
// the operation drops its cached copy of the changed job. Source: the vendor's External Streams API.
import * as rest from '../../src/rest/media/external-streams.ts';
import type { ExternalStreamResource } from '../../src/rest/media/external-streams.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { forgetJob } from './media-jobs.ts';
import { invalidInput, outcomeOf } from '../outcomes.ts';
import { layJob } from './written-jobs.ts';
import type { ResolutionInput } from './recording-mutations.ts';
import { withoutNullish } from '../values.ts';

/** The input of `startExternalStream`. Omitted and null fields are not sent, so that the vendor's defaults apply. */
export interface StartExternalStreamInput {
  readonly roomId: string;
  readonly rtmpUrls: readonly string[];
  readonly meetingUrl?: string | null | undefined;
  readonly destination?: string | null | undefined;
  readonly recordingEnabled?: boolean | null | undefined;
  readonly resolution?: ResolutionInput | null | undefined;
}

/** Maximum length of the shorter side of a picture, in pixels. The OpenAPI document only limits each side separately. */
const MAX_SHORT_SIDE = 1080;

/**
 * Starts streaming a room over RTMP. One REST call. Refuses a picture whose shorter side is above 1080 pixels; throws
 * `NotFoundError` when the room does not exist or is not live.
 */
export async function startExternalStream(
  input: StartExternalStreamInput,
  context: Context,
): Promise<ExternalStreamResource> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const { rtmpUrls, meetingUrl, destination, recordingEnabled, resolution } = input;
  if (resolution != null && Math.min(resolution.width, resolution.height) > MAX_SHORT_SIDE) {
    throw invalidInput('resolution', `one side must be at most ${MAX_SHORT_SIDE}`);
  }
  const options = withoutNullish({
    meeting_url: meetingUrl,
    destination,
    recording: recordingEnabled,
    resolution,
  });
  const started = await outcomeOf({
    missing: 'The room does not exist or is not live.',
    write: () =>
      rest.startExternalStream(context.client, roomId, { rtmp_urls: rtmpUrls, ...options }, context.call),
  });
  return layJob(context.catalog.written.externalStreams, started);
}

/** Stops one external stream. One REST call. Throws `NotFoundError` when it does not exist or does not run. */
export async function stopExternalStream(
  input: { readonly id: string },
  context: Context,
): Promise<ExternalStreamResource> {
  const id = hmsIdOf('ExternalStream', 'id', input.id);
  const stopped = await outcomeOf({
    missing: 'The external stream does not exist or does not run.',
    write: () => rest.stopExternalStream(context.client, id, context.call),
    forget: () => forgetJob(id, context),
  });
  return layJob(context.catalog.written.externalStreams, stopped);
}

/**
 * Stops all external streams of a room. One REST call. Throws `NotFoundError` when the room does not exist or none of
 * its external streams runs.
 */
export async function stopExternalStreams(
  input: { readonly roomId: string },
  context: Context,
): Promise<StoppedJobs<ExternalStreamResource>> {
  const roomId = hmsIdOf('Room', 'roomId', input.roomId);
  const stopped = await outcomeOf({
    missing: 'The room does not exist or has no running external stream.',
    write: () => rest.stopExternalStreams(context.client, roomId, context.call),
  });
  for (const job of stopped.jobs) {
    forgetJob(job.id, context);
    layJob(context.catalog.written.externalStreams, job);
  }
  return stopped;
}
