// What a caller asks of a transcription, in REST's terms.
import type { LiveStreamTranscriptionConfig, TranscriptionConfig } from '../../src/openapi/types.ts';
import { given } from '../values.ts';

export interface TranscriptionInput {
  readonly enabled?: boolean | null | undefined;
  readonly outputModes?: readonly ('txt' | 'srt' | 'json')[] | null | undefined;
  readonly customVocabulary?: readonly string[] | null | undefined;
  readonly summary?: SummaryInput | null | undefined;
}

export interface LiveStreamTranscriptionInput extends TranscriptionInput {
  readonly modes?: readonly ('recorded' | 'live')[] | null | undefined;
}

interface SummaryInput {
  readonly enabled?: boolean | null | undefined;
  readonly context?: string | null | undefined;
  readonly temperature?: number | null | undefined;
  readonly sections?:
    | readonly { readonly title: string; readonly format: 'bullets' | 'paragraph' }[]
    | null
    | undefined;
}

export function transcriptionBody(input: TranscriptionInput): TranscriptionConfig {
  const { enabled, outputModes, customVocabulary, summary } = input;
  return given({
    enabled,
    output_modes: outputModes == null ? null : [...outputModes],
    custom_vocabulary: customVocabulary == null ? null : [...customVocabulary],
    summary: summary == null ? null : summaryBody(summary),
  });
}

export function liveStreamTranscriptionBody(
  input: LiveStreamTranscriptionInput,
): LiveStreamTranscriptionConfig {
  return given({ ...transcriptionBody(input), modes: input.modes == null ? null : [...input.modes] });
}

function summaryBody(input: SummaryInput): NonNullable<TranscriptionConfig['summary']> {
  const { enabled, context, temperature, sections } = input;
  const body = given({ enabled, context, temperature, sections: sections == null ? null : [...sections] });
  // The generated type counts the sections as tuples do; the check before sending counts them.
  return body as NonNullable<TranscriptionConfig['summary']>;
}
