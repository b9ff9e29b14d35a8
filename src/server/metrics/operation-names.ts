// Decides which names of operations become label values. Clients choose these names, so their number must be limited: each value
// is stored permanently, here and in Prometheus.
import type { OperationDefinitionNode } from 'graphql';
import { redact } from '../../secret.ts';

/** Without a manifest: how many names get a value of their own. */
export const MAX_NAMES = 50;
/** A longer name gets none. */
const MAX_LENGTH = 60;

/** The value for operations without a name. */
const ANONYMOUS = '(anonymous)';
/** The value that all other names share. Parentheses cannot be in a name of GraphQL. */
const OTHER = '(other)';

/**
 * Values of the label `operation`. With a manifest its names have a value each, and no others. Without one, the first 50 names
 * of operations that ran do.
 */
export class OperationNames {
  readonly #known: Set<string>;
  readonly #isFixed: boolean;

  /** `persisted`: the names in the manifest; default: there is no manifest. */
  constructor(persisted?: Iterable<string>) {
    this.#known = new Set(persisted);
    this.#isFixed = persisted !== undefined;
  }

  /** The value for an operation. `mayLearn`: the operation ran, so its name may get a value of its own. */
  labelOf({ name }: OperationDefinitionNode, mayLearn: boolean): string {
    if (name === undefined) return ANONYMOUS;
    const { value } = name;
    // Texts of any length in a Set would cost time: V8 gives those beyond 16,383 characters the same hash.
    if (value.length > MAX_LENGTH) return OTHER;
    if (this.#known.has(value)) return value;
    if (this.#isFixed || !mayLearn || this.#known.size >= MAX_NAMES || redact(value, []) !== value)
      return OTHER;
    this.#known.add(value);
    return value;
  }
}
