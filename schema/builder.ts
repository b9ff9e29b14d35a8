// The one SchemaBuilder: plugins, scalars, defaults. No type of the domain is defined here.
import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin, { AuthScopeFailureType, type AuthFailure } from '@pothos/plugin-scope-auth';
import { accessChecks, refusalOf, type AccessScopes } from '../resolvers/access.ts';
import type { Context } from '../resolvers/context.ts';
import { forbidden } from '../resolvers/errors.ts';
import { decodeGlobalId, encodeGlobalId } from '../resolvers/ids.ts';

/** The types that Pothos needs at compile time: the context, the scopes, and the values of scalars. */
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

/** The builder to which each file of schema/ adds its types. Fields are non-null by default. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, RelayPlugin, ScopeAuthPlugin],
  // A field answered by a REST call of its own is declared nullable, so that its failure costs that field alone.
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: accessChecks,
    defaultStrategy: 'all',
    // An object that the caller may not see is one error at its place, not an error for each of its fields.
    runScopesOnType: true,
    authorizeOnSubscribe: true,
    unauthorizedError: (_parent, _context, _info, { failure }) => explained(failure),
  },
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
      description: 'An object with a global id, by which `node` and `nodes` fetch it again.',
    },
    // Both fields are in node-queries.ts: Pothos decodes all ids first, so one bad id would fail the whole list.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
  },
});

builder.subscriptionType({
  description:
    'The changes that can be watched. The REST API has no push, so the gateway polls it, compares and sends the differences as events.',
});

builder.mutationType({
  description:
    'The changes that can be made. Each mutation returns its success or a type that implements `Error`. Inputs are checked before the REST API is called. A failure of the API gives `null` and an entry in `errors`, and other mutations of the operation keep their results. After the code `UPSTREAM_TIMEOUT` or `UPSTREAM_UNAVAILABLE` the change may or may not have been made: check before you repeat it.',
});

builder.queryType({
  description: 'The objects that can be read. Looking up an object that does not exist returns `null`.',
});

/** The error for the first check of `authScopes` that the caller failed. */
function explained(failure: AuthFailure): Error {
  if (failure.kind === AuthScopeFailureType.AuthScope) return refusalOf(failure.scope, failure.parameter);
  const [first] = 'failures' in failure ? failure.failures : [];
  return first === undefined ? forbidden('You may not see this.') : explained(first);
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
