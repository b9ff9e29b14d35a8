// A POST that the gateway answers by itself is answered as Yoga answers it: the same request is sent to two servers, of which
// one leaves all requests to Yoga, and status, headers and body are compared to the byte, the line of the log too.
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { memoryLog } from '../../support/memory-log.ts';
import { knownCallers, startTestServer } from '../../support/server.ts';
import { compare, requestsIn, usual, type Sent } from '../../support/two-ways.ts';

const json = (value: unknown): Sent => ({ body: JSON.stringify(value) });

describe('an operation is answered as by Yoga:', () => {
  it.each([
    ['a query', json({ query: '{ hello }' })],
    ['a query sent in chunks', { ...json({ query: '{ hello }' }), isChunked: true }],
    ['a query sent once', { ...json({ query: '{ hello }' }), times: 1 }],
    ['a query with a byte order mark', { body: Buffer.from('\ufeff{"query":"{ hello }"}') }],
    ['a query with text beyond ASCII', json({ query: '{ hello } # é 😀' })],
    ['data beyond ASCII', json({ query: '{ odd(value: "surrogates") }' })],
    ['data that cannot be written', json({ query: '{ hello odd(value: "bigint") }' })],
    ['null', json({ query: '{ odd }' })],
    ['a list', json({ query: '{ things(first: 3) { name } }' })],
    ['variables', json({ query: 'query ($n: Int) { things(first: $n) { name } }', variables: { n: 4 } })],
    ['variables that are null', json({ query: '{ hello }', variables: null, extensions: null })],
    ['an extension', json({ query: '{ hello }', extensions: { a: 1 } })],
    [
      'the operation that is named',
      json({ query: 'query A { hello } query B { paint }', operationName: 'B' }),
    ],
    ['an empty name', json({ query: '{ hello }', operationName: '' })],
    ['a mutation', json({ query: 'mutation { change }' })],
    ['two mutations', json({ query: 'mutation { a: change calls(count: 3) }' })],
    ['REST calls', json({ query: '{ calls(count: 7) }' })],
    ['an unknown path behind', json({ query: '{ __typename }' })],
    ['introspection', json({ query: '{ __schema { queryType { name } } }' })],
  ])('%s', async (_what, sent) => {
    expect((await compare(sent))[0]).toBe('HTTP/1.1 200 OK');
  });

  it.each([
    ['a field that fails', '{ hello breaks }'],
    ['a missing variable', 'query ($n: Int!) { calls(count: $n) }'],
    ['a field that is unknown', '{ helo }'],
    ['many fields that are unknown', `{ ${Array.from({ length: 30 }, (_, at) => `x${at}`).join(' ')} }`],
    ['no document', '{'],
    ['blanks', ' '],
    ['an unknown operation', '{ hello }', 'Other'],
    ['an unknown operation of an odd name', '{ hello }', '%'],
    ['no operation', 'fragment F on Query { hello }'],
    ['two operations without a name', 'query A { hello } query B { hello }'],
    ['too many tokens', `{ ${'hello '.repeat(2000)} }`],
    ['too deep', `{ ${'thing { '.repeat(20)} name ${'}'.repeat(20)} }`],
    ['too many aliases', `{ ${Array.from({ length: 40 }, (_, at) => `x${at}: hello`).join(' ')} }`],
    ['too expensive', '{ things(first: 5000) { name } }'],
    ['a mutation that fails', 'mutation { calls }'],
  ])('%s, for either type of JSON', async (_what, query, operationName?: string) => {
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
      const answer = await compare({ ...json({ query, operationName }), headers: { accept } });
      expect(answer.at(-1)).toContain(
        accept === '*/*' && query.startsWith('subscription') ? 'ticks' : 'errors',
      );
    }
  });
});

describe('a request is answered as by Yoga:', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{"query":'],
    ['null', 'null'],
    ['a number', '1'],
    ['a text', '"{ hello }"'],
    ['a list', '[]'],
    ['a list of operations', '[{"query":"{ hello }"}]'],
    ['an empty object', '{}'],
    ['no query', '{"query":null}'],
    ['an empty query', '{"query":""}'],
    ['a query that is no text', '{"query":{}}'],
    ['variables that are a list', '{"query":"{ hello }","variables":[]}'],
    ['variables that are a text', '{"query":"{ hello }","variables":"{}"}'],
    ['extensions that are a number', '{"query":"{ hello }","extensions":1}'],
    ['an unknown parameter', '{"query":"{ hello }","other":1}'],
    ['an unknown parameter that is null', '{"query":"{ hello }","other":null}'],
    ['a parameter named like a prototype', '{"query":"{ hello }","__proto__":{"a":1}}'],
    ['a name that is a number', '{"query":"{ hello }","operationName":1}'],
    ['a hash alone', `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'a'.repeat(64)}"}}}`],
    ['an id and an empty query', `{"documentId":"sha256:${'a'.repeat(64)}","query":""}`],
    ['bytes that are not UTF-8', Buffer.from([...Buffer.from('{"query":"{ hello } #'), 0xe9, 0x22, 0x7d])],
    ['a body that is too large', `{"query":"{ hello }","variables":{"x":"${'x'.repeat(300_000)}"}}`],
    ['a body that just fits', `{"query":"{ hello }","variables":{"x":"${'x'.repeat(262_000)}"}}`],
  ])('%s', async (_what, body) => {
    await compare({ body });
  });

  it('a body that is too large and comes in chunks', async () => {
    const answer = await compare({ body: `"${'x'.repeat(300_000)}"`, isChunked: true, times: 1 });
    expect(answer[0]).toBe('HTTP/1.1 413 Payload Too Large');
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['another type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', { 'content-type': 'application/json; charset=iso-8859-1' }],
    ['a charset', { 'content-type': 'application/json; charset=UTF-8' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
    ['an allowed origin', { origin: 'https://app.example' }],
    ['no type that exists', { accept: 'image/png' }],
    ['JSON with a low weight', { accept: 'application/json;q=0.1, text/html' }],
    ['a stream rather than JSON', { accept: 'application/json;q=0.1, text/event-stream' }],
    ['multipart only', { accept: 'multipart/mixed' }],
    ['the number of REST calls', { 'x-gateway-upstream': '1' }],
    ['a trace', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }],
    ['a broken trace', { traceparent: '00-1' }],
    ['an event to begin after', { 'last-event-id': 'x' }],
    ['Expect', { expect: '100-continue' }],
    ['a page of its own host', { origin: 'http://localhost' }],
    ['a foreign page', { origin: 'https://evil.example' }],
  ])('%s', async (_what, headers) => {
    await compare({ ...json({ query: '{ hello calls(count: 2) }' }), headers });
    await compare({ ...json({ query: '{ hello breaks }' }), headers });
  });
});

describe('an answer is compressed as by Yoga', () => {
  const long = json({ query: '{ things(first: 200) { name thing { name } } }' });

  it.each(['gzip', 'br', 'gzip, br', 'identity', 'identity;q=0, gzip', ''])('for %s', async (coding) => {
    const headers = { 'accept-encoding': coding };
    const isPlain = coding === '' || coding === 'identity';
    const answer = await compare({ ...long, headers });
    expect(answer.some((line) => line.startsWith('content-encoding:'))).toBe(!isPlain);
    await compare({ ...json({ query: '{ hello }' }), headers });
    await compare({ ...json({ query: '{ breaks }' }), headers: { 'accept-encoding': 'br' } });
  });
});

describe('a caller is answered as by Yoga:', () => {
  const authentication = knownCallers({ ada: null });

  it.each([
    ['who is known', 'Bearer ada', 200],
    ['who is not', 'Bearer eve', 401],
    ['who sends nothing', undefined, 401],
  ])('%s', async (_who, authorization, status) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await compare({ ...json({ query: '{ whoAmI }' }), headers }, { ...usual, authentication });
    expect(answer[0]).toContain(` ${status} `);
  });

  it('who sent too many wrong keys', async () => {
    const options = { ...usual, authentication, limits: { failuresPerMinute: 2 } };
    const answer = await compare({ headers: { authorization: 'Bearer eve' }, times: 4 }, options);
    expect(answer[0]).toContain(' 429 ');
  });

  it('who cannot be checked', async () => {
    const failing = { isOff: false, callerOf: () => Promise.reject(new Error('CANARY')) };
    expect((await compare({}, { ...usual, authentication: failing }))[0]).toContain(' 500 ');
  });

  it.each([3, 12])('who has no points left after %s operations', async (times) => {
    const options = { ...usual, limits: { pointsPerMinute: 10 } };
    await compare({ ...json({ query: '{ things(first: 2) { name } }' }), times }, options);
  });

  it('who may not run the operation', async () => {
    const refusal = new GraphQLError('No.', { extensions: { code: 'FORBIDDEN' } });
    for (const permission of [
      () => refusal,
      () => Promise.resolve(refusal),
      () => Promise.reject(new Error('CANARY')),
    ]) {
      await compare({ headers: { 'x-gateway-upstream': '1' } }, { ...usual, permission });
    }
  });

  it('whose context cannot be made', async () => {
    const createContext = () => {
      throw new Error('CANARY');
    };
    await compare({}, { ...usual, createContext, limits: { pointsPerMinute: 0 } });
  });

  it('where introspection is off', async () => {
    const options = { ...usual, introspection: false };
    for (const query of ['{ helo }', '{ __schema { queryType { name } } }', '{ hello }']) {
      await compare({ ...json({ query }), headers: { 'x-gateway-upstream': '1' } }, options);
    }
  });

  it('where only persisted operations run', async () => {
    const persistedOperations = {
      textOf: ({ documentId }: { readonly documentId?: unknown }) => {
        if (documentId === 'a') return '{ hello }';
        throw new GraphQLError('Not one of them.', { extensions: { code: 'PERSISTED_OPERATION_ONLY' } });
      },
    };
    for (const documentId of ['a', 'b']) {
      await compare(json({ documentId, query: '{ whoAmI }' }), { ...usual, persistedOperations });
    }
  });
});

it('an operation ends when its client leaves, and its line of the log says so', async () => {
  const { log, text } = memoryLog();
  await using server = await startTestServer({ log });
  const leaving = new AbortController();
  const asked = fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ hang }"}',
    signal: leaving.signal,
  });
  await expect.poll(() => server.started.signals.length).toBe(1);
  leaving.abort();
  await expect(asked).rejects.toThrow('aborted');
  await expect.poll(() => server.started.signals[0]?.aborted).toBe(true);
  await expect.poll(() => requestsIn(text())).toMatchObject([{ type: 'query', aborted: true }]);
});
