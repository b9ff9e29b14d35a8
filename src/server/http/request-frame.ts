// Common handling of every request to Node's HTTP server: it gets an id, a log line, a count in the metrics, and an error answer
// if its handler fails.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { ServerObserver } from '../observer.ts';
import { RequestNote } from '../request-note.ts';
import { commonHeaders, setHeaders } from './common-headers.ts';
import { sendJson } from './json-answer.ts';
import type { Exchange } from './post/exchange.ts';
import { requestIdOf } from './request-id.ts';

/** Where the log lines and counts go. */
export interface FrameOptions {
  /** Gets each unexpected failure (error), and a line for each request: operations (info), all others (debug). */
  readonly log: Logger;
  readonly clock: Clock;
  /** Gets each request, for metrics; default: no metrics. */
  readonly observer?: ServerObserver | undefined;
}

/** The name of a request in the log, and that of its route in the metrics. */
export interface RequestName {
  readonly path: string;
  readonly route: string;
}

/** Counted as the status of a request whose client left before it had one, as nginx does. */
export const CLIENT_GONE = 499;

/** Answers a request by `run`. Never rejects: a failure is logged and answered with 500. */
export async function framed(
  request: IncomingMessage,
  response: ServerResponse,
  { path, route }: RequestName,
  { log, clock, observer }: FrameOptions,
  run: (exchange: Exchange) => void | Promise<void>,
): Promise<void> {
  const requestId = requestIdOf(request, log);
  const note = new RequestNote({ log, clock, requestId, transport: 'http', observer });
  const headers = commonHeaders(request, requestId);
  response.on('close', () => {
    const { statusCode: status, writableFinished } = response;
    const { method } = request;
    note.end({ method, path, status, aborted: !writableFinished });
    observer?.onRequest({ route, method, status: response.headersSent ? status : CLIENT_GONE });
  });
  try {
    await run({ request, response, note, headers });
  } catch (error) {
    log.error({ err: error, requestId }, 'a request failed unexpectedly');
    if (!response.headersSent) {
      setHeaders(response, headers);
      sendJson(response, 500, failureBody(requestId));
    } else response.destroy();
  }
}

/** What a client gets after an unexpected failure. */
export function failureBody(requestId: string): object {
  return { error: 'Something went wrong in the gateway.', requestId };
}
