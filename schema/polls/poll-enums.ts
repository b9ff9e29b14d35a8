// Enumerations that answers and inputs of polls have in common. Source: the vendor's Polls API.
import { OTHER } from '../../resolvers/polls/polls.ts';
import { builder } from '../builder.ts';

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
