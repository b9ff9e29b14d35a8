// Turns the inputs of a transcription into bodies of the REST API. Source: the vendor's start pages of recordings and
// live streams.
import type { LiveStreamTranscriptionConfig, TranscriptionConfig } from '../../src/openapi/types.ts';
import { withoutNullish } from '../values.ts';

/** Settings of the transcript of a recording. The vendor applies either these or the template's, never a mixture. */
export interface TranscriptionInput {
  readonly enabled?: boolean | null | undefined;
  readonly outputModes?: readonly ('txt' | 'srt' | 'json')[] | null | undefined;
  readonly customVocabulary?: readonly string[] | null | undefined;
  readonly summary?: SummaryInput | null | undefined;
}

/** Settings of the transcript of a live stream: it can also be transcribed while it runs. */
export interface LiveStreamTranscriptionInput extends TranscriptionInput {
  readonly modes?: readonly ('recorded' | 'live' | 'caption')[] | null | undefined;
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

/** The settings as the REST API expects them. Omitted and null fields are left out. */
export function transcriptionBody(input: TranscriptionInput): TranscriptionConfig {
  const { enabled, outputModes, customVocabulary, summary } = input;
  return withoutNullish({
    enabled,
    output_modes: outputModes == null ? null : [...outputModes],
    custom_vocabulary: customVocabulary == null ? null : [...customVocabulary],
    summary: summary == null ? null : summaryBody(summary),
  });
}

/** The settings of a live stream as the REST API expects them. Omitted and null fields are left out. */
export function liveStreamTranscriptionBody(
  input: LiveStreamTranscriptionInput,
): LiveStreamTranscriptionConfig {
  const body = withoutNullish({
    ...transcriptionBody(input),
    modes: input.modes == null ? null : [...input.modes],
  });
  // `modes` may contain `caption`, which is for templates: the client refuses such a body before it sends.
  return body as LiveStreamTranscriptionConfig;
}

function summaryBody(input: SummaryInput): NonNullable<TranscriptionConfig['summary']> {
  const { enabled, context, temperature, sections } = input;
  const body = withoutNullish({
    enabled,
    context,
    temperature,
    sections: sections == null ? null : [...sections],
  });
  // The generated type is a tuple of 1 to 6 sections. The client checks the body against the OpenAPI document before it sends.
  return body as NonNullable<TranscriptionConfig['summary']>;
}
