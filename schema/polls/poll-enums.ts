// The enums that both the answers and the inputs of polls use. Source: the vendor's Polls API.
import { OTHER } from '../../resolvers/polls/polls.ts';
import { builder } from '../builder.ts';

/** The enum value for a value that the vendor added after this gateway was written. */
const other = (what: string) =>
  ({
    value: OTHER,
    description: `${what} that this version of the gateway does not know; inputs refuse this value.`,
  }) as const;

export const PollType = builder.enumType('PollType', {
  description: 'Whether a poll asks for opinions or tests knowledge.',
  values: {
    POLL: { value: 'poll', description: 'An opinion poll: no answer is right or wrong.' },
    QUIZ: { value: 'quiz', description: 'A quiz: questions have right answers, and answers earn scores.' },
    OTHER: other('A kind of poll'),
  } as const,
});

export const PollMode = builder.enumType('PollMode', {
  description: 'What counts as one voter of a poll.',
  values: {
    USER_ID: {
      value: 'userid',
      description: "Each user has one vote, by `userId`, the app's own id of the user.",
    },
    PEER_ID: {
      value: 'peerid',
      description: 'Each peer has one vote, so a user who leaves and joins again may vote again.',
    },
    OTHER: other('A way to count voters'),
  } as const,
});

export const PollStart = builder.enumType('PollStart', {
  description: 'How a run of a poll starts.',
  values: {
    AUTO: {
      value: 'auto',
      description: 'The poll starts automatically with each session of the rooms that it is linked to.',
    },
    MANUAL: {
      value: 'manual',
      description: 'A participant starts the poll from within the room. The REST API cannot start it.',
    },
    OTHER: other('A way to start a poll'),
  } as const,
});

export const PollQuestionType = builder.enumType('PollQuestionType', {
  description: 'The form of the answer to a question of a poll.',
  values: {
    SINGLE_CHOICE: { value: 'single-choice', description: 'The participant chooses one option.' },
    MULTIPLE_CHOICE: {
      value: 'multiple-choice',
      description: 'The participant chooses any number of options.',
    },
    SHORT_ANSWER: { value: 'short-answer', description: 'The participant writes a short text.' },
    LONG_ANSWER: { value: 'long-answer', description: 'The participant writes a long text.' },
    OTHER: other('A form of answer'),
  } as const,
});
