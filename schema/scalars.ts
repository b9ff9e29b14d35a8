// The scalars that GraphQL does not have: instants in time, and JSON written by apps.
import { builder } from './builder.ts';
import { badUserInput, quoted, UnusableValueError } from '../resolvers/errors.ts';
import { MAX_JSON_DEPTH, shallowOrNull, utcInstant } from '../resolvers/values.ts';

builder.scalarType('DateTime', {
  description:
    'An instant in UTC as RFC 3339 text, such as `2026-03-12T16:00:05.118273645Z`, with the 0 to 9 fraction digits that the vendor gives. As input, any RFC 3339 instant with an offset is accepted, in either case of `T` and `Z`, and truncated to milliseconds; a date that does not exist is refused.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize(instant) {
    const utc = utcInstant(instant);
    if (utc === null) throw new UnusableValueError('no instant');
    return utc;
  },
  parseValue(given) {
    const utc = typeof given === 'string' ? utcInstant(given) : null;
    if (utc !== null) return new Date(utc).toISOString();
    throw badUserInput(`Expected a DateTime such as "2026-03-12T16:00:00Z"; ${quoted(given)} is not one.`);
  },
});

builder.scalarType('JSON', {
  description: `A JSON value as an app wrote it, of any shape, at most ${MAX_JSON_DEPTH} levels deep. Numbers have the precision of a double, so integers beyond 2^53 are rounded. It is for output only.`,
  serialize(value) {
    const shallow = shallowOrNull(value);
    // The executor keeps this error in its field, while JSON.stringify would fail for the whole result.
    if (shallow === null && value !== null) throw new UnusableValueError('a JSON value is nested too deep');
    return shallow;
  },
  parseValue() {
    throw badUserInput('JSON cannot be used as an input; it is a scalar for output only.');
  },
});
