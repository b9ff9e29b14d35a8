// What a caller may be allowed: a family of the graph and a verb, such as `rooms:read`.

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

/** One permission. What may be written may not thereby be read. */
export type Scope = `${ScopeFamily}:${ScopeVerb}`;

const verbs: readonly ScopeVerb[] = ['read', 'write'];

/** Every scope there is. */
export const allScopes: readonly Scope[] = scopeFamilies.flatMap((family) =>
  verbs.map((verb): Scope => `${family}:${verb}`),
);

/**
 * The scopes that a list of names stands for; `*` stands for every family or every verb: `*:read`, `peers:*`, `*`.
 * Names that stand for none are told apart, so that a misspelt one does not silently allow less.
 */
export function parseScopes(names: readonly string[]): {
  readonly scopes: ReadonlySet<Scope>;
  readonly unknown: readonly string[];
} {
  const scopes = new Set<Scope>();
  const unknown: string[] = [];
  for (const name of names) {
    const matching = allScopes.filter((scope) => matches(name, scope));
    if (matching.length === 0) unknown.push(name);
    for (const scope of matching) scopes.add(scope);
  }
  return { scopes, unknown };
}

function matches(name: string, scope: Scope): boolean {
  if (name === '*') return true;
  const [family, verb] = name.split(':');
  const [scopeFamily, scopeVerb] = scope.split(':');
  return (family === '*' || family === scopeFamily) && (verb === '*' || verb === scopeVerb);
}
