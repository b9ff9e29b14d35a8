// A request to `/graphql` while the server handles it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestNote } from '../../request-note.ts';

/** A request with its response and its line of the log. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly note: RequestNote;
  /** The headers that answers of all routes have, as alternating names and values. */
  readonly headers: readonly string[];
  /** The body, if another program has read it from the request; default: it has not been read. */
  readonly body?: Buffer | undefined;
}
