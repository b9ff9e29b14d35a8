// The Node `Poll`.
import type { CallOptions } from '../../src/rest/client/client.ts';
import { getPoll, type PollResource } from '../../src/rest/polls/polls.ts';
import { orNull, singleLoader, type LoaderContext } from '../loaders.ts';
import { hexNode } from '../node.ts';

/** A poll with the recent writes applied. Rejects with a `RestError`. */
export function readPoll(
  id: string,
  { client, catalog }: LoaderContext,
  call: CallOptions,
): Promise<PollResource> {
  return catalog.written.polls.read(id, () => getPoll(client, id, call));
}

/** The Node `Poll` with its loader: one REST call for each poll. */
export const pollNode = hexNode(
  singleLoader<PollResource | null>((id, context) => orNull(readPoll(id, context, context.call))),
);
