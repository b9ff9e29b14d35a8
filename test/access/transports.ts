// The ways in which an operation and its caller's credential reach the gateway: those that all tests have, for callers
// who may show nothing. Whatever the way, of a caller who is not let in the answer is the code of the refusal.
import type { Gateway } from '../../src/gateway.ts';
import type { Answer } from '../support/gateway.ts';
import { webSocketClient, type SubscribingClient } from '../support/sockets.ts';
import { answerOf, overEventStream as sendOverEventStream } from '../support/transports.ts';

export interface Transport extends AsyncDisposable {
  ask(credential: string | null, document: string): Promise<Answer>;
}

/** A POST that takes what comes, in process: JSON, and of a subscription the first event. */
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

/** A POST that expects an event stream, over a real connection; it is left after the first event. */
export function overEventStream(url: string): Transport {
  return {
    ask: (credential, query) =>
      sendOverEventStream(url, { query }, credential === null ? undefined : `Bearer ${credential}`),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const UNAUTHENTICATED = { message: 'closed with 4403', extensions: { code: 'UNAUTHENTICATED' } };

/** graphql-ws: one client for each credential. */
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

/** What the client received: errors of the operation, or the close of its socket. */
function refusalIn(error: unknown): Answer {
  if (Array.isArray(error)) return { errors: error as NonNullable<Answer['errors']> };
  // With ws the event of a closed socket has its code.
  if ((error as { readonly code?: unknown }).code === 4403) return { errors: [UNAUTHENTICATED] };
  throw error;
}
