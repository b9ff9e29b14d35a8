// The ways in which an operation and its caller's credential reach the gateway. Whatever the way, what comes back is
// one answer: of a subscription its first event, of a caller who is not let in the code of the refusal.
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Gateway } from '../../src/gateway.ts';
import { watchAnswer } from '../support/canary.ts';
import type { Answer } from '../support/gateway.ts';
import { eventsOf } from '../support/sockets.ts';

export interface Transport extends AsyncDisposable {
  ask(credential: string | null, document: string): Promise<Answer>;
}

function headersOf(credential: string | null, accept: string): Record<string, string> {
  const known = credential === null ? {} : { authorization: `Bearer ${credential}` };
  return { 'content-type': 'application/json', accept, ...known };
}

/** A POST that expects JSON, in process. */
export async function askOverHttp(
  gateway: Gateway,
  credential: string | null,
  document: string,
  variables: object = {},
): Promise<Answer> {
  const response = await gateway.graphql.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: headersOf(credential, 'application/json'),
    body: JSON.stringify({ query: document, variables }),
  });
  return answerOf(response.status, await response.text());
}

/** A caller who is not let in gets the status 401, and nobody else does. */
function answerOf(status: number, text: string): Answer {
  watchAnswer(text);
  // What the gateway answers is GraphQL.
  const answer = JSON.parse(text) as Answer;
  const isUnauthenticated = answer.errors?.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');
  if ((status === 401) !== (isUnauthenticated === true)) {
    throw new Error(`the status is ${status} for ${text}`);
  }
  return answer;
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
    async ask(credential, document) {
      const leaving = new AbortController();
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: headersOf(credential, 'text/event-stream'),
        body: JSON.stringify({ query: document }),
        signal: leaving.signal,
      });
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      const text = isStream ? ((await eventsOf(response).next()).value?.data ?? '{}') : await response.text();
      leaving.abort();
      return answerOf(response.status, text);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const UNAUTHENTICATED = { message: 'closed with 4403', extensions: { code: 'UNAUTHENTICATED' } };

/** graphql-ws: one socket for each credential. */
export function overWebSocket(url: string): Transport {
  const clients = new Map<string | null, Client>();
  const clientOf = (credential: string | null): Client => {
    const known = clients.get(credential);
    if (known !== undefined) return known;
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazyCloseTimeout: 60_000,
      ...(credential === null ? {} : { connectionParams: { authorization: `Bearer ${credential}` } }),
    });
    clients.set(credential, client);
    return client;
  };
  return {
    async ask(credential, document) {
      const results = clientOf(credential).iterate({ query: document });
      try {
        // The library types answers by what it knows of them.
        return (await results.next()).value as Answer;
      } catch (error) {
        return refusalIn(error);
      } finally {
        await results.return?.();
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...clients.values()].map(async (client) => client.dispose()));
    },
  };
}

/** What the client is told: errors of the operation, or that the socket was closed. */
function refusalIn(error: unknown): Answer {
  if (Array.isArray(error)) return { errors: error as NonNullable<Answer['errors']> };
  // With ws the event of a closed socket has its code.
  if ((error as { readonly code?: unknown }).code === 4403) return { errors: [UNAUTHENTICATED] };
  throw error;
}
