// Removes `@defer` and `@stream` from a document. A server may ignore these directives: then the answer is the same, but in one
// piece.
import { GraphQLDeferDirective, GraphQLStreamDirective, visit, type DocumentNode } from 'graphql';

const DIRECTIVES: ReadonlySet<string> = new Set([GraphQLDeferDirective.name, GraphQLStreamDirective.name]);
/** Documents without these words have neither directive; most have none, so they are not walked. */
const WORDS = /\b(?:defer|stream)\b/;

/** The document without both directives; the same object if it has none. */
export function withoutParts(document: DocumentNode): DocumentNode {
  const { loc } = document;
  if (loc !== undefined && !WORDS.test(loc.source.body)) return document;
  return visit(document, { Directive: ({ name }) => (DIRECTIVES.has(name.value) ? null : undefined) });
}
