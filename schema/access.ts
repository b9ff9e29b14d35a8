// The scopes that fields and types require of their callers, as values for `authScopes`. Every root field and every
// Node type has `authScopes` (`node(id)` reaches any Node). Other types need none: they are reached only through these.
import type { Scope, ScopeFamily } from '../src/auth/scopes.ts';

/** Requires the scope to read one family of the REST API, such as `rooms:read`. */
export function reads(family: ScopeFamily): { readonly scope: Scope } {
  return { scope: `${family}:read` };
}

/** Requires the scope to change one family of the REST API, such as `rooms:write`. */
export function writes(family: ScopeFamily): { readonly scope: Scope } {
  return { scope: `${family}:write` };
}

/** Refuses callers who are bound to rooms: for fields whose object belongs to the workspace as a whole. */
export const ofWorkspace = { room: null } as const;
