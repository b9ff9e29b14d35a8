// What is asked of the REST API, and the one place that builds a URL from it. Every value fills exactly one path
// segment or one query value, so that no id and no name can lead to another route.
import type { Shape } from '../shapes/shapes.ts';
import type { Subject } from '../errors.ts';
import { RestRefusedError } from '../errors.ts';

/** A list repeats its key. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

export interface RestRequest<T> {
  /** The path as the API documents it, e.g. `/rooms/{room_id}`. */
  readonly route: string;
  /** A value for each `{name}` of the route. */
  readonly path?: Readonly<Record<string, string>>;
  /** Left out: what is undefined or null. */
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** What the answer must look like. */
  readonly shape: Shape<T>;
  /**
   * Sent in place of the management token, once: a 401 is the token's own. Null: nothing is sent, for what needs no
   * authentication. Default: the management token.
   */
  readonly bearer?: string | null;
  /** How long the whole call may take where the upstream answers late on purpose, in milliseconds. Default: the client's. */
  readonly deadlineMs?: number;
}

/**
 * Path and query of a request, e.g. `/v2/rooms?limit=10`.
 * @throws RestRefusedError for a segment that is empty, `.` or `..`, or no well-formed text.
 */
export function targetOf(
  basePath: string,
  subject: Subject,
  request: Pick<RestRequest<unknown>, 'path' | 'query'>,
): string {
  const path = subject.route.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    segment(request.path?.[name] ?? '', name, subject),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined || value === null) continue;
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  return query.size === 0 ? `${basePath}${path}` : `${basePath}${path}?${query.toString()}`;
}

function segment(value: string, name: string, subject: Subject): string {
  if (value === '' || value === '.' || value === '..' || !value.isWellFormed()) {
    throw new RestRefusedError(`not sent, its ${name} fits in no path`, subject);
  }
  return encodeURIComponent(value);
}
