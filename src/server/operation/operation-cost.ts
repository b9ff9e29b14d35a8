// How dear an operation is, in points, from the prices that the schema gives its fields and from the arguments. Like
// its shape it is measured in a time that is linear in the size of the document.
import {
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type VariableValues,
} from 'graphql';
import { fragmentsOf } from './operation-shape.ts';

type Args = Readonly<Record<string, unknown>>;

/** What a field costs, kept in its `extensions.price`. A field without it makes no REST call and answers one object. */
export interface FieldPrice {
  /** REST calls for each object that the field is asked of; a fraction where one call serves several. */
  readonly calls: number | ((args: Args) => number);
  /** How many elements it answers at most; without it one. */
  readonly size?: (args: Args) => number;
}

/** An object or a list element is one point, a REST call so many. */
const POINTS_PER_CALL = 10;
/** An element of introspection, which is answered from memory. */
const POINTS_OF_INTROSPECTION = 0.01;
/** How long the lists of introspection are taken to be, but for the list of all types. */
const USUAL_LIST = 5;

/** A valid operation, and the values of its variables as the client sent them. */
export interface PricedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Args;
}

export interface OperationCost {
  /** The most that the operation may cost, rounded up; 0 where its variables do not fit, so that it will not run. */
  readonly points: number;
  /** Whether it asks for a field that may take minutes (`extensions.slow`). */
  readonly isSlow: boolean;
}

/** Of operations without variables, which cost the same each time. */
const known = new WeakMap<OperationDefinitionNode, OperationCost>();

export function costOf(priced: PricedOperation): OperationCost {
  const { schema, operation } = priced;
  const { variableDefinitions = [] } = operation;
  const cached = known.get(operation);
  if (cached !== undefined) return cached;
  const { variableValues } = getVariableValues(schema, variableDefinitions, priced.variables);
  const root = schema.getRootType(operation.operation);
  if (variableValues === undefined || root == null) return { points: 0, isSlow: false };
  const measuring = new Measuring(schema, priced.document, variableValues);
  const points = Math.ceil(measuring.ofSet(operation.selectionSet, root));
  const cost = { points, isSlow: measuring.isSlow };
  if (variableDefinitions.length === 0) known.set(operation, cost);
  return cost;
}

/** One walk through an operation. */
class Measuring {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReturnType<typeof fragmentsOf>;
  readonly #variables: VariableValues;
  /** The cost of each fragment for one object. */
  readonly #known = new Map<string, number>();
  isSlow = false;

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: VariableValues) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#variables = variables;
  }

  /** The points of a selection for one object of `type`. Of several object types an object is only one: the dearest. */
  ofSet(set: SelectionSetNode | undefined, type: GraphQLCompositeType): number {
    let common = 0;
    const branches = new Map<string, number>();
    const spread = new Set<string>();
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        common += this.#ofField(selection, type);
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const name = isSpread ? selection.name.value : '';
      // What is spread twice in one place is answered once.
      if (isSpread && spread.has(name)) continue;
      spread.add(name);
      const condition = isSpread
        ? this.#typeOfFragment(name)
        : this.#typeNamed(selection.typeCondition?.name.value);
      const points = isSpread
        ? this.#ofFragment(name)
        : this.ofSet(selection.selectionSet, condition ?? type);
      if (!isObjectType(condition) || condition === type) common += points;
      else branches.set(condition.name, (branches.get(condition.name) ?? 0) + points);
    }
    return common + Math.max(0, ...branches.values());
  }

  #ofFragment(name: string): number {
    const cost = this.#known.get(name);
    if (cost !== undefined) return cost;
    this.#known.set(name, 0);
    const type = this.#typeOfFragment(name);
    const points = type === undefined ? 0 : this.ofSet(this.#fragments.get(name)?.selectionSet, type);
    this.#known.set(name, points);
    return points;
  }

  #ofField(node: FieldNode, parent: GraphQLCompositeType): number {
    const field = fieldOf(parent, node.name.value);
    if (field === undefined) return 0;
    if (field.extensions['slow'] === true) this.isSlow = true;
    const type = getNamedType(field.type);
    if (isIntrospectionType(type)) return this.#ofIntrospection(field, node, type);
    // Set in the schema, and nowhere else.
    const price = field.extensions['price'] as FieldPrice | undefined;
    const args = price === undefined ? {} : argsOf(field, node, this.#variables);
    const calls = typeof price?.calls === 'function' ? price.calls(args) : (price?.calls ?? 0);
    const size = Math.max(0, price?.size?.(args) ?? 1);
    const perElement = isCompositeType(type) ? 1 + this.ofSet(node.selectionSet, type) : 0;
    return calls * POINTS_PER_CALL + size * perElement;
  }

  #ofIntrospection(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    type: ReturnType<typeof getNamedType>,
  ): number {
    if (!isCompositeType(type)) return 0;
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    const size = field.name === 'types' ? Object.keys(this.#schema.getTypeMap()).length : USUAL_LIST;
    return (isList ? size : 1) * (POINTS_OF_INTROSPECTION + this.ofSet(node.selectionSet, type));
  }

  #typeOfFragment(name: string): GraphQLCompositeType | undefined {
    return this.#typeNamed(this.#fragments.get(name)?.typeCondition.name.value);
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** Arguments that do not fit are refused when the field runs; until then they count as if they were left out. */
function argsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: VariableValues): Args {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}
