// The root fields `node` and `nodes`. Source: the Relay specification of Global Object Identification.
import { resolveNodes } from '@pothos/plugin-relay';
import type { GraphQLResolveInfo } from 'graphql';
import { nodeByGlobalId, type NodeId } from '../resolvers/access.ts';
import type { Context } from '../resolvers/context.ts';
import { oneByOne } from '../resolvers/values.ts';
import { builder } from './builder.ts';
import { lookUp, lookUps } from './prices.ts';

/** How Pothos loads the objects of one operation; each object is loaded by itself, so that a failure is its own. */
export function loadWith(context: Context, info: GraphQLResolveInfo): (id: NodeId) => Promise<unknown> {
  return (id) => resolveNodes(builder, context, info, [id]).then(([node]) => node);
}

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    ...lookUp,
    description:
      'Fetches any object by its global id; null if it does not exist. Costs at most as much as the query for that type, usually one REST call.',
    args: {
      id: t.arg.id({
        required: true,
        description:
          'The global id of the object, as an `id` field returns it. A vendor id is refused, because it does not name a type.',
      }),
    },
    resolve: (_root, { id }, context, info) => nodeByGlobalId(id, context, loadWith(context, info)),
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    ...lookUps,
    description:
      'Fetches several objects by their global ids, in the order of `ids`. An object that does not exist is null; for an invalid id there is null and an error. Usually costs at most one REST call for each object.',
    args: {
      ids: t.arg.idList({
        required: true,
        description: 'The global ids of the objects, as `id` fields return them.',
      }),
    },
    resolve: (_root, { ids }, context, info) =>
      oneByOne(ids.map((id) => nodeByGlobalId(id, context, loadWith(context, info)))),
  }),
}));
