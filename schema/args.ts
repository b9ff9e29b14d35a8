// Arguments that many fields share.
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

/** For writes that the vendor makes by name, overwriting what has that name already. */
export const IfExists = builder.enumType('IfExists', {
  description: 'What to do when another object has that name already.',
  values: {
    FAIL: {
      description:
        'Answer a `ConflictError`. The name is looked up first, which is not atomic: of two callers at the same time one may still overwrite the other.',
    },
    OVERWRITE: { description: 'Replace its settings by those given, as the REST API does.' },
  } as const,
});
