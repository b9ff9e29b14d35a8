// The times that the server may take for the steps of a stop. The process allows 14 s in all (src/process-end.ts), and its
// supervisors allow more (ops/).

/** How long requests in flight, over HTTP and WebSocket, may take to finish once the server closes, in milliseconds. */
export const DRAIN_MS = 10_000;
/**
 * In milliseconds: how long the server keeps serving after it is told to close, and then how long connections without a request
 * stay open. It should exceed the round trip to clients. During the first period only `/ready` answers differently, so that load
 * balancers send new clients elsewhere. If subscriptions ended at once, their clients would reconnect to a server that refuses
 * them, and some would give up. During the second period a client that sends one request after another gets one more answer,
 * which tells it to open a new connection. Otherwise its next request would arrive on a closing connection and be lost.
 */
export const LINGER_MS = 1000;
