// The inputs that say how a recording or live stream is transcribed and summarized. Source: the vendor's start pages of recordings and live streams.
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { LiveStreamTranscriptionInput, TranscriptionInput } from '../refs.ts';

const TranscriptFormat = builder.enumType('TranscriptFormat', {
  description: 'File format of a transcript.',
  values: {
    TXT: { value: 'txt', description: 'The transcript as plain text.' },
    SRT: { value: 'srt', description: 'The transcript as subtitles (SRT).' },
    JSON: { value: 'json', description: 'The transcript as JSON: words and sentences with their times.' },
  } as const,
});

const TranscriptionMode = builder.enumType('LiveStreamTranscriptionMode', {
  description: 'Whether a live stream is transcribed while it runs or afterwards.',
  values: {
    RECORDED: { value: 'recorded', description: 'After the live stream, as transcript files.' },
    LIVE: { value: 'live', description: 'During the live stream, as captions for the viewers.' },
  } as const,
});

const SummaryFormat = builder.enumType('SummarySectionFormat', {
  description: 'Style of a section of a summary.',
  values: {
    BULLETS: { value: 'bullets', description: 'The section is a list of points.' },
    PARAGRAPH: { value: 'paragraph', description: 'The section is running text.' },
  } as const,
});

const SummarySectionInput = builder.inputType('SummarySectionInput', {
  description: 'A section that the summary of a recording or live stream must have.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'Heading of the section, at most 100 characters.' }),
    format: t.field({
      type: SummaryFormat,
      required: true,
      description: 'Style in which the section is written.',
    }),
  }),
});

const SummaryInput = builder.inputType('TranscriptionSummaryInput', {
  description: 'Settings of a summary, which a language model writes in English from the transcript.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether to write a summary.' }),
    context: t.string({
      description:
        'Background for the language model, such as the purpose of the call; at most 300 characters.',
    }),
    sections: t.field({
      type: [SummarySectionInput],
      description: 'Sections of the summary in order, at most 6.',
    }),
    temperature: t.float({
      description: 'How freely the language model writes, from 0.1 (most predictable) to 1; 0.5 by default.',
    }),
  }),
});

/** The fields of both inputs. `what` names the object that is transcribed. */
const common = (t: InputFields, what: string) => ({
  enabled: t.boolean({ description: `Whether to transcribe ${what}.` }),
  outputModes: t.field({
    type: [TranscriptFormat],
    description: `File formats of the transcript of ${what}.`,
  }),
  customVocabulary: t.stringList({
    description: `Names and terms that occur in ${what} and are not in a dictionary, to be recognized better.`,
  }),
  summary: t.field({ type: SummaryInput, description: `Summary to write of ${what}.` }),
});

builder.inputType(TranscriptionInput, {
  description:
    'How to transcribe a recording. When this is set, the transcription settings of the template do not apply.',
  fields: (t) => common(t, 'the recording'),
});

builder.inputType(LiveStreamTranscriptionInput, {
  description:
    'How to transcribe a live stream. When this is set, the transcription settings of the template do not apply.',
  fields: (t) => ({
    ...common(t, 'the live stream'),
    modes: t.field({
      type: [TranscriptionMode],
      description: 'Whether to transcribe the live stream while it runs, afterwards, or both.',
    }),
  }),
});
