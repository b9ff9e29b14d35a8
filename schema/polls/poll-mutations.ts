// Making and changing polls. Source: the vendor's Polls API.
import {
  createPollOf,
  deletePollOptionOf,
  deletePollQuestionOf,
  setPollOptionOf,
  setPollQuestionOf,
  updatePollOf,
  type OptionPlaceInput,
  type QuestionPlaceInput,
} from '../../resolvers/polls/poll-mutations.ts';
import { pollWithId } from '../../resolvers/polls/polls.ts';
import { ofWorkspace, writes } from '../access.ts';
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { calls } from '../prices.ts';
import { Poll, PollOption, PollQuestion } from '../refs.ts';
import { PollMode, PollQuestionType, PollStart, PollType } from './poll-enums.ts';

const PollAttachmentInput = builder.inputType('PollAttachmentInput', {
  description: 'Something shown with a question, such as a picture.',
  fields: (t) => ({
    type: t.string({ required: true, description: 'Its MIME type, such as `image/png`.' }),
    url: t.string({ required: true, description: 'Where it is.' }),
  }),
});

const PollAnswerInput = builder.inputType('PollAnswerInput', {
  description: 'The right answer to a question of a quiz.',
  fields: (t) => ({
    hidden: t.boolean({ description: 'Keep it from people while the quiz runs.' }),
    options: t.intList({ description: 'Places of the right options, counted from 1.' }),
    text: t.string({ description: 'The right text.' }),
    caseSensitive: t.boolean({ description: 'Upper and lower case must agree.' }),
    trim: t.boolean({ description: 'Pass over blanks around the text.' }),
  }),
});

const optionFields = (t: InputFields) => ({
  text: t.string({ description: 'What it says.' }),
  weight: t.int({ description: 'Its weight; 1 without it.' }),
});

const PollOptionInput = builder.inputType('PollOptionInput', {
  description: 'Something that can be chosen; its place in the list is its place in the question.',
  fields: optionFields,
});

const PollQuestionInput = builder.inputType('PollQuestionInput', {
  description: 'A question; its place in the list is its place in the poll.',
  fields: (t) => ({
    text: t.string({ required: true, description: 'What is asked.' }),
    type: t.field({ type: PollQuestionType, description: 'How it is answered; one option without it.' }),
    format: t.string({ description: 'Format of the text; `text` without it.' }),
    attachments: t.field({ type: [PollAttachmentInput], description: 'What is shown with it.' }),
    skippable: t.boolean({ description: 'Whether it may be skipped; true without it.' }),
    duration: t.int({ description: 'Seconds for which it is shown; 0: without a limit of its own.' }),
    once: t.boolean({ description: 'Whether an answer can not be changed; false without it.' }),
    weight: t.int({ description: 'Points for the right answer; 1 without it.' }),
    answerMinLen: t.int({ description: 'The fewest characters of a text.' }),
    answerMaxLen: t.int({ description: 'The most characters of a text.' }),
    answer: t.field({ type: PollAnswerInput, description: 'The right answer, in a quiz.' }),
    options: t.field({ type: [PollOptionInput], description: 'What can be chosen, in order.' }),
  }),
});

const settings = (t: InputFields) => ({
  title: t.string({ description: 'What it is called.' }),
  duration: t.int({ description: 'Seconds for which it runs; 0: until it is stopped or its session ends.' }),
  anonymous: t.boolean({ description: 'Keep answers without the one who gave them.' }),
  mode: t.field({ type: PollMode, description: 'What tells voters apart.' }),
  type: t.field({ type: PollType, description: 'Poll or quiz.' }),
  start: t.field({ type: PollStart, description: 'How it begins to run.' }),
  questions: t.field({ type: [PollQuestionInput], description: 'Its questions, in order.' }),
});

const CreatePollInput = builder.inputType('CreatePollInput', {
  description:
    'The poll to create. What is left out or null gets its default: a poll without a limit of time, one vote a user, that starts by itself.',
  fields: settings,
});

const UpdatePollInput = builder.inputType('UpdatePollInput', {
  description:
    'What to change of a poll. What is left out or null stays as it is; `questions` replaces all of them.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the poll.' }),
    ...settings(t),
  }),
});

const questionPlace = (t: InputFields) => ({
  pollId: t.id({ required: true, description: 'Vendor id or global id of the poll.' }),
  question: t.int({ required: true, description: "The question's place, counted from 1." }),
});

const optionPlace = (t: InputFields) => ({
  ...questionPlace(t),
  option: t.int({ required: true, description: "The option's place in the question, counted from 1." }),
});

const SetPollQuestionInput = builder.inputType('SetPollQuestionInput', {
  description: 'The question to put in the place of another.',
  fields: (t) => ({
    ...questionPlace(t),
    value: t.field({ type: PollQuestionInput, required: true, description: 'The whole question.' }),
  }),
});

const DeletePollQuestionInput = builder.inputType('DeletePollQuestionInput', {
  description: 'The question to delete.',
  fields: questionPlace,
});

const SetPollOptionInput = builder.inputType('SetPollOptionInput', {
  description: 'The option to put in the place of another.',
  fields: (t) => ({ ...optionPlace(t), ...optionFields(t) }),
});

const DeletePollOptionInput = builder.inputType('DeletePollOptionInput', {
  description: 'The option to delete.',
  fields: optionPlace,
});

const changedPoll = {
  type: Poll,
  nullable: true,
  description: 'The poll as it is now. One REST call.',
} as const;

const DeletedPollQuestion = builder.objectRef<QuestionPlaceInput>('DeletedPollQuestion').implement({
  description: 'A question that is gone. Later ones have moved down by one.',
  fields: (t) => ({
    question: t.exposeInt('question', { description: 'The place that it had, counted from 1.' }),
    poll: t.field({
      ...changedPoll,
      resolve: ({ pollId }, _args, context) => pollWithId(pollId, context),
    }),
  }),
});

const DeletedPollOption = builder.objectRef<OptionPlaceInput>('DeletedPollOption').implement({
  description: 'An option that is gone. Later ones have moved down by one.',
  fields: (t) => ({
    question: t.exposeInt('question', { description: "Its question's place, counted from 1." }),
    option: t.exposeInt('option', { description: 'The place that it had, counted from 1.' }),
    poll: t.field({
      ...changedPoll,
      resolve: ({ pollId }, _args, context) => pollWithId(pollId, context),
    }),
  }),
});

builder.mutationFields((t) => ({
  createPoll: t.field({
    type: Poll,
    errors: {},
    authScopes: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description: 'Creates a poll. It runs once a room links it (`pollIds` of a room). One REST call.',
    args: { input: t.arg({ type: CreatePollInput, required: true, description: 'The poll.' }) },
    resolve: (_root, { input }, context) => createPollOf(input, context),
  }),
  updatePoll: t.field({
    type: Poll,
    errors: {},
    authScopes: { ...writes('polls'), ...ofWorkspace },
    ...calls(2),
    description:
      'Changes a poll. REST replaces polls as a whole, so it is read first and sent back with the changes: of two callers at the same time one may undo the other. 2 REST calls.',
    args: { input: t.arg({ type: UpdatePollInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => updatePollOf(input, context),
  }),
  setPollQuestion: t.field({
    type: PollQuestion,
    errors: {},
    authScopes: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description: 'Replaces a question of a poll as a whole. One REST call.',
    args: { input: t.arg({ type: SetPollQuestionInput, required: true, description: 'The question.' }) },
    resolve: (_root, { input }, context) => setPollQuestionOf(input, context),
  }),
  deletePollQuestion: t.field({
    type: DeletedPollQuestion,
    errors: {},
    authScopes: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description:
      'Deletes a question of a poll; later ones move down, so that repeating it deletes another. One REST call.',
    args: {
      input: t.arg({ type: DeletePollQuestionInput, required: true, description: 'Which question.' }),
    },
    resolve: (_root, { input }, context) => deletePollQuestionOf(input, context),
  }),
  setPollOption: t.field({
    type: PollOption,
    errors: {},
    authScopes: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description: 'Replaces an option of a question as a whole. One REST call.',
    args: { input: t.arg({ type: SetPollOptionInput, required: true, description: 'The option.' }) },
    resolve: (_root, { input }, context) => setPollOptionOf(input, context),
  }),
  deletePollOption: t.field({
    type: DeletedPollOption,
    errors: {},
    authScopes: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description:
      'Deletes an option of a question; later ones move down, so that repeating it deletes another. One REST call.',
    args: { input: t.arg({ type: DeletePollOptionInput, required: true, description: 'Which option.' }) },
    resolve: (_root, { input }, context) => deletePollOptionOf(input, context),
  }),
}));
