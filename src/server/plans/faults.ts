// Errors of parsing and validation as clients get them: with a code and a status, and shortened, because graphql-js repeats its
// input in messages, for example a name of 200 KB in each of many errors.
import {
  GraphQLError,
  type ASTVisitor,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
} from 'graphql';
import { shortened } from '../operation/mask-errors.ts';

/** How many errors of one document are reported; graphql adds one that says that there are more. */
const MAX_ERRORS = 20;
/**
 * Maximum number of locations of one error: the error about fragments that spread each other in a circle has one for each
 * fragment.
 */
const MAX_LOCATIONS = 10;

/** The rules if clients may not query the schema. */
const closedRules = [...specifiedRules, NoSchemaIntrospectionCustomRule, noFieldThatIntrospects];

/** Refuses other fields than `__schema` that return the schema; they are marked by `extensions.introspects`. */
function noFieldThatIntrospects(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (context.getFieldDef()?.extensions['introspects'] !== true) return;
      const message = `Introspection is off, so \`${node.name.value}\` is closed.`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

/**
 * The faults of a document, at most 21; empty: it is valid. Without `introspection` it is a fault to select `__schema`, `__type`
 * or a field that returns the same, and no error suggests names of the schema. Scalars that refuse a literal may set a code of
 * their own.
 */
export function faultsOf(
  document: DocumentNode,
  schema: GraphQLSchema,
  introspection: boolean,
): readonly GraphQLError[] {
  const errors = validate(schema, document, introspection ? specifiedRules : closedRules, {
    maxErrors: MAX_ERRORS,
    hideSuggestions: !introspection,
  });
  return errors.map((error) => compact(error, 'GRAPHQL_VALIDATION_FAILED'));
}

/** The error of a text that cannot be parsed or is over a limit. */
export function unreadable(error: GraphQLError): GraphQLError {
  return compact(error, 'GRAPHQL_PARSE_FAILED');
}

/** A small copy of the error, with `code` unless it has one. The status is 400; 200 as in `limitExceeded`. */
function compact(error: GraphQLError, code: string): GraphQLError {
  const short = new GraphQLError(shortened(error.message), {
    // `nodes` are left out, as they would keep the whole document in memory.
    source: error.source,
    positions: error.positions?.slice(0, MAX_LOCATIONS),
    extensions: { code, ...error.extensions, http: { spec: true, status: 400, ...httpOf(error) } },
  });
  // V8 formats a stack when it is first read; until then it keeps its functions' objects: the long errors, and the request.
  short.stack = '';
  return short;
}

function httpOf({ extensions: { http } }: GraphQLError): object {
  return typeof http === 'object' && http !== null ? http : {};
}
