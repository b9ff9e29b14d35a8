// The cost of an operation in points, from the prices that the schema gives its fields and from their arguments. The time
// to measure it is linear in the size of the document, as each fragment is measured once.
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

/** A field's price, which the schema sets as `extensions.price`. A field without one costs no REST call and has size 1. */
export interface FieldPrice {
  /** REST calls for each parent object; a fraction where one call serves several of them. */
  readonly calls: number | ((args: Args) => number);
  /** The largest number of elements that the field returns; default 1. */
  readonly size?: (args: Args) => number;
}

/** Points of a REST call; an object or a list element costs one. */
const POINTS_PER_CALL = 10;
/** Points of one element of introspection, which is answered from memory. */
const POINTS_OF_INTROSPECTION = 0.01;
/** The assumed length of introspection's lists, except for the list of all types. */
const USUAL_LIST = 5;

/** A valid operation, and the values of its variables as the client sent them. */
export interface PricedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** The operation of `document` that runs. */
  readonly operation: OperationDefinitionNode;
  /** Raw values; `measureCost` coerces them. */
  readonly variables: Args;
}

/** What an operation may cost and how long it may take. */
export interface OperationCost {
  /** The most that it may cost, rounded up; 0 if its variables are invalid, because then it will not run. */
  readonly points: number;
  /** Whether it selects a field that may take minutes (`extensions.slow`). */
  readonly isSlow: boolean;
}

/** Costs of operations without variables, which are the same each time. */
const known = new WeakMap<OperationDefinitionNode, OperationCost>();

/** Measures an operation. Never throws for a valid one; invalid arguments count as if left out. */
export function measureCost(priced: PricedOperation): OperationCost {
  const { schema, operation } = priced;
  const { variableDefinitions = [] } = operation;
  const cached = known.get(operation);
  if (cached !== undefined) return cached;
  const { variableValues } = getVariableValues(schema, variableDefinitions, priced.variables);
  const root = schema.getRootType(operation.operation);
  if (variableValues === undefined || root == null) return { points: 0, isSlow: false };
  const measuring = new Measuring(schema, priced.document, variableValues);
  const points = Math.ceil(measuring.measureSet(operation.selectionSet, root));
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

  /**
   * The points of a selection set for one object of `type`. An object has one concrete type, so of the fragments on different
   * object types only the most expensive type counts.
   */
  measureSet(set: SelectionSetNode | undefined, type: GraphQLCompositeType): number {
    let common = 0;
    const branches = new Map<string, number>();
    const spread = new Set<string>();
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        common += this.#measureField(selection, type);
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const name = isSpread ? selection.name.value : '';
      // A fragment that is spread twice in one selection set is executed once.
      if (isSpread && spread.has(name)) continue;
      spread.add(name);
      const condition = isSpread
        ? this.#typeOfFragment(name)
        : this.#typeNamed(selection.typeCondition?.name.value);
      const points = isSpread
        ? this.#measureFragment(name)
        : this.measureSet(selection.selectionSet, condition ?? type);
      if (!isObjectType(condition) || condition === type) common += points;
      else branches.set(condition.name, (branches.get(condition.name) ?? 0) + points);
    }
    return common + Math.max(0, ...branches.values());
  }

  #measureFragment(name: string): number {
    const cost = this.#known.get(name);
    if (cost !== undefined) return cost;
    // Guards against a fragment that spreads itself, although validation refuses it.
    this.#known.set(name, 0);
    const type = this.#typeOfFragment(name);
    const points = type === undefined ? 0 : this.measureSet(this.#fragments.get(name)?.selectionSet, type);
    this.#known.set(name, points);
    return points;
  }

  #measureField(node: FieldNode, parent: GraphQLCompositeType): number {
    const field = fieldOf(parent, node.name.value);
    if (field === undefined) return 0;
    if (field.extensions['slow'] === true) this.isSlow = true;
    const type = getNamedType(field.type);
    if (isIntrospectionType(type)) return this.#measureIntrospection(field, node, type);
    // Extensions are untyped; the schema sets this one as a FieldPrice (schema/prices.ts).
    const price = field.extensions['price'] as FieldPrice | undefined;
    const args = price === undefined ? {} : argsOf(field, node, this.#variables);
    const calls = typeof price?.calls === 'function' ? price.calls(args) : (price?.calls ?? 0);
    const size = Math.max(0, price?.size?.(args) ?? 1);
    const perElement = isCompositeType(type) ? 1 + this.measureSet(node.selectionSet, type) : 0;
    return calls * POINTS_PER_CALL + size * perElement;
  }

  #measureIntrospection(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    type: ReturnType<typeof getNamedType>,
  ): number {
    if (!isCompositeType(type)) return 0;
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    const size = field.name === 'types' ? Object.keys(this.#schema.getTypeMap()).length : USUAL_LIST;
    return (isList ? size : 1) * (POINTS_OF_INTROSPECTION + this.measureSet(node.selectionSet, type));
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

/** The arguments of a field. Invalid ones are refused when the field runs; here they count as if left out. */
function argsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: VariableValues): Args {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}
