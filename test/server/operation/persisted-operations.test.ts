// A gateway with persisted operations runs no others, over every transport.
import { createHash } from 'node:crypto';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attendance } from '../../../examples/attendance.ts';
import { connect } from '../../../examples/client.ts';
import { watch } from '../../../examples/watch.ts';
import {
  ManifestError,
  readPersistedOperations,
} from '../../../src/server/operation/persisted-operations.ts';
import { startTestGateway, testConfig } from '../../support/gateway.ts';
import { testSchema } from '../../support/server-schema.ts';
import { startTestServer } from '../../support/server.ts';
import { transports, type Operation, type Refusal } from '../../support/transports.ts';

const HELLO = 'query Hello { hello }';
const TWICE = 'query Twice($n: Int) { things(first: $n) { name } }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const manifestOf = (...texts: readonly string[]) =>
  Object.fromEntries(texts.map((text) => [sha256(text), text]));

/** A file with this content, which is removed at the end of the test. */
function fileWith(content: string): Disposable & { readonly path: string } {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'hms-gateway-persisted-'));
  const path = join(folder.path, 'manifest.json');
  writeFileSync(path, content);
  return { path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

function operationsOf(...texts: readonly string[]) {
  const file = fileWith(JSON.stringify(manifestOf(...texts)));
  const operations = readPersistedOperations(file.path, testSchema);
  file[Symbol.dispose]();
  return operations;
}

const byHash = (text: string): Operation => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } },
});

describe.each(transports)('over %s', (_name, send) => {
  it.each([
    ['its hash', byHash(HELLO)],
    ['its hash, whatever text comes with it', { ...byHash(HELLO), query: '{ hello other: hello }' }],
    ['its document id', { documentId: sha256(HELLO) }],
    ['its document id with the algorithm', { documentId: `sha256:${sha256(HELLO)}` }],
    ['its own text', { query: HELLO }],
    ['its text with other blanks and comments', { query: '# hi\nquery   Hello {\n  hello,\n}\n' }],
  ])('an operation runs by %s', async (_how, operation) => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO, TWICE) });
    expect(await send(server.url, operation)).toEqual({ data: { hello: 'world' } });
  });

  it('a text may be up to four times as long as the longest persisted text', async () => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO, TWICE) });
    const stretched = (length: number) => ({ query: HELLO.padEnd(length) });
    expect(await send(server.url, stretched(4 * TWICE.length))).toEqual({ data: { hello: 'world' } });
    expect(await send(server.url, stretched(4 * TWICE.length + 1))).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_OPERATION_ONLY' } }],
    });
  });

  it('a hash is accepted without a version', async () => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO) });
    const extensions = { persistedQuery: { sha256Hash: sha256(HELLO) } };
    expect(await send(server.url, { extensions })).toEqual({ data: { hello: 'world' } });
  });

  it.each([2, '1', {}])('a hash with the version %j is refused', async (version) => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO) });
    const extensions = { persistedQuery: { version, sha256Hash: sha256(HELLO) } };
    expect(await send(server.url, { query: HELLO, extensions })).toEqual({
      errors: [
        {
          message: 'The version of `extensions.persistedQuery` must be 1.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
    expect(server.started.fields).toEqual([]);
  });

  it('the client sends the variables', async () => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO, TWICE) });
    const answer = await send(server.url, { ...byHash(TWICE), variables: { n: 2 } });
    expect(answer).toEqual({ data: { things: [{ name: 'thing' }, { name: 'thing' }] } });
  });

  it.each([
    ['another text', { query: '{ hello }' }],
    ['a text that is not a document', { query: '{' }],
    ['a text with an unknown character', { query: '\u0000' }],
    ['an unknown hash', byHash('{ hello }')],
    ['an unknown document id', { documentId: sha256('{ hello }') }],
    ['an unknown document id with a known text', { documentId: 'Hello', query: HELLO }],
    ['an unknown hash with a known text', { ...byHash('{ hello }'), query: HELLO }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['a key that every object inherits', { extensions: { persistedQuery: { sha256Hash: '__proto__' } } }],
  ])('no operation runs by %s', async (_what, operation: Operation) => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO) });
    expect(await send(server.url, operation)).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_OPERATION_ONLY' } }],
    });
    expect(server.started.fields).toEqual([]);
  });

  it.each([
    [
      'of 64 hex digits is repeated in the error',
      sha256('{ hello }'),
      `none has the hash ${sha256('{ hello }')}.`,
    ],
    ['of another form is not repeated', 'x'.repeat(10_000), 'this is not one of them.'],
  ])('an unknown hash %s', async (_which, documentId, end) => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO) });
    const { errors } = (await send(server.url, { documentId })) as Refusal;
    expect(errors.map(({ message }) => message)).toEqual([`Only persisted operations run here, and ${end}`]);
  });
});

it('a mutation does not run by GET, even if it is persisted', async () => {
  const text = 'mutation { change }';
  await using server = await startTestServer({ persistedOperations: operationsOf(text) });
  expect((await fetch(`${server.url}/graphql?documentId=${sha256(text)}`)).status).toBe(405);
  expect(server.started.fields).toEqual([]);
});

describe('a manifest', () => {
  it.each([
    ['is not JSON', 'SECRET', ['the file is not JSON']],
    ['is a list', '[]', ['the file is not a JSON object']],
    ['is null', 'null', ['the file is not a JSON object']],
    ['is empty', '{}', ['the file has no operations, so no operation could run']],
    [
      'has a hash of something else',
      { [sha256('x')]: HELLO },
      [`${sha256('x')} is not the SHA-256 of its document`],
    ],
    [
      'has a document that is no text',
      { [sha256('7')]: 7 },
      [`${sha256('7')} is not the SHA-256 of its document`],
    ],
    [
      'has several faults',
      { ...manifestOf('{ a b }', HELLO, '{ "'), x: HELLO },
      [
        `${sha256('{ a b }')}: Cannot query field "a" on type "Query".`,
        `${sha256('{ a b }')}: Cannot query field "b" on type "Query".`,
        `${sha256('{ "')}: Syntax Error: Unterminated string.`,
        'x is not the SHA-256 of its document',
      ],
    ],
  ])('that %s is refused, and each fault is reported', (_what, content, faults) => {
    using file = fileWith(typeof content === 'string' ? content : JSON.stringify(content));
    const lines = faults.map((fault) => `\n  - ${fault}`).join('');
    expect(() => readPersistedOperations(file.path, testSchema)).toThrow(
      new ManifestError(file.path, faults),
    );
    expect(new ManifestError(file.path, faults).message).toBe(
      `The persisted operations (GATEWAY_PERSISTED_OPERATIONS, ${file.path}) are invalid:${lines}`,
    );
  });

  it('that does not exist is refused', () => {
    const file = fileWith('');
    file[Symbol.dispose]();
    expect(() => readPersistedOperations(file.path, testSchema)).toThrow(/ENOENT/);
  });

  it.each([
    [
      'of another text',
      { id: sha256('x'), name: 'Hello', type: 'query', body: HELLO },
      `${sha256('x')} is not the SHA-256 of its document`,
    ],
    ['without a body', { id: sha256(HELLO) }, `${sha256(HELLO)} is not the SHA-256 of its document`],
    ['that is null', null, 'undefined is not the SHA-256 of its document'],
  ])('may have the form of Apollo, but no operation %s', (_what, operation, fault) => {
    const operations = [HELLO, TWICE].map((body) => ({
      id: sha256(body),
      name: 'A',
      type: 'query',
      body,
    }));
    const read = (...more: readonly unknown[]) => {
      const manifest = { format: 'apollo-persisted-query-manifest', version: 1 };
      using file = fileWith(JSON.stringify({ ...manifest, operations: [...operations, ...more] }));
      return readPersistedOperations(file.path, testSchema);
    };
    const known = read();
    expect(known.names).toEqual(new Set(['Hello', 'Twice']));
    expect(known.textOf({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(TWICE) } } })).toBe(
      TWICE,
    );
    expect(() => read(operation)).toThrow(fault);
  });

  it('may have hashes with the prefix sha256:', () => {
    using file = fileWith(JSON.stringify({ [`sha256:${sha256(HELLO)}`]: HELLO }));
    const operations = readPersistedOperations(file.path, testSchema);
    expect(operations.textOf({ documentId: sha256(HELLO) })).toBe(HELLO);
  });
});

it('the examples run against a gateway whose manifest has their operations only', async () => {
  const persistedOperations = new URL(
    '../../../examples/generated/persisted-documents.json',
    import.meta.url,
  );
  await using tested = await startTestGateway({
    config: { ...testConfig(), persistedOperations: persistedOperations.pathname },
  });
  const { world } = tested.sandbox;
  const [session] = world.sessions.all.values();
  const client = connect(await tested.gateway.listen(), undefined);
  try {
    expect(await attendance(client, session?.id ?? '')).toBeInstanceOf(Array);
    const leaving = new AbortController();
    const pictures: unknown[] = [];
    for await (const picture of watch(client, session?.roomId ?? '', leaving.signal)) {
      pictures.push(picture);
      leaving.abort();
    }
    expect(pictures).toHaveLength(1);
  } finally {
    await client.close();
  }
  expect(await tested.ask('{ rooms { edges { node { name } } } }')).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_OPERATION_ONLY' } }],
  });
});
