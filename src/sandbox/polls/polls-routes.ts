// Polls over REST: definitions, runs, answers and scores. Lists are under the key `responses` or `results`, not `data`.
// The API can neither list polls nor delete one.
import type {
  Poll,
  PollInput,
  PollQuestion,
  PollQuestionOption,
  PollResponse,
  PollResponseList,
  PollResult,
  PollResultList,
  PollSession,
  PollSessionList,
} from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inNanos } from '../instant.ts';
import { pageOf, type PageQuery } from '../http/paging.ts';
import type { PollResponseRecord, PollRunRecord, PollRuns } from './poll-runs.ts';

interface AnswerQuery extends PageQuery {
  readonly all?: boolean;
  readonly question?: number;
}

/** Polls, their runs (`sessions` in the API's paths), answers and scores. */
export const polls: Family = {
  answers: {
    createPoll: ({ world, body }: Call<PollInput>) => world.polls.create(body),
    getPoll: (call: Call) => pollInPath(call),
    updatePoll: (call: Call<PollInput>) => call.world.polls.replace(pollInPath(call).id, call.body),
    updatePollQuestion,
    deletePollQuestion,
    updatePollOption,
    deletePollOption,
    listPollSessions: (call: Call<unknown, PageQuery>) =>
      runs(call, call.world.pollRuns.runsOf(pollInPath(call).id)),
    listPollSessionsForSession,
    listPollResponses,
    getPollResponse: (call: Call) => asResponse(answerInPath(call, (answer) => answer.id, 'response_id')),
    listPollResults,
    getPollResult: (call: Call) => asResult(answerInPath(call, resultIdOf, 'result_id')),
  },
};

function pollInPath(call: Call): Poll {
  const poll = call.world.polls.all.get(param(call, 'poll_id'));
  if (poll === undefined) throw notFound('Poll');
  return poll;
}

/** A place in the path. Text that is not a number becomes NaN, which no question or option has. */
function place(call: Call, name: string): number {
  return Number(param(call, name));
}

function updatePollQuestion(call: Call<PollQuestion>): PollQuestion {
  const { polls } = call.world;
  const question = polls.replaceQuestion(pollInPath(call).id, place(call, 'question_id'), call.body);
  if (question === undefined) throw notFound('Question');
  return question;
}

function deletePollQuestion(call: Call): void {
  const { polls } = call.world;
  if (!polls.deleteQuestion(pollInPath(call).id, place(call, 'question_id'))) throw notFound('Question');
}

function updatePollOption(call: Call<PollQuestionOption>): PollQuestionOption {
  const { polls } = call.world;
  const places = [place(call, 'question_id'), place(call, 'option_id')] as const;
  const option = polls.replaceOption(pollInPath(call).id, ...places, call.body);
  if (option === undefined) throw notFound('Option');
  return option;
}

function deletePollOption(call: Call): void {
  const { polls } = call.world;
  const places = [place(call, 'question_id'), place(call, 'option_id')] as const;
  if (!polls.deleteOption(pollInPath(call).id, ...places)) throw notFound('Option');
}

function listPollSessionsForSession(call: Call<unknown, PageQuery>): PollSessionList {
  const sessionId = param(call, 'session_id');
  const found = call.world.pollRuns.runsOf(pollInPath(call).id).filter((run) => run.sessionId === sessionId);
  return runs(call, found);
}

function runs(call: Call<unknown, PageQuery>, oldestFirst: readonly PollRunRecord[]): PollSessionList {
  const { data, ...page } = pageOf(oldestFirst.toReversed(), call.query, 'array', (run) =>
    asRun(run, call.world.pollRuns),
  );
  return { ...page, responses: data ?? [] };
}

function listPollResponses(call: Call<unknown, AnswerQuery>): PollResponseList {
  const { question, all } = call.query;
  const found = call.world.pollRuns
    .responsesOf(pollInPath(call).id, all)
    .filter((answer) => question === undefined || answer.question === question);
  const { data, ...page } = pageOf(found.toReversed(), call.query, 'array', asResponse);
  return { ...page, responses: data ?? [] };
}

function listPollResults(call: Call<unknown, AnswerQuery>): PollResultList {
  const { question } = call.query;
  const found = call.world.pollRuns
    .responsesOf(pollInPath(call).id)
    .filter((answer) => answer.score !== undefined)
    .filter((answer) => question === undefined || answer.question === question)
    .map((answer) => ({ answer, id: answer.resultId }));
  const shape = ({ answer }: { answer: PollResponseRecord }): PollResult => asResult(answer);
  const { data, ...page } = pageOf(found.toReversed(), call.query, 'array', shape);
  return { ...page, results: data ?? [] };
}

/** Only answers to a quiz have a result. */
function resultIdOf({ resultId, score }: PollResponseRecord): string | undefined {
  return score === undefined ? undefined : resultId;
}

/** The answer whose id the path names, answers that were replaced included; throws a 404. */
function answerInPath(
  call: Call,
  idOf: (answer: PollResponseRecord) => string | undefined,
  name: string,
): PollResponseRecord {
  const id = param(call, name);
  const answer = call.world.pollRuns.responsesOf(pollInPath(call).id, true).find((one) => idOf(one) === id);
  if (answer === undefined) throw notFound(name === 'result_id' ? 'Result' : 'Response');
  return answer;
}

function asRun(run: PollRunRecord, pollRuns: PollRuns): PollSession {
  const answers = pollRuns.responsesOf(run.pollId).filter(({ runId }) => runId === run.id);
  const end = pollRuns.endOf(run);
  return {
    id: run.id,
    poll_id: run.pollId,
    session_id: run.sessionId,
    started_at: inNanos(run.startedAt),
    stopped_at: end === undefined ? null : inNanos(end),
    total_responses: answers.length,
    unique_participants: new Set(answers.map(({ voter }) => voter)).size,
  };
}

function asResponse(answer: PollResponseRecord): PollResponse {
  return compact({
    id: answer.id,
    poll_id: answer.pollId,
    session_id: answer.sessionId,
    duration: answer.durationMs,
    question: answer.question,
    skipped: answer.skipped,
    text: answer.text,
    option: answer.option,
    options: answer.options && [...answer.options],
    update: answer.original !== undefined,
    original_response: answer.original ?? '',
    retries: 0,
    sent_at: inNanos(answer.sentAt),
    peer_id: answer.peerId ?? '',
    user_id: answer.userId ?? '',
  });
}

function asResult(answer: PollResponseRecord): PollResult {
  return {
    id: answer.resultId,
    poll_id: answer.pollId,
    session_id: answer.sessionId,
    question: answer.question,
    duration: answer.durationMs,
    peer_id: answer.peerId ?? '',
    user_id: answer.userId ?? '',
    score: answer.score ?? 0,
  };
}
