// The times that the server may take for the steps of a stop. The process allows 14 s in all (src/process-end.ts), and its
// supervisors allow more (ops/).

/** How long requests in flight, over HTTP and WebSocket, may take to finish once the server closes, in milliseconds. */
export const DRAIN_MS = 10_000;
/**
 * How long the server serves on once it is told to close, and how long connections without a request then stay open, in
 * milliseconds; it should exceed the round trip to clients. In the first time only `/ready` differs, so that whoever probes it
 * sends new clients elsewhere; were subscriptions ended at once, their clients would come back to a server that refuses them,
 * and some give up. In the second time a client that sends one request after another gets one more answer, which tells it to
 * connect anew; without this, its next request would meet a connection that is being closed, and be lost.
 */
export const LINGER_MS = 1000;
