// How to send a request to a kind of target, and how to convert its answers to the form of the expected ones.
import type { AnsweredPeer, Ask } from '../workloads.ts';
import { roomIdOf } from '../workspace.ts';

/** An HTTP request. A body is JSON. */
export interface Request {
  readonly path: string;
  readonly body?: string;
}

/** The request and the answer for one kind of ask. */
interface Phrase<A extends Ask> {
  readonly request: (ask: A) => Request;
  /**
   * Reads an answer. Values that the target passes on in another form get the graph's form; nothing is added or repaired.
   * Throws, or returns what differs, if the answer has another shape.
   */
  readonly read: (answer: unknown, ask: A) => unknown;
}

/** The language of a kind of target. */
export type Dialect = {
  readonly [Kind in Ask['kind']]: Phrase<Extract<Ask, { readonly kind: Kind }>>;
};

/** The request for an ask. */
export function requestOf(dialect: Dialect, ask: Ask): Request {
  return phraseOf(dialect, ask).request(ask);
}

/** Reads the answer to an ask. */
export function readAnswer(dialect: Dialect, ask: Ask, answer: unknown): unknown {
  return phraseOf(dialect, ask).read(answer, ask);
}

function phraseOf(dialect: Dialect, { kind }: Ask): Phrase<Ask> {
  // The phrase of this kind takes asks of this kind, which the compiler cannot follow.
  return dialect[kind] as Phrase<Ask>;
}

/** Sorted as `expectedAnswer` has them. */
export function byId(peers: readonly AnsweredPeer[]): AnsweredPeer[] {
  return peers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A role with the fields that are asked for. */
export interface Role {
  readonly name: string;
  readonly priority: number | null;
  readonly maxPeerCount: number;
}

/** Sorted as `expectedAnswer` has them: targets give them in different orders, which does not matter here. */
export function byName(roles: readonly Role[]): Role[] {
  return roles.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A request for a GraphQL operation. */
export function operation(query: string, variables: object = {}): Request {
  return { path: '/graphql', body: JSON.stringify({ query, variables }) };
}

/** The operation that selects each room under an alias, with the ids as variables. */
export function perRoom(rooms: readonly number[], selection: (variable: string) => string): Request {
  const variables = Object.fromEntries(rooms.map((room, index) => [`id${index}`, roomIdOf(room)]));
  const declared = Object.keys(variables).map((name) => `$${name}: ID!`);
  const selected = Object.keys(variables).map((name, index) => `room${index}: ${selection(`$${name}`)}`);
  return operation(`query (${declared.join(', ')}) { ${selected.join(' ')} }`, variables);
}

/** The values of the aliases of `perRoom`. */
export function perRoomOf<T>(answer: unknown, rooms: readonly number[]): T[] {
  const data = dataOf(answer);
  // A missing value shows in the comparison.
  return rooms.map((_, index) => data[`room${index}`] as T);
}

/** The data of a GraphQL answer; the target's schema promises the shape of its members. Throws if it has errors. */
export function dataOf(answer: unknown): Readonly<Record<string, unknown>> {
  const { data, errors } = answer as {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: unknown;
  };
  if (errors === undefined && data != null) return data;
  throw new Error(`the answer has errors: ${JSON.stringify(answer).slice(0, 500)}`);
}
