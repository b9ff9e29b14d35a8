// The one SchemaBuilder: plugins, scalars, defaults. No type of the domain is defined here.
import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from '../resolvers/context.ts';
import { decodeGlobalId, encodeGlobalId } from '../resolvers/ids.ts';

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

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin],
  // A field answered by a REST call of its own is declared nullable, so that its failure costs that field alone.
  defaultFieldNullability: false,
  relay: {
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    decodeGlobalID: decodeGlobalId,
    idFieldOptions: {
      description: 'Opaque id that is unique in the whole graph; `node(id)` fetches its object again.',
    },
    nodeTypeOptions: {
      description: 'An object with an id that is unique in the whole graph and can be fetched again by it.',
    },
    nodeQueryOptions: {
      description:
        'Fetches any Node by its global id. `null` when it does not exist. A vendor id does not name a type and is refused here.',
    },
    nodesQueryOptions: {
      description:
        'Fetches several Nodes by their global ids, in the order asked; `null` where one does not exist.',
    },
  },
});

builder.subscriptionType({
  description: 'What can be watched. The REST API has no push: the gateway looks, compares and tells.',
});

builder.queryType({
  description: 'What can be read. A look-up of something that does not exist answers `null`.',
});
