// What an operation does at each place of its result: a `SelectionPlan` for the selection sets that meet there, on one
// object type, with a `FieldPlan` for each response key. Plans are made when the first object of a type is met, and kept
// by the selection sets that they are made of, so that a fragment that is spread twice has one plan.
import {
  defaultFieldResolver,
  getArgumentValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  TypeNameMetaFieldDef,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLDirective,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  type VariableValues,
} from 'graphql';
import { stringText } from './json-text.ts';
import { declaredBy, PlanMemos, type Holds, type TextBudget } from './kept-texts.ts';
import { takesMoreThan } from './parameters.ts';
import { shapeOf, type Shape } from './shapes.ts';
import type { WeightOf } from './survey.ts';

/** The arguments of a field, coerced. */
export type Args = Record<string, unknown>;

/** The fields that are selected from an object of one type. */
export interface SelectionPlan {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldPlan[];
  /** Whether it is used again for the same selection sets. */
  readonly isKept: boolean;
  /** Null: no text of an object is kept. */
  readonly memos: PlanMemos | null;
}

/** One response key of an object. */
export interface FieldPlan {
  readonly key: string;
  /** The key as JSON text, as the first one of its object and as a later one. */
  readonly opening: string;
  readonly following: string;
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  /** All nodes that select the field under this key. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly shape: Shape;
  /** Points of each object. */
  readonly weight: number;
  /** The text of `__typename`; null: another field. */
  readonly constant: string | null;
  /** The property of the source object that answers the field, unless that is a function; null: only `resolve` answers it. */
  readonly property: string | null;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  /** Whether `resolve` can see its fourth argument. */
  readonly takesInfo: boolean;
  /** The arguments, if they are the same in each run. */
  readonly constantArgs: Args | null;
  /** Where a run keeps the arguments; see `Run.argsOf`. */
  readonly argsIndex: number;
  /** Whether the value depends on the source alone; see kept-texts.ts. */
  readonly pure: Holds;
  /** The selections from the objects of the field, by type; null: it has no objects. */
  readonly selections: Map<GraphQLObjectType, SelectionPlan> | null;
}

/** What plans are made from. */
export interface PlanSource {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly weightOf: WeightOf;
  readonly budget: NodeBudget;
  /** Null: no texts are kept. */
  readonly texts: TextBudget | null;
}

/**
 * Bounds the memory of an operation's plans by the field nodes that they refer to. Plans that have no room are not kept, but
 * made anew for each object: a document can have more combinations of its selections than are worth keeping.
 */
export class NodeBudget {
  #left: number;

  constructor(maxNodes: number) {
    this.#left = maxNodes;
  }

  /** Whether there was room for as many nodes. */
  take(nodes: number): boolean {
    if (nodes > this.#left) return false;
    this.#left -= nodes;
    return true;
  }
}

/**
 * The plans of one operation for one outcome of its `@skip` and `@include`. All methods need the variables of a run, which
 * must have that outcome.
 */
export class Plans {
  readonly #source: PlanSource;
  readonly #known = new Map<string, SelectionPlan>();
  readonly #ids = new Map<SelectionSetNode, number>();
  #argsIndex = 0;

  constructor(source: PlanSource) {
    this.#source = source;
  }

  /** The selections of a field from an object of `type`. Throws for a condition that is no Boolean, as graphql-js does. */
  of(plan: FieldPlan, type: GraphQLObjectType, variables: VariableValues): SelectionPlan {
    const known = plan.selections?.get(type);
    if (known !== undefined) return known;
    const sets = plan.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const made = this.select(sets, type, variables);
    if (made.isKept) plan.selections?.set(type, made);
    return made;
  }

  /** The fields that `sets` select together from an object of `type`. */
  select(
    sets: readonly SelectionSetNode[],
    type: GraphQLObjectType,
    variables: VariableValues,
  ): SelectionPlan {
    const key = `${type.name} ${sets.map((set) => this.#idOf(set)).join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const collecting = new Collecting(this.#source, type, variables);
    for (const set of sets) collecting.add(set);
    const fields = [...collecting.fields].flatMap(([name, nodes]) => this.#field(name, nodes, type) ?? []);
    const nodes = fields.reduce((sum, field) => sum + field.nodes.length, 1);
    const isKept = this.#source.budget.take(nodes);
    const plan = { type, fields, isKept, memos: isKept ? this.#memosOf(type, fields) : null };
    if (isKept) this.#known.set(key, plan);
    return plan;
  }

  #memosOf({ extensions }: GraphQLObjectType, fields: readonly FieldPlan[]): PlanMemos | null {
    const { texts } = this.#source;
    const isKept = declaredBy(extensions, 'isKept');
    if (texts === null || isKept === false || fields.some(({ pure }) => pure === false)) return null;
    return new PlanMemos(texts, isKept);
  }

  #idOf(set: SelectionSetNode): number {
    const id = this.#ids.get(set) ?? this.#ids.size;
    this.#ids.set(set, id);
    return id;
  }

  #field(
    key: string,
    nodes: readonly [FieldNode, ...FieldNode[]],
    parentType: GraphQLObjectType,
  ): FieldPlan | null {
    const [node] = nodes;
    const field = this.#source.schema.getField(parentType, node.name.value);
    if (field === undefined) return null;
    const keyText = `${stringText(key)}:`;
    const constantArgs = constantArgsOf(field, node);
    if (constantArgs === null) this.#argsIndex += 1;
    const { resolve = defaultFieldResolver } = field;
    return {
      key,
      opening: `{${keyText}`,
      following: `,${keyText}`,
      parentType,
      field,
      nodes,
      shape: shapeOf(field.type),
      weight: this.#source.weightOf(field),
      constant: field === TypeNameMetaFieldDef ? stringText(parentType.name) : null,
      property: propertyOf(field),
      resolve,
      takesInfo: takesMoreThan(3, resolve),
      constantArgs,
      argsIndex: this.#argsIndex,
      pure: field === TypeNameMetaFieldDef || (constantArgs !== null && declaredBy(field.extensions, 'pure')),
      selections: node.selectionSet === undefined ? null : new Map(),
    };
  }
}

/**
 * The property that a field shows: that of its name if it has no resolver, or the one that Pothos exposes if no plugin has
 * wrapped the resolver.
 */
function propertyOf({ name, resolve, extensions }: GraphQLField<unknown, unknown>): string | null {
  if (resolve === undefined) return name;
  const { pothosExposedField: exposed, pothosResolveWrapped: isWrapped } = extensions;
  return isWrapped === false && typeof exposed === 'string' ? exposed : null;
}

/** Null: the arguments depend on variables, or are invalid, which each run reports. */
function constantArgsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Args | null {
  if (node.arguments?.some(({ value }) => hasVariable(value)) === true) return null;
  try {
    // Frozen, as all runs share it.
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

/** The spec's CollectFields, for one object type. */
class Collecting {
  readonly fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  readonly #source: PlanSource;
  readonly #type: GraphQLObjectType;
  readonly #variables: VariableValues;
  readonly #spread = new Set<string>();

  constructor(source: PlanSource, type: GraphQLObjectType, variables: VariableValues) {
    this.#source = source;
    this.#type = type;
    this.#variables = variables;
  }

  add(set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (this.#isIncluded(selection)) this.#addField(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        if (this.#isIncluded(selection) && this.#matches(condition)) this.add(selection.selectionSet);
      } else if (this.#isIncluded(selection)) {
        this.#addFragment(selection.name.value);
      }
    }
  }

  #addFragment(name: string): void {
    const fragment = this.#source.fragments[name];
    if (fragment === undefined || !this.#matches(fragment.typeCondition.name.value)) return;
    if (this.#spread.has(name)) return;
    this.#spread.add(name);
    this.add(fragment.selectionSet);
  }

  #addField(node: FieldNode): void {
    const key = (node.alias ?? node.name).value;
    const nodes = this.fields.get(key);
    if (nodes === undefined) this.fields.set(key, [node]);
    else nodes.push(node);
  }

  #matches(condition: string | undefined): boolean {
    if (condition === undefined || condition === this.#type.name) return true;
    const type = this.#source.schema.getType(condition);
    return isAbstractType(type) && this.#source.schema.isSubType(type, this.#type);
  }

  #isIncluded({ directives }: SelectionNode): boolean {
    if (directives === undefined || directives.length === 0) return true;
    return (
      this.#condition(GraphQLSkipDirective, directives) !== true &&
      this.#condition(GraphQLIncludeDirective, directives) !== false
    );
  }

  #condition(directive: GraphQLDirective, nodes: readonly DirectiveNode[]): unknown {
    const node = nodes.find(({ name }) => name.value === directive.name);
    return node === undefined ? undefined : getArgumentValues(directive, node, this.#variables)['if'];
  }
}
