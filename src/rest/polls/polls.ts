// Polls: their definitions, and the answers that voters gave in sessions. The lists of these answers are under the key
// `responses` or `results` instead of `data`. The REST API cannot list polls. Source: the vendor's "Polls" pages.
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
import { answersWith, noContent } from '../shapes/shapes.ts';

/** The definition of a poll or quiz as received. Essential key: `id`. */
export type PollResource = Poll;
/** A question as received. It has no id; its place in the poll, from 1, addresses it. */
export type PollQuestionResource = PollQuestion;
/** An option of a question as received; its place in the question, from 1, addresses it. */
export type PollOptionResource = PollQuestionOption;
/** One run of a poll in a session as received. Essential keys: `id`, `session_id`. */
export type PollSessionResource = PollSession;
/** One voter's answer to one question as received. Essential keys: `id`, `question`. */
export type PollResponseResource = PollResponse;
/** One voter's score for one question of a quiz as received. Essential keys: `id`, `question`. */
export type PollResultResource = PollResult;

interface PollListParams {
  readonly pollId: string;
  /** Most items of the page, 10 to 100. */
  readonly limit: number;
  /** The `last` of the page before; absent: the first page. */
  readonly start?: string | undefined;
}

/** Filter and place of a page of runs. */
export interface PollSessionListParams extends PollListParams {
  /** Only the runs in this session. Absent: all. */
  readonly sessionId?: string | undefined;
}

/** Filter and place of a page of scores. */
export interface PollResultListParams extends PollListParams {
  /** Only the scores for this question, by its place from 1. Absent: all. */
  readonly question?: number | undefined;
}

/** Filters and place of a page of answers. */
export interface PollResponseListParams extends PollResultListParams {
  /** true: also answers that their voter has replaced since. */
  readonly all?: boolean | undefined;
}

/** The address of a question. */
export interface QuestionPlace {
  readonly pollId: string;
  /** The question's place in the poll, from 1. */
  readonly question: number;
}

/** The address of an option. */
export interface OptionPlace extends QuestionPlace {
  /** The option's place in the question, from 1. */
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

/**
 * Reads a poll's definition.
 * @throws RestNotFoundError for an unknown poll, as all functions below that take a poll's id.
 */
export function getPoll(client: RestClient, pollId: string, options?: CallOptions): Promise<PollResource> {
  return client.get({ route: '/polls/{poll_id}', path: { poll_id: pollId }, shape: pollShape }, options);
}

/** Creates a poll. @throws RestInputError before anything is sent, as all writes below. */
export async function createPoll(
  client: RestClient,
  input: PollInput,
  options?: CallOptions,
): Promise<PollResource> {
  const body = checkedBody('createPoll', input);
  return client.post({ route: '/polls', body, shape: pollShape }, options);
}

/** Replaces a whole poll: keys that `input` lacks get the vendor's defaults. */
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

/** Replaces a whole question. */
export async function replacePollQuestion(
  client: RestClient,
  place: QuestionPlace,
  input: PollQuestion,
  options?: CallOptions,
): Promise<PollQuestionResource> {
  const body = checkedBody('updatePollQuestion', input);
  return client.post({ route: QUESTION, path: questionPath(place), body, shape: questionShape }, options);
}

/** Deletes a question. The places of later questions decrease by one. */
export function deletePollQuestion(
  client: RestClient,
  place: QuestionPlace,
  options?: CallOptions,
): Promise<void> {
  return client.delete({ route: QUESTION, path: questionPath(place), shape: noContent }, options);
}

/** Replaces a whole option. */
export async function replacePollOption(
  client: RestClient,
  place: OptionPlace,
  input: PollQuestionOption,
  options?: CallOptions,
): Promise<PollOptionResource> {
  const body = checkedBody('updatePollOption', input);
  return client.post({ route: OPTION, path: optionPath(place), body, shape: optionShape }, options);
}

/** Deletes an option. The places of later options decrease by one. */
export function deletePollOption(
  client: RestClient,
  place: OptionPlace,
  options?: CallOptions,
): Promise<void> {
  return client.delete({ route: OPTION, path: optionPath(place), shape: noContent }, options);
}

/** Lists the runs of a poll. */
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

/** Lists the answers to a poll. */
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

/** Reads one answer. @throws RestNotFoundError for an unknown answer. */
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

/** Lists the scores of a quiz. */
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

/** Reads one score. @throws RestNotFoundError for an unknown score. */
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
