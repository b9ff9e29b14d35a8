// Resolvers of the mutations that create and change polls. Questions and options have no ids: they are identified by their
// position, counted from 1. Source: the vendor's Polls API.
import { filledIn } from '../../src/rest/catalog/written.ts';
import { withoutPlace, withPlace, type PollChange } from '../../src/rest/polls/poll-changes.ts';
import * as rest from '../../src/rest/polls/polls.ts';
import type { PollOptionResource, PollQuestionResource, PollResource } from '../../src/rest/polls/polls.ts';
import { checkedBody, type InputIssue } from '../../src/rest/shapes/inputs.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { issueIf, issuesOfBody, outcomeOf, refuseIssues } from '../outcomes.ts';
import { withoutNullish } from '../values.ts';
import {
  pollBody,
  pollIssues,
  questionBody,
  questionIssues,
  type PollOptionInput,
  type PollQuestionInput,
  type PollSettingsInput,
} from './poll-inputs.ts';
import { pollNode } from './poll-node.ts';
import { pollToChange } from './poll-writes.ts';

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
  refuseIssues([...pollIssues(input), ...issuesOfBody(() => checkedBody('createPoll', body))]);
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
  refuseIssues(pollIssues(changes));
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
  const place = questionPlace({ ...input, question }, questionIssues(input.value, 'value'));
  const body = questionBody(input.value, question);
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

function questionPlace(
  { pollId, question }: QuestionPlaceInput,
  moreIssues: readonly InputIssue[] = [],
): QuestionPlaceInput {
  refuseIssues([...positionIssues('question', question), ...moreIssues]);
  return { pollId: hmsIdOf('Poll', 'pollId', pollId), question };
}

function optionPlace({ option, ...place }: OptionPlaceInput): OptionPlaceInput {
  return { ...questionPlace(place, positionIssues('option', option)), option };
}

function positionIssues(field: string, position: number): readonly InputIssue[] {
  return issueIf(position < 1, field, 'must be a position, counted from 1');
}
