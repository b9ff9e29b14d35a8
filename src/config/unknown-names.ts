// Finds variables whose names look like variables of the gateway but are unknown, so that a misspelt name is reported and not
// silently ignored.
import { closest, distance } from 'fastest-levenshtein';

const OWN_PREFIX = /^(GATEWAY|HMS|SANDBOX|WEBHOOK)_/;
/**
 * Prefixes that other programs use too. A name with one of these is reported only if it is similar to a variable of the gateway.
 */
const SHARED_PREFIX = /^(LIVE|LOG|POLL|REDIS|SESSION|TRACKS|UPSTREAM)_/;
/** The greatest edit distance from a known name at which a name counts as similar. */
const MAX_DISTANCE = 4;
/** Variables that Kubernetes sets for a service, for example one that is named `gateway`. */
const OF_KUBERNETES = /_SERVICE_(HOST|PORT)|_PORT_\d+_(TCP|UDP)/;
/** Variables of the examples, which may be set in the same shell. */
const ofExamples: ReadonlySet<string> = new Set(['GATEWAY_TOKEN', 'GATEWAY_URL']);

/** A sentence for each variable that looks like one of the gateway and is not in `known`. No sentence contains a value. */
export function unknownNames(environment: NodeJS.ProcessEnv, known: readonly string[]): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => {
      if (!looksLikeOwn(name, known) || known.includes(name) || ofExamples.has(name)) return false;
      return !OF_KUBERNETES.test(name) && !/^(tcp|udp):\/\//.test(value ?? '');
    })
    .map(([name]) => `${name} is not a variable of the gateway and has no effect${suggestion(name, known)}`);
}

function looksLikeOwn(name: string, known: readonly string[]): boolean {
  if (OWN_PREFIX.test(name)) return true;
  return SHARED_PREFIX.test(name) && distance(name, closest(name, known)) <= MAX_DISTANCE;
}

function suggestion(name: string, known: readonly string[]): string {
  const nearest = closest(name, known);
  return distance(name, nearest) <= name.length * 0.4 ? `; did you mean ${nearest}?` : '';
}
