// Resolvers of the mutations that create and change polls. Questions and options have no ids: they are identified by their
// position, counted from 1. Source: the vendor's Polls API.
import type { PollInput, PollQuestion, PollQuestionOption } from '../../src/openapi/types.ts';
import { filledIn } from '../../src/rest/catalog/written.ts';
import { withoutPlace, withPlace, type PollChange } from '../../src/rest/polls/poll-changes.ts';
import * as rest from '../../src/rest/polls/polls.ts';
import type { PollOptionResource, PollQuestionResource, PollResource } from '../../src/rest/polls/polls.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { invalidInput, outcomeOf } from '../outcomes.ts';
import type { OTHER } from './polls.ts';
import { withoutNullish } from '../values.ts';
import { pollNode } from './poll-node.ts';
import { pollToChange } from './poll-writes.ts';

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

/** The position of a question in its poll. `pollId` is a global or vendor id in an input, and the vendor's in a result. */
export interface QuestionPlaceInput {
  readonly pollId: string;
  /** Position in the poll, counted from 1. */
  readonly question: number;
}

/** The position of an option: that of its question, and its own in the question. */
export interface OptionPlaceInput extends QuestionPlaceInput {
  /** Position in the question, counted from 1. */
  readonly option: number;
}

const NO_POLL = 'The poll does not exist.';
const NO_QUESTION = 'The poll does not exist or has no such question.';
const NO_OPTION = 'The poll does not exist or has no such question or option.';

/** Creates a poll. One REST call. Throws `InvalidInputError` for negative durations and impossible answers. */
export async function createPoll(input: PollSettingsInput, context: Context): Promise<PollResource> {
  const body = pollBody(input);
  const poll = await outcomeOf({
    missing: null,
    write: () => rest.createPoll(context.client, body, context.call),
  });
  return remembered(poll, context);
}

/**
 * Changes a poll. The REST API replaces polls as a whole, so the poll is read first (joining no other read in flight) and
 * sent back with the changes: 2 REST calls. A change by someone else between the two is lost. Throws `NotFoundError`
 * when the poll does not exist.
 */
export async function updatePoll(
  { id, ...changes }: PollSettingsInput & { readonly id: string },
  context: Context,
): Promise<PollResource> {
  const pollId = hmsIdOf('Poll', 'id', id);
  const change = pollBody(changes);
  const poll = await outcomeOf({
    missing: NO_POLL,
    write: async () => {
      const { id: _id, ...known } = await pollToChange(pollId, context);
      return rest.replacePoll(context.client, pollId, { ...withoutNullish(known), ...change }, context.call);
    },
    forget: () => forgetPoll(pollId, context),
  });
  return remembered(poll, context);
}

/** Replaces a question completely. One REST call. Throws `NotFoundError` when the poll or the question does not exist. */
export async function setPollQuestion(
  { question, ...input }: QuestionPlaceInput & { readonly value: PollQuestionInput },
  context: Context,
): Promise<PollQuestionResource> {
  const place = questionPlace({ ...input, question });
  const body = questionBody(input.value, 'value', question);
  const written = await outcomeOf({
    missing: NO_QUESTION,
    write: () => rest.replacePollQuestion(context.client, place, body, context.call),
    forget: () => forgetPoll(place.pollId, context),
    within: ['value'],
  });
  const laid = { ...body, ...filledIn(written) };
  layPoll(place.pollId, { question, written: laid }, context);
  return written;
}

/**
 * Deletes a question; the vendor moves later ones down by one position. 2 REST calls: the first reads the poll. Returns the
 * position with the vendor's poll id.
 */
export async function deletePollQuestion(
  input: QuestionPlaceInput,
  context: Context,
): Promise<QuestionPlaceInput> {
  const place = questionPlace(input);
  const before = await outcomeOf({
    missing: NO_QUESTION,
    write: async () => {
      const poll = await pollToChange(place.pollId, context);
      await rest.deletePollQuestion(context.client, place, context.call);
      return poll;
    },
    forget: () => forgetPoll(place.pollId, context),
  });
  const questions = withoutPlace(before.questions ?? [], place.question);
  layPoll(place.pollId, { set: { questions } }, context);
  return place;
}

/** Replaces an option completely. One REST call. Throws `NotFoundError` when the poll, question or option does not exist. */
export async function setPollOption(
  { text, weight, ...input }: OptionPlaceInput & PollOptionInput,
  context: Context,
): Promise<PollOptionResource> {
  const place = optionPlace(input);
  const body = { ...withoutNullish({ text, weight }), index: place.option };
  const written = await outcomeOf({
    missing: NO_OPTION,
    write: () => rest.replacePollOption(context.client, place, body, context.call),
    forget: () => forgetPoll(place.pollId, context),
  });
  const laid = { ...body, ...filledIn(written) };
  const { question, option } = place;
  layPoll(place.pollId, { question, option, written: laid }, context);
  return written;
}

/**
 * Deletes an option; the vendor moves later ones down by one position. 2 REST calls: the first reads the poll. Returns the
 * position with the vendor's poll id.
 */
export async function deletePollOption(input: OptionPlaceInput, context: Context): Promise<OptionPlaceInput> {
  const place = optionPlace(input);
  const before = await outcomeOf({
    missing: NO_OPTION,
    write: async () => {
      const poll = await pollToChange(place.pollId, context);
      await rest.deletePollOption(context.client, place, context.call);
      return poll;
    },
    forget: () => forgetPoll(place.pollId, context),
  });
  const change = (question: PollQuestionResource) => ({
    ...question,
    options: withoutPlace(question.options ?? [], place.option),
  });
  const questions = withPlace(before.questions ?? [], place.question, change);
  layPoll(place.pollId, { set: { questions } }, context);
  return place;
}

function forgetPoll(pollId: string, context: Context): void {
  pollNode.loader(context).clear(pollId);
}

/** Applies a successful write to later reads of its poll that may not show it yet. */
function layPoll(pollId: string, change: PollChange, context: Context): void {
  context.catalog.written.polls.lay(pollId, change);
}

function remembered(poll: PollResource, context: Context): PollResource {
  context.catalog.written.polls.lay(poll.id, { set: filledIn(poll) }, poll);
  pollNode.loader(context).clear(poll.id).prime(poll.id, poll);
  return poll;
}

function questionPlace({ pollId, question }: QuestionPlaceInput): QuestionPlaceInput {
  if (question < 1) throw invalidInput('question', 'must be a position, counted from 1');
  return { pollId: hmsIdOf('Poll', 'pollId', pollId), question };
}

function optionPlace({ option, ...place }: OptionPlaceInput): OptionPlaceInput {
  if (option < 1) throw invalidInput('option', 'must be a position, counted from 1');
  return { ...questionPlace(place), option };
}

function pollBody(input: PollSettingsInput): PollInput {
  const { title, durationSeconds: duration, anonymous, mode, type, start, questions } = input;
  if (duration != null && duration < 0) throw invalidInput('durationSeconds', 'must be 0 or more');
  const body = withoutNullish({
    title,
    duration,
    anonymous,
    mode,
    type,
    start,
    questions: questions?.map((question, index) => questionBody(question, `questions.${index}`, index + 1)),
  });
  // An enum value may be `OTHER`, which the type of the body excludes: the client refuses such a body before it sends.
  return body as PollInput;
}

function questionBody(input: PollQuestionInput, path: string, place: number): PollQuestion {
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
  for (const [field, value] of Object.entries({ durationSeconds: duration, answerMinLen, answerMaxLen })) {
    if (value != null && value < 0) throw invalidInput(`${path}.${field}`, 'must be 0 or more');
  }
  if (answerMinLen != null && answerMaxLen != null && answerMinLen > answerMaxLen) {
    throw invalidInput(`${path}.answerMinLen`, 'must not be above answerMaxLen');
  }
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
    answer: answer == null ? null : answerBody(answer, options?.length ?? 0, `${path}.answer`),
    options: options?.map((option, index) => optionBody(option, index + 1)),
  });
  // `type` may be `OTHER`, as in `pollBody`.
  return body as PollQuestion;
}

function answerBody(
  { hidden, options, text, caseSensitive, trim }: PollAnswerInput,
  count: number,
  path: string,
): NonNullable<PollQuestion['answer']> {
  if (options?.some((place) => place < 1 || place > count)) {
    throw invalidInput(
      `${path}.options`,
      `must be positions of the question's ${count} options, counted from 1`,
    );
  }
  return withoutNullish({ hidden, options: options && [...options], text, case: caseSensitive, trim });
}

function optionBody({ text, weight }: PollOptionInput, index: number): PollQuestionOption {
  return { ...withoutNullish({ text, weight }), index };
}
