// What may be asked of a transcription. Source: the vendor's start pages of recordings and live streams.
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { LiveStreamTranscriptionInput, TranscriptionInput } from '../refs.ts';

const TranscriptFormat = builder.enumType('TranscriptFormat', {
  description: 'Form of a transcript.',
  values: {
    TXT: { value: 'txt', description: 'Plain text.' },
    SRT: { value: 'srt', description: 'Subtitles.' },
    JSON: { value: 'json', description: 'Words and sentences with their times.' },
  } as const,
});

const TranscriptionMode = builder.enumType('LiveStreamTranscriptionMode', {
  description: 'When a live stream is transcribed.',
  values: {
    RECORDED: { value: 'recorded', description: 'Afterwards, as files.' },
    LIVE: { value: 'live', description: 'At once, as captions for those who watch.' },
  } as const,
});

const SummaryFormat = builder.enumType('SummarySectionFormat', {
  description: 'How a section of a summary is written.',
  values: {
    BULLETS: { value: 'bullets', description: 'As a list.' },
    PARAGRAPH: { value: 'paragraph', description: 'As running text.' },
  } as const,
});

const SummarySectionInput = builder.inputType('SummarySectionInput', {
  description: 'A section of a summary.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'Its heading, at most 100 characters.' }),
    format: t.field({ type: SummaryFormat, required: true, description: 'How it is written.' }),
  }),
});

const SummaryInput = builder.inputType('TranscriptionSummaryInput', {
  description: 'A summary written by a language model, in English.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Whether one is written.' }),
    context: t.string({ description: 'What the model should know, at most 300 characters.' }),
    sections: t.field({ type: [SummarySectionInput], description: 'Its sections, at most 6.' }),
    temperature: t.float({ description: 'How free the model is, 0.1 to 1; 0.5 without it.' }),
  }),
});

const common = (t: InputFields) => ({
  enabled: t.boolean({ description: 'Whether it is transcribed.' }),
  outputModes: t.field({ type: [TranscriptFormat], description: 'The files to make.' }),
  customVocabulary: t.stringList({ description: 'Names and words that no dictionary has.' }),
  summary: t.field({ type: SummaryInput, description: 'Its summary.' }),
});

builder.inputType(TranscriptionInput, {
  description: "How a recording is transcribed. Once given, the template's settings do not apply.",
  fields: common,
});

builder.inputType(LiveStreamTranscriptionInput, {
  description: "How a live stream is transcribed. Once given, the template's settings do not apply.",
  fields: (t) => ({
    ...common(t),
    modes: t.field({ type: [TranscriptionMode], description: 'When it is transcribed.' }),
  }),
});
