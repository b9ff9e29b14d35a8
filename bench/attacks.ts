// Hostile operations, each over one limit. Each request has a different text, so that the cache of documents does not help.

/** One kind of hostile operation. */
export interface Attack {
  /** Its name in the printed table. */
  readonly name: string;
  /** The limit that refuses it, by its name in `extensions.limit`. */
  readonly limit: string;
  /** The text of the operation; each `nonce` gives a different text. */
  readonly query: (nonce: number) => string;
}

/** The number of fragments. Each spreads the next one twice, so the last is spread 2^30 times. */
const DOUBLINGS = 30;

function repeated(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(' ');
}

function nested(depth: number, field: string, inside: string): string {
  return `${`${field} { `.repeat(depth)}${inside}${' }'.repeat(depth)}`;
}

/** One attack for each limit, and one with fragments that multiply. */
export const attacks: readonly Attack[] = [
  {
    name: 'aliases',
    limit: 'aliases',
    query: (nonce) => `{ ${repeated(200, (index) => `a${nonce}_${index}: __typename`)} }`,
  },
  {
    name: 'depth',
    limit: 'depth',
    query: (nonce) =>
      `query N${nonce} { rooms { edges { node { ${nested(60, 'activeSession { room', 'name')}${' }'.repeat(60)} } } } }`,
  },
  {
    name: 'tokens',
    limit: 'tokens',
    query: (nonce) => `query N${nonce} { ${'__typename '.repeat(20_000)} }`,
  },
  {
    name: 'directives',
    limit: 'directives',
    query: (nonce) => `query N${nonce} { __typename ${'@include(if: true) '.repeat(150)} }`,
  },
  {
    name: 'fragments 2^30',
    limit: 'aliases',
    query: (nonce) =>
      `query N${nonce} { ...F0 } ${repeated(
        DOUBLINGS,
        (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
      )} fragment F${DOUBLINGS} on Query { a: __typename }`,
  },
  {
    name: 'cost',
    limit: 'cost',
    query: (nonce) =>
      `query N${nonce} { rooms(first: 500) { edges { node { sessions(first: 500) { edges { node { peers(first: 500) { edges { node { name } } } } } } } } } }`,
  },
];
