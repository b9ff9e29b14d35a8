// Arguments that many fields share, and the enumerations that answers and inputs have in common.
import { DEFAULT_FIRST, DEFAULT_FIRST_OF_ALL, MAX_FIRST } from '../resolvers/connection.ts';
import { OTHER } from '../resolvers/polls/polls.ts';
import { builder } from './builder.ts';

/** `first` and `after`, for lists that REST pages forward only. */
export const forwardArgs = builder.args((t) => ({
  first: t.int({
    description: `How many to answer, 0 to ${MAX_FIRST}; ${DEFAULT_FIRST} without it. Every 100 cost a REST call.`,
  }),
  after: t.string({ description: 'A cursor of this list: the answer begins right behind it.' }),
}));

/** All four of Relay, for lists that are known whole. */
export const bothWaysArgs = builder.args((t) => ({
  first: t.int({
    description: `How many to answer from the front, 0 to ${MAX_FIRST}; ${DEFAULT_FIRST_OF_ALL} when neither this nor \`last\` is given.`,
  }),
  after: t.string({ description: 'A cursor of this list: only what stands behind it.' }),
  last: t.int({ description: `How many to answer from the back, 0 to ${MAX_FIRST}.` }),
  before: t.string({ description: 'A cursor of this list: only what stands in front of it.' }),
}));

/** For writes that the vendor makes by name, overwriting what has that name already. */
export const IfExists = builder.enumType('IfExists', {
  description: 'What to do when another object has that name already.',
  values: {
    FAIL: {
      description:
        'Answer a `ConflictError`. The name is looked up first, which is not atomic: of two callers at the same time one may still overwrite the other.',
    },
    OVERWRITE: { description: 'Replace its settings by those given, as the REST API does.' },
  } as const,
});

const other = {
  value: OTHER,
  description: 'Something that this gateway does not know yet; cannot be given.',
} as const;

export const PollType = builder.enumType('PollType', {
  description: 'What a poll is for.',
  values: {
    POLL: { value: 'poll', description: 'To learn opinions.' },
    QUIZ: { value: 'quiz', description: 'To test: questions have right answers, and answers have scores.' },
    OTHER: other,
  } as const,
});

export const PollMode = builder.enumType('PollMode', {
  description: 'What tells the voters of a poll apart.',
  values: {
    USER_ID: { value: 'userid', description: "The app's own id of the person: one vote a person." },
    PEER_ID: { value: 'peerid', description: 'The peer: who joins again may vote again.' },
    OTHER: other,
  } as const,
});

export const PollStart = builder.enumType('PollStart', {
  description: 'How a poll begins to run.',
  values: {
    AUTO: { value: 'auto', description: 'With each session of a room that links it.' },
    MANUAL: { value: 'manual', description: 'When somebody in the room starts it; REST cannot.' },
    OTHER: other,
  } as const,
});

export const PollQuestionType = builder.enumType('PollQuestionType', {
  description: 'How a question is answered.',
  values: {
    SINGLE_CHOICE: { value: 'single-choice', description: 'One option is chosen.' },
    MULTIPLE_CHOICE: { value: 'multiple-choice', description: 'Any number of options is chosen.' },
    SHORT_ANSWER: { value: 'short-answer', description: 'A line is written.' },
    LONG_ANSWER: { value: 'long-answer', description: 'A text is written.' },
    OTHER: other,
  } as const,
});
