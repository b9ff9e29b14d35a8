// Relay's connection types. Pothos would declare `before` and `last` on each and knows `hasNextPage` only as a plain
// value; here it may be a question that costs a REST call, asked when it is selected.
import type { InterfaceRef, ObjectRef } from '@pothos/core';
import type {
  Connection,
  CountedConnection,
  Edge,
  PageInfo as PageInfoValue,
} from '../resolvers/connection.ts';
import { builder } from './builder.ts';

type Ref<T> = ObjectRef<typeof builder.$inferSchemaTypes, T>;
type NodeRef<T> = Ref<T> | InterfaceRef<typeof builder.$inferSchemaTypes, T>;

const PageInfo = builder.objectRef<PageInfoValue>('PageInfo').implement({
  description: 'Where a page of a list stands.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      description:
        'Whether the list goes on behind this page; always true to the data. Behind a page that came back full at a multiple of 100 it costs one REST call. Should that call fail, the page comes without its last element, behind which the list goes on.',
      resolve: (page) => page.hasNextPage,
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Whether something stands in front of this page.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Cursor of the first edge; null on an empty page.',
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last edge, for `after`; null on an empty page.',
      resolve: (page) => page.endCursor,
    }),
  }),
});

/** Gives a connection and its edge their fields. `nouns` is the plural that descriptions use. */
export function implementConnection<T>(
  connection: Ref<Connection<T>>,
  edge: Ref<Edge<T>>,
  node: NodeRef<T>,
  nouns: string,
): void {
  builder.objectType(edge, {
    description: `One of a list of ${nouns}, with its place in it.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'The place of this edge: given as `after`, the list goes on right behind it.',
      }),
      node: t.field({
        type: node,
        description: 'What stands there.',
        // Pothos cannot see that a type parameter is no list; every noun of the graph is one object.
        resolve: (parent) => parent.node as never,
      }),
    }),
  });
  builder.objectType(connection, {
    description: `A page of a list of ${nouns}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The page, in order.',
        resolve: async (parent) => [...(await parent.edges)],
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where the page stands in the list.',
        resolve: (parent) => parent.pageInfo,
      }),
    }),
  });
}

/** The same for a list that is known whole, which can be counted. */
export function implementCountedConnection<T>(
  connection: Ref<CountedConnection<T>>,
  edge: Ref<Edge<T>>,
  node: NodeRef<T>,
  nouns: string,
): void {
  implementConnection(connection, edge, node, nouns);
  builder.objectField(connection, 'totalCount', (t) =>
    t.exposeInt('totalCount', { description: `How many ${nouns} the whole list has, after filtering.` }),
  );
}
