// Adds the types of another program to the graph: fields for types of this graph, and new types. The program defines them with a
// separate builder, which has the types of this graph without their fields. Both schemas are joined when they are built. So the
// types of one gateway do not appear in another gateway of the same process, and the schema of this graph is never changed.
import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  validateSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
// The builder's type has what these modules add to Pothos' types, and declarations of this file keep no other trace of them.
import '@pothos/core';
import '@pothos/plugin-errors';
import '@pothos/plugin-relay';
import '../access.ts';
import '../purity.ts';
import { createBuilder } from '../builder.ts';
import * as refs from '../refs.ts';
import { joinSchemas, ofRelay } from './join-schemas.ts';

/** A builder for types of another program. It has the options and plugins of this graph's builder, `access` among them. */
export type OwnBuilder = ReturnType<typeof createBuilder>;

/** The types of this graph, to which fields can be added and which fields can return. */
export type Graph = typeof refs;

/** Defines types: adds them to `builder`. */
export type DefineTypes = (builder: OwnBuilder, graph: Graph) => void;

/** Types of another program that cannot be joined with this graph. `faults` has a sentence for each. */
export class OwnTypesError extends Error {
  override readonly name = 'OwnTypesError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

const roots: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * The schema with the types that `define` adds; `schema` stays as it is.
 * @throws OwnTypesError if they cannot be joined: a name is taken, a root field has no `access`, or GraphQL's rules are broken. What
 * `define` and Pothos throw passes through.
 */
export function withOwnTypes(schema: GraphQLSchema, define: DefineTypes): GraphQLSchema {
  const { builder, stubs } = builderWithStubs(schema);
  define(builder, refs);
  const own = builder.toSchema({ sortSchema: false });
  const faults = faultsOf(schema, own, stubs);
  if (faults.length > 0) throw new OwnTypesError(faults);
  const joined = joinSchemas(schema, own);
  const broken = validateSchema(joined).map(({ message }) => message);
  if (broken.length > 0) throw new OwnTypesError(broken);
  return joined;
}

/** A builder on which the types of `refs` stand without fields, and the scalars as they are. */
function builderWithStubs(schema: GraphQLSchema): { builder: OwnBuilder; stubs: ReadonlySet<string> } {
  const builder = createBuilder();
  const stubs = new Set(roots);
  for (const ref of Object.values(refs)) {
    const { name } = ref;
    const type = schema.getType(name);
    stubs.add(name);
    if (isInputObjectType(type)) builder.inputType(name, { fields: () => ({}) });
    else if (isInterfaceType(type)) builder.interfaceRef(name).implement({});
    else builder.objectRef(name).implement({});
    // The reference of this graph's builder then names the type without fields.
    builder.configStore.associateParamWithRef(ref, name);
  }
  for (const name of ['DateTime', 'JSON'] as const) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) builder.addScalarType(name, scalar);
    stubs.add(name);
  }
  return { builder, stubs };
}

function faultsOf(schema: GraphQLSchema, own: GraphQLSchema, stubs: ReadonlySet<string>): string[] {
  return Object.values(own.getTypeMap()).flatMap((type) => {
    const { name } = type;
    if (isSpecifiedScalarType(type) || name.startsWith('__') || ofRelay.has(name)) return [];
    const existing = schema.getType(name);
    if (existing !== undefined && !stubs.has(name)) return [`${name} is a type of the graph already`];
    if (isObjectType(type)) return faultsOfObject(type, existing);
    return existing !== undefined && 'getFields' in type && Object.keys(type.getFields()).length > 0
      ? [`${name} takes no more fields: fields can be added to object types alone`]
      : [];
  });
}

function faultsOfObject(type: GraphQLObjectType, existing: GraphQLNamedType | undefined): string[] {
  const known = isObjectType(existing) ? existing.getFields() : {};
  const isNode = type.getInterfaces().some(({ name }) => name === 'Node');
  return [
    ...(isNode
      ? [`${type.name} is a Node, but \`node\` and \`nodes\` look up the graph's own types alone`]
      : []),
    ...Object.values(type.getFields()).flatMap(({ name, extensions }) => {
      if (name in known) return [`${type.name}.${name} is a field of the graph already`];
      return roots.has(type.name) && extensions['access'] === undefined
        ? [`${type.name}.${name} has no \`access\`, which says what a caller needs for it`]
        : [];
    }),
  ];
}
