// Parses the text of a document, within the limits of a document. They are checked directly after parsing, so an oversized
// document is never validated.
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import type { Limits } from '../operation/limits.ts';
import { measureShape } from '../operation/operation-shape.ts';
import { limitExceeded } from '../refusals.ts';
import { unreadable } from './faults.ts';

/** The limits of a document. */
export type DocumentLimits = Pick<Limits, 'tokens' | 'depth' | 'aliases' | 'directives'>;

/** Throws a short GraphQLError: GRAPHQL_PARSE_FAILED, or LIMIT_EXCEEDED for a document over one of the limits. */
export function readDocument(text: string, limits: DocumentLimits): DocumentNode {
  try {
    const document = parseLimited(text, limits.tokens);
    const fault = findShapeFault(document, limits);
    if (fault !== null) throw fault;
    return document;
  } catch (error) {
    throw error instanceof GraphQLError ? unreadable(error) : error;
  }
}

/** The beginning of graphql's message about `maxTokens`; nothing else identifies this error. */
const TOO_MANY_TOKENS = 'Document contains more than';

function parseLimited(text: string, maxTokens: number): DocumentNode {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError) || !error.message.includes(TOO_MANY_TOKENS)) throw error;
    throw limitExceeded('tokens', `The document has more than ${maxTokens} tokens, which is the limit.`);
  }
}

function findShapeFault(document: DocumentNode, limits: DocumentLimits): GraphQLError | null {
  const { depth, aliases, directives } = measureShape(document);
  if (depth > limits.depth) {
    return limitExceeded('depth', `The operation is ${depth} fields deep; the limit is ${limits.depth}.`);
  }
  if (aliases > limits.aliases) {
    return limitExceeded('aliases', `The operation has ${aliases} aliases; the limit is ${limits.aliases}.`);
  }
  return directives > limits.directives
    ? limitExceeded(
        'directives',
        `The operation has ${directives} directives; the limit is ${limits.directives}.`,
      )
    : null;
}
