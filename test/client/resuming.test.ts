// Apollo's link and urql's exchange: the variables that the client below sends at a reconnect have the last cursor.
import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { ResumeLink } from '@hms-gateway/client/apollo';
import { peersHandler, resumeExchange } from '@hms-gateway/client/urql';
import { Client, subscriptionExchange, type ExecutionResult } from '@urql/core';
import { expect, it } from 'vitest';
import { PeerChanges } from '../../examples/peers/documents.ts';

type Data = { readonly peerChanges: PeerChange };
type PeerChange = { readonly __typename: 'SessionEnded'; readonly cursor: string; readonly at: string };

const event = (cursor: string): { data: Data } => ({
  data: { peerChanges: { __typename: 'SessionEnded', cursor, at: '2026-03-12T16:00:00Z' } },
});

it('Apollo’s link keeps the last cursor among the variables of its subscription, and resumes when it is subscribed again', async () => {
  const sent: { readonly variables: object; readonly push: (result: { data: Data }) => void }[] = [];
  const terminating = new ApolloLink(
    ({ variables }) =>
      new Observable((observer) => {
        sent.push({ variables, push: (result) => observer.next(result) });
      }),
  );
  // Subscribes again when it is told to, as RetryLink does after an error.
  let again = () => {};
  const retrying = new ApolloLink(
    (operation, forward) =>
      new Observable((observer) => {
        forward(operation).subscribe(observer);
        again = () => void forward(operation).subscribe(observer);
      }),
  );
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([retrying, new ResumeLink(), terminating]),
  });
  for (const roomId of ['other', 'r'])
    client
      .subscribe({ query: PeerChanges, variables: { roomId }, fetchPolicy: 'no-cache' })
      .subscribe(() => {});
  await expect.poll(() => sent.length).toBe(2);
  sent[1]?.push(event('1'));
  sent[1]?.push(event('2'));
  expect(sent.map(({ variables }) => variables)).toEqual([{ roomId: 'other' }, { roomId: 'r', after: '2' }]);
  again();
  expect(sent[2]?.variables).toEqual({ roomId: 'r', after: '2' });
  client.stop();
});

it('urql’s exchange does the same until the subscription ends, and a new one begins anew', async () => {
  const sent: { readonly variables: unknown; readonly push: (result: ExecutionResult) => void }[] = [];
  const client = new Client({
    url: 'http://gateway.test/graphql',
    exchanges: [
      resumeExchange,
      subscriptionExchange({
        forwardSubscription: ({ variables }) => ({
          subscribe(sink) {
            sent.push({ variables, push: (result) => sink.next(result) });
            return { unsubscribe() {} };
          },
        }),
      }),
    ],
  });
  const seen: unknown[] = [];
  const begin = () =>
    client
      .subscription(PeerChanges, { roomId: 'r' })
      .subscribe(({ operation: { variables } }) => seen.push(variables));
  const first = begin();
  await expect.poll(() => sent.length).toBe(1);
  sent[0]?.push(event('1'));
  sent[0]?.push({ data: null, errors: [] });
  sent[0]?.push(event('2'));
  expect(sent[0]?.variables).toEqual({ roomId: 'r', after: '2' });
  expect(seen).toEqual([{ roomId: 'r' }, { roomId: 'r' }, { roomId: 'r' }]);
  first.unsubscribe();
  begin();
  await expect.poll(() => sent.length).toBe(2);
  expect(sent[1]?.variables).toEqual({ roomId: 'r' });
});

it('urql’s handler begins without a state', () => {
  const peerChanges = {
    __typename: 'PeersSnapshot',
    cursor: '1',
    stale: false,
    peers: [{ id: 'a' }],
  } as const;
  const state = peersHandler<typeof peerChanges>(undefined, { peerChanges });
  expect(peersHandler<typeof peerChanges>(state, { peerChanges })).toMatchObject({ peers: [{ id: 'a' }] });
});
