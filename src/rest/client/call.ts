// One call of the REST API, ready to be sent.
import type { Subject } from '../errors.ts';
import type { Span } from '../../trace.ts';
import type { RestRequest } from './request.ts';

/** A prepared request, without its callers. */
export interface Call<T> {
  readonly subject: Subject;
  /** Path and query, see `targetOf`. */
  readonly target: string;
  /** Reads with the same key have the same answer at the same time; null if no other call has the same answer. */
  readonly key: string | null;
  /** JSON; null: the request has no body. */
  readonly body: string | null;
  readonly request: RestRequest<T>;
  /** Called once per HTTP request that is sent. */
  readonly onCall: (() => void) | undefined;
  /** Called with the bytes of the body of each good answer. */
  readonly onRead: ((bytes: number) => void) | undefined;
  /** The span of which each HTTP request is a part. */
  readonly span: Span | null | undefined;
}
