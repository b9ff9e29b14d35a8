// The one SchemaBuilder: plugins, scalars, defaults. No type of the domain is defined here.
import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin, { AuthScopeFailureType, type AuthFailure } from '@pothos/plugin-scope-auth';
import { accessChecks, refusalOf, type AccessScopes } from '../resolvers/access.ts';
import type { Context } from '../resolvers/context.ts';
import { forbidden } from '../resolvers/errors.ts';
import { expectedErrors } from '../resolvers/outcomes.ts';
import { decodeGlobalId, encodeGlobalId } from '../resolvers/ids.ts';
import { calls, each, lengthOf } from './prices.ts';

export interface SchemaTypes {
  Context: Context;
  AuthScopes: AccessScopes;
  DefaultAuthStrategy: 'all';
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
  plugins: [ErrorsPlugin, RelayPlugin, ScopeAuthPlugin],
  // A field answered by a REST call of its own is declared nullable, so that its failure costs that field alone.
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: accessChecks,
    defaultStrategy: 'all',
    // An object that may not be seen is one error, where it stands, and not one for each of its fields.
    runScopesOnType: true,
    authorizeOnSubscribe: true,
    unauthorizedError: (_parent, _context, _info, { failure }) => explained(failure),
  },
  errors: {
    defaultTypes: [...expectedErrors],
    directResult: true,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalized(fieldName)}Result`,
      description: 'What the mutation did, or why it did nothing.',
    },
    defaultItemUnionOptions: {
      name: ({ fieldName }) => `${capitalized(fieldName)}ItemResult`,
      description: 'What the mutation did for one item, or why it did nothing for it.',
    },
  },
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
      ...calls(1),
      args: { id: { description: 'A global id, as an `id` field answers it.' } },
      description:
        'Fetches any Node by its global id. `null` when it does not exist. A vendor id does not name a type and is refused here.',
    },
    nodesQueryOptions: {
      ...each(lengthOf('ids')),
      args: { ids: { description: 'Global ids, as `id` fields answer them.' } },
      description:
        'Fetches several Nodes by their global ids, in the order asked; `null` where one does not exist.',
    },
  },
});

builder.subscriptionType({
  description: 'What can be watched. The REST API has no push: the gateway looks, compares and tells.',
});

builder.mutationType({
  description:
    'What can be changed. Each mutation answers its success or one of the types that implement `Error`. Inputs are checked before anything is sent. `null` comes with an error, and leaves the other mutations of the operation their results. An error with the code `UPSTREAM_TIMEOUT` or `UPSTREAM_UNAVAILABLE` leaves open whether the change was made: look before you repeat it.',
});

builder.queryType({
  description: 'What can be read. A look-up of something that does not exist answers `null`.',
});

/** The first thing that was asked of the caller and did not hold. */
function explained(failure: AuthFailure): Error {
  if (failure.kind === AuthScopeFailureType.AuthScope) return refusalOf(failure.scope, failure.parameter);
  const [first] = 'failures' in failure ? failure.failures : [];
  return first === undefined ? forbidden('You may not see this.') : explained(first);
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
