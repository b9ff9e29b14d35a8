// Selections of every field that a type has, made from the schema itself, so that a new field is in them the moment
// it exists.
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isUnionType,
  type GraphQLCompositeType,
  type GraphQLField,
} from 'graphql';
import { schema } from '../../schema/index.ts';

/** Arguments for fields that cannot do without, by `Type.field`. */
export type RequiredArgs = Readonly<Record<string, string>>;

/** What the fields of the graph need where they need anything. */
const requiredArgs: RequiredArgs = {
  'Template.role': 'name: "host"',
  'Poll.response': 'id: "ffffffffffffffffffffffff"',
  'Poll.result': 'id: "ffffffffffffffffffffffff"',
};

/** The names of all types that can be refetched by `node`. */
export function nodeTypes(): readonly string[] {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('the graph has no Node');
  return schema.getPossibleTypes(node).map(({ name }) => name);
}

/**
 * The selection set of a type with all fields, and all fields below them, but for Nodes met on the way: those have
 * a selection of their own and show their id alone.
 * @throws Error for a field with a required argument that nothing is known of.
 */
export function selectEverything(typename: string): string {
  const type = schema.getType(typename);
  if (!isCompositeType(type)) throw new Error(`${typename} has no fields`);
  return selectionOf(type, true);
}

/** A query that refetches the ids in `$ids`, with all that there is to know of them. */
export function refetchEverything(): string {
  const selections = nodeTypes().map((name) => `... on ${name} ${selectEverything(name)}`);
  return `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ${selections.join(' ')} } }`;
}

function selectionOf(type: GraphQLCompositeType, isTop: boolean): string {
  if (!isTop && (type.name === 'Node' || nodeTypes().includes(type.name))) return '{ __typename id }';
  if (isUnionType(type) || isInterfaceType(type)) {
    const members = schema.getPossibleTypes(type);
    return `{ __typename ${members.map((member) => `... on ${member.name} ${selectionOf(member, false)}`).join(' ')} }`;
  }
  const fields = Object.values(type.getFields()).map((field) => fieldOf(type.name, field));
  return `{ __typename ${fields.join(' ')} }`;
}

function fieldOf(parent: string, field: GraphQLField<unknown, unknown>): string {
  const args = requiredArgs[`${parent}.${field.name}`];
  const needsArgs = field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  if (needsArgs && args === undefined)
    throw new Error(`say in requiredArgs what ${parent}.${field.name} needs`);
  const type = getNamedType(field.type);
  // Types of one noun may disagree on whether a field is null: each has an alias of its own.
  const name = `${parent}_${field.name}: ${field.name}${args === undefined ? '' : `(${args})`}`;
  return isCompositeType(type) ? `${name} ${selectionOf(type, false)}` : name;
}

/** Every value under the key `id` in an answer: the global ids that it shows. */
export function globalIdsIn(answer: unknown): ReadonlySet<string> {
  const ids = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'id' || key.endsWith('_id')) && typeof inner === 'string') ids.add(inner);
      else visit(inner);
    }
  };
  visit(answer);
  return ids;
}
