// Done writes of polls, laid over reads that may lag behind them. Questions and options have no ids: their places name
// them. Source: the vendor's Polls API.
import type { PollQuestionResource, PollResource } from '../../src/rest/polls/polls.ts';
import type { Context } from '../context.ts';
import { readPoll } from './poll-node.ts';

/** The poll as it is now, with the recent writes over it: a change of an older state would undo them. */
export function pollToChange(pollId: string, context: Context): Promise<PollResource> {
  return readPoll(pollId, context, { ...context.call, fresh: true });
}

/** Lays a done write of questions over reads of their poll. `change` must be safe to apply twice. */
export function layQuestions(
  pollId: string,
  change: (questions: readonly PollQuestionResource[]) => PollQuestionResource[],
  context: Context,
): void {
  context.catalog.written.polls.lay(pollId, (read) => ({ ...read, questions: change(read.questions ?? []) }));
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
