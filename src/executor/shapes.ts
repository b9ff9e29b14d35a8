// How to write a value of each output type. A shape is made once for each type, and lives as long as the type.
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { jsonText, stringText } from './json-text.ts';

/** Writes a value of a leaf type that is not null. Throws what the type's `coerceOutputValue` throws. */
type WriteLeaf = (value: unknown) => string;

/** An output type. Exactly one of `leaf`, `item`, `abstract` and `object` is not null. */
export interface Shape {
  readonly isNonNull: boolean;
  readonly leaf: WriteLeaf | null;
  /** The shape of a list's items. */
  readonly item: Shape | null;
  readonly abstract: GraphQLAbstractType | null;
  readonly object: GraphQLObjectType | null;
}

const NOTHING: Shape = { isNonNull: false, leaf: null, item: null, abstract: null, object: null };

const known = new WeakMap<GraphQLOutputType, Shape>();

/** The shape of a type. */
export function shapeOf(type: GraphQLOutputType): Shape {
  const cached = known.get(type);
  if (cached !== undefined) return cached;
  const shape = makeShape(type);
  known.set(type, shape);
  return shape;
}

function makeShape(type: GraphQLOutputType): Shape {
  if (isNonNullType(type)) return { ...shapeOf(type.ofType), isNonNull: true };
  if (isListType(type)) return { ...NOTHING, item: shapeOf(type.ofType) };
  if (isLeafType(type)) return { ...NOTHING, leaf: writerOf(type) };
  return isAbstractType(type) ? { ...NOTHING, abstract: type } : { ...NOTHING, object: type };
}

function writerOf(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) return enumWriter(type);
  const write: WriteLeaf = (value) => coercedText(type, value);
  // The built-in scalars return the values of these types unchanged. They convert or refuse all others.
  if (type === GraphQLString || type === GraphQLID) {
    return (value) => (typeof value === 'string' ? stringText(value) : write(value));
  }
  if (type === GraphQLBoolean) {
    return (value) => (typeof value === 'boolean' ? String(value) : write(value));
  }
  if (type === GraphQLInt) {
    return (value) => (typeof value === 'number' && (value | 0) === value ? String(value) : write(value));
  }
  if (type === GraphQLFloat) {
    return (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : write(value));
  }
  return write;
}

/** Caches the text of each value. The cache is bounded, because only the enum's own values have a text. */
function enumWriter(type: GraphQLEnumType): WriteLeaf {
  const texts = new Map<unknown, string>();
  return (value) => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    const text = coercedText(type, value);
    texts.set(value, text);
    return text;
  };
}

function coercedText(type: GraphQLLeafType, value: unknown): string {
  const coerced: unknown = type.coerceOutputValue(value);
  if (coerced === null || coerced === undefined) {
    throw new Error(
      `Expected \`${quoted(type)}.coerceOutputValue(${quoted(value)})\` to return non-nullable value, returned: ${quoted(coerced)}`,
    );
  }
  try {
    return jsonText(coerced);
  } catch (error) {
    throw new UnwritableError(error);
  }
}

/** JSON cannot express a value. As with `JSON.stringify` of a whole result, the operation has no result then. */
export class UnwritableError extends Error {
  constructor(cause: unknown) {
    super('A value cannot be written as JSON.', { cause });
  }
}

/** An enum without values: it refuses every value, with a message that quotes it. */
const quoting = new GraphQLEnumType({ name: 'Quoting', values: {} });

/** A value as graphql-js quotes it in its messages; the function that does it is not exported. */
export function quoted(value: unknown): string {
  try {
    quoting.coerceOutputValue(value);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.slice(error.message.indexOf(': ') + 2) : '';
  }
}
