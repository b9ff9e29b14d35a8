// Joins two schemas by the names of their types. Each type that refers to other types is created again, so that it refers to the
// types of the joined schema. Neither of the two schemas is changed.
import {
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  type GraphQLNamedType,
  type GraphQLType,
} from 'graphql';

/** Types that Relay's plugin adds to each builder; those of the first schema stand for them. */
export const ofRelay: ReadonlySet<string> = new Set(['Node', 'PageInfo']);

/** The types of `schema` with the fields that `own` has for its object types, and the other types of `own`. */
export function joinSchemas(schema: GraphQLSchema, own: GraphQLSchema): GraphQLSchema {
  const types = new Map<string, GraphQLNamedType>();
  const all = { ...own.getTypeMap(), ...schema.getTypeMap() };
  for (const [name, type] of Object.entries(all)) types.set(name, remade(type, own.getType(name), types));
  const rootOf = (name: string) => {
    const type = types.get(name);
    return isObjectType(type) ? type : undefined;
  };
  return new GraphQLSchema({
    ...schema.toConfig(),
    types: [...types.values()].filter(({ name }) => !name.startsWith('__')),
    query: rootOf('Query'),
    mutation: rootOf('Mutation'),
    subscription: rootOf('Subscription'),
  });
}

/** A type whose references are looked up in `types` when they are read, with the fields that `own` has for it too. */
function remade(
  type: GraphQLNamedType,
  own: GraphQLNamedType | undefined,
  types: ReadonlyMap<string, GraphQLNamedType>,
): GraphQLNamedType {
  if (isSpecifiedScalarType(type) || type.name.startsWith('__')) return type;
  const inJoined = <Type extends GraphQLNamedType>(named: readonly Type[]): Type[] =>
    // A type is remade as one of its kind.
    named.map(({ name }) => types.get(name) as Type);
  if (isObjectType(type)) {
    const config = type.toConfig();
    const added = isObjectType(own) && own !== type && !ofRelay.has(type.name) ? own.toConfig().fields : {};
    return new GraphQLObjectType({
      ...config,
      interfaces: () => inJoined(config.interfaces),
      fields: () => outputFields({ ...config.fields, ...added }, types),
    });
  }
  if (isInterfaceType(type)) {
    const config = type.toConfig();
    return new GraphQLInterfaceType({
      ...config,
      interfaces: () => inJoined(config.interfaces),
      fields: () => outputFields(config.fields, types),
    });
  }
  if (isUnionType(type)) {
    const config = type.toConfig();
    return new GraphQLUnionType({ ...config, types: () => inJoined(config.types) });
  }
  if (isInputObjectType(type)) {
    const config = type.toConfig();
    return new GraphQLInputObjectType({ ...config, fields: () => rewired(config.fields, types) });
  }
  return type;
}

function outputFields<Source, Context>(
  fields: GraphQLFieldConfigMap<Source, Context>,
  types: ReadonlyMap<string, GraphQLNamedType>,
): GraphQLFieldConfigMap<Source, Context> {
  const withArgs = Object.entries(fields).map(([name, field]) => {
    const args: GraphQLFieldConfigArgumentMap = rewired(field.args ?? {}, types);
    return [name, { ...field, args }] as const;
  });
  return rewired(Object.fromEntries(withArgs), types);
}

/** The same fields or arguments, with types of the joined schema. */
function rewired<Typed extends { readonly type: GraphQLType }>(
  members: Readonly<Record<string, Typed>>,
  types: ReadonlyMap<string, GraphQLNamedType>,
): Record<string, Typed> {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, { ...member, type: inTypes(member.type, types) }]),
  );
}

function inTypes(type: GraphQLType, types: ReadonlyMap<string, GraphQLNamedType>): GraphQLType {
  if (isNonNullType(type)) {
    const inner = inTypes(type.ofType, types);
    return isNonNullType(inner) ? inner : new GraphQLNonNull(inner);
  }
  if (isListType(type)) return new GraphQLList(inTypes(type.ofType, types));
  return types.get(type.name) ?? type;
}
