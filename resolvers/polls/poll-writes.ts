// Reads a poll before it is written, because the REST API replaces polls as a whole, and because the positions of later questions
// change when one is removed. Source: the vendor's Polls API.
import type { PollResource } from '../../src/rest/polls/polls.ts';
import type { Context } from '../context.ts';
import { readPoll } from './poll-node.ts';

/** The poll as it is now, with the recent writes applied: a change of an older state would undo them. */
export function pollToChange(pollId: string, context: Context): Promise<PollResource> {
  return readPoll(pollId, context, { ...context.call, fresh: true });
}
