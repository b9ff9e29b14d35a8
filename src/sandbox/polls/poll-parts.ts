// The parts of a poll made complete, as the vendor answers them, and how an answer scores.
// Questions and options have no ids: they are addressed by their place, counted from 1.
import type { Poll, PollInput, PollQuestion, PollQuestionOption } from '../../openapi/types.ts';

/** What somebody answers to a question. Nothing of the three: it was skipped. */
export interface PollAnswer {
  /** Of a single choice: the option's place, from 1. */
  readonly option?: number | undefined;
  readonly options?: readonly number[] | undefined;
  readonly text?: string | undefined;
}

/** A poll of this id with the documented defaults for what the input leaves out. */
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

export function completeOption(index: number, option: PollQuestionOption): PollQuestionOption {
  return { text: '', weight: 1, ...option, index };
}

/** The list with another element at this place (from 1); undefined if there is no such place. */
export function replaced<Part>(list: readonly Part[], place: number, part: Part): Part[] | undefined {
  return list[place - 1] === undefined ? undefined : list.with(place - 1, part);
}

/** The list without this place (from 1), the later ones moved down; undefined if there is no such place. */
export function without<Part extends { index?: number }>(
  list: readonly Part[],
  place: number,
): Part[] | undefined {
  if (list[place - 1] === undefined) return undefined;
  return list.toSpliced(place - 1, 1).map((part, index) => Object.assign({}, part, { index: index + 1 }));
}

/** The question's weight for the right answer, else 0. A question without a right answer gives nothing. */
export function scoreOf({ weight = 1, type, answer }: PollQuestion, given: PollAnswer): number {
  if (answer === undefined) return 0;
  const isText = type === 'short-answer' || type === 'long-answer';
  const isRight = isText ? isRightText(answer, given.text) : isRightChoice(answer.options ?? [], given);
  return isRight ? weight : 0;
}

function isRightText(answer: NonNullable<PollQuestion['answer']>, given: string | undefined): boolean {
  if (given === undefined) return false;
  const normal = (text: string): string => {
    const trimmed = answer.trim === true ? text.trim() : text;
    return answer.case === true ? trimmed : trimmed.toLowerCase();
  };
  return normal(given) === normal(answer.text ?? '');
}

function isRightChoice(right: readonly number[], { option, options }: PollAnswer): boolean {
  const chosen = new Set(option === undefined ? options : [option]);
  return chosen.size > 0 && chosen.size === new Set(right).size && right.every((place) => chosen.has(place));
}
