// `operationName`: which operation of a document runs, and the error if it is missing or unknown, over every transport.
import { describe, expect, it } from 'vitest';
import { post, startTestServer } from '../../support/server.ts';
import { transports } from '../../support/transports.ts';

const BOTH = 'query A { hello } query B { whoAmI }';

describe.each(transports)('over %s', (_name, send) => {
  it('the named operation runs', async () => {
    await using server = await startTestServer();
    expect(await send(server.url, { query: BOTH, operationName: 'B' })).toEqual({
      data: { whoAmI: 'anyone' },
    });
  });

  it.each([
    ['an unknown name', 'C', 'The document has no operation C.'],
    ['a name too long to be repeated', 'x'.repeat(5000), 'The document has no operation of that name.'],
    [
      'no name',
      undefined,
      'Send a document with exactly one operation, or name one of its operations in `operationName`.',
    ],
  ])('%s is refused', async (_what, operationName, message) => {
    await using server = await startTestServer();
    // The second request, whose document is cached, is refused too.
    for (const name of [operationName, 'A', operationName]) {
      const answer = await send(server.url, { query: BOTH, operationName: name });
      expect(answer).toEqual(
        name === 'A'
          ? { data: { hello: 'world' } }
          : { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
      );
    }
  });

  it('an empty name counts as missing', async () => {
    await using server = await startTestServer();
    expect(await send(server.url, { query: 'query A { hello }', operationName: '' })).toEqual({
      data: { hello: 'world' },
    });
    expect(await send(server.url, { query: '{ hello }', operationName: '' })).toEqual({
      data: { hello: 'world' },
    });
    expect(await send(server.url, { query: BOTH, operationName: '' })).toMatchObject({
      errors: [{ message: expect.stringMatching(/with exactly one operation/) as string }],
    });
  });

  it.each([
    ['Apollo and urql', { extensions: { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } } }],
    ['Apollo, without a version', { extensions: { persistedQuery: { sha256Hash: 'ab'.repeat(32) } } }],
    ['Relay', { documentId: 'ab'.repeat(32) }],
  ])(
    'a hash without a text, as %s sends it, is refused so that the client sends the text',
    async (_client, named) => {
      await using server = await startTestServer();
      expect(await send(server.url, named)).toEqual({
        errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'BAD_USER_INPUT' } }],
      });
      expect(await send(server.url, { query: '{ hello }', ...named })).toEqual({ data: { hello: 'world' } });
    },
  );

  it.each(['fragment F on Query { hello }', 'type T { a: Int }'])('%s has no operation', async (query) => {
    await using server = await startTestServer();
    expect(await send(server.url, { query })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

it('HTTP answers with 400', async () => {
  await using server = await startTestServer();
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    expect((await post(server.url, { query: BOTH }, { accept })).status).toBe(400);
  }
});
