// graphql quotes its input in errors. However long the input is, and however many faults a document has, the answer is
// short, and the caches keep little of it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { transports, type Refusal } from '../../support/transports.ts';

const list = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_none, index) => text(index)).join(' ');

/** An operation with a name and this number of undefined variables: each error repeats the name. */
const undefinedVariables = (name: string, count: number) =>
  `query ${name} { ${list(count, (index) => `things(first: $v${index}) { name }`)} }`;

/** Fragments whose last one spreads each of the others, so that there are as many circles. */
const circles = (length: number) =>
  `{ ...f0 } ${list(length, (index) => `fragment f${index} on Query { ...f${index + 1} }`)}
   fragment f${length} on Query { ${list(length, (index) => `...f${index}`)} }`;

/** The longest text that fits into a URL. */
const LONG = 'x'.repeat(12_000);

describe.each(transports)('over %s', (_name, send) => {
  it.each([
    ['a long name in many errors', undefinedVariables(LONG, 90), 'GRAPHQL_VALIDATION_FAILED', 21],
    ['long circles of fragments', circles(60), 'GRAPHQL_VALIDATION_FAILED', 21],
    ['a long name in a wrong place', `{ hello } ${LONG}`, 'GRAPHQL_PARSE_FAILED', 1],
  ])('%s has a short answer', async (_what, query, code, count) => {
    await using server = await startTestServer();
    // The second request is answered from the cache.
    for (let turn = 0; turn < 2; turn += 1) {
      // A refused request is answered with errors only.
      const answer = (await send(server.url, { query })) as Refusal;
      expect(answer.errors.map(({ extensions }) => extensions)).toEqual(
        Array.from({ length: count }, () => ({ code })),
      );
      expect(JSON.stringify(answer).length).toBeLessThan(30_000);
    }
  });
});

it('an error has its location', async () => {
  await using server = await startTestServer();
  const [[, send] = []] = transports;
  expect(await send?.(server.url, { query: '{ hello\n  nothing }' })).toMatchObject({
    errors: [{ locations: [{ line: 2, column: 3 }] }],
  });
  expect(await send?.(server.url, { query: '{ hello\n  %' })).toMatchObject({
    errors: [{ locations: [{ line: 2, column: 3 }] }],
  });
});

describe('the memory of a cached faulty document', () => {
  setFlagsFromString('--expose-gc');
  // The flag adds the function gc to contexts that are created after it is set.
  const collectGarbage = runInNewContext('gc') as () => void;
  const usedMegabytes = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed / 1e6;
  };
  /** The errors of a document, as the pipeline caches them. */
  const faultsOf = ({ graphql }: TestServer, query: string): unknown => {
    const { schema, parse, validate } = graphql.getEnveloped({ params: {} });
    try {
      return validate(schema, parse(query));
    } catch (error) {
      return [error];
    }
  };

  it.each([
    ['validated', (name: string) => undefinedVariables(name, 90), 21],
    ['parsed', (name: string) => `{ hello } ${name}`, 1],
  ])('is small when it cannot be %s', async (_how, documentOf, count) => {
    await using server = await startTestServer();
    expect(faultsOf(server, documentOf('warm'))).toHaveProperty('length', count);
    const before = usedMegabytes();
    for (let turn = 0; turn < 9; turn += 1) {
      const document = documentOf(`a${turn}${'x'.repeat(200_000)}`);
      expect(faultsOf(server, document)).toHaveProperty('length', count);
      // Documents that are sent twice are cached.
      expect(faultsOf(server, document)).toHaveProperty('length', count);
    }
    // The texts themselves take 2 MB.
    expect(usedMegabytes() - before).toBeLessThan(15);
  });
});
