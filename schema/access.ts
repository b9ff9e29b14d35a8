// What fields and types ask of their callers, as `authScopes`. Every field of a root type asks for something, and so
// does every type that is a Node, as `node` leads to it; what else there is stands behind one of these.
import type { Scope, ScopeFamily } from '../src/auth/scopes.ts';

/** The scope to read a family. */
export function reads(family: ScopeFamily): { readonly scope: Scope } {
  return { scope: `${family}:read` };
}

/** The scope to change a family. */
export function writes(family: ScopeFamily): { readonly scope: Scope } {
  return { scope: `${family}:write` };
}

/** For what belongs to the workspace as a whole: closed to callers who are bound to rooms. */
export const ofWorkspace = { room: null } as const;
