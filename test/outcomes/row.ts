// A row of the table of outcomes: for one mutation, a cause of each member of its result's union. The rows are in
// rows/, a file for each family; table.ts collects them.
import type { Fault } from '../../src/sandbox/http/faults.ts';
import type { AccessCast } from '../access/row.ts';

/** A vendor id of no object. */
export const MISSING = 'f'.repeat(24);

/** How a member is caused. */
export interface Cause {
  /** The fields of the input. Default: those of the mutation's first row in the table of access. */
  readonly input?: (cast: AccessCast) => string;
  /** Prepares the world. */
  readonly before?: (cast: AccessCast) => void;
  /**
   * A fault in the answer to the mutation's REST operation, for an outcome that the sandbox cannot cause otherwise.
   */
  readonly fault?: Fault;
}

/** The names of the failures that a union can have. */
export type Failure = 'NotFoundError' | 'InvalidInputError' | 'ConflictError' | 'RefusedError';

/** By failure; `done` is needed only where the document of the table of access does not succeed in a world of its own. */
export type Outcomes = Readonly<Partial<Record<Failure | 'done', Cause>>>;

export const by = (input: NonNullable<Cause['input']>, before?: Cause['before']): Cause =>
  before === undefined ? { input } : { input, before };

/** A fault that makes the sandbox give this answer. */
export const says = (status: number, message: string): Fault => ({
  kind: 'status',
  status,
  body: { code: status, message, details: [] },
});

/** Documented for every operation of the REST API but the exchange of room codes. */
export const forbidden: Cause = { fault: says(403, 'user does not have required permission') };

/** For writes of which no parameter names an object that could be missing in the sandbox. */
export const unknownUpstream: Cause = { fault: says(404, 'not found') };

/** The rooms of the cast can't be joined any more, and nothing can be created for them. */
export const disabled: NonNullable<Cause['before']> = ({ world, room }) =>
  void world.rooms.update(room, { enabled: false });

const rows = new Map<string, Outcomes>();

/** Adds the rows of a family, by mutation. */
export function outcomes(family: Readonly<Record<string, Outcomes>>): void {
  for (const [mutation, row] of Object.entries(family)) rows.set(mutation, row);
}

/** All rows added so far. */
export function addedSoFar(): ReadonlyMap<string, Outcomes> {
  return rows;
}
