// How deep, wide and dear an operation is, measured before it runs. A fragment is measured once, however often and
// however deeply it is spread, so the work is linear in the size of the document.
import {
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type VariableValues,
} from 'graphql';

/** What a field may cost beyond the objects that it answers; kept in the field's `extensions.price`. */
export interface FieldPrice {
  /** REST calls for each object that it is asked of; a fraction where one call serves many objects. */
  readonly calls?: number;
  /** How many elements it may answer, from its arguments; 1 where it is no list. */
  readonly size?: (args: Readonly<Record<string, unknown>>) => number;
  /** Set where each 100 elements are one more call. */
  readonly paged?: boolean;
}

/** One point an object or list element, this many for a REST call. */
export const POINTS_PER_CALL = 10;

export interface OperationShape {
  /** Fields inside fields; introspection does not count. */
  readonly depth: number;
  /** Fields that are given another name. */
  readonly aliases: number;
  readonly directives: number;
}

interface Measured {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: Measured = { depth: 0, aliases: 0, directives: 0 };

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/** The largest shape among the operations of a document. It needs no schema and copes with circles of fragments. */
export function shapeOf(document: DocumentNode): OperationShape {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Measured>();
  const measure = (set: SelectionSetNode | undefined): Measured => {
    let total = NOTHING;
    for (const selection of set?.selections ?? []) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : measure(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      const counts = isField && !selection.name.value.startsWith('__') ? 1 : 0;
      total = {
        depth: Math.max(total.depth, inner.depth + counts),
        aliases: total.aliases + inner.aliases + (isField && selection.alias !== undefined ? 1 : 0),
        directives: total.directives + inner.directives + (selection.directives?.length ?? 0),
      };
    }
    return total;
  };
  const ofFragment = (name: string): Measured => {
    const measured = known.get(name);
    if (measured !== undefined) return measured;
    // A fragment that spreads itself is refused by validation; here it shall only not run for ever.
    known.set(name, NOTHING);
    const result = measure(fragments.get(name)?.selectionSet);
    known.set(name, result);
    return result;
  };
  let largest = NOTHING;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, aliases, directives } = measure(definition.selectionSet);
    largest = {
      depth: Math.max(largest.depth, depth),
      aliases: Math.max(largest.aliases, aliases),
      directives: Math.max(largest.directives, directives + (definition.directives?.length ?? 0)),
    };
  }
  return largest;
}

export interface PricedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a valid operation may cost at most, in points; 0 where its variables do not fit, so that it will not run. */
export function costOf({ schema, document, operation, ...given }: PricedOperation): number {
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], given.variables);
  if (coerced.variableValues === undefined) return 0;
  const variables = coerced.variableValues;
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();
  const ofSet = (set: SelectionSetNode | undefined, type: GraphQLCompositeType): number => {
    let total = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) total += ofField(selection, type);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        total += ofSet(selection.selectionSet, typeNamed(selection.typeCondition?.name.value) ?? type);
      } else total += ofFragment(selection.name.value);
    }
    return total;
  };
  const ofFragment = (name: string): number => {
    const cost = known.get(name);
    if (cost !== undefined) return cost;
    known.set(name, 0);
    const fragment = fragments.get(name);
    const type = typeNamed(fragment?.typeCondition.name.value);
    const result = type === undefined ? 0 : ofSet(fragment?.selectionSet, type);
    known.set(name, result);
    return result;
  };
  const ofField = (node: FieldNode, parent: GraphQLCompositeType): number => {
    const field = fieldOf(parent, node.name.value);
    if (field === undefined) return 0;
    const type = getNamedType(field.type);
    const { calls, size } = priceOf(field, node, variables);
    if (!isCompositeType(type)) return calls * POINTS_PER_CALL;
    return calls * POINTS_PER_CALL + size * (1 + ofSet(node.selectionSet, type));
  };
  const typeNamed = (name: string | undefined): GraphQLCompositeType | undefined => {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  };
  const root = schema.getRootType(operation.operation);
  return root == null ? 0 : Math.ceil(ofSet(operation.selectionSet, root));
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function priceOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: VariableValues,
): { readonly calls: number; readonly size: number } {
  // Set in the schema, and nowhere else.
  const price = field.extensions['price'] as FieldPrice | undefined;
  if (price === undefined) return { calls: 0, size: 1 };
  const size = price.size === undefined ? 1 : sizeOf(price.size, field, node, variables);
  return { calls: (price.calls ?? 0) + (price.paged === true ? Math.floor(size / 100) : 0), size };
}

/** Arguments that do not fit are refused when the field runs; until then they count as if they were left out. */
function sizeOf(
  size: NonNullable<FieldPrice['size']>,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: VariableValues,
): number {
  let args: Readonly<Record<string, unknown>> = {};
  try {
    args = getArgumentValues(field, node, variables);
  } catch {
    args = {};
  }
  return Math.max(0, size(args));
}
