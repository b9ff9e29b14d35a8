// The paging arguments of Relay that list fields share, in the two sets that the REST API can serve.
import { DEFAULT_FIRST, DEFAULT_FIRST_OF_ALL, MAX_FIRST } from '../resolvers/connection.ts';
import { builder } from './builder.ts';

/** `first` and `after`, for lists that the REST API pages, forward only. */
export const forwardArgs = builder.args((t) => ({
  first: t.int({
    description: `The number of elements to return, 0 to ${MAX_FIRST}; ${DEFAULT_FIRST} by default. Costs one REST call for every 100.`,
  }),
  after: t.string({
    description:
      'A cursor of this list: return the elements after it; by default from the start of the list.',
  }),
}));

/** All four paging arguments of Relay, for lists that one answer of the REST API holds as a whole. */
export const bothWaysArgs = builder.args((t) => ({
  first: t.int({
    description: `The number of elements to return from the start of the range between \`after\` and \`before\`, 0 to ${MAX_FIRST}; ${DEFAULT_FIRST_OF_ALL} if neither this nor \`last\` is given.`,
  }),
  after: t.string({ description: 'A cursor of this list: the range starts after it.' }),
  last: t.int({
    description: `The number of elements to return from the end of the range between \`after\` and \`before\`, 0 to ${MAX_FIRST}.`,
  }),
  before: t.string({ description: 'A cursor of this list: the range ends before it.' }),
}));
