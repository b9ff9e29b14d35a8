// The SchemaBuilder of the graph: plugins, scalars, defaults. No type of the domain is defined here.
import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from '../resolvers/context.ts';
import { decodeGlobalId, encodeGlobalId } from '../resolvers/ids.ts';
import { accessPlugin } from './access.ts';
import { purityPlugin } from './purity.ts';

/** The types that Pothos needs at compile time: the context, and the values of scalars. */
export interface SchemaTypes {
  Context: Context;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  Scalars: {
    ID: { Input: string; Output: string };
    /** Kept as text: the vendor's 0 to 9 fraction digits would not survive a Date. */
    DateTime: { Input: string; Output: string };
    JSON: { Input: never; Output: unknown };
  };
}

/** Makes a builder with the options of the graph. Fields are non-null by default. */
export function createBuilder() {
  const made = new SchemaBuilder<SchemaTypes>({
    // A plugin wraps those after it: access is checked before anything else runs.
    plugins: [accessPlugin, ErrorsPlugin, RelayPlugin, purityPlugin],
    // A field answered by a REST call of its own is declared nullable, so that its failure costs that field alone.
    defaultFieldNullability: false,
    // Each mutation lists its possible failures: `errors: { types: [NotFoundError, RefusedError] }`.
    errors: {
      directResult: true,
      defaultUnionOptions: {
        name: ({ fieldName }) => `${capitalized(fieldName)}Result`,
        description: 'The result of a mutation, or the reason why it changed nothing.',
      },
      defaultItemUnionOptions: {
        name: ({ fieldName }) => `${capitalized(fieldName)}ItemResult`,
        description: 'The result of a mutation for one item, or the reason why it changed nothing.',
      },
    },
    relay: {
      encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
      decodeGlobalID: decodeGlobalId,
      idFieldOptions: {
        description:
          'The global id: opaque, unique in the whole graph. `node(id)` fetches the object again by it.',
      },
      nodeTypeOptions: {
        description: 'An object with a global id. `node` and `nodes` fetch the object by this id.',
      },
      // Both fields are in node-queries.ts: Pothos decodes all ids first, so one bad id would fail the whole list.
      nodeQueryOptions: false,
      nodesQueryOptions: false,
    },
  });
  made.subscriptionType({
    description:
      'All changes that clients can subscribe to. The REST API cannot push changes, so the gateway polls it and sends the differences as events.',
  });

  made.mutationType({
    description:
      'All changes that clients can make. Each mutation returns its result or a type that implements `Error`. The gateway checks inputs before it calls the REST API. If the API fails, the result is `null` with an entry in `errors`; other mutations of the operation keep their results. After the code `UPSTREAM_TIMEOUT` or `UPSTREAM_UNAVAILABLE` the change may or may not have been made: check before you repeat it.',
  });

  made.queryType({
    description:
      'All objects that clients can read. A look-up of an object that does not exist returns `null`.',
  });
  return made;
}

/** The builder to which each file of schema/ adds its types. */
export const builder = createBuilder();

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
