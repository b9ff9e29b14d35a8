// Successful writes of polls as values, and how each is applied to a read that may not show it yet. Questions and options have no
// ids: they are identified by their position, counted from 1. Source: the vendor's Polls API.
import type { PollOptionResource, PollQuestionResource, PollResource } from './polls.ts';

/** A write of a poll: of some of its keys, of one question, or of one option. */
export type PollChange =
  | { readonly set: Partial<PollResource> }
  | { readonly question: number; readonly written: PollQuestionResource }
  | { readonly question: number; readonly option: number; readonly written: PollOptionResource };

/** The poll with the write over it. */
export function changedPoll(read: PollResource, change: PollChange): PollResource {
  if ('set' in change) return { ...read, ...change.set };
  const changed = (question: PollQuestionResource) =>
    'option' in change
      ? { ...question, options: withPlace(question.options ?? [], change.option, () => change.written) }
      : change.written;
  return { ...read, questions: withPlace(read.questions ?? [], change.question, changed) };
}

interface Placed {
  readonly index?: number | undefined;
}

/** The element's place, counted from 1. */
function placeOf({ index }: Placed, at: number): number {
  return index ?? at + 1;
}

/** The list with one element changed. Places are counted from 1. */
export function withPlace<T extends Placed>(
  list: readonly T[],
  place: number,
  change: (element: T) => T,
): T[] {
  return list.map((element, at) => (placeOf(element, at) === place ? change(element) : element));
}

/** The list without one element; later ones move down by one place, as the vendor moves them. */
export function withoutPlace<T extends Placed>(list: readonly T[], place: number): T[] {
  return list
    .filter((element, at) => placeOf(element, at) !== place)
    .map((element, at) => Object.assign({}, element, { index: at + 1 }));
}
