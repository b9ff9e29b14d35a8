// Documents that cannot be used say in which way, over every transport, and in few words: GraphQL repeats what it was
// given, a name of 200 KB in each of many errors. Yoga keeps these errors as long as the document, so they are made
// small before that.
import { GraphQLError, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { shortened } from '../operation/mask-errors.ts';

/** How many errors of one document are told; after them it is said that there are more. */
const MAX_ERRORS = 20;
/** How many places one error points to: a circle of fragments has as many as it is long. */
const MAX_PLACES = 10;

export interface ErrorCodeOptions {
  /** Whether errors may propose names of the schema. */
  readonly suggestions: boolean;
}

export function useErrorCodes({ suggestions }: ErrorCodeOptions): Plugin {
  return {
    onParse:
      () =>
      ({ result, replaceParseResult }) => {
        if (result instanceof GraphQLError) replaceParseResult(told(result, 'GRAPHQL_PARSE_FAILED'));
      },
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { maxErrors: MAX_ERRORS, hideSuggestions: !suggestions }),
      );
      return ({ result, setResult }) => {
        if (result.length > 0) setResult(result.map((error) => told(error, 'GRAPHQL_VALIDATION_FAILED')));
      };
    },
  };
}

/** The error as it is told; a scalar that refuses a literal has said why already, by a code of its own. */
function told(error: GraphQLError, code: string): GraphQLError {
  const short = new GraphQLError(shortened(error.message), {
    // Without the nodes, which would keep the whole document.
    source: error.source,
    positions: error.positions?.slice(0, MAX_PLACES),
    extensions: { code, ...error.extensions },
  });
  // Until it is read, a stack keeps what its functions worked on: the long errors, and the request.
  short.stack = '';
  return short;
}
