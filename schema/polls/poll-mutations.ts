// The mutations that create and change polls, their questions and options. Source: the vendor's Polls API.
import {
  createPoll,
  deletePollOption,
  deletePollQuestion,
  setPollOption,
  setPollQuestion,
  updatePoll,
  type OptionPlaceInput,
  type QuestionPlaceInput,
} from '../../resolvers/polls/poll-mutations.ts';
import { pollWithId } from '../../resolvers/polls/polls.ts';
import { InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import { ofWorkspace, writes } from '../access.ts';
import { builder } from '../builder.ts';
import type { InputFields } from '../inputs.ts';
import { calls } from '../prices.ts';
import { Poll, PollOption, PollQuestion } from '../refs.ts';
import { PollMode, PollQuestionType, PollStart, PollType } from './poll-enums.ts';

const PollAttachmentInput = builder.inputType('PollAttachmentInput', {
  description: 'A file to show with a question, such as a picture.',
  fields: (t) => ({
    type: t.string({ required: true, description: 'MIME type of the file, such as `image/png`.' }),
    url: t.string({ required: true, description: 'Address of the file.' }),
  }),
});

const PollAnswerInput = builder.inputType('PollAnswerInput', {
  description: 'The right answer to set for a question of a quiz.',
  fields: (t) => ({
    hidden: t.boolean({
      description: 'Whether to hide the right answer from participants while the quiz runs.',
    }),
    options: t.intList({
      description: 'Positions of the right options in `options` of the question, counted from 1.',
    }),
    text: t.string({ description: 'The right text, for questions answered by a text.' }),
    caseSensitive: t.boolean({
      description: 'Whether a written answer must match the text in upper and lower case.',
    }),
    trim: t.boolean({ description: 'Whether to ignore spaces around a written answer.' }),
  }),
});

/** The fields of an option. `what` names the option in their descriptions. */
const optionFields = (t: InputFields, what: string) => ({
  text: t.string({ description: `Text of ${what}.` }),
  weight: t.int({ description: `Weight of ${what}; 1 by default. The vendor does not say how it counts.` }),
});

const PollOptionInput = builder.inputType('PollOptionInput', {
  description: 'An option to choose from; its position in the list becomes its position in the question.',
  fields: (t) => optionFields(t, 'the option'),
});

const PollQuestionInput = builder.inputType('PollQuestionInput', {
  description: 'A question to ask; its position in the list becomes its position in the poll.',
  fields: (t) => ({
    text: t.string({ required: true, description: 'Text of the question to ask.' }),
    type: t.field({
      type: PollQuestionType,
      description: 'How participants answer the question; `SINGLE_CHOICE` by default.',
    }),
    format: t.string({ description: 'Format in which the question is written; `text` by default.' }),
    attachments: t.field({ type: [PollAttachmentInput], description: 'Files to show with the question.' }),
    skippable: t.boolean({ description: 'Whether participants may skip the question; true by default.' }),
    durationSeconds: t.int({ description: 'How many seconds to show the question; 0 for no limit.' }),
    once: t.boolean({
      description:
        'Whether participants can answer only once; false by default, so that they can change their answer.',
    }),
    weight: t.int({ description: 'Points for the right answer to this question; 1 by default.' }),
    answerMinLen: t.int({ description: 'Minimum length to require of a written answer, in characters.' }),
    answerMaxLen: t.int({ description: 'Maximum length to allow for a written answer, in characters.' }),
    answer: t.field({ type: PollAnswerInput, description: 'The right answer to the question, for a quiz.' }),
    options: t.field({ type: [PollOptionInput], description: 'Options of the question, in order.' }),
  }),
});

/** The settings of a poll. `what` names the poll in their descriptions. */
const settings = (t: InputFields, what: string) => ({
  title: t.string({ description: `Title of ${what}.` }),
  durationSeconds: t.int({
    description: `Seconds after which a run of ${what} ends; 0 for no limit, so that it ends when it is stopped or its session ends.`,
  }),
  anonymous: t.boolean({
    description: `Whether answers to ${what} are stored without the participant's identity.`,
  }),
  mode: t.field({ type: PollMode, description: `What counts as one voter of ${what}.` }),
  type: t.field({ type: PollType, description: `Whether ${what} is an opinion poll or a quiz.` }),
  start: t.field({
    type: PollStart,
    description: `Whether ${what} starts automatically with the session or is started by a participant.`,
  }),
  questions: t.field({ type: [PollQuestionInput], description: `All questions of ${what}, in order.` }),
});

const CreatePollInput = builder.inputType('CreatePollInput', {
  description:
    'Settings of a poll to create. Fields that are omitted or null get their defaults: an opinion poll that starts automatically, with one vote for each user and no time limit.',
  fields: (t) => settings(t, 'the new poll'),
});

const UpdatePollInput = builder.inputType('UpdatePollInput', {
  description:
    'New settings of a poll. Fields that are omitted or null keep their values; `questions` replaces all questions.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Vendor id or global id of the poll to change.' }),
    ...settings(t, 'the changed poll'),
  }),
});

/** The fields that locate a question. `question` names it in their descriptions. */
const questionPlace = (t: InputFields, question: string) => ({
  pollId: t.id({ required: true, description: `Vendor id or global id of the poll that has ${question}.` }),
  question: t.int({ required: true, description: `Position in the poll of ${question}, counted from 1.` }),
});

/** The fields that locate an option. `option` names it in their descriptions. */
const optionPlace = (t: InputFields, option: string) => ({
  ...questionPlace(t, `the question with ${option}`),
  option: t.int({ required: true, description: `Position in the question of ${option}, counted from 1.` }),
});

const SetPollQuestionInput = builder.inputType('SetPollQuestionInput', {
  description: 'A question that replaces another one of a poll.',
  fields: (t) => ({
    ...questionPlace(t, 'the question to replace'),
    value: t.field({
      type: PollQuestionInput,
      required: true,
      description: 'The new question. It replaces the old one completely: omitted fields get their defaults.',
    }),
  }),
});

const DeletePollQuestionInput = builder.inputType('DeletePollQuestionInput', {
  description: 'Which question of a poll to delete.',
  fields: (t) => questionPlace(t, 'the question to delete'),
});

const SetPollOptionInput = builder.inputType('SetPollOptionInput', {
  description: 'An option that replaces another one of a question.',
  fields: (t) => ({ ...optionPlace(t, 'the option to replace'), ...optionFields(t, 'the new option') }),
});

const DeletePollOptionInput = builder.inputType('DeletePollOptionInput', {
  description: 'Which option of a question to delete.',
  fields: (t) => optionPlace(t, 'the option to delete'),
});

const changedPoll = { type: Poll, nullable: true } as const;

const DeletedPollQuestion = builder.objectRef<QuestionPlaceInput>('DeletedPollQuestion').implement({
  description:
    'The answer to deleting a question. Later questions of the poll have moved down by one position.',
  fields: (t) => ({
    question: t.exposeInt('question', {
      description: 'Position that the deleted question had in the poll, counted from 1.',
    }),
    poll: t.field({
      ...changedPoll,
      ...calls(1),
      description: 'The poll without the deleted question; null if it no longer exists. Costs one REST call.',
      resolve: ({ pollId }, _args, context) => pollWithId(pollId, context),
    }),
  }),
});

const DeletedPollOption = builder.objectRef<OptionPlaceInput>('DeletedPollOption').implement({
  description:
    'The answer to deleting an option. Later options of the question have moved down by one position.',
  fields: (t) => ({
    question: t.exposeInt('question', {
      description: 'Position in the poll of the question that had the option, counted from 1.',
    }),
    option: t.exposeInt('option', {
      description: 'Position that the deleted option had in the question, counted from 1.',
    }),
    poll: t.field({
      ...changedPoll,
      ...calls(1),
      description: 'The poll without the deleted option; null if it no longer exists. Costs one REST call.',
      resolve: ({ pollId }, _args, context) => pollWithId(pollId, context),
    }),
  }),
});

builder.mutationFields((t) => ({
  createPoll: t.field({
    type: Poll,
    errors: { types: [InvalidInputError, RefusedError] },
    access: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description:
      'Creates a poll. To run it in sessions of a room, link it there with `pollIds`. Costs one REST call.',
    args: {
      input: t.arg({
        type: CreatePollInput,
        required: true,
        description: 'Settings and questions of the poll to create.',
      }),
    },
    resolve: (_root, { input }, context) => createPoll(input, context),
  }),
  updatePoll: t.field({
    type: Poll,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('polls'), ...ofWorkspace },
    ...calls(2),
    description:
      'Changes a poll. The REST API replaces polls as a whole, so the gateway reads the poll and sends it back with the changes: of two changes at the same time, one may be lost. Costs 2 REST calls.',
    args: {
      input: t.arg({ type: UpdatePollInput, required: true, description: 'The poll and its new settings.' }),
    },
    resolve: (_root, { input }, context) => updatePoll(input, context),
  }),
  setPollQuestion: t.field({
    type: PollQuestion,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description: 'Replaces one question of a poll completely. Costs one REST call.',
    args: {
      input: t.arg({
        type: SetPollQuestionInput,
        required: true,
        description: 'The question to replace, by its position, and its new content.',
      }),
    },
    resolve: (_root, { input }, context) => setPollQuestion(input, context),
  }),
  deletePollQuestion: t.field({
    type: DeletedPollQuestion,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('polls'), ...ofWorkspace },
    ...calls(2),
    description:
      'Deletes one question of a poll. Later questions move down by one position, so repeating the mutation deletes another question. Costs 2 REST calls: the gateway reads the poll first.',
    args: {
      input: t.arg({
        type: DeletePollQuestionInput,
        required: true,
        description: 'The question to delete, by its position.',
      }),
    },
    resolve: (_root, { input }, context) => deletePollQuestion(input, context),
  }),
  setPollOption: t.field({
    type: PollOption,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('polls'), ...ofWorkspace },
    ...calls(1),
    description: 'Replaces one option of a question completely. Costs one REST call.',
    args: {
      input: t.arg({
        type: SetPollOptionInput,
        required: true,
        description: 'The option to replace, by its position, and its new content.',
      }),
    },
    resolve: (_root, { input }, context) => setPollOption(input, context),
  }),
  deletePollOption: t.field({
    type: DeletedPollOption,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('polls'), ...ofWorkspace },
    ...calls(2),
    description:
      'Deletes one option of a question. Later options move down by one position, so repeating the mutation deletes another option. Costs 2 REST calls: the gateway reads the poll first.',
    args: {
      input: t.arg({
        type: DeletePollOptionInput,
        required: true,
        description: 'The option to delete, by its position.',
      }),
    },
    resolve: (_root, { input }, context) => deletePollOption(input, context),
  }),
}));
