// Counts the objects of a result, for the points that an operation has used. A field that is selected several times counts once,
// because it is in the result once.
import {
  getNamedType,
  isCompositeType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { weightOf } from './field-price.ts';
import { fieldOf } from './operation-cost.ts';
import { fragmentsOf } from './operation-shape.ts';

/** An operation that has run. */
interface RunOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** A selection set and the type that it selects from. */
interface Selected {
  readonly set: SelectionSetNode;
  readonly type: GraphQLCompositeType;
}

/** The objects that a result may have under one key; keys with plain values have none. */
interface Member {
  /** Points of each object. A key can name different fields on different types: the most expensive field counts. */
  weight: number;
  readonly selected: Selected[];
  /** The members of these objects; made when the first object is counted. */
  members: ReadonlyMap<string, Member> | null;
}

/** The path of a value in a result: keys, and indexes of lists. */
export type ResponsePath = readonly (string | number)[];

/** The points of the objects in `data`: 1 for each, 0 for Relay's wrappers, 0.01 for one of introspection. */
export function countObjects(data: unknown, run: RunOperation): number {
  return new ObjectCounter(run).inData(data, []);
}

/** Counts the objects of one result, which may come in parts. */
export class ObjectCounter {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #root: Member;
  #fragments: ReadonlyMap<string, FragmentDefinitionNode> | null = null;

  constructor({ schema, document, operation }: RunOperation) {
    this.#schema = schema;
    this.#document = document;
    const type = schema.getRootType(operation.operation);
    const selected = type == null ? [] : [{ set: operation.selectionSet, type }];
    this.#root = { weight: 0, selected, members: null };
  }

  /** The points of the objects in the data at `path`, without the object that has them. */
  inData(data: unknown, path: ResponsePath): number {
    const member = this.#memberAt(path);
    return member === undefined ? 0 : this.#membersOf(data, member);
  }

  /** The points of elements of the list at `path`, which may end with an index. */
  inItems(items: unknown, path: ResponsePath): number {
    const member = this.#memberAt(path);
    return member === undefined ? 0 : this.#pointsOf(items, member);
  }

  #memberAt(path: ResponsePath): Member | undefined {
    let member: Member | undefined = this.#root;
    for (const key of path) {
      if (member === undefined) return undefined;
      if (typeof key !== 'string') continue;
      member.members ??= this.#collect(member.selected);
      member = member.members.get(key);
    }
    return member;
  }

  /** The points of the values under the keys of an object. */
  #membersOf(object: unknown, member: Member): number {
    if (typeof object !== 'object' || object === null) return 0;
    member.members ??= this.#collect(member.selected);
    let points = 0;
    for (const [key, child] of member.members) points += this.#pointsOf(Reflect.get(object, key), child);
    return points;
  }

  #pointsOf(value: unknown, member: Member): number {
    if (Array.isArray(value)) {
      let points = 0;
      for (const element of value) points += this.#pointsOf(element, member);
      return points;
    }
    if (typeof value !== 'object' || value === null) return 0;
    return member.weight + this.#membersOf(value, member);
  }

  #collect(selected: readonly Selected[]): ReadonlyMap<string, Member> {
    const members = new Map<string, Member>();
    const spread = new Set<string>();
    for (const each of selected) this.#collectFrom(each, members, spread);
    return members;
  }

  #collectFrom({ set, type }: Selected, members: Map<string, Member>, spread: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const field = fieldOf(type, selection.name.value);
        const inner = field === undefined ? undefined : getNamedType(field.type);
        if (field === undefined || selection.selectionSet === undefined || !isCompositeType(inner)) continue;
        const key = (selection.alias ?? selection.name).value;
        const member = members.get(key) ?? { weight: 0, selected: [], members: null };
        member.weight = Math.max(member.weight, weightOf(field));
        member.selected.push({ set: selection.selectionSet, type: inner });
        members.set(key, member);
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      if (isSpread && spread.has(selection.name.value)) continue;
      if (isSpread) spread.add(selection.name.value);
      const from = isSpread ? this.#fragment(selection.name.value) : selection;
      if (from === undefined) continue;
      const condition = this.#schema.getType(from.typeCondition?.name.value ?? type.name);
      if (isCompositeType(condition)) {
        this.#collectFrom({ set: from.selectionSet, type: condition }, members, spread);
      }
    }
  }

  #fragment(name: string): FragmentDefinitionNode | undefined {
    this.#fragments ??= fragmentsOf(this.#document);
    return this.#fragments.get(name);
  }
}
