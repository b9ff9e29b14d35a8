// Creating polls: the sent body, and input that is refused before it is sent.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { aPoll, startEmpty } from './poll-scene.ts';

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

describe('changing polls', () => {
  it('creates one with numbered questions', async () => {
    await using tested = await startEmpty();
    const input = {
      title: 'Lunch',
      type: 'QUIZ' as const,
      mode: 'PEER_ID' as const,
      start: 'MANUAL' as const,
      anonymous: true,
      durationSeconds: 60,
      questions: [
        {
          text: 'Where to?',
          type: 'MULTIPLE_CHOICE' as const,
          format: 'text',
          attachments: [{ type: 'image/png', url: 'https://cdn.test/q.png' }],
          skippable: false,
          durationSeconds: 5,
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
    [{ durationSeconds: -1 }, 'durationSeconds'],
    [{ type: 'OTHER' as const }, 'type'],
    [{ questions: [{ text: 'a', durationSeconds: -1 }] }, 'questions.0.durationSeconds'],
    [{ questions: [{ text: 'a', type: 'OTHER' as const }] }, 'questions.0.type'],
    [{ questions: [{ text: 'a' }, { text: 'b', answer: { options: [1] } }] }, 'questions.1.answer.options'],
    [{ questions: [{ text: 'a', answerMinLen: 3, answerMaxLen: 2 }] }, 'questions.0.answerMinLen'],
    [{ questions: [{ text: 'a', answerMinLen: -1 }] }, 'questions.0.answerMinLen'],
    [{ questions: [{ text: 'a' }, { text: 'b', answerMaxLen: -9 }] }, 'questions.1.answerMaxLen'],
  ])('refuses %j before it is sent', async (input, path) => {
    await using tested = await startEmpty();
    const { createPoll: refused } = await tested.data(createPoll, { input });
    expect(refused).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: path.split('.') }] });
    expect(tested.sandbox.ledger.count()).toBe(0);
  });

  it('tells all faults of an input at once, those that the REST API documents too', async () => {
    await using tested = await startEmpty();
    const option = { text: 'b', answerMinLen: -1, answerMaxLen: -2, answer: { options: [1] } };
    const input = { durationSeconds: -1, type: 'OTHER' as const, questions: [{ text: 'a' }, option] };
    const { createPoll: refused } = await tested.data(createPoll, { input });
    if (refused?.__typename !== 'InvalidInputError') throw new Error(JSON.stringify(refused));
    expect(refused.issues.map(({ path }) => path.join('.'))).toEqual([
      'durationSeconds',
      'questions.1.answerMinLen',
      'questions.1.answerMaxLen',
      'questions.1.answerMinLen',
      'questions.1.answer.options',
      'type',
    ]);
    expect(tested.sandbox.ledger.count()).toBe(0);
  });

  it('returns a refusal of the vendor with its message', async () => {
    await using tested = await startEmpty();
    const body = { code: 403, message: 'polls are not enabled' };
    tested.sandbox.faults.set('createPoll', { kind: 'status', status: 403, body });
    expect(await tested.data(createPoll, { input: {} })).toMatchObject({
      createPoll: { __typename: 'RefusedError', message: 'polls are not enabled' },
    });
  });
});
