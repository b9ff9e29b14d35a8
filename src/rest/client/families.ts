// The families of the REST API's endpoints. Endpoints of a family usually fail together and share rate limits. So each family has
// its own pauses, circuit breaker, retry budget and connections, and a failure of one family does not affect the others. Source:
// the vendor documents a limit only for the log of webhooks and its replay.
import type { Subject } from '../errors.ts';

/** Paths whose family is named by their first two segments, because their endpoints have separate limits. */
const DEEPER = new Set(['analytics']);

/** By route: there are as many as the API has endpoints. */
const known = new Map<string, string>();

/** The family of an endpoint: the first segment of its route, such as `rooms` or `active-rooms`, or `analytics/webhooks`. */
export function familyOf({ route }: Pick<Subject, 'route'>): string {
  let family = known.get(route);
  if (family === undefined) {
    const [first = '', second = ''] = route.split('/').slice(1);
    family = DEEPER.has(first) ? `${first}/${second}` : first;
    known.set(route, family);
  }
  return family;
}
