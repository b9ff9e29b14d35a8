// The refusals of a handler in another program's server, in addition to those of origins.ts.
import type { Refusal } from '../http/origins.ts';

/** The gateway has begun to close. */
export const CLOSING: Refusal = {
  status: 503,
  code: 'UPSTREAM_UNAVAILABLE',
  message: 'The gateway is closing. Try again.',
};

/** The gateway is closing and has stopped waiting for the request. */
export const CUT_OFF: Refusal = {
  status: 503,
  code: 'UPSTREAM_UNAVAILABLE',
  message: 'The gateway closed before the answer was there. A mutation may take effect all the same.',
};

/** Another program has read the body. */
export const LOST_BODY: Refusal = {
  status: 500,
  code: 'INTERNAL',
  message:
    'The body of the request was read before the gateway got it, and it is not in `request.body`. Call the gateway before any body parser, or let the parser set `request.body`.',
};
