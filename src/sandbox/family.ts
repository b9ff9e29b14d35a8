// A family of routes: for each operation a function that returns the JSON of the answer to a call. Method, path, status,
// authorisation and input checks come from the OpenAPI document, so a family does not contain them.
import type { Credentials, Participant } from './http/credentials.ts';
import type { Replays } from './webhooks/replays.ts';
import type { World } from './live/world.ts';

/** A checked request and what it may act upon. `Body` and `Query` are the types of the operation's schemas. */
export interface Call<Body = unknown, Query = unknown> {
  readonly world: World;
  readonly credentials: Credentials;
  readonly replays: Replays;
  /** The caller of an operation that takes a participant's token instead of the workspace's. */
  readonly participant: Participant | undefined;
  /** Decoded path parameters by their documented names. */
  readonly params: Readonly<Record<string, string>>;
  /** Checked and converted by the schemas of the document. */
  readonly query: Query;
  /** Checked against the schema of the document; undefined without a body. */
  readonly body: Body;
  /** Runs the effect of an acknowledged request: at once, or late while a lag is switched on. */
  readonly later: (effect: () => void) => void;
}

/** `never` lets each function name the types of its own body and query. */
export type Answerer = (call: Call<never, never>) => unknown;

export interface Family {
  /** By operation id. The value, or that of a promise, is the body of the successful answer; undefined: no body. */
  readonly answers: Readonly<Record<string, Answerer>>;
  /** By operation id: why a body is refused, in the vendor's words; checked before the rules of the document. */
  readonly refusals?: Readonly<Record<string, (body: unknown) => string | undefined>>;
  /** Adds the family's part of the demo data, after rooms, sessions and polls have been created. */
  readonly addDemoData?: (world: World) => void;
}

/**
 * The state of one family in each world, made at its first use, for state that has no need to see the world's events
 * from the beginning.
 */
export function stateOf<State>(make: (world: World) => State): (world: World) => State {
  const states = new WeakMap<World, State>();
  return (world) => {
    const known = states.get(world) ?? make(world);
    states.set(world, known);
    return known;
  };
}

/** A path parameter; throws for a name that the path does not have. */
export function param(call: Pick<Call, 'params'>, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new RangeError(`the path has no parameter ${name}`);
  return value;
}
