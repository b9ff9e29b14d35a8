// Starting and stopping external streams. Source: the vendor's External Streams API.
import {
  startExternalStreamOf,
  stopExternalStreamOf,
  stopExternalStreamsOf,
} from '../../resolvers/media/external-stream-mutations.ts';
import type { ExternalStreamResource } from '../../src/rest/media/external-streams.ts';
import type { StoppedJobs } from '../../src/rest/media/jobs.ts';
import { writes } from '../access.ts';
import { builder } from '../builder.ts';
import { calls } from '../prices.ts';
import { ExternalStream, ResolutionInput } from '../refs.ts';

const StoppedExternalStreams = builder
  .objectRef<StoppedJobs<ExternalStreamResource>>('StoppedExternalStreams')
  .implement({
    description: 'The external streams of a room that were told to stop.',
    fields: (t) => ({
      externalStreams: t.field({
        type: [ExternalStream],
        description: 'Those that stop.',
        resolve: ({ jobs }) => [...jobs],
      }),
      error: t.exposeString('error', {
        nullable: true,
        description: "What went wrong with some of them, in the vendor's words; null when nothing did.",
      }),
    }),
  });

const StartExternalStreamInput = builder.inputType('StartExternalStreamInput', {
  description: 'The external stream to start.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
    rtmpUrls: t.stringList({
      required: true,
      description:
        'Where to, 1 to 5 URLs (`rtmp://` or `rtmps://`) with their stream keys; some workspaces allow 3. They are passed on and never shown again.',
    }),
    meetingUrl: t.string({
      description:
        'Page that joins the room at one click, which is what is sent. The vendor wants it where its own page is not set up, as in templates made over REST.',
    }),
    destination: t.string({
      description: "Name of the template's destination; needed where it has several.",
    }),
    recording: t.boolean({ description: 'Whether it is recorded as well.' }),
    resolution: t.field({
      type: ResolutionInput,
      description: 'Size of the picture: 500 by 480 to 1920 by 1080, upright 500 by 500 to 1080 by 1920.',
    }),
  }),
});

const StopExternalStreamInput = builder.inputType('StopExternalStreamInput', {
  description: 'Which external stream.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the external stream.' }),
  }),
});

const StopExternalStreamsInput = builder.inputType('StopExternalStreamsInput', {
  description: 'Whose external streams.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Vendor id or global id of the room.' }),
  }),
});

builder.mutationFields((t) => ({
  startExternalStream: t.field({
    type: ExternalStream,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('external-streams'), room: input.roomId }),
    ...calls(1),
    description: 'Starts sending a room to other platforms; it runs some seconds later.',
    args: {
      input: t.arg({ type: StartExternalStreamInput, required: true, description: 'The external stream.' }),
    },
    resolve: (_root, { input }, context) => startExternalStreamOf(input, context),
  }),
  stopExternalStream: t.field({
    type: ExternalStream,
    errors: {},
    authScopes: (_root, { input }) => ({
      ...writes('external-streams'),
      roomOf: { type: 'ExternalStream', id: input.id },
    }),
    ...calls(1),
    description: 'Stops an external stream.',
    args: {
      input: t.arg({ type: StopExternalStreamInput, required: true, description: 'The external stream.' }),
    },
    resolve: (_root, { input }, context) => stopExternalStreamOf(input, context),
  }),
  stopExternalStreams: t.field({
    type: StoppedExternalStreams,
    errors: {},
    authScopes: (_root, { input }) => ({ ...writes('external-streams'), room: input.roomId }),
    ...calls(1),
    description: 'Stops all external streams of a room.',
    args: { input: t.arg({ type: StopExternalStreamsInput, required: true, description: 'The room.' }) },
    resolve: (_root, { input }, context) => stopExternalStreamsOf(input, context),
  }),
}));
