// A row of the table of coverage: an operation of the REST API with the fields that serve it, and a document of the graph
// that makes the operation run. The rows are in rows/, a file or more for each family; table.ts collects them.
import type { World } from '../../src/sandbox/live/world.ts';

/** The world in which the table is run, and vendor ids of objects in it. */
export interface Cast {
  /** For a row that needs an object of its own. */
  readonly world: World;
  readonly room: string;
  readonly idleRoom: string;
  readonly session: string;
  readonly peer: string;
  readonly template: string;
  readonly liveStream: string;
  readonly recording: string;
  readonly externalStream: string;
  readonly asset: string;
  readonly poll: string;
  readonly pollSession: string;
  readonly pollResponse: string;
  readonly pollResult: string;
  readonly roomCode: string;
  readonly trunk: string;
  readonly workflow: string;
  readonly authToken: string;
}

/** A row of the table. */
export interface Coverage {
  /** Fields of the graph, as `Type.field` or a root field's name. */
  readonly fields: readonly string[];
  /** A document of the graph that makes the operation run. */
  readonly document: (cast: Cast) => string;
  /** Ends what other rows need, so it is run after all of them. */
  readonly isLast?: boolean;
}

export const query = (selection: (cast: Cast) => string) => (cast: Cast) => `{ ${selection(cast)} }`;
export const mutation = (field: string, input: (cast: Cast) => string) => (cast: Cast) =>
  `mutation { ${field}(input: { ${input(cast)} }) { __typename } }`;
export const list = (field: string) => query(() => `${field}(first: 1) { edges { cursor } }`);

export const inRoom = ({ room }: Cast) => `roomId: "${room}"`;
export const inTemplate = ({ template }: Cast) => `templateId: "${template}"`;

const rows = new Map<string, Coverage>();

/** Adds rows, by operation id of the OpenAPI document, in an order in which they can be run one after the other. */
export function cover(family: Readonly<Record<string, Coverage>>): void {
  for (const [operationId, row] of Object.entries(family)) {
    if (rows.has(operationId)) throw new Error(`${operationId} has two rows`);
    rows.set(operationId, row);
  }
}

/** All rows added so far, those that come last at the end. */
export function coveredSoFar(): readonly (readonly [operationId: string, row: Coverage])[] {
  const isLast = ([, row]: readonly [string, Coverage]) => row.isLast === true;
  const all = [...rows];
  return [...all.filter((entry) => !isLast(entry)), ...all.filter(isLast)];
}
