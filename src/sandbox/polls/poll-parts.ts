// The parts of a poll with the documented defaults filled in, and the score of an answer.
// Questions and options have no ids: they are addressed by their place in the list, counted from 1.
import type { Poll, PollInput, PollQuestion, PollQuestionOption } from '../../openapi/types.ts';

/** An answer to a question. Without any of the three properties the question was skipped. */
export interface PollAnswer {
  /** For a single choice: the option's place, from 1. */
  readonly option?: number | undefined;
  /** For a multiple choice: the options' places, from 1. */
  readonly options?: readonly number[] | undefined;
  /** For a short or long answer. */
  readonly text?: string | undefined;
}

/** A poll with this id. The documented defaults fill in the keys that the input lacks. */
export function completePoll(id: string, input: PollInput): Poll {
  return {
    id,
    title: input.title ?? '',
    duration: input.duration ?? 0,
    anonymous: input.anonymous ?? false,
    mode: input.mode ?? 'userid',
    type: input.type ?? 'poll',
    start: input.start ?? 'auto',
    questions: (input.questions ?? []).map((question, index) => completeQuestion(index + 1, question)),
  };
}

/** A question at this place (from 1), with the documented defaults. */
export function completeQuestion(index: number, question: PollQuestion): PollQuestion {
  return {
    format: 'text',
    skippable: true,
    duration: 0,
    once: false,
    weight: 1,
    type: 'single-choice',
    ...question,
    index,
    options: (question.options ?? []).map((option, place) => completeOption(place + 1, option)),
  };
}

/** An option at this place (from 1): no text and weight 1 by default. */
export function completeOption(index: number, option: PollQuestionOption): PollQuestionOption {
  return { text: '', weight: 1, ...option, index };
}

/** A copy of the list with another element at this place (from 1); undefined if the place is outside the list. */
export function replaced<Part>(list: readonly Part[], place: number, part: Part): Part[] | undefined {
  return list[place - 1] === undefined ? undefined : list.with(place - 1, part);
}

/** A copy of the list without this place (from 1), its elements renumbered; undefined if the place is outside it. */
export function without<Part extends { index?: number }>(
  list: readonly Part[],
  place: number,
): Part[] | undefined {
  if (list[place - 1] === undefined) return undefined;
  return list.toSpliced(place - 1, 1).map((part, index) => Object.assign({}, part, { index: index + 1 }));
}

/** The question's weight if `answer` is correct, else 0. A question that defines no correct answer scores 0. */
export function scoreOf({ weight = 1, type, answer: correct }: PollQuestion, answer: PollAnswer): number {
  if (correct === undefined) return 0;
  const isText = type === 'short-answer' || type === 'long-answer';
  const isCorrect = isText
    ? isCorrectText(correct, answer.text)
    : isCorrectChoice(correct.options ?? [], answer);
  return isCorrect ? weight : 0;
}

function isCorrectText(correct: NonNullable<PollQuestion['answer']>, text: string | undefined): boolean {
  if (text === undefined) return false;
  const normalized = (value: string): string => {
    const trimmed = correct.trim === true ? value.trim() : value;
    return correct.case === true ? trimmed : trimmed.toLowerCase();
  };
  return normalized(text) === normalized(correct.text ?? '');
}

function isCorrectChoice(correct: readonly number[], { option, options }: PollAnswer): boolean {
  const chosen = new Set(option === undefined ? options : [option]);
  return (
    chosen.size > 0 && chosen.size === new Set(correct).size && correct.every((place) => chosen.has(place))
  );
}
