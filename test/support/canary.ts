// The canary: the one secret with which every gateway and sandbox of the tests runs, and the search for it in all that
// comes out of them. What is found fails the test during which it was found (no-leaks.ts).
import { decodeJwt } from 'jose';
import { pino, type Logger } from 'pino';
import { redact, Secret } from '../../src/secret.ts';

/** Long enough to be the secret of webhooks too. */
export const CANARY = 'CANARY-workspace-secret-4f1d9c0b7e6a';

/** What sandboxes of the tests accept. */
export const canaryCredentials = { accessKey: 'sandbox', secret: CANARY } as const;

/** The same for those who talk to one. */
export const gatewayCredentials = { accessKey: 'sandbox', secret: new Secret(CANARY) } as const;

const TOKENS = /eyJ[\w-]{8,2000}\.[\w-]{8,8000}\.[\w-]*/g;
const API_KEY = /hgk_[\w-]{16,}/;
/** Most characters of an excerpt in which a secret was found. */
const EXCERPT = 600;

const leaks: string[] = [];

/** What was found since the last look, each with where it was and the text around it. Forgets it. */
export function takeLeaks(): readonly string[] {
  return leaks.splice(0);
}

/** Searches what may hold no token whatsoever: a line of a log, the output of a command. */
export function watchLog(text: string): void {
  note('a log or an output', text, text.match(TOKENS) !== null);
}

/** Searches what a client gets: the tokens of participants are for them, the gateway's own is not. */
export function watchAnswer(text: string): void {
  note('an answer', text, text.match(TOKENS)?.some(isManagementToken) ?? false);
}

/** A log of every level whose lines are searched; `keep` gets each of them. */
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
  // Told without what was found, lest the report of the tests holds it too.
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
