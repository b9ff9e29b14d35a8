// Poll: its definition and root field. Source: the vendor's Polls API.
import {
  pollById,
  pollModeOf,
  pollsOfRoom,
  pollStartOf,
  pollTypeOf,
  questionTypeOf,
  responseOfPoll,
  responsesOfPoll,
  resultOfPoll,
  resultsOfPoll,
  sessionsOfPoll,
} from '../../resolvers/polls/polls.ts';
import { textOrNull } from '../../resolvers/values.ts';
import type { PollAttachment, PollQuestionAnswer } from '../../src/openapi/types.ts';
import { ofWorkspace, reads } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { calls, listOf, pages } from '../prices.ts';
import {
  Poll,
  PollOption,
  PollQuestion,
  PollResponse,
  PollResponseConnection,
  PollResult,
  PollResultConnection,
  PollSessionConnection,
  Room,
} from '../refs.ts';
import { PollMode, PollQuestionType, PollStart, PollType } from './poll-enums.ts';

const onlyQuestion = 'Only of the question at this place, counted from 1.';

builder.node(Poll, {
  description:
    'Questions that are put to the people of a session, as a poll or as a quiz with right answers. It is linked to rooms and runs in their sessions. Read anew by each operation. There is no list of polls and no way to delete one.',
  authScopes: { ...reads('polls'), ...ofWorkspace },
  id: { resolve: (poll) => poll.id },
  loadWithoutCache: (id, context) => pollById(id, context),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
    title: t.string({
      nullable: true,
      description: 'What it is called; null when empty.',
      resolve: (poll) => textOrNull(poll.title),
    }),
    type: t.field({ type: PollType, description: 'Poll or quiz.', resolve: pollTypeOf }),
    mode: t.field({ type: PollMode, description: 'What tells voters apart.', resolve: pollModeOf }),
    start: t.field({ type: PollStart, description: 'How it begins to run.', resolve: pollStartOf }),
    anonymous: t.boolean({
      description: 'Whether answers are kept without the one who gave them.',
      resolve: (poll) => poll.anonymous ?? false,
    }),
    duration: t.int({
      nullable: true,
      description: 'Seconds for which it runs; null: until it is stopped or its session ends.',
      resolve: (poll) => poll.duration || null,
    }),
    questions: t.field({
      type: [PollQuestion],
      description: 'Its questions, in order.',
      resolve: (poll) => poll.questions ?? [],
    }),
    sessions: t.field({
      type: PollSessionConnection,
      nullable: true,
      ...pages,
      description: 'Its runs in sessions.',
      args: {
        ...forwardArgs,
        sessionId: t.arg.id({ description: 'Only in this session: its vendor id or global id.' }),
      },
      resolve: (poll, args, context) => sessionsOfPoll(poll, args, context),
    }),
    responses: t.field({
      type: PollResponseConnection,
      nullable: true,
      ...pages,
      description: 'The answers that people gave, of all runs.',
      args: {
        ...forwardArgs,
        question: t.arg.int({ description: onlyQuestion }),
        includeReplaced: t.arg.boolean({ description: 'Also answers that their givers replaced later.' }),
      },
      resolve: (poll, args, context) => responsesOfPoll(poll, args, context),
    }),
    response: t.field({
      type: PollResponse,
      nullable: true,
      description: 'One answer; null when it does not exist. One REST call.',
      args: { id: t.arg.id({ required: true, description: 'Vendor id of the answer.' }) },
      resolve: (poll, { id }, context) => responseOfPoll(poll, id, context),
    }),
    results: t.field({
      type: PollResultConnection,
      nullable: true,
      ...pages,
      description: 'The scores that people reached, one for each answer, of all runs.',
      args: { ...forwardArgs, question: t.arg.int({ description: onlyQuestion }) },
      resolve: (poll, args, context) => resultsOfPoll(poll, args, context),
    }),
    result: t.field({
      type: PollResult,
      nullable: true,
      description: 'One score; null when it does not exist. One REST call.',
      args: { id: t.arg.id({ required: true, description: 'Vendor id of the score.' }) },
      resolve: (poll, { id }, context) => resultOfPoll(poll, id, context),
    }),
  }),
});

const PollAttachmentRef = builder.objectRef<PollAttachment>('PollAttachment').implement({
  description: 'Something shown with a question, such as a picture.',
  fields: (t) => ({
    type: t.exposeString('type', { nullable: true, description: 'Its MIME type.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where it is.' }),
  }),
});

const PollAnswerRef = builder.objectRef<PollQuestionAnswer>('PollAnswer').implement({
  description: 'The right answer to a question of a quiz.',
  fields: (t) => ({
    hidden: t.boolean({
      description: 'Whether it is kept from people while the quiz runs.',
      resolve: (answer) => answer.hidden ?? false,
    }),
    options: t.intList({
      description: 'Places of the right options, counted from 1.',
      resolve: (answer) => answer.options ?? [],
    }),
    text: t.string({
      nullable: true,
      description: 'The right text; null where options are chosen.',
      resolve: (answer) => textOrNull(answer.text),
    }),
    caseSensitive: t.boolean({
      description: 'Whether upper and lower case must agree.',
      resolve: (answer) => answer.case ?? false,
    }),
    trim: t.boolean({
      description: 'Whether blanks around the text are passed over.',
      resolve: (answer) => answer.trim ?? false,
    }),
  }),
});

builder.objectType(PollQuestion, {
  description: 'A question of a poll. It has no id: it is named by its place, which a deletion may change.',
  fields: (t) => ({
    index: t.exposeInt('index', { nullable: true, description: 'Its place in the poll, counted from 1.' }),
    text: t.string({
      nullable: true,
      description: 'What is asked; null when empty.',
      resolve: (question) => textOrNull(question.text),
    }),
    type: t.field({ type: PollQuestionType, description: 'How it is answered.', resolve: questionTypeOf }),
    format: t.string({
      nullable: true,
      description: 'Format of the text, such as `text`.',
      resolve: (question) => textOrNull(question.format),
    }),
    attachments: t.field({
      type: [PollAttachmentRef],
      description: 'What is shown with it.',
      resolve: (question) => question.attachment ?? [],
    }),
    skippable: t.boolean({
      description: 'Whether it may be skipped.',
      resolve: (question) => question.skippable ?? true,
    }),
    duration: t.int({
      nullable: true,
      description: 'Seconds for which it is shown; null: without a limit of its own.',
      resolve: (question) => question.duration || null,
    }),
    once: t.boolean({
      description: 'Whether an answer can not be changed.',
      resolve: (question) => question.once ?? false,
    }),
    weight: t.int({
      description: 'Points for the right answer.',
      resolve: (question) => question.weight ?? 1,
    }),
    answerMinLen: t.exposeInt('answer_min_len', {
      nullable: true,
      description: 'The fewest characters of a text; null when not given.',
    }),
    answerMaxLen: t.exposeInt('answer_max_len', {
      nullable: true,
      description: 'The most characters of a text; null when not given.',
    }),
    answer: t.field({
      type: PollAnswerRef,
      nullable: true,
      description: 'The right answer; null when it has none.',
      resolve: (question) => question.answer,
    }),
    options: t.field({
      type: [PollOption],
      description: 'What can be chosen, in order; empty where a text is written.',
      resolve: (question) => question.options ?? [],
    }),
  }),
});

builder.objectType(PollOption, {
  description:
    'Something that can be chosen. It has no id: it is named by its place, which a deletion may change.',
  fields: (t) => ({
    index: t.exposeInt('index', { nullable: true, description: 'Its place, counted from 1.' }),
    text: t.string({
      nullable: true,
      description: 'What it says; null when empty.',
      resolve: (option) => textOrNull(option.text),
    }),
    weight: t.int({ description: 'Its weight.', resolve: (option) => option.weight ?? 1 }),
  }),
});

builder.objectField(Room, 'polls', (t) =>
  t.field({
    type: [Poll],
    nullable: true,
    authScopes: { ...reads('polls'), ...ofWorkspace },
    ...listOf(10),
    description:
      'The polls linked to the room; those that are gone are left out. One REST call for each different poll of the operation.',
    resolve: (room, _args, context) => pollsOfRoom(room, context),
  }),
);

builder.queryField('poll', (t) =>
  t.field({
    type: Poll,
    nullable: true,
    authScopes: { ...reads('polls'), ...ofWorkspace },
    ...calls(1),
    description: 'One poll; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the poll.' }) },
    resolve: (_root, { id }, context) => pollById(id, context),
  }),
);
