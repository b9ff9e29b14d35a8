// Arguments that are the same in each execution of an operation.
import { getArgumentValues, Kind, type FieldNode, type GraphQLField, type ValueNode } from 'graphql';

/** The arguments of a field, coerced. */
export type Args = Record<string, unknown>;

/** The arguments of fields that are selected without arguments: the defaults, if there are any. */
const withoutArguments = new WeakMap<GraphQLField<unknown, unknown>, Args | null>();

/**
 * The coerced arguments of a field, if they contain no variables. All runs share them; if a field is selected without arguments,
 * all operations do. Null if they depend on variables, or are invalid: then each run coerces them and reports the error.
 */
export function constantArgsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Args | null {
  if (node.arguments === undefined || node.arguments.length === 0) {
    const known = withoutArguments.get(field);
    if (known !== undefined) return known;
    const args = coerced(field, node);
    withoutArguments.set(field, args);
    return args;
  }
  return node.arguments.some(({ value }) => hasVariable(value)) ? null : coerced(field, node);
}

function coerced(field: GraphQLField<unknown, unknown>, node: FieldNode): Args | null {
  try {
    // Frozen, as they are shared.
    return Object.freeze(getArgumentValues(field, node));
  } catch {
    return null;
  }
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}

/** Counts the arguments of a node and all values in them; a list or input object counts in addition to its members. */
export function valuesIn({ arguments: args = [] }: FieldNode): number {
  return args.reduce((sum, { value }) => sum + 1 + countOf(value), 0);
}

function countOf(value: ValueNode): number {
  if (value.kind === Kind.LIST) return value.values.reduce((sum, item) => sum + countOf(item), 1);
  if (value.kind !== Kind.OBJECT) return 1;
  return value.fields.reduce((sum, field) => sum + countOf(field.value), 1);
}
