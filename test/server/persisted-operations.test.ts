// A gateway with a list of operations runs these alone, over every transport.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attendance } from '../../examples/attendance.ts';
import { connect } from '../../examples/client.ts';
import { watch } from '../../examples/watch.ts';
import { readPersistedOperations } from '../../src/server/persisted-operations.ts';
import { startTestGateway, testConfig } from '../support/gateway.ts';
import { post, startTestServer } from '../support/server.ts';
import { transports, type Operation } from './transports.ts';

const HELLO = 'query Hello { hello }';
const TWICE = 'query Twice($n: Int) { things(first: $n) { name } }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const manifestOf = (...texts: readonly string[]) =>
  Object.fromEntries(texts.map((text) => [sha256(text), text]));

/** A file with this content, until the test is over. */
function fileWith(content: string): Disposable & { readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-persisted-'));
  const path = join(folder, 'manifest.json');
  writeFileSync(path, content);
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

function operationsOf(...texts: readonly string[]) {
  const file = fileWith(JSON.stringify(manifestOf(...texts)));
  const operations = readPersistedOperations(file.path);
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
    ['its own text', { query: HELLO }],
    ['its text with other blanks and comments', { query: '# hi\nquery   Hello {\n  hello,\n}\n' }],
  ])('an operation runs by %s', async (_how, operation) => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO, TWICE) });
    expect(await send(server.url, operation)).toEqual({ data: { hello: 'world' } });
  });

  it('its variables are those of the client', async () => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO, TWICE) });
    const answer = await send(server.url, { ...byHash(TWICE), variables: { n: 2 } });
    expect(answer).toEqual({ data: { things: [{ name: 'thing' }, { name: 'thing' }] } });
  });

  it.each([
    ['another text', { query: '{ hello }' }],
    ['a text that is no document', { query: '{' }],
    ['a text with an unknown character', { query: '\u0000' }],
    ['an unknown hash', byHash('{ hello }')],
    ['an unknown hash with a text that is known', { ...byHash('{ hello }'), query: HELLO }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['a name of every object', { extensions: { persistedQuery: { sha256Hash: '__proto__' } } }],
  ])('%s does not', async (_what, operation: Operation) => {
    await using server = await startTestServer({ persistedOperations: operationsOf(HELLO) });
    expect(await send(server.url, operation)).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_OPERATION_ONLY' } }],
    });
    expect(server.started.fields).toEqual([]);
  });
});

it('an operation runs by its document id', async () => {
  await using server = await startTestServer({ persistedOperations: operationsOf(HELLO) });
  for (const documentId of [sha256(HELLO), `sha256:${sha256(HELLO)}`]) {
    expect(await (await post(server.url, { documentId })).json()).toEqual({ data: { hello: 'world' } });
  }
});

describe('a manifest', () => {
  it.each([
    ['is not there', null, 'ENOENT'],
    ['is no JSON', '{', 'JSON'],
    ['is a list', '[]', 'it is no JSON object'],
    ['has a hash of something else', JSON.stringify({ [sha256('x')]: HELLO }), 'is not the SHA-256'],
    ['has a document that is no text', JSON.stringify({ [sha256('x')]: 7 }), 'is not the SHA-256'],
    ['has a text that is no document', JSON.stringify(manifestOf('{ "')), 'Unterminated string'],
  ])('that %s stops the start with a clear message', (_what, content, reason) => {
    using file = fileWith(content ?? '');
    if (content === null) rmSync(file.path);
    expect(() => readPersistedOperations(file.path)).toThrow(
      new RegExp(`^GATEWAY_PERSISTED_OPERATIONS \\(.*manifest.json\\) cannot be used: .*${reason}`),
    );
  });

  it('may name its algorithm', () => {
    using file = fileWith(JSON.stringify({ [`sha256:${sha256(HELLO)}`]: HELLO }));
    expect(readPersistedOperations(file.path).textOf({ documentId: sha256(HELLO) })).toBe(HELLO);
  });
});

it('the examples run against a gateway that knows their manifest alone', async () => {
  const persistedOperations = new URL('../../examples/generated/persisted-documents.json', import.meta.url);
  await using tested = await startTestGateway({
    config: { ...testConfig(), persistedOperations: persistedOperations.pathname },
  });
  const { world } = tested.sandbox;
  const [session] = world.sessions.values();
  const client = connect(await tested.gateway.listen(), undefined);
  try {
    expect(await attendance(client, session?.id ?? '')).toBeInstanceOf(Array);
    const leaving = new AbortController();
    for await (const picture of watch(client, session?.roomId ?? '', leaving.signal)) {
      expect(picture).toBeDefined();
      leaving.abort();
    }
  } finally {
    await client.close();
  }
  expect(await tested.ask('{ rooms { edges { node { name } } } }')).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_OPERATION_ONLY' } }],
  });
});
