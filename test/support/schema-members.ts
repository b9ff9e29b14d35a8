// All fields, arguments and input fields of the graph, as one list.
import { isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLInputType, GraphQLNamedType, GraphQLOutputType } from 'graphql';
import { schema } from '../../schema/index.ts';

export interface Member {
  /** The type, and of an argument its field as well: `Query.rooms`. */
  readonly where: string;
  readonly name: string;
  readonly type: GraphQLInputType | GraphQLOutputType;
  readonly description: string;
}

const memberOf =
  (where: string) =>
  ({
    name,
    type,
    description,
  }: Omit<Member, 'where' | 'description'> & { readonly description?: string | null | undefined }) => ({
    where,
    name,
    type,
    description: description ?? '',
  });

function membersOf(type: GraphQLNamedType): readonly Member[] {
  if (isInputObjectType(type)) return Object.values(type.getFields()).map(memberOf(type.name));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields());
  const args = fields.flatMap((field) => field.args.map(memberOf(`${type.name}.${field.name}`)));
  return fields.map(memberOf(type.name)).concat(args);
}

export const schemaMembers: readonly Member[] = Object.values(schema.getTypeMap())
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap(membersOf);
