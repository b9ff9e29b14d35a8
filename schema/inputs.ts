// Input types and input fields that more than one family uses: `ifExists`, the customer's bucket, the size and duration of a
// recording or stream. Families import these from here, and not from each other.
import { builder } from './builder.ts';
import { StorageType, SummaryFormat } from './enums.ts';
import { StorageInput } from './refs.ts';

/** Pothos's builder of input fields, as the parameter of functions that add the same fields to several input types. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<
  typeof builder.$inferSchemaTypes,
  'InputObject'
>;

/** For writes that the vendor makes by name: its REST API overwrites an object that has that name already. */
export const IfExists = builder.enumType('IfExists', {
  description: 'What a `create` mutation does if another object of the same type already has the name.',
  values: {
    FAIL: {
      description:
        'Return a `ConflictError`. The gateway looks up the name before it writes. The two steps are not atomic: if two callers create the same name at the same time, one may still overwrite the object of the other.',
    },
    OVERWRITE: {
      description:
        'Replace the settings of the existing object with the given ones, as the REST API does. The gateway does not look up the name first.',
    },
  } as const,
});

const StorageCredentials = builder.inputType('StorageCredentials', {
  description:
    'The key pair that the vendor needs to write into the bucket. The gateway passes it on and never shows it.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'The access key of the bucket.' }),
    secret: t.string({ required: true, description: 'The secret key of the bucket.' }),
  }),
});

builder.inputType(StorageInput, {
  description: 'Your own bucket, into which the vendor writes recordings.',
  fields: (t) => ({
    type: t.field({
      type: StorageType,
      required: true,
      description: 'The kind of storage that the bucket is in.',
    }),
    location: t.string({ required: true, description: 'The name of the bucket to write to.' }),
    prefix: t.string({
      description: 'The path in the bucket that precedes the names of the recorded files.',
    }),
    region: t.string({ description: "The bucket's region, such as `us-east-1`." }),
    credentials: t.field({
      type: StorageCredentials,
      description:
        "The key pair for the bucket. The vendor's documentation does not say when it may be omitted.",
    }),
  }),
});

const SummarySectionInput = builder.inputType('TranscriptionSummarySectionInput', {
  description: 'A section that a summary must have.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'Heading of the section, at most 100 characters.' }),
    format: t.field({
      type: SummaryFormat,
      required: true,
      description: 'Form in which the section is written.',
    }),
  }),
});

/** The summary of a recording, a live stream, or as a template's rooms make it. */
export const SummaryInput = builder.inputType('TranscriptionSummaryInput', {
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

/** `width` and `height`, in pixels; `noun` is the picture, as in "the recorded picture". */
export function sizeFields(t: InputFields, noun: string) {
  return {
    width: t.int({ description: `The width of ${noun}, in pixels.` }),
    height: t.int({ description: `The height of ${noun}, in pixels.` }),
  };
}

/** `maxDurationSeconds` and `autoStopTimeoutSeconds`; `noun` is the recording or stream that ends, as in "the live stream". */
export function endFields(t: InputFields, noun: string) {
  return {
    maxDurationSeconds: t.int({ description: `Maximum duration of ${noun}, in seconds.` }),
    autoStopTimeoutSeconds: autoStopTimeout(t, noun),
  };
}

/**
 * How long `noun` outlives its last peer. The vendor documents no unit; its samples (500) and its default of 5 minutes are
 * seconds.
 */
export function autoStopTimeout(t: InputFields, noun: string) {
  return t.int({
    description: `How many seconds ${noun} continues after the last peer has left.`,
  });
}

/** How long links to the files of `noun` can be opened. */
export function presignDuration(t: InputFields, noun: string) {
  return t.int({ description: `How many seconds links to the files of ${noun} stay valid.` });
}
