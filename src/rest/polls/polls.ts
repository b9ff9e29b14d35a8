// Polls: their definitions, and what people answered in sessions. Lists sit under `responses` or `results`.
// There is no list of polls. Source: the vendor's "Polls" pages.
import type {
  Poll,
  PollInput,
  PollQuestion,
  PollQuestionOption,
  PollResponse,
  PollResult,
  PollSession,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import type { ListAnswer, Page } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith, nothing } from '../shapes/shapes.ts';

/** A poll as received. Of its keys only `id` is checked to be there. */
export type PollResource = Poll;
export type PollQuestionResource = PollQuestion;
export type PollOptionResource = PollQuestionOption;
/** One run of a poll in a session. */
export type PollSessionResource = PollSession;
export type PollResponseResource = PollResponse;
export type PollResultResource = PollResult;

interface PollListParams {
  readonly pollId: string;
  /** 10 to 100. */
  readonly limit: number;
  readonly start?: string | undefined;
}

export interface PollSessionListParams extends PollListParams {
  /** Only the runs in this session. */
  readonly sessionId?: string | undefined;
}

export interface PollResultListParams extends PollListParams {
  /** The place of a question, from 1: only that one. */
  readonly question?: number | undefined;
}

export interface PollResponseListParams extends PollResultListParams {
  /** Also the answers that were replaced later. */
  readonly all?: boolean | undefined;
}

/** Names a question by its place, from 1. */
export interface QuestionPlace {
  readonly pollId: string;
  readonly question: number;
}

/** Names an option of a question by its place, from 1. */
export interface OptionPlace extends QuestionPlace {
  readonly option: number;
}

type Responses<T> = Omit<ListAnswer<T>, 'data'> & { readonly responses?: readonly T[] | null };
type Results<T> = Omit<ListAnswer<T>, 'data'> & { readonly results?: readonly T[] | null };

const QUESTION = '/polls/{poll_id}/questions/{question_id}';
const OPTION = `${QUESTION}/options/{option_id}`;

const answerOf = answersWith({
  Poll: ['id'],
  PollSessionList: ['responses?'],
  PollSession: ['id', 'session_id'],
  PollResponseList: ['responses?'],
  PollResponse: ['id', 'question'],
  PollResultList: ['results?'],
  PollResult: ['id', 'question'],
});
const pollShape = answerOf<PollResource>('getPoll');
const questionShape = answerOf<PollQuestionResource>('updatePollQuestion');
const optionShape = answerOf<PollOptionResource>('updatePollOption');
const sessionsShape = answerOf<Responses<PollSessionResource>>('listPollSessions');
const responsesShape = answerOf<Responses<PollResponseResource>>('listPollResponses');
const responseShape = answerOf<PollResponseResource>('getPollResponse');
const resultsShape = answerOf<Results<PollResultResource>>('listPollResults');
const resultShape = answerOf<PollResultResource>('getPollResult');

/** @throws RestNotFoundError for a poll that doesn't exist; so do all functions below that take a poll's id. */
export function getPoll(client: RestClient, pollId: string, options?: CallOptions): Promise<PollResource> {
  return client.get({ route: '/polls/{poll_id}', path: { poll_id: pollId }, shape: pollShape }, options);
}

/** @throws RestInputError before anything is sent; so do all writes below. */
export async function createPoll(
  client: RestClient,
  input: PollInput,
  options?: CallOptions,
): Promise<PollResource> {
  const body = checkedBody('createPoll', input);
  return client.post({ route: '/polls', body, shape: pollShape }, options);
}

/** Replaces a poll as a whole: what `input` leaves out gets its default. */
export async function replacePoll(
  client: RestClient,
  pollId: string,
  input: PollInput,
  options?: CallOptions,
): Promise<PollResource> {
  const body = checkedBody('updatePoll', input);
  return client.post(
    { route: '/polls/{poll_id}', path: { poll_id: pollId }, body, shape: pollShape },
    options,
  );
}

/** Replaces a question as a whole. */
export async function replacePollQuestion(
  client: RestClient,
  place: QuestionPlace,
  input: PollQuestion,
  options?: CallOptions,
): Promise<PollQuestionResource> {
  const body = checkedBody('updatePollQuestion', input);
  return client.post({ route: QUESTION, path: questionPath(place), body, shape: questionShape }, options);
}

/** Deletes a question; later ones move down by one. */
export function deletePollQuestion(
  client: RestClient,
  place: QuestionPlace,
  options?: CallOptions,
): Promise<void> {
  return client.delete({ route: QUESTION, path: questionPath(place), shape: nothing }, options);
}

/** Replaces an option as a whole. */
export async function replacePollOption(
  client: RestClient,
  place: OptionPlace,
  input: PollQuestionOption,
  options?: CallOptions,
): Promise<PollOptionResource> {
  const body = checkedBody('updatePollOption', input);
  return client.post({ route: OPTION, path: optionPath(place), body, shape: optionShape }, options);
}

/** Deletes an option; later ones move down by one. */
export function deletePollOption(
  client: RestClient,
  place: OptionPlace,
  options?: CallOptions,
): Promise<void> {
  return client.delete({ route: OPTION, path: optionPath(place), shape: nothing }, options);
}

/** A page of a poll's runs. */
export async function listPollSessions(
  client: RestClient,
  { pollId, sessionId, limit, start }: PollSessionListParams,
  options?: CallOptions,
): Promise<Page<PollSessionResource>> {
  const all = { route: '/polls/{poll_id}/sessions', path: { poll_id: pollId } };
  const ofSession = { route: '/polls/{poll_id}/sessions/{session_id}' };
  const target =
    sessionId === undefined ? all : { ...ofSession, path: { poll_id: pollId, session_id: sessionId } };
  const answer = await client.get({ ...target, query: { limit, start }, shape: sessionsShape }, options);
  return pageOf({ ...answer, data: answer.responses ?? [] }, limit);
}

/** A page of the answers to a poll. */
export async function listPollResponses(
  client: RestClient,
  { pollId, limit, start, question, all }: PollResponseListParams,
  options?: CallOptions,
): Promise<Page<PollResponseResource>> {
  const query = { limit, start, all, question };
  const path = { poll_id: pollId };
  const request = { route: '/polls/{poll_id}/responses', path, query, shape: responsesShape };
  const answer = await client.get(request, options);
  return pageOf({ ...answer, data: answer.responses ?? [] }, limit);
}

export function getPollResponse(
  client: RestClient,
  { pollId, responseId }: { readonly pollId: string; readonly responseId: string },
  options?: CallOptions,
): Promise<PollResponseResource> {
  const path = { poll_id: pollId, response_id: responseId };
  return client.get(
    { route: '/polls/{poll_id}/responses/{response_id}', path, shape: responseShape },
    options,
  );
}

/** A page of the scores of a quiz. */
export async function listPollResults(
  client: RestClient,
  { pollId, limit, start, question }: PollResultListParams,
  options?: CallOptions,
): Promise<Page<PollResultResource>> {
  const query = { limit, start, question };
  const path = { poll_id: pollId };
  const request = { route: '/polls/{poll_id}/results', path, query, shape: resultsShape };
  const answer = await client.get(request, options);
  return pageOf({ ...answer, data: answer.results ?? [] }, limit);
}

export function getPollResult(
  client: RestClient,
  { pollId, resultId }: { readonly pollId: string; readonly resultId: string },
  options?: CallOptions,
): Promise<PollResultResource> {
  const path = { poll_id: pollId, result_id: resultId };
  return client.get({ route: '/polls/{poll_id}/results/{result_id}', path, shape: resultShape }, options);
}

function questionPath({ pollId, question }: QuestionPlace) {
  return { poll_id: pollId, question_id: String(question) };
}

function optionPath({ option, ...place }: OptionPlace) {
  return { ...questionPath(place), option_id: String(option) };
}
