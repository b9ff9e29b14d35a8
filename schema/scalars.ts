// Scalars of the graph beyond GraphQL's own.
import { builder } from './builder.ts';
import { badUserInput, shown, UnusableValueError } from '../resolvers/errors.ts';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

builder.scalarType('DateTime', {
  description:
    'An instant in UTC as RFC 3339 text, such as `2026-03-12T16:00:05.118273645Z`, with the 0 to 9 fraction digits that the vendor gives. As input any RFC 3339 instant with an offset; it is used to the millisecond.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize(instant) {
    if (RFC_3339.test(instant)) return instant;
    throw new UnusableValueError('no instant');
  },
  parseValue(given) {
    if (typeof given === 'string' && RFC_3339.test(given)) {
      const milliseconds = Date.parse(given);
      if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
    }
    throw badUserInput(`A DateTime such as "2026-03-12T16:00:00Z" is needed; ${shown(given)} is none.`);
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value, as an app wrote it. For output only.',
  serialize: (value) => value,
  parseValue() {
    throw badUserInput('JSON is a scalar for output only.');
  },
});
