// Public clients that subscribe, each with the settings of the first example in its documentation, and with its default
// for reconnecting. Each keeps one subscription.
import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, subscriptionExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { EventSource } from 'undici';
import { SearchedSocket } from './searched-socket.ts';
import { subscriptionUrl } from './sockets.ts';

/** Called with the events of a subscription, and at its end. */
export interface Told<Data> {
  readonly event: (data: Data) => void;
  /** Called when the subscription has ended, with an error or without; the client does not reconnect after it. */
  readonly over: (how: unknown) => void;
}

/** Subscribes to `query` at the gateway `url`; the returned function ends it. */
export type Subscribe = <Data>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  told: Told<Data>,
) => () => unknown;

const socketClient = (url: string) =>
  createWsClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: SearchedSocket });

/** The clients by name. Apollo and urql subscribe over graphql-ws, as their documentation says. */
export const subscribingClients: Readonly<Record<string, Subscribe>> = {
  'graphql-ws': (url, query, variables, told) => {
    const client = socketClient(url);
    client.subscribe(
      { query, variables: { ...variables } },
      // The document decides the type of its data, here and below.
      {
        next: ({ data }) => told.event(data as never),
        error: told.over,
        complete: () => told.over('complete'),
      },
    );
    return () => client.dispose();
  },
  'graphql-sse': (url, query, variables, told) => {
    const client = createSseClient({ url: `${url}/graphql` });
    client.subscribe(
      { query, variables: { ...variables } },
      {
        next: ({ data }) => told.event(data as never),
        error: told.over,
        complete: () => told.over('complete'),
      },
    );
    return () => client.dispose();
  },
  EventSource: (url, query, variables, told) => {
    const source = new EventSource(subscriptionUrl(url, query, variables));
    source.addEventListener('next', (event) => {
      // The client passes the events of the stream as MessageEvents, and the gateway sends JSON.
      const { data } = event as MessageEvent<string>;
      told.event((JSON.parse(data) as { data: never }).data);
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) told.over('closed');
    });
    source.addEventListener('complete', () => told.over('complete'));
    return () => source.close();
  },
  '@apollo/client': (url, query, variables, told) => {
    const sockets = socketClient(url);
    const client = new ApolloClient({ link: new GraphQLWsLink(sockets), cache: new InMemoryCache() });
    const subscription = client
      .subscribe({ query: gql(query), variables: { ...variables }, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data, error }) => (error === undefined ? told.event(data as never) : told.over(error)),
        complete: () => told.over('complete'),
      });
    return async () => {
      subscription.unsubscribe();
      client.stop();
      await sockets.dispose();
    };
  },
  '@urql/core': (url, query, variables, told) => {
    const sockets = socketClient(url);
    const client = new Client({
      url: `${url}/graphql`,
      preferGetMethod: false,
      exchanges: [
        subscriptionExchange({
          forwardSubscription: ({ query = '', variables = {} }) => ({
            subscribe: (sink) => ({
              unsubscribe: sockets.subscribe(
                { query, variables },
                { ...sink, next: (result) => sink.next(result as never) },
              ),
            }),
          }),
        }),
      ],
    });
    const subscription = client.subscription(query, { ...variables }).subscribe(({ data, error }) => {
      if (error === undefined) told.event(data as never);
      else told.over(error);
    });
    return async () => {
      subscription.unsubscribe();
      await sockets.dispose();
    };
  },
};
