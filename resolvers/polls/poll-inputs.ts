// Polls, questions and options as the inputs of mutations have them: their faults, and the bodies that are made of them.
// Source: the vendor's Polls API.
import type { PollInput, PollQuestion, PollQuestionOption } from '../../src/openapi/types.ts';
import type { InputIssue } from '../../src/rest/shapes/inputs.ts';
import { issueIf } from '../outcomes.ts';
import { withoutNullish } from '../values.ts';
import type { OTHER } from './polls.ts';

type Maybe<T> = T | null | undefined;
/**
 * The value of an enum in an input. `OTHER` passes the graph's types; the check of the body before it is sent refuses
 * it.
 */
type OrOther<T> = Maybe<NonNullable<T> | typeof OTHER>;

/** An option of a question. The weight is 1 by default. */
export interface PollOptionInput {
  readonly text?: Maybe<string>;
  readonly weight?: Maybe<number>;
}

/** The right answer to a question of a quiz. `options` are positions in the options of the same question, counted from 1. */
export interface PollAnswerInput {
  readonly hidden?: Maybe<boolean>;
  readonly options?: Maybe<readonly number[]>;
  readonly text?: Maybe<string>;
  readonly caseSensitive?: Maybe<boolean>;
  readonly trim?: Maybe<boolean>;
}

/** A question. Durations are in seconds, 0 meaning no limit; lengths are in characters. */
export interface PollQuestionInput {
  readonly text: string;
  readonly type?: OrOther<PollQuestion['type']>;
  readonly format?: Maybe<string>;
  readonly attachments?: Maybe<readonly { readonly type: string; readonly url: string }[]>;
  readonly skippable?: Maybe<boolean>;
  readonly durationSeconds?: Maybe<number>;
  readonly once?: Maybe<boolean>;
  readonly weight?: Maybe<number>;
  readonly answerMinLen?: Maybe<number>;
  readonly answerMaxLen?: Maybe<number>;
  readonly answer?: Maybe<PollAnswerInput>;
  readonly options?: Maybe<readonly PollOptionInput[]>;
}

/** The settings of a poll. A `durationSeconds` of 0 means until the poll is stopped or its session ends. */
export interface PollSettingsInput {
  readonly title?: Maybe<string>;
  readonly durationSeconds?: Maybe<number>;
  readonly anonymous?: Maybe<boolean>;
  readonly mode?: OrOther<PollInput['mode']>;
  readonly type?: OrOther<PollInput['type']>;
  readonly start?: OrOther<PollInput['start']>;
  readonly questions?: Maybe<readonly PollQuestionInput[]>;
}

/** Faults that the documented rules do not exclude: negative durations, and those of the questions. */
export function pollIssues({ durationSeconds, questions }: PollSettingsInput): readonly InputIssue[] {
  return [
    ...issueIf(durationSeconds != null && durationSeconds < 0, 'durationSeconds', 'must be 0 or more'),
    ...(questions ?? []).flatMap((question, index) => questionIssues(question, `questions.${index}`)),
  ];
}

/** The settings as the vendor has them. A null or missing one is left out. */
export function pollBody(input: PollSettingsInput): PollInput {
  const { title, durationSeconds: duration, anonymous, mode, type, start, questions } = input;
  const body = withoutNullish({
    title,
    duration,
    anonymous,
    mode,
    type,
    start,
    questions: questions?.map((question, index) => questionBody(question, index + 1)),
  });
  // An enum value may be `OTHER`, which the type of the body excludes: the client refuses such a body before it sends.
  return body as PollInput;
}

/** The same of a question; `path` is its place in the input, with dots. */
export function questionIssues(input: PollQuestionInput, path: string): readonly InputIssue[] {
  const { durationSeconds, answerMinLen, answerMaxLen, answer, options } = input;
  const count = options?.length ?? 0;
  return [
    ...Object.entries({ durationSeconds, answerMinLen, answerMaxLen }).flatMap(([field, value]) =>
      issueIf(value != null && value < 0, `${path}.${field}`, 'must be 0 or more'),
    ),
    ...issueIf(
      answerMinLen != null && answerMaxLen != null && answerMinLen > answerMaxLen,
      `${path}.answerMinLen`,
      'must not be above answerMaxLen',
    ),
    ...issueIf(
      answer?.options?.some((place) => place < 1 || place > count) === true,
      `${path}.answer.options`,
      `must be positions of the question's ${count} options, counted from 1`,
    ),
  ];
}

/** A question as the vendor has it; `place` is its position, counted from 1. */
export function questionBody(input: PollQuestionInput, place: number): PollQuestion {
  const {
    text,
    type,
    format,
    attachments,
    skippable,
    durationSeconds: duration,
    once,
    weight,
    answer,
  } = input;
  const { answerMinLen, answerMaxLen, options } = input;
  const body = withoutNullish({
    index: place,
    text,
    type,
    format,
    attachment: attachments?.map(({ type: mime, url }) => ({ type: mime, url })),
    skippable,
    duration,
    once,
    weight,
    answer_min_len: answerMinLen,
    answer_max_len: answerMaxLen,
    answer: answer == null ? null : answerBody(answer),
    options: options?.map((option, index) => optionBody(option, index + 1)),
  });
  // `type` may be `OTHER`, as in `pollBody`.
  return body as PollQuestion;
}

function answerBody({
  hidden,
  options,
  text,
  caseSensitive,
  trim,
}: PollAnswerInput): NonNullable<PollQuestion['answer']> {
  return withoutNullish({ hidden, options: options && [...options], text, case: caseSensitive, trim });
}

function optionBody({ text, weight }: PollOptionInput, index: number): PollQuestionOption {
  return { ...withoutNullish({ text, weight }), index };
}
