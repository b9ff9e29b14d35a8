// What a caller may be allowed: a family of the graph and a verb, such as `rooms:read`.
// `write` of a family includes its `read`, for a mutation answers the object that it changed.

/** The families of the graph. */
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

export type ScopeFamily = (typeof scopeFamilies)[number];
export type ScopeVerb = 'read' | 'write';

/** One permission. */
export type Scope = `${ScopeFamily}:${ScopeVerb}`;

const reads = scopeFamilies.map((family): Scope => `${family}:read`);

/** Every scope there is. */
export const allScopes: readonly Scope[] = scopeFamilies.flatMap((family): Scope[] => [
  `${family}:read`,
  `${family}:write`,
]);

/** Every name that may stand in a key file or a token, and what it allows. */
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
 * The scopes that a list of names stands for. `*` stands for every family or every verb: `*:read`, `peers:*`, `*`.
 * Names that stand for none are told apart, so that a misspelt one need not silently allow less.
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
