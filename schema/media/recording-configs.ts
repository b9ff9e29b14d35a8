// How the rooms of a template are recorded. Source: the vendor's Policy (templates) API.
import { textOrNull } from '../../resolvers/values.ts';
import { builder } from '../builder.ts';
import { RecordingConfig, Thumbnails } from '../refs.ts';

builder.objectType(Thumbnails, {
  description: 'Pictures taken from a recording.',
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether any are taken.',
      resolve: (thumbnails) => thumbnails.enabled ?? false,
    }),
    width: t.exposeInt('width', { nullable: true, description: 'Pixels; null when not given.' }),
    height: t.exposeInt('height', { nullable: true, description: 'Pixels; null when not given.' }),
    offsets: t.intList({
      description: 'When they are taken, in seconds from the beginning.',
      resolve: (thumbnails) => thumbnails.offsets ?? [],
    }),
    fps: t.exposeInt('fps', { nullable: true, description: 'Frames a second; null when not given.' }),
  }),
});

builder.objectType(RecordingConfig, {
  description: 'How the rooms of a template are recorded.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'Its name.' }),
    role: t.string({
      nullable: true,
      description: 'Name of the role with which the recording sees the room.',
      resolve: (config) => textOrNull(config.role),
    }),
    maxDuration: t.exposeInt('maxDuration', {
      nullable: true,
      description: 'Ended after this many seconds; null when not given.',
    }),
    presignDuration: t.exposeInt('presignDuration', {
      nullable: true,
      description: 'Seconds for which links to its files are good; null when not given.',
    }),
    thumbnails: t.expose('thumbnails', {
      type: Thumbnails,
      nullable: true,
      description: 'Pictures taken from it; null when not given.',
    }),
    browserCompositeEnabled: t.boolean({
      description: 'Whether a browser that joins the room can record it as one picture.',
      resolve: (config) => config.compositeRecording?.browserComposite?.enabled ?? false,
    }),
    browserCompositeAutoStart: t.boolean({
      description: 'Whether that recording begins with the first peer.',
      resolve: (config) => config.compositeRecording?.browserComposite?.autoStart ?? false,
    }),
    customCompositeEnabled: t.boolean({
      description: "Whether a page of the app's own can be recorded.",
      resolve: (config) => config.compositeRecording?.customComposite?.enabled ?? false,
    }),
    trackRecordingEnabled: t.boolean({
      description: 'Whether each track is recorded by itself.',
      resolve: (config) => config.trackRecording?.enabled ?? false,
    }),
    streamRecordingEnabled: t.boolean({
      description: "Whether each peer's sound and picture are recorded together.",
      resolve: (config) => config.streamRecording?.enabled ?? false,
    }),
  }),
});
