// Resolvers of polls: by id, of a room, and with the answers and scores of their runs. Source: the vendor's Polls API.
import {
  getPollResponse,
  getPollResult,
  listPollResponses,
  listPollResults,
  listPollSessions,
  type PollQuestionResource,
  type PollResource,
  type PollResponseResource,
  type PollResultResource,
  type PollSessionResource,
} from '../../src/rest/polls/polls.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, idCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { hexIdOf, hmsIdOf } from '../ids.ts';
import { orNull } from '../loaders.ts';
import { peerInSession } from '../peers/peers.ts';
import { type PeerView } from '../peers/peer-views.ts';
import { oneByOne } from '../values.ts';
import { pollNode } from './poll-node.ts';

/** The enum value for a value that the vendor added after this gateway was written. */
export const OTHER = 'OTHER';

type QuestionArgs = ForwardArgs & { readonly question?: number | null | undefined };

const sessionCursors = idCursorsOf('pollSessions');
const responseCursors = idCursorsOf('pollResponses');
const resultCursors = idCursorsOf('pollResults');

/** The poll with this global or vendor id; null when it does not exist. One REST call, at most one an operation. */
export function pollById(id: string, context: Context): Promise<PollResource | null> {
  return pollNode.loader(context).load(hmsIdOf('Poll', 'id', id));
}

/**
 * The poll that another resource names by its vendor id; null when it no longer exists. One REST call, at most one an
 * operation.
 */
export async function pollWithId(pollId: string, context: Context): Promise<PollResource | null> {
  return pollNode.loader(context).load(pollId);
}

/**
 * The polls that are linked to a room, without those that no longer exist. The promise of a poll that cannot be read rejects; the
 * others resolve. One REST call for each different poll in the operation.
 */
export async function pollsOfRoom(
  room: RoomResource,
  context: Context,
): Promise<readonly Promise<PollResource>[]> {
  const loads = (room.polls ?? []).map((id) => pollNode.loader(context).load(id));
  const polls = await Promise.allSettled(loads);
  const elements = polls.flatMap((poll) => {
    if (poll.status === 'rejected') return [Promise.reject<PollResource>(poll.reason)];
    return poll.value === null ? [] : [Promise.resolve(poll.value)];
  });
  return oneByOne(elements);
}

/** The runs of a poll, of all sessions or of one: one REST call for every 100. */
export async function sessionsOfPoll(
  poll: PollResource,
  args: ForwardArgs & { readonly sessionId?: string | null | undefined },
  context: Context,
): Promise<Connection<PollSessionResource>> {
  const sessionId = args.sessionId == null ? undefined : hmsIdOf('Session', 'sessionId', args.sessionId);
  return connectionOverPages(args, sessionCursors, (page) =>
    listPollSessions(context.client, { pollId: poll.id, sessionId, ...page }, context.call),
  );
}

/**
 * The answers to a poll, of all questions or of one, with or without those that were replaced later: one REST call for
 * every 100.
 */
export async function responsesOfPoll(
  poll: PollResource,
  args: QuestionArgs & { readonly includeReplaced?: boolean | null | undefined },
  context: Context,
): Promise<Connection<PollResponseResource>> {
  const filter = { pollId: poll.id, question: questionOf(args), all: args.includeReplaced ?? undefined };
  return connectionOverPages(args, responseCursors, (page) =>
    listPollResponses(context.client, { ...filter, ...page }, context.call),
  );
}

/** The scores of a quiz, of all questions or of one: one REST call for every 100. */
export async function resultsOfPoll(
  poll: PollResource,
  args: QuestionArgs,
  context: Context,
): Promise<Connection<PollResultResource>> {
  const filter = { pollId: poll.id, question: questionOf(args) };
  return connectionOverPages(args, resultCursors, (page) =>
    listPollResults(context.client, { ...filter, ...page }, context.call),
  );
}

/** One answer by its vendor id; null when it does not exist. One REST call. */
export async function responseOfPoll(
  poll: PollResource,
  id: string,
  context: Context,
): Promise<PollResponseResource | null> {
  const responseId = hexIdOf('PollResponse', 'id', id);
  return orNull(getPollResponse(context.client, { pollId: poll.id, responseId }, context.call));
}

/** One score by its vendor id; null when it does not exist. One REST call. */
export async function resultOfPoll(
  poll: PollResource,
  id: string,
  context: Context,
): Promise<PollResultResource | null> {
  const resultId = hexIdOf('PollResult', 'id', id);
  return orNull(getPollResult(context.client, { pollId: poll.id, resultId }, context.call));
}

/** The peer who answered, from the record of the session; null in an anonymous poll. One REST call a session. */
export function peerOfAnswer(
  answer: PollResponseResource | PollResultResource,
  context: Context,
): Promise<PeerView | null> {
  return peerInSession(answer.session_id, answer.peer_id, context);
}

/** The positions of the chosen options, counted from 1. The vendor sends one as `option` and several as `options`. */
export function chosenOptions({ option, options }: PollResponseResource): readonly number[] {
  if (options != null) return options;
  return option == null ? [] : [option];
}

/** The kind of a poll; `OTHER` for a value that is not documented. */
export function pollTypeOf({ type }: PollResource): NonNullable<PollResource['type']> | typeof OTHER {
  return type === 'poll' || type === 'quiz' ? type : OTHER;
}

/** What counts as one voter; `OTHER` for a value that is not documented. */
export function pollModeOf({ mode }: PollResource): NonNullable<PollResource['mode']> | typeof OTHER {
  return mode === 'userid' || mode === 'peerid' ? mode : OTHER;
}

/** How a poll starts; `OTHER` for a value that is not documented. */
export function pollStartOf({ start }: PollResource): NonNullable<PollResource['start']> | typeof OTHER {
  return start === 'auto' || start === 'manual' ? start : OTHER;
}

const questionTypes = ['single-choice', 'multiple-choice', 'short-answer', 'long-answer'] as const;

/** The form of the answer to a question; `OTHER` for a value that is not documented. */
export function questionTypeOf(
  question: PollQuestionResource,
): NonNullable<PollQuestionResource['type']> | typeof OTHER {
  return questionTypes.find((type) => type === question.type) ?? OTHER;
}

function questionOf({ question }: QuestionArgs): number | undefined {
  if (question == null) return undefined;
  if (question >= 1) return question;
  throw badUserInput('`question` must be the position of a question, counted from 1.');
}
