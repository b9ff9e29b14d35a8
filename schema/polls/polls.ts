// Poll: its definition with questions and options, and its queries. Source: the vendor's Polls API.
import { pollNode } from '../../resolvers/polls/poll-node.ts';
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
import { calls, listOf, pages, pagesOfRoom } from '../prices.ts';
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

builder.node(Poll, {
  description:
    'Questions for the participants of a session: an opinion poll, or a quiz with right answers. A poll is linked to rooms (`pollIds` of a room) and runs in their sessions. Each operation reads the current definition of the poll. The REST API can neither list polls nor delete one.',
  access: { ...reads('polls'), ...ofWorkspace },
  id: { resolve: (poll) => poll.id },
  loadWithoutCache: (id, context) => pollNode.loader(context).load(id),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the poll: 24 hexadecimal digits." }),
    title: t.string({
      nullable: true,
      description: 'Title of the poll; null if empty.',
      resolve: (poll) => textOrNull(poll.title),
    }),
    type: t.field({
      type: PollType,
      description: 'Whether this is an opinion poll or a quiz.',
      resolve: pollTypeOf,
    }),
    mode: t.field({
      type: PollMode,
      description: 'What counts as one voter of the poll.',
      resolve: pollModeOf,
    }),
    start: t.field({
      type: PollStart,
      description: 'Whether the poll starts automatically with the session or is started by a participant.',
      resolve: pollStartOf,
    }),
    anonymous: t.boolean({
      description: "Whether answers are stored without the participant's identity.",
      resolve: (poll) => poll.anonymous ?? false,
    }),
    durationSeconds: t.int({
      nullable: true,
      description:
        'Seconds after which a run of the poll ends; null if it runs until it is stopped or its session ends.',
      resolve: (poll) => poll.duration || null,
    }),
    questions: t.field({
      type: [PollQuestion],
      description: 'Questions of the poll, in the order in which they are asked.',
      resolve: (poll) => poll.questions ?? [],
    }),
    sessions: t.field({
      type: PollSessionConnection,
      nullable: true,
      ...pages,
      description: 'Runs of the poll in sessions. Costs one REST call per poll for every 100 elements.',
      args: {
        ...forwardArgs,
        sessionId: t.arg.id({ description: 'Only runs in this session: its vendor id or global id.' }),
      },
      resolve: (poll, args, context) => sessionsOfPoll(poll, args, context),
    }),
    responses: t.field({
      type: PollResponseConnection,
      nullable: true,
      ...pagesOfRoom,
      description:
        'Answers of participants in all runs of the poll. Costs one REST call per poll for every 100 elements.',
      args: {
        ...forwardArgs,
        question: t.arg.int({
          description: 'Only answers to the question at this position, counted from 1.',
        }),
        includeReplaced: t.arg.boolean({
          description:
            'Whether to include answers that the participant later replaced with another; false by default.',
        }),
      },
      resolve: (poll, args, context) => responsesOfPoll(poll, args, context),
    }),
    response: t.field({
      type: PollResponse,
      nullable: true,
      ...calls(1),
      description: 'One answer to this poll; null if it does not exist. Costs one REST call.',
      args: { id: t.arg.id({ required: true, description: 'Vendor id of the answer to read.' }) },
      resolve: (poll, { id }, context) => responseOfPoll(poll, id, context),
    }),
    results: t.field({
      type: PollResultConnection,
      nullable: true,
      ...pagesOfRoom,
      description:
        'Scores of the answers in all runs of the quiz, one for each answer. Costs one REST call per poll for every 100 elements.',
      args: {
        ...forwardArgs,
        question: t.arg.int({
          description: 'Only scores for the question at this position, counted from 1.',
        }),
      },
      resolve: (poll, args, context) => resultsOfPoll(poll, args, context),
    }),
    result: t.field({
      type: PollResult,
      nullable: true,
      ...calls(1),
      description: 'One score of this quiz; null if it does not exist. Costs one REST call.',
      args: { id: t.arg.id({ required: true, description: 'Vendor id of the score to read.' }) },
      resolve: (poll, { id }, context) => resultOfPoll(poll, id, context),
    }),
  }),
});

const PollAttachmentRef = builder.objectRef<PollAttachment>('PollAttachment').implement({
  description: 'A file shown with a question, such as a picture.',
  fields: (t) => ({
    type: t.string({
      nullable: true,
      description: 'MIME type of the attachment, such as `image/png`; null if the vendor omits it.',
      resolve: ({ type }) => textOrNull(type),
    }),
    url: t.string({
      nullable: true,
      description: 'Address of the attachment; null if the vendor omits it.',
      resolve: ({ url }) => textOrNull(url),
    }),
  }),
});

const PollAnswerRef = builder.objectRef<PollQuestionAnswer>('PollAnswer').implement({
  description: 'The right answer to a question of a quiz, and how answers are compared with it.',
  fields: (t) => ({
    hidden: t.boolean({
      description: 'Whether participants cannot see the right answer while the quiz runs.',
      resolve: (answer) => answer.hidden ?? false,
    }),
    options: t.intList({
      description:
        'Positions of the right options in the question, counted from 1; empty for questions answered by a text.',
      resolve: (answer) => answer.options ?? [],
    }),
    text: t.string({
      nullable: true,
      description: 'The right text; null for questions with options.',
      resolve: (answer) => textOrNull(answer.text),
    }),
    caseSensitive: t.boolean({
      description: 'Whether a text must match in upper and lower case to count as right.',
      resolve: (answer) => answer.case ?? false,
    }),
    trim: t.boolean({
      description: 'Whether spaces around a text are ignored when it is compared.',
      resolve: (answer) => answer.trim ?? false,
    }),
  }),
});

builder.objectType(PollQuestion, {
  description:
    'A question of a poll. It has no id, only a position in the poll, which changes if an earlier question is deleted.',
  fields: (t) => ({
    index: t.exposeInt('index', {
      nullable: true,
      description: 'Position of the question in the poll, counted from 1; null if the vendor omits it.',
    }),
    text: t.string({
      nullable: true,
      description: 'Text of the question; null if empty.',
      resolve: (question) => textOrNull(question.text),
    }),
    type: t.field({
      type: PollQuestionType,
      description: 'How participants answer the question.',
      resolve: questionTypeOf,
    }),
    format: t.string({
      nullable: true,
      description: 'Format of the text of the question, such as `text`; null if the vendor omits it.',
      resolve: (question) => textOrNull(question.format),
    }),
    attachments: t.field({
      type: [PollAttachmentRef],
      description: 'Files shown with the question, such as pictures.',
      resolve: (question) => question.attachment ?? [],
    }),
    skippable: t.boolean({
      description: 'Whether participants may skip the question.',
      resolve: (question) => question.skippable ?? true,
    }),
    durationSeconds: t.int({
      nullable: true,
      description: 'How many seconds the question is shown; null if there is no limit.',
      resolve: (question) => question.duration || null,
    }),
    once: t.boolean({
      description: 'Whether participants can answer only once, without changing their answer later.',
      resolve: (question) => question.once ?? false,
    }),
    weight: t.int({
      description: 'Points that the right answer to this question earns.',
      resolve: (question) => question.weight ?? 1,
    }),
    answerMinLen: t.exposeInt('answer_min_len', {
      nullable: true,
      description: 'Minimum length of a written answer, in characters; null if not set.',
    }),
    answerMaxLen: t.exposeInt('answer_max_len', {
      nullable: true,
      description: 'Maximum length of a written answer, in characters; null if not set.',
    }),
    answer: t.field({
      type: PollAnswerRef,
      nullable: true,
      description: 'The right answer to the question; null if the question has none, as in an opinion poll.',
      resolve: (question) => question.answer,
    }),
    options: t.field({
      type: [PollOption],
      description: 'Options to choose from, in order; empty for questions answered by a text.',
      resolve: (question) => question.options ?? [],
    }),
  }),
});

builder.objectType(PollOption, {
  description:
    'An option of a question. It has no id, only a position in the question, which changes if an earlier option is deleted.',
  fields: (t) => ({
    index: t.exposeInt('index', {
      nullable: true,
      description: 'Position of the option in the question, counted from 1; null if the vendor omits it.',
    }),
    text: t.string({
      nullable: true,
      description: 'Text of the option; null if empty.',
      resolve: (option) => textOrNull(option.text),
    }),
    weight: t.int({
      description: 'Weight of the option, 1 unless set otherwise. The vendor does not say how it counts.',
      resolve: (option) => option.weight ?? 1,
    }),
  }),
});

builder.objectField(Room, 'polls', (t) =>
  t.field({
    type: [Poll],
    nullable: { list: true, items: true },
    access: { ...reads('polls'), ...ofWorkspace },
    ...listOf(10, 10),
    description:
      'Polls linked to this room; polls that no longer exist are left out, and one that cannot be read is null, with an error. Costs one REST call for each different poll in the operation.',
    resolve: (room, _args, context) => pollsOfRoom(room, context),
  }),
);

builder.queryField('poll', (t) =>
  t.field({
    type: Poll,
    nullable: true,
    access: { ...reads('polls'), ...ofWorkspace },
    ...calls(1),
    description: 'One poll by its id; null if it does not exist. Costs one REST call.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the poll to read.' }) },
    resolve: (_root, { id }, context) => pollById(id, context),
  }),
);
