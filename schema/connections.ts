// Relay's connection types, written by hand. Those of Pothos would declare `before` and `last` on every list, and would need the
// value of `hasNextPage` in advance. Here it may be a promise: its REST call is made only if the field is selected.
import type { InterfaceRef, ObjectRef } from '@pothos/core';
import {
  isKnownPage,
  type Connection,
  type CountedConnection,
  type Edge,
  type PageInfo as PageInfoValue,
} from '../resolvers/connection.ts';
import { builder } from './builder.ts';
import { edges, uncounted } from './prices.ts';

type Ref<T> = ObjectRef<typeof builder.$inferSchemaTypes, T>;
type NodeRef<T> = Ref<T> | InterfaceRef<typeof builder.$inferSchemaTypes, T>;

const PageInfo = builder.objectRef<PageInfoValue>('PageInfo').implement({
  description: 'The cursors of a page of a list, and whether elements precede or follow it.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      pure: isKnownPage,
      description:
        'Whether more elements follow this page. Usually free; costs one REST call when a full page ends at a multiple of 100. If that call fails, the page omits its last element and this is `true`.',
      resolve: (page) => page.hasNextPage,
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Whether elements precede this page.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description:
        'The cursor of the first edge, for use as `before` if the list has that argument; null if the page is empty.',
    }),
    endCursor: t.string({
      nullable: true,
      pure: isKnownPage,
      description: 'The cursor of the last edge, for use as `after`; null if the page is empty.',
      resolve: (page) => page.endCursor,
    }),
  }),
});

/**
 * Adds the fields of a connection and of its edge. `nouns` is the plural of the element, for the descriptions. `isKept`: of which
 * connections all is known and kept in memory, see purity.ts.
 */
export function implementConnection<T, C extends Connection<T> = Connection<T>>(
  connection: Ref<C>,
  edge: Ref<Edge<T>>,
  node: NodeRef<T>,
  nouns: string,
  isKept: false | ((connection: C) => boolean) = false,
): void {
  builder.objectType(edge, {
    description: `An element of a list of ${nouns}, with its cursor.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description:
          'The position of this edge in its list. Pass it as `after` to get the elements that follow.',
      }),
      node: t.field({
        type: node,
        ...uncounted,
        pure: true,
        description: `The element of the list of ${nouns}.`,
        // Pothos cannot see that a type parameter is no list; every noun of the graph is one object.
        resolve: (parent) => parent.node as never,
      }),
    }),
  });
  builder.objectType(connection, {
    description: `A page of a list of ${nouns}: a connection as Relay defines it.`,
    isKept,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        ...edges,
        pure: isKept,
        description: `The ${nouns} on this page with their cursors, in the order of the list.`,
        resolve: (parent) => parent.edges,
      }),
      pageInfo: t.field({
        type: PageInfo,
        ...uncounted,
        pure: true,
        description: 'The cursors of this page, and whether more elements follow.',
        resolve: (parent) => parent.pageInfo,
      }),
    }),
  });
}

/** Like `implementConnection`, with `totalCount`: for lists that one answer of the REST API holds as a whole. */
export function implementCountedConnection<T>(
  connection: Ref<CountedConnection<T>>,
  edge: Ref<Edge<T>>,
  node: NodeRef<T>,
  nouns: string,
  isKept: false | ((connection: CountedConnection<T>) => boolean) = false,
): void {
  implementConnection(connection, edge, node, nouns, isKept);
  builder.objectField(connection, 'totalCount', (t) =>
    t.exposeInt('totalCount', {
      description: `The number of ${nouns} on all pages of the list, after filtering.`,
    }),
  );
}
