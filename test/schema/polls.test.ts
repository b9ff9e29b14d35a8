// Polls by real GraphQL text over the sandbox: what is read, what is changed, and what it costs.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import type { World } from '../../src/sandbox/world.ts';
import { graphql } from '../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const NOWHERE = 'f'.repeat(24);

const aPoll = graphql(`
  query APoll($id: ID!) {
    poll(id: $id) {
      id
      hmsId
      title
      type
      mode
      start
      anonymous
      duration
      questions {
        index
        text
        type
        format
        skippable
        duration
        once
        weight
        answerMinLen
        answerMaxLen
        attachments {
          type
          url
        }
        answer {
          hidden
          options
          text
          caseSensitive
          trim
        }
        options {
          index
          text
          weight
        }
      }
    }
  }
`);

const whatCameOfIt = graphql(`
  query WhatCameOfAPoll($id: ID!, $sessionId: ID, $question: Int, $all: Boolean) {
    poll(id: $id) {
      sessions(sessionId: $sessionId) {
        edges {
          node {
            hmsId
            startedAt
            stoppedAt
            totalResponses
            uniqueParticipants
            poll {
              hmsId
            }
            session {
              hmsId
            }
          }
        }
      }
      responses(question: $question, includeReplaced: $all) {
        edges {
          node {
            hmsId
            question
            options
            text
            skipped
            isUpdate
            originalResponseId
            duration
            sentAt
            retries
            peerId
            userId
            peer {
              name
            }
            session {
              hmsId
            }
            poll {
              hmsId
            }
          }
        }
      }
      results(question: $question) {
        edges {
          node {
            hmsId
            question
            score
            userId
            peer {
              name
            }
          }
        }
      }
    }
  }
`);

const oneAnswer = graphql(`
  query OneAnswer($id: ID!, $responseId: ID!, $resultId: ID!) {
    poll(id: $id) {
      response(id: $responseId) {
        options
      }
      result(id: $resultId) {
        score
      }
    }
  }
`);

const createPoll = graphql(`
  mutation CreatePoll($input: CreatePollInput!) {
    createPoll(input: $input) {
      __typename
      ... on Poll {
        hmsId
        questions {
          index
        }
      }
      ... on Error {
        message
      }
      ... on InvalidInputError {
        issues {
          path
          message
        }
      }
    }
  }
`);

const updatePoll = graphql(`
  mutation UpdatePoll($input: UpdatePollInput!) {
    updatePoll(input: $input) {
      __typename
      ... on Poll {
        title
        type
        questions {
          text
        }
      }
    }
  }
`);

const setQuestion = graphql(`
  mutation SetPollQuestion($input: SetPollQuestionInput!) {
    setPollQuestion(input: $input) {
      __typename
      ... on PollQuestion {
        index
        text
        options {
          text
        }
      }
      ... on InvalidInputError {
        issues {
          path
        }
      }
    }
  }
`);

const setOption = graphql(`
  mutation SetPollOption($input: SetPollOptionInput!) {
    setPollOption(input: $input) {
      __typename
      ... on PollOption {
        index
        text
        weight
      }
    }
  }
`);

const deleteQuestion = graphql(`
  mutation DeletePollQuestion($input: DeletePollQuestionInput!) {
    deletePollQuestion(input: $input) {
      __typename
      ... on DeletedPollQuestion {
        question
        poll {
          questions {
            index
            text
          }
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

const deleteOption = graphql(`
  mutation DeletePollOption($input: DeletePollOptionInput!) {
    deletePollOption(input: $input) {
      __typename
      ... on DeletedPollOption {
        question
        option
        poll {
          questions {
            options {
              text
            }
          }
        }
      }
    }
  }
`);

const pollsOfRooms = graphql(`
  query PollsOfRooms {
    rooms(first: 10) {
      edges {
        node {
          name
          polls {
            title
          }
        }
      }
    }
  }
`);

function empty(): Promise<TestGateway> {
  return startTestGateway({ sandbox: { data: 'empty' } });
}

const quiz = {
  title: 'Quiz',
  type: 'quiz' as const,
  questions: [
    { text: 'Prime?', answer: { options: [2] }, options: [{ text: '21' }, { text: '23' }] },
    { text: 'Capital?', type: 'short-answer' as const, answer: { text: 'Paris' } },
  ],
};

/** Ada is in a session where the quiz runs; she answered, and changed her mind. */
function answered(world: World) {
  const poll = world.polls.create(quiz);
  const room = world.createRoom({ polls: [poll.id] });
  const ada = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const [run] = world.polls.runsOf(poll.id);
  if (run === undefined) throw new Error('the quiz runs');
  const first = world.polls.respond(run, ada, 1, { option: 1 });
  const second = world.polls.respond(run, ada, 1, { option: 2 });
  const text = world.polls.respond(run, ada, 2, { text: 'Rome' });
  return { poll, room, ada, run, first, second, text };
}

describe('a poll', () => {
  it('is read by vendor id, global id and node, with its questions', async () => {
    await using tested = await empty();
    const { id } = tested.sandbox.world.polls.create(quiz);
    const { poll } = await tested.data(aPoll, { id });
    expect(poll).toMatchObject({
      id: encodeGlobalId('Poll', id),
      hmsId: id,
      title: 'Quiz',
      type: 'QUIZ',
      mode: 'USER_ID',
      start: 'AUTO',
      anonymous: false,
      duration: null,
      questions: [
        {
          index: 1,
          text: 'Prime?',
          type: 'SINGLE_CHOICE',
          skippable: true,
          once: false,
          weight: 1,
          duration: null,
          answer: { options: [2], text: null, hidden: false },
          options: [
            { index: 1, text: '21', weight: 1 },
            { index: 2, text: '23' },
          ],
        },
        { index: 2, type: 'SHORT_ANSWER', answer: { text: 'Paris', options: [] }, options: [] },
      ],
    });
    expect(await tested.data(aPoll, { id: encodeGlobalId('Poll', id) })).toEqual({ poll });
    const node = `query { node(id: "${encodeGlobalId('Poll', id)}") { ... on Poll { title } } }`;
    expect(await tested.data(node)).toEqual({ node: { title: 'Quiz' } });
    expect(await tested.data(aPoll, { id: NOWHERE })).toEqual({ poll: null });
  });

  it('of a kind that the vendor has added since is OTHER', async () => {
    await using tested = await empty();
    const { id } = tested.sandbox.world.polls.create(quiz);
    const shape = (answer: unknown): unknown =>
      Object.assign({}, answer, { type: 'survey', mode: null, questions: [{ type: 'drawing' }] });
    tested.sandbox.faults.set('getPoll', { kind: 'shape', shape });
    expect(await tested.data(aPoll, { id })).toMatchObject({
      poll: { type: 'OTHER', mode: 'OTHER', questions: [{ type: 'OTHER', index: null, options: [] }] },
    });
  });
});

describe('what came of a poll', () => {
  it('is its runs, answers and scores, with links to who and where', async () => {
    await using tested = await empty();
    const { poll, ada, run, second, text } = answered(tested.sandbox.world);
    const session = { hmsId: ada.sessionId };
    const who = { userId: 'ada', peer: { name: 'Ada' } };
    expect(await tested.data(whatCameOfIt, { id: poll.id })).toMatchObject({
      poll: {
        sessions: {
          edges: [
            {
              node: {
                hmsId: run.id,
                stoppedAt: null,
                totalResponses: 2,
                uniqueParticipants: 1,
                poll: { hmsId: poll.id },
                session,
              },
            },
          ],
        },
        responses: {
          edges: [
            { node: { hmsId: text.id, text: 'Rome', options: [], isUpdate: false, ...who, session } },
            { node: { hmsId: second.id, options: [2], isUpdate: true, peerId: ada.id, ...who } },
          ],
        },
        results: { edges: [{ node: { score: 0, ...who } }, { node: { score: 1, ...who } }] },
      },
    });
    // The poll, its three lists and the session, once each.
    expect(tested.sandbox.ledger.lines().toSorted()).toEqual([
      `GET /polls/${poll.id}`,
      `GET /polls/${poll.id}/responses?limit=11`,
      `GET /polls/${poll.id}/results?limit=11`,
      `GET /polls/${poll.id}/sessions?limit=11`,
      `GET /sessions/${ada.sessionId}`,
    ]);
  });

  it('is kept by session and question, with replaced answers on demand', async () => {
    await using tested = await empty();
    const { poll, ada, first, second } = answered(tested.sandbox.world);
    const kept = await tested.data(whatCameOfIt, {
      id: poll.id,
      sessionId: encodeGlobalId('Session', ada.sessionId),
      question: 1,
      all: true,
    });
    expect(kept.poll?.sessions?.edges).toHaveLength(1);
    expect(kept.poll?.responses?.edges.map(({ node }) => [node.hmsId, node.originalResponseId])).toEqual([
      [second.id, first.id],
      [first.id, null],
    ]);
    expect(kept.poll?.results?.edges.map(({ node }) => node.score)).toEqual([1]);
    const elsewhere = await tested.data(whatCameOfIt, { id: poll.id, sessionId: NOWHERE });
    expect(elsewhere.poll?.sessions?.edges).toEqual([]);
    const wrong = await tested.ask(whatCameOfIt, { id: poll.id, question: 0 });
    expect(wrong.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('is read one by one; what does not exist is null', async () => {
    await using tested = await empty();
    const { poll, second } = answered(tested.sandbox.world);
    const ids = { responseId: second.id, resultId: second.resultId };
    expect(await tested.data(oneAnswer, { id: poll.id, ...ids })).toEqual({
      poll: { response: { options: [2] }, result: { score: 1 } },
    });
    const nothing = { responseId: NOWHERE, resultId: NOWHERE };
    expect(await tested.data(oneAnswer, { id: poll.id, ...nothing })).toEqual({
      poll: { response: null, result: null },
    });
    const bad = await tested.ask(oneAnswer, { id: poll.id, responseId: '../x', resultId: 'y' });
    expect(bad.errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ]);
  });

  it('names nobody where the poll is anonymous', async () => {
    await using tested = await empty();
    const { world } = tested.sandbox;
    const { id } = world.polls.create({ ...quiz, anonymous: true });
    const room = world.createRoom({ polls: [id] });
    const ada = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    const [run] = world.polls.runsOf(id);
    if (run !== undefined) world.polls.respond(run, ada, 1, { option: 1 });
    const { poll } = await tested.data(whatCameOfIt, { id });
    expect(poll?.responses?.edges).toMatchObject([{ node: { peerId: null, userId: null, peer: null } }]);
  });
});

describe('the polls of rooms', () => {
  it('cost one call for each different poll, and leave out those that are gone', async () => {
    await using tested = await empty();
    const { world } = tested.sandbox;
    const [one, two] = [world.polls.create({ title: 'One' }).id, world.polls.create({ title: 'Two' }).id];
    world.createRoom({ name: 'a', polls: [one, two] });
    world.createRoom({ name: 'b', polls: [two, NOWHERE] });
    world.createRoom({ name: 'c' });
    const { rooms } = await tested.data(pollsOfRooms);
    expect(rooms?.edges.map(({ node }) => node)).toEqual([
      { name: 'c', polls: [] },
      { name: 'b', polls: [{ title: 'Two' }] },
      { name: 'a', polls: [{ title: 'One' }, { title: 'Two' }] },
    ]);
    expect(tested.sandbox.ledger.count()).toBe(4);
  });
});

describe('changing polls', () => {
  it('creates one with numbered questions', async () => {
    await using tested = await empty();
    const input = {
      title: 'Lunch',
      type: 'QUIZ' as const,
      mode: 'PEER_ID' as const,
      start: 'MANUAL' as const,
      anonymous: true,
      duration: 60,
      questions: [
        {
          text: 'Where to?',
          type: 'MULTIPLE_CHOICE' as const,
          format: 'text',
          attachments: [{ type: 'image/png', url: 'https://cdn.test/q.png' }],
          skippable: false,
          duration: 5,
          once: true,
          weight: 3,
          answer: { hidden: true, options: [1, 2] },
          options: [{ text: 'Pizza' }, { text: 'Sushi', weight: 2 }],
        },
        {
          text: 'Why?',
          type: 'LONG_ANSWER' as const,
          answerMinLen: 1,
          answerMaxLen: 9,
          answer: { text: 'so', caseSensitive: true, trim: true },
        },
      ],
    };
    const { createPoll: created } = await tested.data(createPoll, { input });
    expect(created).toMatchObject({ __typename: 'Poll', questions: [{ index: 1 }, { index: 2 }] });
    const [poll] = tested.sandbox.world.polls.all.values();
    expect(poll).toMatchObject({
      type: 'quiz',
      mode: 'peerid',
      start: 'manual',
      questions: [
        {
          type: 'multiple-choice',
          attachment: [{ type: 'image/png', url: 'https://cdn.test/q.png' }],
          once: true,
          answer: { hidden: true, options: [1, 2] },
          options: [
            { index: 1, text: 'Pizza', weight: 1 },
            { index: 2, text: 'Sushi', weight: 2 },
          ],
        },
        { answer_min_len: 1, answer_max_len: 9, answer: { text: 'so', case: true, trim: true } },
      ],
    });
    const { poll: read } = await tested.data(aPoll, { id: poll?.id ?? '' });
    expect(read?.questions).toMatchObject([
      { answer: { hidden: true } },
      { answerMinLen: 1, answerMaxLen: 9 },
    ]);
  });

  it.each([
    [{ duration: -1 }, 'duration'],
    [{ type: 'OTHER' as const }, 'type'],
    [{ questions: [{ text: 'a', duration: -1 }] }, 'questions.0.duration'],
    [{ questions: [{ text: 'a', type: 'OTHER' as const }] }, 'questions.0.type'],
    [{ questions: [{ text: 'a' }, { text: 'b', answer: { options: [1] } }] }, 'questions.1.answer.options'],
    [{ questions: [{ text: 'a', answerMinLen: 3, answerMaxLen: 2 }] }, 'questions.0.answerMinLen'],
  ])('refuses %j before anything is sent', async (input, path) => {
    await using tested = await empty();
    const { createPoll: refused } = await tested.data(createPoll, { input });
    expect(refused).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: path.split('.') }] });
    expect(tested.sandbox.ledger.count()).toBe(0);
  });

  it('changes what is given and keeps the rest', async () => {
    await using tested = await empty();
    const { id } = tested.sandbox.world.polls.create(quiz);
    const input = { id: encodeGlobalId('Poll', id), title: 'Test' };
    expect(await tested.data(updatePoll, { input })).toEqual({
      updatePoll: {
        __typename: 'Poll',
        title: 'Test',
        type: 'QUIZ',
        questions: [{ text: 'Prime?' }, { text: 'Capital?' }],
      },
    });
    expect(tested.sandbox.ledger.lines()).toEqual([`GET /polls/${id}`, `POST /polls/${id}`]);
    expect(await tested.data(updatePoll, { input: { id: NOWHERE } })).toEqual({
      updatePoll: { __typename: 'NotFoundError' },
    });
  });

  it('replaces a question and an option by their places', async () => {
    await using tested = await empty();
    const { id: pollId } = tested.sandbox.world.polls.create(quiz);
    const value = { text: 'Even?', options: [{ text: '3' }, { text: '4' }] };
    expect(await tested.data(setQuestion, { input: { pollId, question: 1, value } })).toEqual({
      setPollQuestion: {
        __typename: 'PollQuestion',
        index: 1,
        text: 'Even?',
        options: [{ text: '3' }, { text: '4' }],
      },
    });
    const option = { pollId, question: 1, option: 2, text: '8', weight: 2 };
    expect(await tested.data(setOption, { input: option })).toEqual({
      setPollOption: { __typename: 'PollOption', index: 2, text: '8', weight: 2 },
    });
    const nowhere = await tested.data(setOption, { input: { ...option, option: 3 } });
    expect(nowhere.setPollOption?.__typename).toBe('NotFoundError');
    const wrong = await tested.data(setQuestion, { input: { pollId, question: 0, value } });
    expect(wrong.setPollQuestion).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['question'] }],
    });
  });

  it('deletes a question and an option and shows the poll as it is then', async () => {
    await using tested = await empty();
    const { id: pollId } = tested.sandbox.world.polls.create(quiz);
    expect(await tested.data(deleteOption, { input: { pollId, question: 1, option: 1 } })).toEqual({
      deletePollOption: {
        __typename: 'DeletedPollOption',
        question: 1,
        option: 1,
        poll: { questions: [{ options: [{ text: '23' }] }, { options: [] }] },
      },
    });
    expect(await tested.data(deleteQuestion, { input: { pollId, question: 1 } })).toEqual({
      deletePollQuestion: {
        __typename: 'DeletedPollQuestion',
        question: 1,
        poll: { questions: [{ index: 1, text: 'Capital?' }] },
      },
    });
    expect(await tested.data(deleteQuestion, { input: { pollId, question: 2 } })).toEqual({
      deletePollQuestion: {
        __typename: 'NotFoundError',
        message: 'The poll does not exist or has no such question.',
      },
    });
  });

  it('tells a refusal of the vendor in its words', async () => {
    await using tested = await empty();
    const body = { code: 403, message: 'polls are not enabled' };
    tested.sandbox.faults.set('createPoll', { kind: 'status', status: 403, body });
    expect(await tested.data(createPoll, { input: {} })).toMatchObject({
      createPoll: { __typename: 'RefusedError', message: 'polls are not enabled' },
    });
  });
});
