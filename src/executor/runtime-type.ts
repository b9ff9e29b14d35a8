// The object type of a value of an abstract type, and the errors for values of wrong types, with the messages of graphql-js.
import {
  defaultTypeResolver,
  GraphQLError,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { FieldPlan } from './plan.ts';
import { quoted } from './shapes.ts';

/** The name of the value's type, as its `resolveType` or the types' `isTypeOf` say; or a promise of it. */
export function runtimeTypeOf(
  type: GraphQLAbstractType,
  value: unknown,
  context: unknown,
  info: GraphQLResolveInfo,
): unknown {
  const resolve = type.resolveType ?? defaultTypeResolver;
  return resolve(value, context, info, type);
}

/** The type that `runtimeTypeOf` has named. Throws if it is no possible type. */
export function checkedType(
  type: GraphQLAbstractType,
  name: unknown,
  value: unknown,
  { schema, parentType, fieldName, fieldNodes: nodes }: GraphQLResolveInfo,
): GraphQLObjectType {
  if (typeof name === 'string') {
    const named = schema.getType(name);
    if (isObjectType(named) && schema.isSubType(type, named)) return named;
    if (named === undefined) {
      throw new GraphQLError(
        `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
        { nodes },
      );
    }
    if (!isObjectType(named)) {
      throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, {
        nodes,
      });
    }
    throw new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${type.name}".`, {
      nodes,
    });
  }
  const must = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}"`;
  if (name === null || name === undefined) {
    throw new GraphQLError(
      `${must}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  }
  throw new GraphQLError(
    `${must} with value ${quoted(value)}, received "${quoted(name)}", which is not a valid Object type name.`,
  );
}

/** The `isTypeOf` of an object's type says no. */
export function invalidTypeError(type: GraphQLObjectType, value: unknown, { nodes }: FieldPlan): Error {
  return new GraphQLError(`Expected value of type "${type.name}" but got: ${quoted(value)}.`, { nodes });
}

/** The value of a list field is no list. */
export function notIterableError({ parentType, field }: FieldPlan): Error {
  return new GraphQLError(
    `Expected Iterable, but did not find one for field "${parentType.name}.${field.name}".`,
  );
}
