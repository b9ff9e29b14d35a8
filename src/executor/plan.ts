// The plans of an operation. For each place in the result and each object type there, a `SelectionPlan` merges the selection sets
// for that place, with a `FieldPlan` for each response key. A plan is made when the first object of the type appears, and stored
// by its selection sets, so that a fragment that is spread twice has one plan.
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
  type VariableValues,
} from 'graphql';
import { constantArgsOf, valuesIn, type Args } from './constant-args.ts';
import { stringText } from './json-text.ts';
import { declaredBy, PlanMemos, type Holds, type TextBudget } from './kept-texts.ts';
import { takesMoreThan } from './parameters.ts';
import type { PlanBudget, PlanParts } from './plan-memory.ts';
import { shapeOf, type Shape } from './shapes.ts';
import type { WeightOf } from './survey.ts';

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
  readonly selections: SelectionsByType | null;
}

/** The plans of the objects of one field. Nearly all fields have objects of one type, which needs no map. */
class SelectionsByType {
  #first: SelectionPlan | null = null;
  #others: Map<GraphQLObjectType, SelectionPlan> | null = null;

  get(type: GraphQLObjectType): SelectionPlan | undefined {
    const first = this.#first;
    return first !== null && first.type === type ? first : this.#others?.get(type);
  }

  add(plan: SelectionPlan): void {
    if (this.#first === null) {
      this.#first = plan;
      return;
    }
    this.#others ??= new Map();
    this.#others.set(plan.type, plan);
  }
}

/** What plans are made from. */
export interface PlanSource {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly weightOf: WeightOf;
  readonly budget: PlanBudget;
  /** Null: no texts are kept. */
  readonly texts: TextBudget | null;
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
    if (made.isKept) plan.selections?.add(made);
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
    const isKept = this.#source.budget.takePlan(partsOf(fields));
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
    const { opening, following } = keyTextsOf(field, key);
    const constantArgs = constantArgsOf(field, node);
    if (constantArgs === null) this.#argsIndex += 1;
    const { resolve = defaultFieldResolver } = field;
    return {
      key,
      opening,
      following,
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
      selections: node.selectionSet === undefined ? null : new SelectionsByType(),
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

function partsOf(fields: readonly FieldPlan[]): PlanParts {
  const nodes = fields.reduce((sum, field) => sum + field.nodes.length, 0);
  const values = fields.reduce(
    (sum, field) => sum + (field.constantArgs === null ? 0 : valuesIn(field.nodes[0])),
    0,
  );
  return { fields: fields.length, nodes, values };
}

type KeyTexts = Pick<FieldPlan, 'opening' | 'following'>;

/** Of response keys without an alias, shared by all operations. */
const ownKeyTexts = new WeakMap<GraphQLField<unknown, unknown>, KeyTexts>();

function keyTextsOf(field: GraphQLField<unknown, unknown>, key: string): KeyTexts {
  const known = key === field.name ? ownKeyTexts.get(field) : undefined;
  if (known !== undefined) return known;
  const text = `${stringText(key)}:`;
  const texts = { opening: `{${text}`, following: `,${text}` };
  if (key === field.name) ownKeyTexts.set(field, texts);
  return texts;
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
