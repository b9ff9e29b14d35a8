// The limits of a document, over every transport. They are checked directly after parsing, so an oversized document is
// never validated, and the caches keep only its text and the error.
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../operation/limits.ts';
import { limitExceeded } from '../refusals.ts';
import { measureShape } from '../operation/operation-shape.ts';

type DocumentLimits = Pick<Limits, 'tokens' | 'depth' | 'aliases' | 'directives'>;

/** Sets the parser. It throws LIMIT_EXCEEDED for a document over one of the limits. */
export function useDocumentLimits(limits: DocumentLimits): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        const document = parseLimited(source, options, limits.tokens);
        const fault = findShapeFault(document, limits);
        if (fault !== null) throw fault;
        return document;
      });
    },
  };
}

/** How graphql's message about `maxTokens` begins; the error has no other mark. */
const TOO_MANY_TOKENS = 'Document contains more than';

function parseLimited(...[source, options, maxTokens]: [...Parameters<typeof parse>, number]): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens });
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
