// The gateway as this page uses it: urql for queries and mutations over HTTP, and for subscriptions over the WebSocket. There is
// no cache: what is live comes by subscriptions, and what costs REST calls is asked when the visitor wants it.
import type { FormattedExecutionResult } from 'graphql';
import { Client, fetchExchange, subscriptionExchange } from 'urql';
import type { Store } from '../live/store.ts';
import { connectSocket, type Connection } from './connection.ts';

export interface Gateway {
  readonly client: Client;
  readonly connection: Store<Connection>;
  /** Closes the socket. */
  close(): void;
}

/** Makes a client that sends `token`, if there is one, with each request and with `connection_init`. */
export function createGateway(token: string | null): Gateway {
  const { socket, connection } = connectSocket(token);
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({ headers }),
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => {
            // The two packages type an answer without data differently.
            const next = (result: FormattedExecutionResult) =>
              sink.next({ ...result, data: result.data ?? null });
            return { unsubscribe: socket.subscribe({ query, variables }, { ...sink, next }) };
          },
        }),
      }),
    ],
  });
  // `dispose` rejects if the connection was not open yet.
  const close = () => void Promise.resolve(socket.dispose()).catch(() => {});
  return { client, connection, close };
}
