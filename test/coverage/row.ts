// A row of the table of coverage: an operation of the REST API with the fields that serve it, and a document of the graph
// that makes the operation run. The rows are in rows/, a file or more for each family; table.ts collects them.
import type { World } from '../../src/sandbox/live/world.ts';

/** The world in which the table is run, and vendor ids of its objects. */
export interface Cast {
  /** The world, for a row that creates an object of its own. */
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
  /** The fields of the graph that use the operation, as `Type.field` or the name of a root field. */
  readonly fields: readonly string[];
  /** A document of the graph that makes the operation run. */
  readonly document: (cast: Cast) => string;
  /** True if the document ends what other rows need. Such rows run last. */
  readonly isLast?: boolean;
}

export const query = (selection: (cast: Cast) => string) => (cast: Cast) => `{ ${selection(cast)} }`;
export const mutation = (field: string, input: (cast: Cast) => string) => (cast: Cast) =>
  `mutation { ${field}(input: { ${input(cast)} }) { __typename } }`;
export const list = (field: string) => query(() => `${field}(first: 1) { edges { cursor } }`);

export const inRoom = ({ room }: Cast) => `roomId: "${room}"`;
export const inTemplate = ({ template }: Cast) => `templateId: "${template}"`;

const rows = new Map<string, Coverage>();

/**
 * Adds rows by their operation ids of the OpenAPI document. The order of the rows must be one in which they can run.
 */
export function cover(family: Readonly<Record<string, Coverage>>): void {
  for (const [operationId, row] of Object.entries(family)) {
    if (rows.has(operationId)) throw new Error(`${operationId} has two rows`);
    rows.set(operationId, row);
  }
}

/** All rows added so far; those with `isLast` are at the end. */
export function coveredSoFar(): readonly (readonly [operationId: string, row: Coverage])[] {
  const isLast = ([, row]: readonly [string, Coverage]) => row.isLast === true;
  const all = [...rows];
  return [...all.filter((entry) => !isLast(entry)), ...all.filter(isLast)];
}
