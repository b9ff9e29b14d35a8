// What a document may look like, whoever sends it and over whatever transport. It is looked at before it is validated,
// so what is too large costs little.
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../limits.ts';
import { limitExceeded } from '../refusals.ts';
import { shapeOf } from '../operation-shape.ts';

type DocumentLimits = Pick<Limits, 'tokens' | 'depth' | 'aliases' | 'directives'>;

export function useDocumentLimits(limits: DocumentLimits): Plugin {
  // Yoga keeps documents that were parsed before, and what is known of them is kept as long.
  const known = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const faultsOf = (document: DocumentNode) => {
    const faults = known.get(document) ?? faultsOfShape(document, limits);
    known.set(document, faults);
    return faults;
  };
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => parseLimited(source, options, limits.tokens));
    },
    onValidate({ params, setResult }) {
      const faults = faultsOf(params.documentAST);
      if (faults.length > 0) setResult([...faults]);
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

function faultsOfShape(document: DocumentNode, limits: DocumentLimits): readonly GraphQLError[] {
  const { depth, aliases, directives } = shapeOf(document);
  return [
    ...(depth > limits.depth
      ? [limitExceeded('depth', `The operation is ${depth} fields deep; the limit is ${limits.depth}.`)]
      : []),
    ...(aliases > limits.aliases
      ? [limitExceeded('aliases', `The operation has ${aliases} aliases; the limit is ${limits.aliases}.`)]
      : []),
    ...(directives > limits.directives
      ? [
          limitExceeded(
            'directives',
            `The operation has ${directives} directives; the limit is ${limits.directives}.`,
          ),
        ]
      : []),
  ];
}
