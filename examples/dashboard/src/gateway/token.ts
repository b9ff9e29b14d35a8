// The visitor's key or token. It is kept in memory, or for this tab if the visitor asks for that; never longer.
const NAME = 'hms-gateway-token';

/** The token that this tab has kept in its session storage, also over a reload; null: it has kept none. */
export function keptToken(): string | null {
  return sessionStorage.getItem(NAME);
}

/** Keeps the token until the tab is closed, or forgets it (null). */
export function keepToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, token);
}
