// The graph as a subgraph of Apollo Federation 2: it has two more root fields, by which a router reads the schema and the
// entities that other subgraphs refer to. It is made from the finished schema, and shares its types. Source: "Apollo Federation
// subgraph specification", https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isInterfaceType,
  isObjectType,
  type GraphQLFieldConfig,
  type GraphQLInterfaceType,
} from 'graphql';
import { nodeById } from '../../resolvers/access.ts';
import type { Context } from '../../resolvers/context.ts';
import { entityNames, nodeIdOf } from '../../resolvers/representations.ts';
import { oneByOne } from '../../resolvers/values.ts';
import { loadWith } from '../node-queries.ts';
import { entityLookUps, wholeSchema } from '../prices.ts';
import { federatedSdl } from './sdl.ts';

/** The schema with `_service` and `_entities`. What the graph requires of callers and costs holds for them as for `nodes`. */
export function federated(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const query = schema.getQueryType();
  if (query == null) throw new Error('The graph has no queries.');
  const { fields, ...root } = query.toConfig();
  const extended = new GraphQLObjectType({
    ...root,
    fields: { ...fields, _service: serviceField(schema), _entities: entitiesField(schema) },
  });
  return new GraphQLSchema({
    ...config,
    query: extended,
    types: config.types.map((type) => (type === query ? extended : type)),
  });
}

/** The text is made when it is first asked for. Introspection shows the same, so this is refused where that is. */
function serviceField(schema: GraphQLSchema): GraphQLFieldConfig<unknown, unknown> {
  let sdl: string | undefined;
  const service = new GraphQLObjectType({
    name: '_Service',
    description: 'What a router must know of this subgraph.',
    fields: {
      sdl: {
        type: new GraphQLNonNull(GraphQLString),
        description: 'The schema of the subgraph, with the directives of Apollo Federation.',
        resolve: () => (sdl ??= federatedSdl(schema)),
      },
    },
  });
  return {
    type: new GraphQLNonNull(service),
    description: 'The schema of this subgraph, for routers. Refused where introspection is off.',
    extensions: { ...wholeSchema.extensions, introspects: true },
    resolve: () => ({}),
  };
}

function entitiesField(schema: GraphQLSchema): GraphQLFieldConfig<unknown, Context> {
  const representation = new GraphQLScalarType({
    name: '_Any',
    description:
      'An entity as another subgraph names it: `__typename`, and the fields of one of the keys that the entity has in `_service`.',
  });
  const entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'An object that other subgraphs can refer to.',
    types: entityNames.map((name) => objectType(schema, name)),
    resolveType: nodeInterface(schema).resolveType,
  });
  return {
    type: new GraphQLNonNull(new GraphQLList(entity)),
    description:
      'Fetches the entities that a router has met in other subgraphs, in the order of `representations`; null in the place of one that does not exist, and null with an error in the place of an invalid representation. Costs what `nodes` costs.',
    ...entityLookUps,
    args: {
      representations: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(representation))),
        description: 'The entities, each by its `__typename` and the fields of one of its keys.',
      },
    },
    resolve: (_root, { representations }: { representations: readonly unknown[] }, context, info) =>
      oneByOne(representations.map(async (one) => nodeById(nodeIdOf(one), context, loadWith(context, info)))),
  };
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The graph has no object type ${name}.`);
  return type;
}

/** It finds the type of any Node, and all entities are Nodes. */
function nodeInterface(schema: GraphQLSchema): GraphQLInterfaceType {
  const type = schema.getType('Node');
  if (!isInterfaceType(type)) throw new Error('The graph has no interface Node.');
  return type;
}
