// A request to the REST API, its headers, and the function that builds its URL. Every value becomes exactly one path segment or
// one query value, so no id or name can lead to another route.
import type { LeaveOut } from '../shapes/left-out.ts';
import type { Shape } from '../shapes/shapes.ts';
import type { Subject } from '../errors.ts';
import { RestRefusedError } from '../errors.ts';

/** Query parameters. A list repeats its key; undefined and null are left out. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

/** One request: route, values, and the expected shape `T` of its answer. */
export interface RestRequest<T> {
  /** The path as the API documents it, e.g. `/rooms/{room_id}`. */
  readonly route: string;
  /** A value for each `{name}` of the route. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The check of the answer. */
  readonly shape: Shape<T>;
  /**
   * Bearer token to send instead of the management token. A 401 then concerns this token, so the call is not repeated.
   * Null: sends no `Authorization`. Default: the management token.
   */
  readonly bearer?: string | null;
  /** Long values to leave out of a body over the client's `maxBodyBytes`. Default: such a body is an error. */
  readonly leaveOut?: LeaveOut;
  /**
   * Total deadline in milliseconds from the first sending on, for endpoints that answer late by design. Default: the client's
   * `deadlineMs`.
   */
  readonly deadlineMs?: number;
}

/** The headers of every request. `token` null: sends no `Authorization`. `trace`: those of its trace; default: none. */
export function headersWith(
  token: string | null,
  trace?: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...trace,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'hms-gateway',
  };
}

/**
 * Path and query of a request, e.g. `/v2/rooms?limit=10`.
 * @throws RestRefusedError for a path value that is empty, `.`, `..` or not well-formed Unicode.
 */
export function targetOf(
  basePath: string,
  subject: Subject,
  request: Pick<RestRequest<unknown>, 'path' | 'query'>,
): string {
  const path = subject.route.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    segment(request.path?.[name] ?? '', name, subject),
  );
  if (request.query === undefined) return `${basePath}${path}`;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) {
    if (value === undefined || value === null) continue;
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  return query.size === 0 ? `${basePath}${path}` : `${basePath}${path}?${query.toString()}`;
}

/** Whether a text can be a segment of a path: URLs read `.` and `..` as other paths, also percent-encoded. */
export function isSegment(value: string): boolean {
  return value !== '' && value !== '.' && value !== '..' && value.isWellFormed();
}

function segment(value: string, name: string, subject: Subject): string {
  if (!isSegment(value)) {
    throw new RestRefusedError(`not sent: the value of ${name} cannot be part of a URL`, subject);
  }
  return encodeURIComponent(value);
}
