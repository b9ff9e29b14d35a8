// Polls of the sandbox over HTTP. The client checks every answer against the OpenAPI document.
import { describe, expect, test } from 'vitest';
import type { PollRunRecord } from '../../../src/sandbox/polls/poll-runs.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { startTestSandbox } from '../../support/sandbox-client.ts';

const NOWHERE = 'f'.repeat(24);

const lunch = {
  title: 'Lunch',
  questions: [
    { text: 'Where to?', options: [{ text: 'Pizza' }, { text: 'Sushi' }, { text: 'Soup' }] },
    { text: 'When?', options: [{ text: '12:00' }, { text: '13:00' }] },
  ],
};

const quiz = {
  type: 'quiz' as const,
  questions: [
    { text: 'Prime?', weight: 2, once: true, answer: { options: [2] }, options: [{}, {}] },
    { text: 'Even?', type: 'multiple-choice' as const, answer: { options: [1, 3] }, options: [{}, {}, {}] },
    { text: 'Capital?', type: 'short-answer' as const, answer: { text: 'Paris', trim: true } },
  ],
};

const ada = { id: '0b7d51f5-6a4c-4c5e-9a0e-2f1d3a4b5c6d', userId: 'ada' };
const bob = { id: '1b7d51f5-6a4c-4c5e-9a0e-2f1d3a4b5c6e', userId: 'bob' };

/** A session in a room that links this poll, and the poll's run in it. */
function running(world: World, pollId: string): { sessionId: string; roomId: string; run: PollRunRecord } {
  const room = world.rooms.create({ polls: [pollId] });
  world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const sessionId = world.sessions.active(room.id)?.id ?? '';
  const [run] = world.pollRuns.runsOfSession(sessionId);
  if (run === undefined) throw new Error('the poll does not run');
  return { sessionId, roomId: room.id, run };
}

describe('a poll', () => {
  test('gets the documented defaults and numbered questions, and is read again', async () => {
    await using lab = await startTestSandbox();
    const created = await lab.rest.post('/polls', lunch);
    expect(created).toMatchObject({
      status: 200,
      body: {
        title: 'Lunch',
        anonymous: false,
        mode: 'userid',
        type: 'poll',
        start: 'auto',
        duration: 0,
        questions: [
          { index: 1, text: 'Where to?', options: [{ index: 1 }, { index: 2 }, { index: 3 }] },
          { index: 2, text: 'When?', skippable: true, once: false },
        ],
      },
    });
    const [poll] = lab.world.polls.all.values();
    expect(await lab.rest.get(`/polls/${poll?.id}`)).toEqual(created);
  });

  test('is replaced as a whole', async () => {
    await using lab = await startTestSandbox();
    const { id } = lab.world.polls.create(lunch);
    const { body } = await lab.rest.post(`/polls/${id}`, { start: 'manual' });
    expect(body).toMatchObject({ id, title: '', start: 'manual', questions: [] });
  });

  test('has questions and options that are replaced by their place', async () => {
    await using lab = await startTestSandbox();
    const { id } = lab.world.polls.create(lunch);
    const question = await lab.rest.post(`/polls/${id}/questions/2`, { text: 'How?', options: [{}] });
    expect(question.body).toMatchObject({ index: 2, text: 'How?', options: [{ index: 1, text: '' }] });
    const option = await lab.rest.post(`/polls/${id}/questions/1/options/3`, { text: 'Salad' });
    expect(option.body).toEqual({ index: 3, text: 'Salad', weight: 1 });
    expect(lab.world.polls.all.get(id)?.questions).toMatchObject([
      { text: 'Where to?', options: [{ text: 'Pizza' }, { text: 'Sushi' }, { text: 'Salad' }] },
      { text: 'How?' },
    ]);
  });

  test('moves later questions and options down when one is deleted', async () => {
    await using lab = await startTestSandbox();
    const { id } = lab.world.polls.create(lunch);
    const gone = { status: 204, body: undefined };
    expect(await lab.rest.delete(`/polls/${id}/questions/1/options/1`)).toEqual(gone);
    expect(lab.world.polls.all.get(id)?.questions?.[0]?.options).toMatchObject([
      { index: 1, text: 'Sushi' },
      { index: 2, text: 'Soup' },
    ]);
    expect(await lab.rest.delete(`/polls/${id}/questions/1`)).toEqual(gone);
    expect(lab.world.polls.all.get(id)?.questions).toMatchObject([{ index: 1, text: 'When?' }]);
  });

  test('refuses a body that does not match the schema', async () => {
    await using lab = await startTestSandbox();
    expect(await lab.rest.post('/polls', { mode: 'nobody' })).toMatchObject({ status: 400 });
    expect(await lab.rest.post('/polls', { questions: [{ text: 1 }] })).toMatchObject({ status: 400 });
  });

  test.each([
    ['get', `/polls/${NOWHERE}`],
    ['post', `/polls/${NOWHERE}`],
    ['get', `/polls/${NOWHERE}/sessions`],
    ['get', `/polls/${NOWHERE}/responses`],
    ['get', `/polls/${NOWHERE}/results`],
    ['post', '/polls/POLL/questions/3'],
    ['delete', '/polls/POLL/questions/first'],
    ['delete', '/polls/POLL/questions/0'],
    ['post', '/polls/POLL/questions/1/options/4'],
    ['delete', '/polls/POLL/questions/9/options/1'],
    ['get', `/polls/POLL/responses/${NOWHERE}`],
    ['get', `/polls/POLL/results/${NOWHERE}`],
  ] as const)('%s %s is a 404', async (method, path) => {
    await using lab = await startTestSandbox();
    const { id } = lab.world.polls.create(lunch);
    expect(await lab.rest[method](path.replace('POLL', id), {})).toMatchObject({ status: 404 });
  });
});

describe('a run', () => {
  test('begins with a session of a linked room and ends with it', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create(lunch);
    const { sessionId, roomId, run } = running(lab.world, poll.id);
    const one = { id: run.id, poll_id: poll.id, session_id: sessionId, total_responses: 0 };
    expect((await lab.rest.get(`/polls/${poll.id}/sessions`)).body).toMatchObject({
      limit: 10,
      last: run.id,
      responses: [{ ...one, stopped_at: null, unique_participants: 0 }],
    });
    await lab.clock.advance(5000);
    lab.world.endSession(roomId);
    expect((await lab.rest.get(`/polls/${poll.id}/sessions/${sessionId}`)).body).toMatchObject({
      responses: [{ ...one, stopped_at: expect.stringMatching(/^2026-03-12T16:00:05\./) }],
    });
    expect((await lab.rest.get(`/polls/${poll.id}/sessions/${NOWHERE}`)).body).toMatchObject({
      responses: [],
    });
  });

  test('does not begin by itself if the poll is started manually', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create({ start: 'manual' });
    const room = lab.world.rooms.create({ polls: [poll.id] });
    lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    expect(lab.world.pollRuns.runsOf(poll.id)).toEqual([]);
  });

  test("ends after the poll's duration and accepts no answer from then on", async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create({ ...lunch, duration: 60 });
    const { run } = running(lab.world, poll.id);
    await lab.clock.advance(59_999);
    lab.world.pollRuns.respond(run, ada, 1, { option: 1 });
    await lab.clock.advance(1);
    expect(() => lab.world.pollRuns.respond(run, bob, 1, { option: 1 })).toThrow('ended');
    expect((await lab.rest.get(`/polls/${poll.id}/sessions`)).body).toMatchObject({
      responses: [{ stopped_at: expect.stringMatching(/^2026-03-12T16:01:00\./), total_responses: 1 }],
    });
  });
});

describe('answers', () => {
  test('are listed newest first, by question, and read by id', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create(lunch);
    const { run, sessionId } = running(lab.world, poll.id);
    const first = lab.world.pollRuns.respond(run, ada, 1, { option: 2 });
    const second = lab.world.pollRuns.respond(run, ada, 2, {}, 900);
    const path = `/polls/${poll.id}/responses`;
    const answer = {
      id: first.id,
      poll_id: poll.id,
      session_id: sessionId,
      question: 1,
      option: 2,
      skipped: false,
      update: false,
      peer_id: ada.id,
      user_id: 'ada',
    };
    expect((await lab.rest.get(path)).body).toMatchObject({
      last: first.id,
      responses: [{ id: second.id, question: 2, skipped: true, duration: 900 }, answer],
    });
    expect((await lab.rest.get(`${path}?question=1`)).body).toMatchObject({ responses: [{ id: first.id }] });
    expect((await lab.rest.get(`${path}/${first.id}`)).body).toMatchObject(answer);
  });

  test('that were replaced are listed only if all answers are requested', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create(lunch);
    const { run } = running(lab.world, poll.id);
    const first = lab.world.pollRuns.respond(run, ada, 1, { option: 2 });
    const second = lab.world.pollRuns.respond(run, ada, 1, { option: 3 });
    const path = `/polls/${poll.id}/responses`;
    expect((await lab.rest.get(path)).body).toMatchObject({
      responses: [{ id: second.id, update: true, original_response: first.id }],
    });
    expect((await lab.rest.get(`${path}?all=true`)).body).toHaveProperty('responses.1.id', first.id);
    expect((await lab.rest.get(`/polls/${poll.id}/sessions`)).body).toMatchObject({
      responses: [{ total_responses: 1, unique_participants: 1 }],
    });
  });

  test('to an anonymous poll contain neither peer nor user', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create({ ...lunch, anonymous: true, mode: 'peerid' });
    const { run } = running(lab.world, poll.id);
    lab.world.pollRuns.respond(run, ada, 1, { option: 2 });
    lab.world.pollRuns.respond(run, bob, 1, { option: 2 });
    expect((await lab.rest.get(`/polls/${poll.id}/responses`)).body).toMatchObject({
      responses: [
        { peer_id: '', user_id: '' },
        { peer_id: '', user_id: '' },
      ],
    });
    expect((await lab.rest.get(`/polls/${poll.id}/sessions`)).body).toMatchObject({
      responses: [{ unique_participants: 2 }],
    });
  });

  test('to a quiz have scores: a correct answer scores the weight of its question', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create(quiz);
    const { run } = running(lab.world, poll.id);
    const { pollRuns } = lab.world;
    pollRuns.respond(run, ada, 1, { option: 2 });
    pollRuns.respond(run, bob, 1, { option: 1 });
    pollRuns.respond(run, ada, 2, { options: [3, 1] });
    pollRuns.respond(run, bob, 2, { options: [1] });
    pollRuns.respond(run, ada, 3, { text: ' paris ' });
    pollRuns.respond(run, bob, 3, {});
    expect(() => pollRuns.respond(run, ada, 1, { option: 1 })).toThrow(
      'the question accepts one answer only',
    );
    const { body } = await lab.rest.get(`/polls/${poll.id}/results`);
    expect(body).toHaveProperty('results.length', 6);
    const byPerson = (userId: string): unknown =>
      expect.objectContaining({
        results: expect.arrayContaining(
          (userId === 'ada' ? [2, 1, 1] : [0, 0, 0]).map((score, index) =>
            expect.objectContaining({ user_id: userId, question: index + 1, score }),
          ),
        ),
      });
    expect(body).toEqual(byPerson('ada'));
    expect(body).toEqual(byPerson('bob'));
    const one = (await lab.rest.get(`/polls/${poll.id}/results?question=1`)).body;
    expect(one).toMatchObject({ results: [{ score: 0 }, { score: 2 }] });
    // As documented, `last` is the id of the last element.
    const { last } = one as { last: string };
    expect((await lab.rest.get(`/polls/${poll.id}/results/${last}`)).body).toMatchObject({ score: 2 });
  });

  test('to a poll that is not a quiz have no scores', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create(lunch);
    const { run } = running(lab.world, poll.id);
    const { resultId } = lab.world.pollRuns.respond(run, ada, 1, { option: 2 });
    expect((await lab.rest.get(`/polls/${poll.id}/results`)).body).toMatchObject({ results: [], last: '' });
    expect(await lab.rest.get(`/polls/${poll.id}/results/${resultId}`)).toMatchObject({ status: 404 });
  });

  test('are listed in pages', async () => {
    await using lab = await startTestSandbox();
    const poll = lab.world.polls.create(lunch);
    const { run } = running(lab.world, poll.id);
    for (let index = 0; index < 12; index += 1) {
      lab.world.pollRuns.respond(run, { id: ada.id, userId: `user-${index}` }, 1, { option: 1 });
    }
    const page = (await lab.rest.get(`/polls/${poll.id}/responses?limit=10`)).body as { last: string };
    expect(page).toHaveProperty('responses.length', 10);
    const rest = await lab.rest.get(`/polls/${poll.id}/responses?limit=10&start=${page.last}`);
    expect(rest.body).toMatchObject({ responses: [{ user_id: 'user-1' }, { user_id: 'user-0' }] });
  });
});

describe('the demo data', () => {
  test('links polls to rooms and has answers of past sessions', async () => {
    await using lab = await startTestSandbox({ data: 'demo' });
    const { polls, pollRuns, rooms } = lab.world;
    expect(polls.all.size).toBe(3);
    for (const pollId of polls.all.keys()) {
      expect(rooms.all.values().some((room) => room.polls?.includes(pollId))).toBe(true);
      expect(pollRuns.responsesOf(pollId).length).toBeGreaterThan(3);
      expect((await lab.rest.get(`/polls/${pollId}/responses?limit=100`)).status).toBe(200);
      expect((await lab.rest.get(`/polls/${pollId}/results`)).status).toBe(200);
    }
  });

  test('gets answers over time in living rooms, the same for the same seed', async () => {
    const answersAfterAMinute = async (): Promise<readonly unknown[]> => {
      await using lab = await startTestSandbox({ data: 'demo', living: true });
      const count = (): number =>
        lab.world.polls.all
          .keys()
          .map((id) => lab.world.pollRuns.responsesOf(id, true).length)
          .reduce((sum, length) => sum + length, 0);
      const before = count();
      await lab.clock.advance(60_000);
      expect(count()).toBeGreaterThan(before);
      return lab.world.polls.all
        .keys()
        .flatMap((id) => lab.world.pollRuns.responsesOf(id, true))
        .toArray();
    };
    expect(await answersAfterAMinute()).toEqual(await answersAfterAMinute());
  });
});
