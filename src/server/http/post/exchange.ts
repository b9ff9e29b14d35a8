// A request to `/graphql` on its way through the server.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestNote } from '../../request-note.ts';

/** A request with its response and its line of the log. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly note: RequestNote;
  /** Headers of the answer that all routes have, as names and values in turn. */
  readonly headers: readonly string[];
  /** The body, where another program has read it from the request; default: it is unread. */
  readonly body?: Buffer | undefined;
}
