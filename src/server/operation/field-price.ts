// The price of a field, in points: 10 for each REST call, 1 for each object. The schema sets the prices
// (schema/prices.ts); operation-cost.ts adds them up before an operation runs, result-objects.ts counts the objects of
// its result.
import {
  getNamedType,
  isCompositeType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';

/** The arguments of a field, coerced. */
export type Args = Readonly<Record<string, unknown>>;

/** A field's price, which the schema sets as `extensions.price`. A field without one costs no REST call and has size 1. */
export interface FieldPrice {
  /** The most REST calls that the field makes for each parent object. */
  readonly calls: number | ((args: Args) => number);
  /**
   * The most elements of a list; default 1. A field that returns a connection sets the number of its `edges`, and these
   * have `ofConnection`.
   */
  readonly size?: ((args: Args) => number) | 'ofConnection';
  /** Points of each object that the field returns; default 1, and 0 for a connection. */
  readonly weight?: number;
  /**
   * `once`: the calls are made once for all siblings, which are the elements of the innermost list around the field that
   * `groups`; without such a list, for each parent object. Default: for each parent object.
   */
  readonly per?: 'once';
  /** Whether the elements of this list or connection are siblings: their fields with `once` make the same calls. */
  readonly groups?: true;
}

/** Points of a REST call. */
export const POINTS_PER_CALL = 10;
/** Points of an object of introspection, which is answered from memory. */
const POINTS_OF_INTROSPECTION = 0.01;

/** A field's price; undefined: it has none. */
export function priceOf(field: GraphQLField<unknown, unknown>): FieldPrice | undefined {
  // Extensions are untyped; the schema sets this one as a FieldPrice (schema/prices.ts).
  return field.extensions['price'] as FieldPrice | undefined;
}

/** Points of each object that a field returns, without its fields; 0 if it returns plain values. */
export function weightOf(field: GraphQLField<unknown, unknown>): number {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return 0;
  if (isIntrospectionType(type)) return POINTS_OF_INTROSPECTION;
  const { weight, size } = priceOf(field) ?? {};
  const isConnection = size !== undefined && !isListOf(field.type);
  return isConnection ? 0 : (weight ?? 1);
}

/** Whether a type is a list, null or not. */
export function isListOf(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
