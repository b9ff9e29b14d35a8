// How long the server takes to stop. The process allows 14 s for all of it (src/process-end.ts), and the units that run it more
// (ops/).

/** How long requests in flight, over HTTP and WebSocket, may take to finish once the server closes, in milliseconds. */
export const DRAIN_MS = 10_000;
/**
 * How long the port stays open once the server closes, and then connections without a request, in milliseconds; it should exceed
 * the round trip to clients. While the port is open, `/ready` answers 503 to whoever asks. After that a client that sends one
 * request after another gets one more answer, which tells it to connect anew; without this, its next request would meet a
 * connection that is being closed, and be lost.
 */
export const LINGER_MS = 1000;
