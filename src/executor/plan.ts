// The plans of an operation. For each place in the result and each object type there, a `SelectionPlan` merges the selection sets
// for that place, with a `FieldPlan` for each response key. A plan is made when the first object of the type appears, and stored
// by its selection sets, so that a fragment that is spread twice has one plan.
import {
  defaultFieldResolver,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type SelectionSetNode,
  type VariableValues,
} from 'graphql';
import { collectFields, type FieldSource, type NodesByKey } from './collect-fields.ts';
import { constantArgsOf, valuesIn, type Args } from './constant-args.ts';
import { stringText } from './json-text.ts';
import { declaredBy, type Holds, type PlanMemos, type TextBudget } from './kept-texts.ts';
import { takesMoreThan } from './parameters.ts';
import type { PlanBudget, PlanParts } from './plan-memory.ts';
import { selectionTextOf } from './selection-text.ts';
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
export interface PlanSource extends FieldSource {
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
    const nodesByKey = collectFields(this.#source, sets, type, variables);
    const fields = [...nodesByKey].flatMap(([name, nodes]) => this.#field(name, nodes, type) ?? []);
    const isKept = this.#source.budget.takePlan(partsOf(fields));
    const memos = isKept ? this.#memosOf(type, fields, nodesByKey, variables) : null;
    const plan = { type, fields, isKept, memos };
    if (isKept) this.#known.set(key, plan);
    return plan;
  }

  #memosOf(
    type: GraphQLObjectType,
    fields: readonly FieldPlan[],
    nodesByKey: NodesByKey,
    variables: VariableValues,
  ): PlanMemos | null {
    const { texts } = this.#source;
    const isKept = declaredBy(type.extensions, 'isKept');
    if (texts === null || isKept === false || fields.some(({ pure }) => pure === false)) return null;
    return texts.memosOf(type, isKept, selectionTextOf(this.#source, type, nodesByKey, variables));
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
