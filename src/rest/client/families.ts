// The families of the REST API's endpoints. Endpoints of a family fail and are limited together, so pauses, circuit breakers,
// retry budgets and connections are kept by family: what breaks one leaves the others alone.
// Source: the vendor documents a limit for the log of webhooks and its replay alone.
import type { Subject } from '../errors.ts';

/** Paths of which the first two segments name the family, as their endpoints have limits of their own. */
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
