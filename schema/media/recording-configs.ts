// RecordingConfig: the recording settings of a template. Source: the vendor's Policy (templates) API.
import { textOrNull } from '../../resolvers/values.ts';
import { builder } from '../builder.ts';
import { RecordingConfig, Thumbnails } from '../refs.ts';

builder.objectType(Thumbnails, {
  description: 'Settings of the thumbnails: still pictures that the vendor takes from a recording.',
  fields: (t) => ({
    enabled: t.boolean({
      pure: true,
      description: 'Whether the vendor takes thumbnails from the recording.',
      resolve: (thumbnails) => thumbnails.enabled ?? false,
    }),
    width: t.exposeInt('width', {
      nullable: true,
      description: 'Width of each still picture, in pixels; null if not set.',
    }),
    height: t.exposeInt('height', {
      nullable: true,
      description: 'Height of each still picture, in pixels; null if not set.',
    }),
    offsetsSeconds: t.intList({
      pure: true,
      description:
        'Moments at which the still pictures are taken, in seconds from the start of the recording.',
      resolve: (thumbnails) => thumbnails.offsets ?? [],
    }),
    fps: t.exposeInt('fps', {
      nullable: true,
      description: 'How many thumbnails are taken, in pictures a second; null if not set.',
    }),
  }),
});

builder.objectType(RecordingConfig, {
  description: 'How rooms made from a template are recorded.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: true,
      description: 'Name of this set of recording settings; null if not set.',
    }),
    role: t.string({
      nullable: true,
      pure: true,
      description:
        'Name of the role in which the recorder joins the room, so that it records what that role can see; null if not set.',
      resolve: (config) => textOrNull(config.role),
    }),
    maxDurationSeconds: t.exposeInt('maxDuration', {
      nullable: true,
      description: 'Maximum duration of a recording, in seconds; null if not set.',
    }),
    presignDurationSeconds: t.exposeInt('presignDuration', {
      nullable: true,
      description: 'How many seconds links to recorded files stay valid; null if not set.',
    }),
    thumbnails: t.expose('thumbnails', {
      type: Thumbnails,
      nullable: true,
      description: 'Still pictures taken from recordings; null if not set.',
    }),
    browserCompositeEnabled: t.boolean({
      pure: true,
      description:
        'Whether a browser of the vendor can join the room and record the whole call as one video.',
      resolve: (config) => config.compositeRecording?.browserComposite?.enabled ?? false,
    }),
    browserCompositeAutoStart: t.boolean({
      pure: true,
      description: 'Whether the recording by a browser starts automatically when the first peer joins.',
      resolve: (config) => config.compositeRecording?.browserComposite?.autoStart ?? false,
    }),
    browserCompositeAutoStopTimeoutSeconds: t.int({
      nullable: true,
      pure: true,
      description:
        'How many seconds the recording by a browser continues after the last peer has left; null if not set.',
      resolve: (config) => config.compositeRecording?.browserComposite?.autoStopTimeout,
    }),
    browserCompositeWidth: t.int({
      nullable: true,
      pure: true,
      description: 'Width of the recording by a browser, in pixels; null if not set.',
      resolve: (config) => config.compositeRecording?.browserComposite?.width,
    }),
    browserCompositeHeight: t.int({
      nullable: true,
      pure: true,
      description: 'Height of the recording by a browser, in pixels; null if not set.',
      resolve: (config) => config.compositeRecording?.browserComposite?.height,
    }),
    customCompositeEnabled: t.boolean({
      pure: true,
      description: 'Whether a web page of your own that joins the room can be recorded.',
      resolve: (config) => config.compositeRecording?.customComposite?.enabled ?? false,
    }),
    trackRecordingEnabled: t.boolean({
      pure: true,
      description: 'Whether each audio and video track is recorded to a file of its own.',
      resolve: (config) => config.trackRecording?.enabled ?? false,
    }),
    streamRecordingEnabled: t.boolean({
      pure: true,
      description: 'Whether the audio and video of each peer are recorded, in one file for each peer.',
      resolve: (config) => config.streamRecording?.enabled ?? false,
    }),
    streamRecordingWidth: t.int({
      nullable: true,
      pure: true,
      description: 'Width of the recording of a peer, in pixels; null if not set.',
      resolve: (config) => config.streamRecording?.width,
    }),
    streamRecordingHeight: t.int({
      nullable: true,
      pure: true,
      description: 'Height of the recording of a peer, in pixels; null if not set.',
      resolve: (config) => config.streamRecording?.height,
    }),
  }),
});
