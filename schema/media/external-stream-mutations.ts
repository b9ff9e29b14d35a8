// The mutations that start and stop external streams (RTMP). Source: the vendor's External Streams API.
import {
  startExternalStream,
  stopExternalStream,
  stopExternalStreams,
} from '../../resolvers/media/external-stream-mutations.ts';
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import type { ExternalStreamResource } from '../../src/rest/media/external-streams.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';
import { ExternalStream, ResolutionInput } from '../refs.ts';

const StoppedExternalStreams = builder
  .objectRef<StoppedJobs<ExternalStreamResource>>('StoppedExternalStreams')
  .implement({
    description: 'The answer to stopping all external streams of a room.',
    fields: (t) => ({
      externalStreams: t.field({
        type: [ExternalStream],
        description: 'The external streams that are stopping, with their status at this moment.',
        resolve: ({ jobs }) => [...jobs],
      }),
      error: t.exposeString('error', {
        nullable: true,
        description:
          "Why some of the external streams could not be stopped, in the vendor's words; null if all of them stop.",
      }),
    }),
  });

const StartExternalStreamInput = builder.inputType('StartExternalStreamInput', {
  description: 'Settings of an external stream to start.',
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'Vendor id or global id of the room to stream from; it must be live.',
    }),
    rtmpUrls: t.stringList({
      required: true,
      description:
        'Addresses to stream to: 1 to 5 URLs (`rtmp://` or `rtmps://`) that include the stream keys of the platforms; some workspaces allow only 3. No field ever shows them again.',
    }),
    meetingUrl: t.string({
      description:
        'Web page that the vendor opens in a browser and streams; it must join the room by itself. Required when the vendor has no page of its own for the room, as with templates made over REST.',
    }),
    destination: t.string({
      description:
        "Name of the RTMP destination in the room's template; required when the template has several.",
    }),
    recordingEnabled: t.boolean({ description: 'Whether to record the external stream too.' }),
    resolution: t.field({
      type: ResolutionInput,
      description:
        'Size of the streamed picture: from 500 by 480 to 1920 by 1080 pixels, or upright from 500 by 500 to 1080 by 1920; 1280 by 720 by default.',
    }),
  }),
});

const StopExternalStreamInput = builder.inputType('StopExternalStreamInput', {
  description: 'Which external stream to stop.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the external stream to stop.' }),
  }),
});

const StopExternalStreamsInput = builder.inputType('StopExternalStreamsInput', {
  description: "Which room's external streams to stop.",
  fields: (t) => ({
    roomId: t.id({
      required: true,
      description: 'Vendor id or global id of the room whose external streams stop.',
    }),
  }),
});

builder.mutationFields((t) => ({
  startExternalStream: t.field({
    type: ExternalStream,
    errors: { types: [NotFoundError, InvalidInputError, ConflictError, RefusedError] },
    access: { ...writes('external-streams'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description:
      'Starts streaming a room to other platforms over RTMP. The answer has the status `STARTING`; the external stream runs some seconds later. Costs one REST call.',
    args: {
      input: t.arg({
        type: StartExternalStreamInput,
        required: true,
        description: 'The room to stream and the addresses to stream it to.',
      }),
    },
    resolve: (_root, { input }, context) => startExternalStream(input, context),
  }),
  stopExternalStream: t.field({
    type: ExternalStream,
    errors: { types: [NotFoundError, RefusedError] },
    access: {
      ...writes('external-streams'),
      roomOf: (_root, { input }) => ({ type: 'ExternalStream', id: input.id }),
    },
    ...calls(1),
    description:
      'Stops one external stream. The answer usually has the status `STOPPING`. Costs one REST call.',
    args: {
      input: t.arg({
        type: StopExternalStreamInput,
        required: true,
        description: 'The external stream that stops.',
      }),
    },
    resolve: (_root, { input }, context) => stopExternalStream(input, context),
  }),
  stopExternalStreams: t.field({
    type: StoppedExternalStreams,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('external-streams'), room: (_root, { input }) => input.roomId },
    ...calls(1),
    description: 'Stops all running external streams of a room. Costs one REST call.',
    args: {
      input: t.arg({
        type: StopExternalStreamsInput,
        required: true,
        description: 'The room whose external streams stop.',
      }),
    },
    resolve: (_root, { input }, context) => stopExternalStreams(input, context),
  }),
}));
