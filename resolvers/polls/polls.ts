// How polls are answered: by id, of a room, and what people answered in sessions.
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
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { hexIdOf, hmsIdOf } from '../ids.ts';
import { orNull } from '../loaders.ts';
import { peerInSession, type PeerView } from '../peers/peers.ts';
import { pollNode } from './poll-node.ts';

/** Stands for a value of an enumeration that the vendor has added since. */
export const OTHER = 'OTHER';

type QuestionArgs = ForwardArgs & { readonly question?: number | null | undefined };

const sessionCursors = hexCursorsOf('pollSessions');
const responseCursors = hexCursorsOf('pollResponses');
const resultCursors = hexCursorsOf('pollResults');

export function pollById(id: string, context: Context): Promise<PollResource | null> {
  return pollNode.loader(context).load(hmsIdOf('Poll', 'id', id));
}

/** The poll that another resource names by its id. */
export async function pollWithId(pollId: string, context: Context): Promise<PollResource | null> {
  return pollNode.loader(context).load(pollId);
}

/** Polls that are gone are left out. */
export async function pollsOfRoom(room: RoomResource, context: Context): Promise<PollResource[]> {
  const polls = await Promise.all((room.polls ?? []).map((id) => pollNode.loader(context).load(id)));
  return polls.filter((poll) => poll !== null);
}

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

export async function responseOfPoll(
  poll: PollResource,
  id: string,
  context: Context,
): Promise<PollResponseResource | null> {
  const responseId = hexIdOf('PollResponse', 'id', id);
  return orNull(getPollResponse(context.client, { pollId: poll.id, responseId }, context.call));
}

export async function resultOfPoll(
  poll: PollResource,
  id: string,
  context: Context,
): Promise<PollResultResource | null> {
  const resultId = hexIdOf('PollResult', 'id', id);
  return orNull(getPollResult(context.client, { pollId: poll.id, resultId }, context.call));
}

/** Who gave an answer, by the record of the session; null in an anonymous poll. */
export function peerOfAnswer(
  answer: PollResponseResource | PollResultResource,
  context: Context,
): Promise<PeerView | null> {
  return peerInSession(answer.session_id, answer.peer_id, context);
}

/** The places that were chosen, of one or of several, from 1. */
export function chosenOptions({ option, options }: PollResponseResource): readonly number[] {
  if (options != null) return options;
  return option == null ? [] : [option];
}

export function pollTypeOf({ type }: PollResource): NonNullable<PollResource['type']> | typeof OTHER {
  return type === 'poll' || type === 'quiz' ? type : OTHER;
}

export function pollModeOf({ mode }: PollResource): NonNullable<PollResource['mode']> | typeof OTHER {
  return mode === 'userid' || mode === 'peerid' ? mode : OTHER;
}

export function pollStartOf({ start }: PollResource): NonNullable<PollResource['start']> | typeof OTHER {
  return start === 'auto' || start === 'manual' ? start : OTHER;
}

const questionTypes = ['single-choice', 'multiple-choice', 'short-answer', 'long-answer'] as const;

export function questionTypeOf(
  question: PollQuestionResource,
): NonNullable<PollQuestionResource['type']> | typeof OTHER {
  return questionTypes.find((type) => type === question.type) ?? OTHER;
}

function questionOf({ question }: QuestionArgs): number | undefined {
  if (question == null) return undefined;
  if (question >= 1) return question;
  throw badUserInput('`question` must be the place of a question, counted from 1.');
}
