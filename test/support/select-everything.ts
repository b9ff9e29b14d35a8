// Selections of all fields of a type, made from the schema, so that they include new fields at once.
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

/**
 * The values of required arguments, by their type. Below the root fields a required String is always the name of a
 * role.
 */
const requiredValues: Readonly<Record<string, string>> = {
  ID: '"ffffffffffffffffffffffff"',
  String: '"host"',
};

/** The names of all types that `node` fetches. */
export function nodeTypes(): readonly string[] {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('the graph has no Node');
  return schema.getPossibleTypes(node).map(({ name }) => name);
}

/**
 * The selection set of a type with all its fields and all fields below them. Of a Node below the top only the id is
 * selected, because Nodes have selections of their own.
 * @throws Error for a required argument of a type that has no value here
 */
export function selectEverything(typename: string, isSelected: FieldFilter = () => true): string {
  const type = schema.getType(typename);
  if (!isCompositeType(type)) throw new Error(`${typename} has no fields`);
  return selectionOf(type, true, isSelected);
}

/** Says which fields to select, at any level. */
export type FieldFilter = (field: GraphQLField<unknown, unknown>) => boolean;

/** A query that fetches the objects with the ids in `$ids` and selects all their fields. */
export function refetchEverything(): string {
  const selections = nodeTypes().map((name) => `... on ${name} ${selectEverything(name)}`);
  return `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ${selections.join(' ')} } }`;
}

function selectionOf(type: GraphQLCompositeType, isTop: boolean, isSelected: FieldFilter): string {
  if (!isTop && (type.name === 'Node' || nodeTypes().includes(type.name))) return '{ __typename id }';
  if (isUnionType(type) || isInterfaceType(type)) {
    const members = schema.getPossibleTypes(type);
    return `{ __typename ${members.map((member) => `... on ${member.name} ${selectionOf(member, isTop && isUnionType(type), isSelected)}`).join(' ')} }`;
  }
  const fields = Object.values(type.getFields())
    .filter(isSelected)
    .map((field) => fieldOf(type.name, field, isSelected));
  return `{ __typename ${fields.join(' ')} }`;
}

function fieldOf(parent: string, field: GraphQLField<unknown, unknown>, isSelected: FieldFilter): string {
  const required = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const args = required.map((arg) => {
    const value = requiredValues[getNamedType(arg.type).name];
    if (value === undefined)
      throw new Error(`no value is known for \`${arg.name}\` of ${parent}.${field.name}`);
    return `${arg.name}: ${value}`;
  });
  const type = getNamedType(field.type);
  // Types of a union may differ in whether a field can be null, so each field has an alias of its own.
  const name = `${parent}_${field.name}: ${field.name}${args.length === 0 ? '' : `(${args.join(', ')})`}`;
  return isCompositeType(type) ? `${name} ${selectionOf(type, false, isSelected)}` : name;
}

/** Every value of a key `id` in an answer: the global ids in it. */
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
