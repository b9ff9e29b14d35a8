// The canary: the secret with which all gateways and sandboxes of the tests run, and the search for it in their output.
// A finding fails the test during which it was made (no-leaks.ts).
import { decodeJwt } from 'jose';
import { pino, type Logger } from 'pino';
import { redact, Secret } from '../../src/secret.ts';

/** Long enough to serve as a webhook secret too. */
export const CANARY = 'CANARY-workspace-secret-4f1d9c0b7e6a';

/** The credentials that sandboxes of the tests accept. */
export const canaryCredentials = { accessKey: 'sandbox', secret: CANARY } as const;

/** The same credentials for the client of a sandbox. */
export const gatewayCredentials = { accessKey: 'sandbox', secret: new Secret(CANARY) } as const;

const TOKENS = /eyJ[\w-]{8,2000}\.[\w-]{8,8000}\.[\w-]*/g;
const API_KEY = /hgk_[\w-]{16,}/;
/** Maximum number of characters of an excerpt around a secret. */
const EXCERPT = 600;

const leaks: string[] = [];

/** Returns the findings since the last call, each with its place and the text around it, and forgets them. */
export function takeLeaks(): readonly string[] {
  return leaks.splice(0);
}

/** Searches text that must contain no token of any kind: a log line, or the output of a command. */
export function watchLog(text: string): void {
  note('a log or an output', text, text.match(TOKENS) !== null);
}

/** Searches an answer to a client. It may contain a participant's token, but not the gateway's own. */
export function watchAnswer(text: string): void {
  note('an answer', text, text.match(TOKENS)?.some(isManagementToken) ?? false);
}

/** A log of every level whose lines are searched; `keep` is called with each line. */
export function canaryLog(keep: (line: string) => void = () => undefined): Logger {
  const write = (line: string) => {
    watchLog(line);
    keep(line);
  };
  return pino({ level: 'trace' }, { write });
}

function note(where: string, text: string, hasToken: boolean): void {
  const found = [
    ...(text.includes(CANARY) ? ['the canary'] : []),
    ...(hasToken ? ['a token'] : []),
    ...(API_KEY.test(text) ? ['an API key'] : []),
  ];
  if (found.length === 0) return;
  const at = Math.max(0, text.search(/CANARY-|eyJ|hgk_/) - EXCERPT / 2);
  // The secret is removed, because the report of the tests must not show it either.
  const shown = redact(text.slice(at, at + 10_000), [gatewayCredentials.secret]).slice(0, EXCERPT);
  leaks.push(`${found.join(' and ')} in ${where}: ${shown}`);
}

function isManagementToken(token: string): boolean {
  try {
    return decodeJwt(token)['type'] === 'management';
  } catch {
    return false;
  }
}
