// Enums of the vendor's values that more than one family uses, and a function that makes such an enum: a value that the vendor
// adds later becomes OTHER, and is not an error.
import { builder } from './builder.ts';

/** The enum value for a value that the vendor added after this gateway was written. */
const OTHER = 'OTHER';

type Described<Value extends string> = Readonly<
  Record<string, { readonly value: Value; readonly description: string }>
>;

/**
 * An enum whose output may be a value that the vendor adds later. `of(value)` is OTHER for such a value, and null for a
 * missing or empty one; `listOf` does the same for a list; `other` is OTHER itself. `what` begins the description of
 * OTHER, as in "A kind of poll". The check of the body refuses OTHER in inputs, so the types of inputs leave it out.
 */
export function openEnum<Value extends string>(
  name: string,
  description: string,
  what: string,
  values: Described<Value>,
) {
  const known: ReadonlySet<string> = new Set(Object.values(values).map(({ value }) => value));
  const other = {
    // OTHER passes resolvers as a value that no check accepts; to TypeScript it is one of the others.
    value: OTHER as Value,
    description: `${what} that this version of the gateway does not know; inputs refuse this value.`,
  };
  const ref = builder.enumType(name, { description, values: { ...values, OTHER: other } });
  const isKnown = (value: string): value is Value => known.has(value);
  const of = (value: string | null | undefined): Value | null =>
    value == null || value === '' ? null : isKnown(value) ? value : other.value;
  const listOf = (list: readonly string[] | null | undefined) =>
    (list ?? []).flatMap((value) => of(value) ?? []);
  return Object.assign(ref, { of, listOf, other: other.value });
}

export const Region = openEnum(
  'Region',
  "The regions in which the vendor can run the media servers of a room, or of a template's rooms.",
  'A region',
  {
    AUTO: {
      value: 'auto',
      description: "For a room, the region of its template; for a template, the vendor's choice.",
    },
    EU: { value: 'eu', description: 'Europe.' },
    IN: { value: 'in', description: 'India.' },
    US: { value: 'us', description: 'The United States.' },
  },
);

export const StorageType = openEnum(
  'StorageType',
  'The kinds of storage into which the vendor can write recordings.',
  'A kind of storage',
  {
    S3: { value: 's3', description: 'Amazon S3.' },
    GS: { value: 'gs', description: 'Google Cloud Storage.' },
    OSS: { value: 'oss', description: 'Alibaba Object Storage Service.' },
    AZURE: { value: 'azure', description: 'Azure Blob Storage.' },
  },
);

export const TrackType = openEnum(
  'TrackType',
  'The kinds of media that a track carries.',
  'A kind of track',
  {
    AUDIO: { value: 'audio', description: 'A track of sound, such as a microphone.' },
    VIDEO: { value: 'video', description: 'A track of pictures: a camera or a shared screen.' },
  },
);

export const TranscriptFormat = openEnum(
  'TranscriptFormat',
  'File format of a transcript or a summary.',
  'A file format',
  {
    TXT: { value: 'txt', description: 'The transcript as plain text.' },
    SRT: { value: 'srt', description: 'The transcript as SubRip subtitles.' },
    JSON: { value: 'json', description: 'The transcript as JSON: words and sentences with their times.' },
  },
);

export const TranscriptionMode = openEnum(
  'TranscriptionMode',
  'What a transcription is used for.',
  'A use of transcriptions',
  {
    RECORDED: { value: 'recorded', description: 'Transcript files, written when a recording has ended.' },
    LIVE: { value: 'live', description: 'Subtitles for the viewers of a live stream (HLS), while it runs.' },
    CAPTION: {
      value: 'caption',
      description: 'Captions for the peers of the room; only as a setting of a template.',
    },
  },
);

export const SummaryFormat = openEnum(
  'SummaryFormat',
  'The forms in which a section of a summary can be written.',
  'A form of sections',
  {
    BULLETS: { value: 'bullets', description: 'A bulleted list.' },
    PARAGRAPH: { value: 'paragraph', description: 'Running text, in a paragraph.' },
  },
);
