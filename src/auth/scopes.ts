// Scopes: permissions of callers, each a family of the graph and a verb, such as `rooms:read`.
// `write` includes `read` of the same family, because a mutation returns the object that it has changed.

/** The families that scopes are given for. Sensitive parts of a folder's family, such as stream keys, are families of their own. */
export const scopeFamilies = [
  'rooms',
  'sessions',
  'peers',
  'templates',
  'room-codes',
  'tokens',
  'live-streams',
  'external-streams',
  'stream-keys',
  'recordings',
  'polls',
  'analytics',
  'webhooks',
  'sip',
] as const;

/** One of `scopeFamilies`. */
export type ScopeFamily = (typeof scopeFamilies)[number];
/** `read` for queries and subscriptions, `write` for mutations. */
export type ScopeVerb = 'read' | 'write';

/** One permission, such as `rooms:read`. */
export type Scope = `${ScopeFamily}:${ScopeVerb}`;

const reads = scopeFamilies.map((family): Scope => `${family}:read`);

/** All scopes: both verbs of every family. */
export const allScopes: readonly Scope[] = scopeFamilies.flatMap((family): Scope[] => [
  `${family}:read`,
  `${family}:write`,
]);

/** Every name that a key file or a token may contain, with the scopes that it allows. */
const scopesByName: ReadonlyMap<string, readonly Scope[]> = new Map<string, readonly Scope[]>([
  ['*', allScopes],
  ['*:*', allScopes],
  ['*:read', reads],
  ['*:write', allScopes],
  ...scopeFamilies.flatMap((family): [string, readonly Scope[]][] => {
    const both: readonly Scope[] = [`${family}:read`, `${family}:write`];
    return [
      [`${family}:read`, [`${family}:read`]],
      [`${family}:write`, both],
      [`${family}:*`, both],
    ];
  }),
]);

/**
 * Parses names of scopes. `*` means every family or every verb: `*:read`, `peers:*`, `*`. Invalid names are returned as
 * `unknown`; the file of API keys refuses them, a token's are ignored.
 */
export function parseScopes(names: readonly string[]): {
  readonly scopes: ReadonlySet<Scope>;
  readonly unknown: readonly string[];
} {
  return {
    scopes: new Set(names.flatMap((name) => scopesByName.get(name) ?? [])),
    unknown: names.filter((name) => !scopesByName.has(name)),
  };
}
