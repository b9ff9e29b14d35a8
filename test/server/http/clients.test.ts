// Public GraphQL clients against a listening server, each with the settings of the first example in its documentation.
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { cacheExchange, Client, fetchExchange } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { knownCallers, startTestServer } from '../../support/server.ts';

const QUERY = 'query Hello { hello }';
const MUTATION = 'mutation Change { change }';
const SUBSCRIPTION = 'subscription Ticks { ticks }';

/** Records the requests that a client sends by `fetch`, and the media types of the answers. */
function recordingFetch() {
  const sent: { readonly accept: string | null; readonly type: string | null | undefined }[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const answer = await fetch(request);
    const type = answer.headers.get('content-type')?.replace(/;.*/, '');
    sent.push({ accept: request.headers.get('accept'), type });
    return answer;
  };
  return { sent, fetch: send };
}

describe('@urql/core', () => {
  it('gets queries and mutations as JSON, and subscriptions as a stream', async () => {
    const clock = new ManualClock();
    const authentication = knownCallers({ ada: clock.now() + 1000 });
    await using server = await startTestServer({ authentication, clock });
    const recorded = recordingFetch();
    const client = new Client({
      url: `${server.url}/graphql`,
      preferGetMethod: false,
      exchanges: [cacheExchange, fetchExchange],
      fetchSubscriptions: true,
      fetchOptions: { headers: { authorization: 'Bearer ada' } },
      fetch: recorded.fetch,
    });
    const query = await client.query(QUERY, {}).toPromise();
    expect([query.error, query.data]).toEqual([undefined, { hello: 'world' }]);
    const mutation = await client.mutation(MUTATION, {}).toPromise();
    expect([mutation.error, mutation.data]).toEqual([undefined, { change: 'changed' }]);
    const results: (readonly unknown[])[] = [];
    await new Promise<void>((resolve) => {
      client.subscription(SUBSCRIPTION, {}).subscribe(({ data, error, hasNext }) => {
        results.push([data, error?.message]);
        // The expiry of the token ends the stream. If a urql client unsubscribes instead, it throws an AbortError that
        // nothing catches.
        void clock.advance(2000);
        if (!hasNext) resolve();
      });
    });
    expect(results[0]).toEqual([{ ticks: 1 }, undefined]);
    expect(recorded.sent.map(({ type }) => type)).toEqual([
      'application/graphql-response+json',
      'application/graphql-response+json',
      'text/event-stream',
    ]);
    expect(recorded.sent[0]?.accept).toBe(
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    );
  });

  it('reports the errors of a refused operation', async () => {
    await using server = await startTestServer();
    const client = new Client({
      url: `${server.url}/graphql`,
      preferGetMethod: false,
      exchanges: [cacheExchange, fetchExchange],
    });
    const { error } = await client.query('{ noSuchField }', {}).toPromise();
    expect(error?.graphQLErrors.map(({ extensions }) => extensions['code'])).toEqual([
      'GRAPHQL_VALIDATION_FAILED',
    ]);
  });
});

/** An Apollo client whose link chain ends in HTTP. */
function apolloClient(
  url: string,
  { fetch: send }: ReturnType<typeof recordingFetch>,
  ...links: ApolloLink[]
) {
  const http = new HttpLink({ uri: `${url}/graphql`, fetch: send });
  return new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.from([...links, http]) });
}

describe('@apollo/client', () => {
  it('gets queries and mutations as JSON', async () => {
    await using server = await startTestServer();
    const recorded = recordingFetch();
    const client = apolloClient(server.url, recorded);
    expect((await client.query({ query: gql(QUERY) })).data).toEqual({ hello: 'world' });
    expect((await client.mutate({ mutation: gql(MUTATION) })).data).toEqual({ change: 'changed' });
    expect(recorded.sent.map(({ type }) => type)).toEqual([
      'application/graphql-response+json',
      'application/graphql-response+json',
    ]);
  });

  it('sends the text of a query when the server has no persisted queries', async () => {
    await using server = await startTestServer();
    const recorded = recordingFetch();
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const client = apolloClient(server.url, recorded, new PersistedQueryLink({ sha256 }));
    expect((await client.query({ query: gql(QUERY) })).data).toEqual({ hello: 'world' });
    expect(recorded.sent).toHaveLength(2);
    const again = await client.query({ query: gql(QUERY), fetchPolicy: 'network-only' });
    expect(again.data).toEqual({ hello: 'world' });
    expect(recorded.sent).toHaveLength(3);
  });
});
