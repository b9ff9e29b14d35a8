// What the graph adds to the GraphQL language: scalars for times and for JSON that apps have written, and the directives for
// answers in parts.
import {
  GraphQLDeferDirective,
  GraphQLDirective,
  GraphQLStreamDirective,
  valueFromASTUntyped,
  type ValueNode,
} from 'graphql';
import { builder } from './builder.ts';
import { badUserInput, quoted, UnusableValueError } from '../resolvers/errors.ts';
import { MAX_JSON_DEPTH, shallowOrNull, utcInstant } from '../resolvers/values.ts';

builder.scalarType('DateTime', {
  description:
    'An instant in UTC as RFC 3339 text, such as `2026-03-12T16:00:05.118273645Z`, with the 0 to 9 fraction digits that the vendor gives. As input, any RFC 3339 instant with an offset is accepted, with `T` and `Z` in upper or lower case, and truncated to milliseconds. A date that does not exist is refused.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize(instant) {
    const utc = utcInstant(instant);
    if (utc === null) throw new UnusableValueError('no instant');
    return utc;
  },
  parseValue: (given) => instantIn(given),
  parseLiteral: (node) => instantIn(valueFromASTUntyped(node), node),
});

/** An instant that a caller gives. `node`: where it is in the document; an error has this place. */
function instantIn(given: unknown, node?: ValueNode): string {
  const utc = typeof given === 'string' ? utcInstant(given) : null;
  if (utc !== null) return new Date(utc).toISOString();
  throw badUserInput(
    `Expected a DateTime such as "2026-03-12T16:00:00Z"; ${quoted(given)} is not one.`,
    node,
  );
}

builder.scalarType('JSON', {
  description: `A JSON value of any shape, as an app wrote it, at most ${MAX_JSON_DEPTH} levels deep. Numbers have the precision of a double, so integers beyond 2^53 are rounded. For output only.`,
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

const ANSWER =
  'Works in queries, if the client accepts an answer in parts (`Accept: multipart/mixed`, or WebSocket). Other clients, and all mutations, get the whole answer at once. Not allowed in subscriptions.';

/** `@defer` of graphql-js, described for this graph. */
export const defer = described(
  GraphQLDeferDirective,
  `Sends the fields of this fragment in a later part of the answer. The gateway begins to read them only when the first part is sent. Use it around fields that cost REST calls, such as \`tracks\`. Costs one point for each object that the fragment applies to. ${ANSWER}`,
  {
    if: 'Whether to defer. If `false`, the fields come together with those around the fragment.',
    label:
      'A name for this fragment in the parts of the answer, unique among the labels of the document; a variable is not allowed. By default its parts have no label.',
  },
);

/** `@stream` of graphql-js, described for this graph. */
export const stream = described(
  GraphQLStreamDirective,
  `Sends the elements of this list after the first \`initialCount\` in later parts of the answer. They are resolved one after another, so put their fields that cost REST calls into a fragment with \`@defer\`. Costs one point for each list. ${ANSWER}`,
  {
    if: 'Whether to stream. If `false`, the whole list comes at once.',
    label:
      'A name for this list in the parts of the answer, unique among the labels of the document; a variable is not allowed. By default its parts have no label.',
    initialCount: 'How many elements come in the same part as the object that has the list; 0 or more.',
  },
);

function described(
  directive: GraphQLDirective,
  description: string,
  argumentDescriptions: Readonly<Record<string, string>>,
): GraphQLDirective {
  const config = directive.toConfig();
  const args = Object.entries(config.args).map(
    ([name, arg]) => [name, { ...arg, description: argumentDescriptions[name] }] as const,
  );
  return new GraphQLDirective({ ...config, description, args: Object.fromEntries(args) });
}
