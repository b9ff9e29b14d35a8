// Estimates the memory of an operation's plans, and limits it. The sizes of the parts are rounded up from measurements of the
// heap after garbage collection; test/server/plans/memory.test.ts compares them with the heap.

/** What a plan takes before its first run: its scopes, its conditions and the fragments by name. */
export const BYTES_PER_OPERATION = 1500;
/** The plans of one outcome of `@skip` and `@include`, without any selection. */
const BYTES_PER_OUTCOME = 800;
/** A `SelectionPlan` with its key, its place in maps and its memos. */
const BYTES_PER_SELECTION_PLAN = 400;
/** A `FieldPlan` with its key as text. */
const BYTES_PER_FIELD = 250;
/** Each further field node that selects the same response key. */
const BYTES_PER_NODE = 16;
/** One value in constant arguments, lists and input objects included. */
const BYTES_PER_VALUE = 100;

/**
 * The limit for the plans of an operation: FREE_BYTES, and for each selection BYTES_PER_SELECTION, as much as eight fields take.
 */
const FREE_BYTES = 6000;
const BYTES_PER_SELECTION = 2000;

/** The parts of one plan of selections. */
export interface PlanParts {
  readonly fields: number;
  readonly nodes: number;
  /** The values in all constant arguments. */
  readonly values: number;
}

/** The bytes of one plan of selections. */
function bytesOf({ fields, nodes, values }: PlanParts): number {
  return (
    BYTES_PER_SELECTION_PLAN + BYTES_PER_FIELD * fields + BYTES_PER_NODE * nodes + BYTES_PER_VALUE * values
  );
}

/**
 * Limits the memory of an operation's plans by the number of its selections. A plan for which there is no room is not kept, but
 * made again for each object: a document can have more combinations of its selections than are worth keeping.
 */
export class PlanBudget {
  #left: number;
  readonly #onGrowth: (bytes: number) => void;

  /** `selections`: their number in the operation and its fragments. `onGrowth`: called with the bytes of each plan that is kept. */
  constructor(selections: number, onGrowth: (bytes: number) => void) {
    this.#left = FREE_BYTES + BYTES_PER_SELECTION * selections;
    this.#onGrowth = onGrowth;
  }

  /** Takes the room for a plan of selections; false if there is not enough. */
  takePlan(parts: PlanParts): boolean {
    return this.#take(bytesOf(parts));
  }

  /** Takes the room for the plans of one more outcome; false if there is not enough. */
  takeOutcome(): boolean {
    return this.#take(BYTES_PER_OUTCOME);
  }

  #take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    this.#onGrowth(bytes);
    return true;
  }
}
