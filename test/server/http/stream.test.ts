// A subscription whose events the gateway writes by itself is answered as Yoga answers it: see post.test.ts.
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { knownCallers } from '../../support/server.ts';
import { compare, usual, type Sent } from '../../support/two-ways.ts';

const accept = 'text/event-stream';
const origin = 'https://app.example';

/** A POST of an operation. */
function posted(operation: object, more: Sent = {}): Sent {
  return { body: JSON.stringify(operation), ...more, headers: { accept, ...more.headers } };
}

/** A GET of an operation. */
function inUrl(params: Readonly<Record<string, string>>, more: Sent = {}): Sent {
  const target = `/graphql?${new URLSearchParams(params).toString()}`;
  return { method: 'GET', target, ...more, headers: { accept, ...more.headers } };
}

const TICKS = 'subscription ($n: Int) { ticks(count: $n) }';
/** The end of the second event, which is not the last one. */
const SECOND = /"ticks":2\}\}\n\n\r\n/;

describe('a stream is answered as by Yoga:', () => {
  it.each([
    ['one that fails', 'subscription { breaks }'],
    ['one that cannot be written', 'subscription { odd(value: "bigint") }'],
    ['one with text beyond ASCII', 'subscription { odd(value: "surrogates") }'],
    ['one that throws before it begins', 'subscription { throws }'],
    ['one that fails before it begins', 'subscription { fails }'],
    ['a missing variable', 'subscription ($n: Int!) { ticks(count: $n) }'],
    ['a field that is unknown', 'subscription { tocks }'],
    ['no document', 'subscription {'],
    ['a query', '{ hello }'],
    ['a query that fails', '{ hello breaks }'],
    ['a mutation', 'mutation { change }'],
  ])('%s', async (_what, query) => {
    for (const headers of [{}, { origin }, { 'x-gateway-upstream': '1' }]) {
      await compare(posted({ query }, { headers }));
      await compare(inUrl({ query }, { headers }));
    }
  });

  it('one that goes on', async () => {
    const variables = { n: 2 };
    const sent = posted({ query: TICKS, variables }, { until: SECOND, headers: { origin } });
    expect((await compare(sent)).at(-1)).toContain('"cost"');
    const other = inUrl({ query: TICKS, variables: JSON.stringify(variables) }, { until: SECOND });
    expect((await compare(other)).at(-1)).toContain('"cost"');
  });

  it.each<readonly [string, Sent]>([
    ['nothing', posted({})],
    ['no JSON', { body: '{', headers: { accept } }],
    ['a body that is too large', posted({ query: `{ ${'x'.repeat(300_000)} }` })],
    ['bytes that are not UTF-8', { body: Buffer.from([0x22, 0xe9, 0x22]), headers: { accept } }],
    [
      'a form',
      posted({ query: TICKS }, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    ],
    ['an unknown operation', posted({ query: TICKS, operationName: 'Other' })],
    ['a foreign page', posted({ query: TICKS }, { headers: { origin: 'https://evil.example' } })],
    ['a URL without parameters', { method: 'GET', headers: { accept } }],
    ['a URL with an empty query', inUrl({ query: '' })],
    ['a URL with other parameters', inUrl({ query: 'subscription { breaks }', other: '1' })],
    ['variables of a URL that are no JSON', inUrl({ query: TICKS, variables: '{' })],
    ['variables of a URL that are a list', inUrl({ query: TICKS, variables: '[]' })],
    ['another operation of a URL', inUrl({ query: TICKS, operationName: 'Other' })],
    ['a mutation in a URL', inUrl({ query: 'mutation { change }' })],
  ])('%s', async (_what, sent) => {
    await compare(sent);
  });
});

describe('a caller of a stream is answered as by Yoga:', () => {
  const breaks = posted({ query: 'subscription { breaks }' });

  it.each([
    ['who is not known', { authorization: 'Bearer eve' }],
    ['who sends nothing', {}],
  ])('%s', async (_who, headers) => {
    const options = { ...usual, authentication: knownCallers({ ada: null }) };
    await compare(posted({ query: TICKS }, { headers }), options);
    await compare(inUrl({ query: TICKS }, { headers }), options);
  });

  it('who has no points left', async () => {
    await compare({ ...breaks, times: 4 }, { ...usual, limits: { pointsPerMinute: 3 } });
  });

  it('who asks for too much', async () => {
    await compare(posted({ query: 'subscription { fails }' }), { ...usual, limits: { cost: 5 } });
    await compare(breaks, { ...usual, limits: { subscriptionsPerCaller: 0 } });
    await compare(breaks, { ...usual, limits: { subscriptionCharactersPerCaller: 5 } });
  });

  it('who may not run the operation', async () => {
    const refusals = [
      new GraphQLError('No.', { extensions: { code: 'FORBIDDEN' } }),
      new GraphQLError('No.', {
        extensions: { code: 'FORBIDDEN', http: { status: 403, headers: { a: 'b' } } },
      }),
    ];
    for (const refusal of refusals) {
      for (const headers of [{ origin }, { 'accept-encoding': 'gzip' }]) {
        const options = { ...usual, permission: () => refusal };
        await compare(posted({ query: TICKS }, { headers }), options);
      }
    }
    const permission = () => Promise.reject(new Error('CANARY'));
    await compare(breaks, { ...usual, permission });
  });

  it('whose context cannot be made', async () => {
    const createContext = () => {
      throw new Error('CANARY');
    };
    await compare(breaks, { ...usual, createContext, limits: { pointsPerMinute: 0 } });
  });

  it('where only persisted operations run', async () => {
    const persistedOperations = {
      textOf: ({ documentId }: { readonly documentId?: unknown }) => {
        if (documentId === 'a') return 'subscription { breaks }';
        throw new GraphQLError('Not one of them.', { extensions: { code: 'PERSISTED_OPERATION_ONLY' } });
      },
    };
    for (const documentId of ['a', 'b']) {
      await compare(posted({ documentId, query: TICKS }), { ...usual, persistedOperations });
      await compare(inUrl({ documentId, query: TICKS }), { ...usual, persistedOperations });
    }
  });
});
