// The cost of an operation in points, from the prices that the schema gives its fields and from their arguments. The time to
// measure it is linear in the size of the document, because each fragment is measured only once.
import {
  BREAK,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  type VariableValues,
} from 'graphql';
import { isListOf, POINTS_PER_CALL, priceOf, weightOf, type Args } from './field-price.ts';
import { fragmentsOf } from './operation-shape.ts';

/** The assumed length of introspection's lists, except for the list of all types. */
const USUAL_LIST = 5;

/** The points of a selection set. */
interface Points {
  /** For each object of the set's type. */
  readonly each: number;
  /** For each element, if the type is a connection. */
  readonly element: number;
  /** Of calls that are made once for all siblings (`FieldPrice.per`). */
  readonly once: number;
}

const FREE: Points = { each: 0, element: 0, once: 0 };
/** A further part of an answer: its announcement is data that no field has. */
const PART: Points = { each: 1, element: 0, once: 0 };

/** A valid operation, and the values of its variables as the client sent them. */
export interface PricedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** The operation of `document` that runs. */
  readonly operation: OperationDefinitionNode;
  /** Raw values; `measureCost` coerces them. */
  readonly variables: Args;
}

/** The cost of an operation with the given variables, and whether it may take long. */
export interface OperationCost {
  /** The maximum cost, rounded up; 0 if its variables are invalid, because then it will not run. */
  readonly points: number;
  /** Whether it selects a field that may take minutes (`extensions.slow`). */
  readonly isSlow: boolean;
}

/** The cost of an operation, and whether other variables would change it. */
export interface MeasuredCost extends OperationCost {
  /** Whether the cost is the same for all values of the variables that are valid (`variablesFit`). */
  readonly isConstant: boolean;
}

/** Measures an operation. Never throws for a valid one; invalid arguments count as if left out. */
export function measureCost(priced: PricedOperation): MeasuredCost {
  const { schema, operation } = priced;
  const variableValues = coerced(priced);
  const root = schema.getRootType(operation.operation);
  if (variableValues === undefined || root == null) return { points: 0, isSlow: false, isConstant: false };
  const measuring = new Measuring(schema, priced.document, variableValues);
  const { each, once } = measuring.measureSet(operation.selectionSet, root);
  const { isSlow, isConstant } = measuring;
  return { points: Math.ceil(each + once), isSlow, isConstant };
}

/** Whether the values are valid for the operation's variables. If not, it will not run, and costs nothing. */
export function variablesFit(priced: Omit<PricedOperation, 'document'>): boolean {
  return (priced.operation.variableDefinitions ?? []).length === 0 || coerced(priced) !== undefined;
}

function coerced({
  schema,
  operation: { variableDefinitions = [] },
  variables,
}: Omit<PricedOperation, 'document'>): VariableValues | undefined {
  return getVariableValues(schema, variableDefinitions, variables).variableValues;
}

/** One walk through an operation. */
class Measuring {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReturnType<typeof fragmentsOf>;
  readonly #variables: VariableValues;
  /** The points of each fragment. */
  readonly #known = new Map<string, Points>();
  isSlow = false;
  /** Whether no price has read a variable so far. */
  isConstant = true;

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: VariableValues) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#variables = variables;
  }

  /**
   * The points of a selection set for objects of `type`. An object has one concrete type, so of the fragments on different
   * object types only the most expensive type counts.
   */
  measureSet(set: SelectionSetNode | undefined, type: GraphQLCompositeType): Points {
    let common = FREE;
    const branches = new Map<string, Points>();
    const spread = new Set<string>();
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        common = sum(common, this.#measureField(selection, type));
        continue;
      }
      // Also counted for a fragment that is spread twice, because each of its parts is announced.
      if (hasDirective(selection, 'defer')) common = sum(common, PART);
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
      if (!isObjectType(condition) || condition === type) common = sum(common, points);
      else branches.set(condition.name, sum(branches.get(condition.name) ?? FREE, points));
    }
    return sum(common, [...branches.values()].reduce(greater, FREE));
  }

  #measureFragment(name: string): Points {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // Guards against a fragment that spreads itself, although validation refuses it.
    this.#known.set(name, FREE);
    const type = this.#typeOfFragment(name);
    const points = type === undefined ? FREE : this.measureSet(this.#fragments.get(name)?.selectionSet, type);
    this.#known.set(name, points);
    return points;
  }

  #measureField(node: FieldNode, parent: GraphQLCompositeType): Points {
    const field = fieldOf(parent, node.name.value);
    if (field === undefined) return FREE;
    if (field.extensions['slow'] === true) this.isSlow = true;
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? this.measureSet(node.selectionSet, type) : FREE;
    const weight = weightOf(field);
    if (isIntrospectionType(type)) return { ...FREE, each: this.#lengthOf(field) * (weight + inner.each) };
    const { calls = 0, size, per, groups } = priceOf(field) ?? {};
    const isPriced = typeof calls === 'function' || typeof size === 'function';
    const args = isPriced ? this.#argsOf(field, node) : {};
    const own = POINTS_PER_CALL * (typeof calls === 'function' ? calls(args) : calls);
    const isStreamed = hasDirective(node, 'stream');
    if (size === 'ofConnection') {
      const element = weight + inner.each;
      return isStreamed
        ? { each: own + PART.each, element: element + inner.once, once: 0 }
        : { each: own, element, once: inner.once };
    }
    const length = Math.max(0, size?.(args) ?? 1);
    const isList = isListOf(field.type);
    const objects = isList ? length * (weight + inner.each) : weight + inner.each + length * inner.element;
    const [each, once] = per === 'once' ? [objects, own] : [own + objects, 0];
    // Elements of a streamed list are resolved one after another, so they make no call together.
    if (isStreamed) return { each: each + length * inner.once + PART.each, element: 0, once };
    if (groups === true) return { each: each + inner.once, element: 0, once };
    const isMany = isList || size !== undefined;
    return isMany
      ? { each: each + length * inner.once, element: 0, once }
      : { each, element: 0, once: once + inner.once };
  }

  /** The arguments of a field. Invalid ones are refused when the field runs; here they count as if left out. */
  #argsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Args {
    const varying = node.arguments?.filter(({ value }) => hasVariable(value)) ?? [];
    let args: Args;
    try {
      args = getArgumentValues(field, node, this.#variables);
    } catch {
      if (varying.length > 0) this.isConstant = false;
      return {};
    }
    return varying.length === 0 ? args : this.#watched(args, new Set(varying.map(({ name }) => name.value)));
  }

  /** The arguments. It is recorded when a price reads one that depends on variables: most prices read only `first`. */
  #watched(args: Args, varying: ReadonlySet<string | symbol>): Args {
    const note = (name: string | symbol) => {
      if (varying.has(name)) this.isConstant = false;
    };
    return new Proxy(args, {
      get: (target, name, receiver): unknown => {
        note(name);
        return Reflect.get(target, name, receiver);
      },
      has: (target, name) => {
        note(name);
        return Reflect.has(target, name);
      },
      ownKeys: (target) => {
        this.isConstant = false;
        return Reflect.ownKeys(target);
      },
    });
  }

  /** The assumed length of a list of introspection; 1 for another field. */
  #lengthOf(field: GraphQLField<unknown, unknown>): number {
    if (!isListOf(field.type)) return 1;
    return field.name === 'types' ? Object.keys(this.#schema.getTypeMap()).length : USUAL_LIST;
  }

  #typeOfFragment(name: string): GraphQLCompositeType | undefined {
    return this.#typeNamed(this.#fragments.get(name)?.typeCondition.name.value);
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

function sum(a: Points, b: Points): Points {
  return { each: a.each + b.each, element: a.element + b.element, once: a.once + b.once };
}

function greater(a: Points, b: Points): Points {
  return {
    each: Math.max(a.each, b.each),
    element: Math.max(a.element, b.element),
    once: Math.max(a.once, b.once),
  };
}

/** A field of a type, those of introspection included; undefined: the type has no such field. */
export function fieldOf(
  type: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** Whether a selection has a directive that is not switched off in the document. */
function hasDirective({ directives = [] }: SelectionNode, name: 'defer' | 'stream'): boolean {
  return directives.some((directive) => directive.name.value === name && !isSwitchedOff(directive));
}

function isSwitchedOff({ arguments: args = [] }: DirectiveNode): boolean {
  return args.some(({ name, value }) => name.value === 'if' && value.kind === Kind.BOOLEAN && !value.value);
}

/** Whether a value contains a variable. */
function hasVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable() {
      found = true;
      return BREAK;
    },
  });
  return found;
}
