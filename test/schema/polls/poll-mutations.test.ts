// Changing polls, their questions and their options.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import { graphql } from '../../generated/gql.ts';
import { NOWHERE, quiz, startEmpty } from './poll-scene.ts';

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

describe('changing polls', () => {
  it('changes the given fields and keeps the others', async () => {
    await using tested = await startEmpty();
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
    await using tested = await startEmpty();
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
    const twice = { pollId, question: 0, value: { ...value, durationSeconds: -1 } };
    expect((await tested.data(setQuestion, { input: twice })).setPollQuestion).toMatchObject({
      issues: [{ path: ['question'] }, { path: ['value', 'durationSeconds'] }],
    });
  });

  it('deletes a question and an option, and returns the changed poll', async () => {
    await using tested = await startEmpty();
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
});
