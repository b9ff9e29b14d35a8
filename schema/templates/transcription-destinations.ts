// The transcriptions among a template's destinations. Source: the vendor's Templates API.
import { textOrNull } from '../../resolvers/values.ts';
import type { TranscriptionDestination as TranscriptionResource } from '../../src/openapi/types.ts';
import { builder } from '../builder.ts';
import { SummaryFormat, TranscriptFormat, TranscriptionMode } from '../enums.ts';

type SummaryResource = NonNullable<TranscriptionResource['summary']>;

const SummarySection = builder
  .objectRef<NonNullable<SummaryResource['sections']>[number]>('TranscriptionSummarySection')
  .implement({
    description: 'A section of the summary of a transcription.',
    fields: (t) => ({
      title: t.exposeString('title', {
        nullable: true,
        description: 'The heading of the section, up to 100 characters; null if the vendor omits it.',
      }),
      format: t.field({
        type: SummaryFormat,
        nullable: true,
        pure: true,
        description: 'The form of the section; null if the vendor omits it.',
        resolve: (section) => SummaryFormat.of(section.format),
      }),
    }),
  });

const TranscriptionSummary = builder.objectRef<SummaryResource>('TranscriptionSummary').implement({
  description: 'The settings for the summary of a transcription in the `RECORDED` mode.',
  fields: (t) => ({
    enabled: t.boolean({
      pure: true,
      description: 'Whether the vendor writes a summary of the recorded transcription; false if not set.',
      resolve: (summary) => summary.enabled ?? false,
    }),
    context: t.string({
      nullable: true,
      pure: true,
      description:
        'The hint for the summary: the subject of the meeting, up to 300 characters; null if not set.',
      resolve: (summary) => textOrNull(summary.context),
    }),
    temperature: t.exposeFloat('temperature', {
      nullable: true,
      description: 'How freely the summary is worded: 0.1 (close to the transcript) to 1; null if not set.',
    }),
    sections: t.field({
      type: [SummarySection],
      pure: true,
      description: 'The sections of the summary, at most 6.',
      resolve: (summary) => summary.sections ?? [],
    }),
  }),
});

const TranslationLanguage = builder
  .objectRef<{ readonly role: string; readonly language: string }>('TranslationLanguage')
  .implement({
    description: 'A role of the template and the language into which its captions are translated.',
    fields: (t) => ({
      role: t.exposeString('role', { description: 'The name of the role that reads translated captions.' }),
      language: t.exposeString('language', {
        description: 'The code of the language that the role reads, such as `es`.',
      }),
    }),
  });

/** A transcription of speech, with its summary and translation. */
export const TranscriptionDestination = builder
  .objectRef<TranscriptionResource>('TranscriptionDestination')
  .implement({
    description: 'A transcription of speech that rooms of the template can start: its settings.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: true,
        description:
          "The name of the destination, unique among the template's transcriptions; null if the vendor omits it.",
      }),
      role: t.exposeString('role', {
        nullable: true,
        description: 'The name of a role: speech of the roles to which this role subscribes is transcribed.',
      }),
      modes: t.field({
        type: [TranscriptionMode],
        pure: true,
        description: 'What the transcription is used for: one value for each use.',
        resolve: (destination) => TranscriptionMode.listOf(destination.modes),
      }),
      outputModes: t.field({
        type: [TranscriptFormat],
        pure: true,
        description: 'The formats of the transcript files of the `RECORDED` mode.',
        resolve: (destination) => TranscriptFormat.listOf(destination.outputModes),
      }),
      customVocabulary: t.stringList({
        pure: true,
        description: 'Words outside its dictionary, such as names, that the transcription recognizes.',
        resolve: (destination) => destination.customVocabulary ?? [],
      }),
      summary: t.expose('summary', {
        type: TranscriptionSummary,
        nullable: true,
        description: 'The settings for the summary in the `RECORDED` mode; null if not set.',
      }),
      translationEnabled: t.boolean({
        pure: true,
        description: 'Whether captions of the `CAPTION` mode are translated; false if not set.',
        resolve: (destination) => destination.translation?.enabled ?? false,
      }),
      translationLanguages: t.field({
        type: [TranslationLanguage],
        pure: true,
        description: 'The language into which captions are translated, for each role that has one.',
        resolve: ({ translation }) =>
          Object.entries(translation?.roleLanguages ?? {}).map(([role, language]) => ({ role, language })),
      }),
    }),
  });
