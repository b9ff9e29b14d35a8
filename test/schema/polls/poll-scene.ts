// The set-up of the tests of polls, and the query that several of them read a poll with.
import { graphql } from '../../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

export const NOWHERE = 'f'.repeat(24);

export const aPoll = graphql(`
  query APoll($id: ID!) {
    poll(id: $id) {
      id
      hmsId
      title
      type
      mode
      start
      anonymous
      durationSeconds
      questions {
        index
        text
        type
        format
        skippable
        durationSeconds
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

export function startEmpty(): Promise<TestGateway> {
  return startTestGateway({ sandbox: { data: 'empty' } });
}

export const quiz = {
  title: 'Quiz',
  type: 'quiz' as const,
  questions: [
    { text: 'Prime?', answer: { options: [2] }, options: [{ text: '21' }, { text: '23' }] },
    { text: 'Capital?', type: 'short-answer' as const, answer: { text: 'Paris' } },
  ],
};
