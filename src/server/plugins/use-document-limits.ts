// What a document may look like, whoever sends it and over whatever transport. It is looked at as soon as it is parsed,
// so what is too large costs little, and nothing of it is kept but its text and the error, if it comes again.
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../operation/limits.ts';
import { limitExceeded } from '../refusals.ts';
import { shapeOf } from '../operation/operation-shape.ts';

type DocumentLimits = Pick<Limits, 'tokens' | 'depth' | 'aliases' | 'directives'>;

export function useDocumentLimits(limits: DocumentLimits): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        const document = parseLimited(source, options, limits.tokens);
        const fault = faultOfShape(document, limits);
        if (fault !== null) throw fault;
        return document;
      });
    },
  };
}

/** What the parser says when it has counted too far; it has no other mark. */
const TOO_MANY_TOKENS = 'Document contains more than';

function parseLimited(...[source, options, maxTokens]: [...Parameters<typeof parse>, number]): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError) || !error.message.includes(TOO_MANY_TOKENS)) throw error;
    throw limitExceeded('tokens', `The document has more than ${maxTokens} tokens, which is the limit.`);
  }
}

function faultOfShape(document: DocumentNode, limits: DocumentLimits): GraphQLError | null {
  const { depth, aliases, directives } = shapeOf(document);
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
