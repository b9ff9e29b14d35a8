// The endpoints of polls against the sandbox: their requests, and their normalised lists.
import { describe, expect, it } from 'vitest';
import type { RestClient } from '../../../src/rest/client/client.ts';
import { RestNotFoundError } from '../../../src/rest/errors.ts';
import { RestInputError } from '../../../src/rest/shapes/inputs.ts';
import {
  createPoll,
  deletePollOption,
  deletePollQuestion,
  getPoll,
  getPollResponse,
  getPollResult,
  listPollResponses,
  listPollResults,
  listPollSessions,
  replacePoll,
  replacePollOption,
  replacePollQuestion,
} from '../../../src/rest/polls/polls.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { rejection } from '../client/support.ts';

const NOWHERE = 'f'.repeat(24);
const quiz = { type: 'quiz' as const, questions: [{ answer: { options: [1] }, options: [{}, {}] }] };
const ada = { id: '0b7d51f5-6a4c-4c5e-9a0e-2f1d3a4b5c6d', userId: 'ada' };

describe('a poll', () => {
  it('is created, read and replaced', async () => {
    const { client, lines } = await sandboxedRest();
    const { id } = await createPoll(client, quiz);
    expect(await getPoll(client, id)).toMatchObject({ id, type: 'quiz' });
    expect(await replacePoll(client, id, { title: 'New' })).toMatchObject({
      id,
      title: 'New',
      questions: [],
    });
    expect(lines()).toEqual(['POST /polls', `GET /polls/${id}`, `POST /polls/${id}`]);
  });

  it('has questions and options that are replaced and deleted by their place', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const { id: pollId } = sandbox.world.polls.create(quiz);
    const place = { pollId, question: 1 };
    expect(await replacePollQuestion(client, place, { text: 'Q', options: [{}, {}] })).toMatchObject({
      text: 'Q',
    });
    expect(await replacePollOption(client, { ...place, option: 2 }, { text: 'B' })).toMatchObject({
      index: 2,
    });
    await deletePollOption(client, { ...place, option: 1 });
    await deletePollQuestion(client, place);
    expect(lines()).toEqual([
      `POST /polls/${pollId}/questions/1`,
      `POST /polls/${pollId}/questions/1/options/2`,
      `DELETE /polls/${pollId}/questions/1/options/1`,
      `DELETE /polls/${pollId}/questions/1`,
    ]);
    expect(sandbox.world.polls.all.get(pollId)?.questions).toEqual([]);
  });

  it('that is invalid is refused before it is sent', async () => {
    const { client, lines } = await sandboxedRest();
    // A caller without TypeScript may pass anything.
    const bad = { mode: 'nobody', questions: [{ text: 7 }] } as never;
    const { issues } = await rejection(createPoll(client, bad), RestInputError);
    expect(issues.map(({ path }) => path.join('.')).toSorted()).toEqual(['mode', 'questions.0.text']);
    expect(lines()).toEqual([]);
  });

  it.each([
    ['itself', (client: RestClient) => getPoll(client, NOWHERE)],
    ['its runs', (client: RestClient) => listPollSessions(client, { pollId: NOWHERE, limit: 10 })],
    ['its answers', (client: RestClient) => listPollResponses(client, { pollId: NOWHERE, limit: 10 })],
    ['its scores', (client: RestClient) => listPollResults(client, { pollId: NOWHERE, limit: 10 })],
  ])('that does not exist is RestNotFoundError when %s is read', async (_, read) => {
    const { client } = await sandboxedRest();
    await rejection(read(client), RestNotFoundError);
  });
});

describe('the results of a poll', () => {
  it('are listed under keys of their own, with all filters, and read by id', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const { polls, pollRuns } = sandbox.world;
    const { id: pollId } = polls.create(quiz);
    const room = sandbox.world.rooms.create({ polls: [pollId] });
    const { sessionId } = sandbox.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    const [run] = pollRuns.runsOf(pollId);
    if (run === undefined) throw new Error('the poll runs');
    pollRuns.respond(run, ada, 1, { option: 2 });
    const answer = pollRuns.respond(run, ada, 1, { option: 1 });
    const page = { pollId, limit: 10 };
    expect(await listPollSessions(client, page)).toMatchObject({ items: [{ id: run.id }], isFull: false });
    expect(await listPollSessions(client, { ...page, sessionId })).toMatchObject({ items: [{ id: run.id }] });
    expect((await listPollResponses(client, { ...page, all: true, question: 1 })).items).toHaveLength(2);
    expect((await listPollResults(client, { ...page, question: 1, start: '0' })).items).toEqual([]);
    const responseId = answer.id;
    expect(await getPollResponse(client, { pollId, responseId })).toMatchObject({ option: 1 });
    const resultId = answer.resultId;
    expect(await getPollResult(client, { pollId, resultId })).toMatchObject({ score: 1 });
    expect(lines()).toEqual([
      `GET /polls/${pollId}/sessions?limit=10`,
      `GET /polls/${pollId}/sessions/${sessionId}?limit=10`,
      `GET /polls/${pollId}/responses?limit=10&all=true&question=1`,
      `GET /polls/${pollId}/results?limit=10&start=0&question=1`,
      `GET /polls/${pollId}/responses/${responseId}`,
      `GET /polls/${pollId}/results/${resultId}`,
    ]);
  });
});
