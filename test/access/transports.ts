// The transports by which an operation and its caller's credential reach the gateway. Those of test/support are
// extended: a caller may have no credential, and every refusal is returned as an error with its code.
import type { Gateway } from '../../src/gateway.ts';
import type { Answer } from '../support/gateway.ts';
import { webSocketClient, type SubscribingClient } from '../support/sockets.ts';
import { answerOf, overEventStream as sendOverEventStream } from '../support/transports.ts';

export interface Transport extends AsyncDisposable {
  ask(credential: string | null, document: string): Promise<Answer>;
}

/** Sends a POST to the gateway in this process and accepts any media type. Returns the answer, or the first event. */
export async function askOverHttp(
  gateway: Gateway,
  credential: string | null,
  document: string,
  variables: object = {},
): Promise<Answer> {
  const known = credential === null ? {} : { authorization: `Bearer ${credential}` };
  return answerOf(
    await gateway.graphql.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: '*/*', ...known },
      body: JSON.stringify({ query: document, variables }),
    }),
  );
}

export function overHttp(gateway: Gateway): Transport {
  return {
    ask: (credential, document) => askOverHttp(gateway, credential, document),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Sends a POST for an event stream over a real connection, and closes the stream after its first event. */
export function overEventStream(url: string): Transport {
  return {
    ask: (credential, query) =>
      sendOverEventStream(url, { query }, credential === null ? undefined : `Bearer ${credential}`),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const UNAUTHENTICATED = { message: 'closed with 4403', extensions: { code: 'UNAUTHENTICATED' } };

/** Sends operations by graphql-ws, with one client for each credential. */
export function overWebSocket(url: string): Transport {
  const clients = new Map<string | null, SubscribingClient>();
  const clientOf = (credential: string | null): SubscribingClient => {
    const client = clients.get(credential) ?? webSocketClient(url, credential ?? undefined);
    clients.set(credential, client);
    return client;
  };
  return {
    async ask(credential, document) {
      await using watching = clientOf(credential).watch(document, {});
      try {
        return (await watching.answer()) ?? {};
      } catch (error) {
        return refusalIn(error);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.values().map(async (client) => client[Symbol.asyncDispose]()));
    },
  };
}

/** The errors that the client received; the close of the socket with 4403 becomes an error. */
function refusalIn(error: unknown): Answer {
  if (Array.isArray(error)) return { errors: error as NonNullable<Answer['errors']> };
  // The library `ws` closes with an event that has the code.
  if ((error as { readonly code?: unknown }).code === 4403) return { errors: [UNAUTHENTICATED] };
  throw error;
}
