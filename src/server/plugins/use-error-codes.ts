// Adds codes to errors of parsing and validation, over every transport, and shortens them: graphql repeats its input, for
// example a name of 200 KB in each of many errors. Yoga caches these errors, so they are shortened before that.
import { GraphQLError, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { shortened } from '../operation/mask-errors.ts';

/** How many errors of one document are reported; graphql adds one that says that there are more. */
const MAX_ERRORS = 20;
/** How many locations one error has: that of fragments which spread each other in a circle has one for each of them. */
const MAX_LOCATIONS = 10;

/** `suggestions` is off where the schema is hidden from clients. */
export interface ErrorCodeOptions {
  /** Whether errors may suggest names of the schema ("Did you mean"). */
  readonly suggestions: boolean;
}

/** Sets the validator, which reports at most 20 errors. Scalars that refuse a literal may set a code of their own. */
export function useErrorCodes({ suggestions }: ErrorCodeOptions): Plugin {
  return {
    onParse:
      () =>
      ({ result, replaceParseResult }) => {
        if (result instanceof GraphQLError) replaceParseResult(compact(result, 'GRAPHQL_PARSE_FAILED'));
      },
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { maxErrors: MAX_ERRORS, hideSuggestions: !suggestions }),
      );
      return ({ result, setResult }) => {
        if (result.length > 0) setResult(result.map((error) => compact(error, 'GRAPHQL_VALIDATION_FAILED')));
      };
    },
  };
}

/** A small copy of the error, with `code` unless it has one. */
function compact(error: GraphQLError, code: string): GraphQLError {
  const short = new GraphQLError(shortened(error.message), {
    // `nodes` are left out, as they would keep the whole document in memory.
    source: error.source,
    positions: error.positions?.slice(0, MAX_LOCATIONS),
    extensions: { code, ...error.extensions },
  });
  // V8 formats a stack when it is first read; until then it keeps its functions' objects: the long errors, and the request.
  short.stack = '';
  return short;
}
