// The inputs that say how a recording or live stream is transcribed and summarized. Source: the vendor's start pages of
// recordings and live streams.
import { builder } from '../builder.ts';
import { TranscriptFormat, TranscriptionMode } from '../enums.ts';
import { SummaryInput, type InputFields } from '../inputs.ts';
import { LiveStreamTranscriptionInput, TranscriptionInput } from '../refs.ts';

/** The fields of both inputs. `what` names the object that is transcribed. */
const common = (t: InputFields, what: string) => ({
  enabled: t.boolean({ description: `Whether to transcribe ${what}.` }),
  outputModes: t.field({
    type: [TranscriptFormat],
    description: `File formats of the transcript of ${what}.`,
  }),
  customVocabulary: t.stringList({
    description: `Names and terms that occur in ${what} and are not in a dictionary, so that they are recognized better.`,
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
      description:
        'Whether to transcribe the live stream while it runs (`LIVE`), afterwards (`RECORDED`), or both; `CAPTION` is refused.',
    }),
  }),
});
