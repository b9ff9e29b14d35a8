// The WebSocket of the examples for Apollo Client, urql and Relay: a client of graphql-ws that never gives up.
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Client } from 'graphql-ws';

/**
 * Connects at the first subscription, and again after each loss: after 0.1 to 0.3 s, then twice as long each time, up to 20 s. Each
 * failed or lost connection is printed to stderr.
 */
export function socketsTo(url: string): Client {
  return createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    retryAttempts: Infinity,
    // Also where there is no server that could close the connection: while the gateway restarts.
    shouldRetry: () => true,
    retryWait,
    on: {
      closed(event) {
        const { code } = event as CloseEvent; // the event of a WebSocket
        if (code !== 1000) console.error(`No connection to ${url} (${code}); it is tried again.`);
      },
    },
  });
}

/** The wait before a connection is tried again, with a random part so that the clients of a gateway do not all come at once. */
export async function retryWait(retries: number): Promise<void> {
  await sleep(Math.min(200 * 2 ** retries, 20_000) * (0.5 + Math.random()));
}
