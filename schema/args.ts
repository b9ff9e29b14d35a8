// The paging arguments of Relay that list fields share, in the two sets that the REST API can serve.
import { DEFAULT_FIRST, DEFAULT_FIRST_OF_ALL, MAX_FIRST } from '../resolvers/connection.ts';
import { builder } from './builder.ts';

/** `first` and `after`, for lists that REST pages forward only. */
export const forwardArgs = builder.args((t) => ({
  first: t.int({
    description: `How many to answer, 0 to ${MAX_FIRST}; ${DEFAULT_FIRST} without it. Every 100 cost a REST call.`,
  }),
  after: t.string({ description: 'A cursor of this list: the answer begins right behind it.' }),
}));

/** All four of Relay, for lists that are known whole. */
export const bothWaysArgs = builder.args((t) => ({
  first: t.int({
    description: `How many to answer from the front, 0 to ${MAX_FIRST}; ${DEFAULT_FIRST_OF_ALL} when neither this nor \`last\` is given.`,
  }),
  after: t.string({ description: 'A cursor of this list: only what stands behind it.' }),
  last: t.int({ description: `How many to answer from the back, 0 to ${MAX_FIRST}.` }),
  before: t.string({ description: 'A cursor of this list: only what stands in front of it.' }),
}));
