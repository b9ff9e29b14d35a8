// Operations over a limit are refused before they run, in the same way over every transport.
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/server/operation/limits.ts';
import { post, startTestServer } from '../../support/server.ts';
import { transports, type Refusal } from '../../support/transports.ts';

const nested = (depth: number, inner = 'name') =>
  `${'thing { '.repeat(depth - 1)}${inner}${' }'.repeat(depth - 1)}`;
const list = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_none, index) => text(index)).join(' ');

/** Each fragment spreads the next twice. */
const fanOut = (levels: number) =>
  `{ ...f0 } ${list(
    levels,
    (index) =>
      `fragment f${index} on Query { a${index}: hello ...f${index + 1} ... on Query { ...f${index + 1} } }`,
  )} fragment f${levels} on Query { hello }`;

const hostile: readonly (readonly [what: string, limit: string, query: string, message: string])[] = [
  ['too many tokens', 'tokens', `{ ${'hello '.repeat(1500)} }`, 'The document has more than 1500 tokens'],
  ['a literal without end', 'tokens', `{ hello(a: ${'['.repeat(3000)}`, 'more than 1500 tokens'],
  ['too deep a nest', 'depth', `{ ${nested(13)} }`, 'is 13 fields deep; the limit is 12.'],
  [
    'a nest in fragments',
    'depth',
    `{ ...a } fragment a on Query { ${nested(7, '...b')} } fragment b on Thing { ${nested(7)} }`,
    'is 13 fields deep',
  ],
  [
    'a nest in a fragment named __schema',
    'depth',
    `{ ...__schema } fragment __schema on Query { ${nested(13)} }`,
    'is 13 fields deep',
  ],
  [
    'a nest in the second operation',
    'depth',
    `query A { hello } query B { ${nested(20)} }`,
    'is 20 fields deep',
  ],
  ['too many aliases', 'aliases', `{ ${list(31, (index) => `a${index}: hello`)} }`, 'has 31 aliases'],
  [
    'aliases of a fragment that is spread often',
    'aliases',
    `{ ${list(16, (index) => `a${index}: thing { ...f }`)} } fragment f on Thing { b: name }`,
    'has 32 aliases',
  ],
  ['a fan-out of fragments', 'aliases', fanOut(8), 'has 255 aliases'],
  ['a fan-out of 2^60', 'aliases', fanOut(60), 'aliases; the limit is 30'],
  ['too many directives', 'directives', `{ hello ${'@include(if: true) '.repeat(21)} }`, 'has 21 directives'],
  [
    'lists in lists',
    'cost',
    '{ things(first: 100) { things(first: 200) { name } } }',
    'may cost 22110 points; the limit is 20000.',
  ],
  [
    'lists in lists by variables',
    'cost',
    'query ($n: Int = 100) { things(first: $n) { things(first: 200) { name } } }',
    'may cost 22110 points',
  ],
  [
    'lists in lists by fragments',
    'cost',
    '{ things(first: 100) { ...f } } fragment f on Thing { things(first: 200) { name } }',
    'may cost 22110 points',
  ],
];

describe.each(transports)('over %s', (_name, send) => {
  it.each(hostile)('%s is refused by the limit on %s', async (_what, limit, query, message) => {
    await using server = await startTestServer();
    const startedAt = performance.now();
    // A refused request is answered with errors only.
    const { errors } = (await send(server.url, {
      query,
      ...(query.includes('query A') ? { operationName: 'A' } : {}),
    })) as Refusal;
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit });
    expect(errors[0]?.message).toContain(message);
    expect(server.started.fields).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('an operation at its limits is answered', async () => {
    await using server = await startTestServer();
    const aliases = list(30, (index) => `a${index}: hello`);
    const directed = '... @include(if: true) { hello } '.repeat(20);
    const query = `{ ${nested(12)} ${aliases} ${directed} }`;
    expect(await send(server.url, { query })).toMatchObject({ data: { hello: 'world' } });
  });

  it('fragments that spread each other in a circle fail validation', async () => {
    await using server = await startTestServer();
    const query = '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }';
    expect(await send(server.url, { query })).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  it('deeply nested literals cause no INTERNAL error', async () => {
    await using server = await startTestServer();
    const query = `{ things(first: ${'['.repeat(700)}1${']'.repeat(700)}) { name } }`;
    expect(await send(server.url, { query })).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });
});

it('the introspection that GraphiQL sends is answered', async () => {
  await using server = await startTestServer();
  const query = getIntrospectionQuery({
    descriptions: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    oneOf: true,
    schemaDescription: true,
    specifiedByUrl: true,
  });
  const answer = await (await post(server.url, { query })).json();
  expect(answer).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
});

it('introspection with nested lists is refused for its cost', async () => {
  await using server = await startTestServer({ limits: { cost: 1 } });
  const query = `{ __schema { types { fields { type { fields { type { ${nestedTypes(6)} } } } } } } }`;
  const { errors } = (await (await post(server.url, { query })).json()) as Refusal;
  expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'cost' });
});

const nestedTypes = (depth: number) => `${'ofType { '.repeat(depth)}name${' }'.repeat(depth)}`;

it('the limits can be configured', async () => {
  await using server = await startTestServer({
    limits: { depth: 2, aliases: 1, directives: 1, tokens: 20, cost: 5 },
  });
  const limitOf = async (query: string) => {
    const { errors } = (await (await post(server.url, { query })).json()) as Partial<Refusal>;
    return errors?.[0]?.extensions['limit'];
  };
  expect(await limitOf('{ hello }')).toBeUndefined();
  expect(await limitOf('{ thing { thing { name } } }')).toBe('depth');
  expect(await limitOf('{ a: hello b: hello }')).toBe('aliases');
  expect(await limitOf('{ hello @skip(if: false) @include(if: true) }')).toBe('directives');
  expect(
    await limitOf(
      '{ hello hello hello hello hello hello hello hello hello hello hello hello hello hello hello hello hello hello hello }',
    ),
  ).toBe('tokens');
  expect(await limitOf('{ things(first: 1) { name } }')).toBe('cost');
});

it('if several limits are exceeded, the first is reported', async () => {
  await using server = await startTestServer();
  const query = `{ ${nested(13)} ${list(31, (index) => `a${index}: hello`)} }`;
  const { errors } = (await (await post(server.url, { query })).json()) as Refusal;
  expect(errors.map(({ extensions }) => extensions['limit'])).toEqual(['depth']);
});

it('a refusal has status 400 for clients that accept application/graphql-response+json, 200 for others', async () => {
  await using server = await startTestServer();
  const statusFor = async (accept: string, query: string) =>
    (await post(server.url, { query }, { accept })).status;
  for (const query of [`{ ${nested(13)} }`, '{ things(first: 100) { things(first: 200) { name } } }']) {
    expect(await statusFor('application/graphql-response+json', query)).toBe(400);
    expect(await statusFor('application/json', query)).toBe(200);
  }
  expect(defaultLimits.depth).toBe(12);
});

it('a body over its limit is refused as LIMIT_EXCEEDED', async () => {
  await using server = await startTestServer();
  const answer = await post(server.url, { query: `# ${'x'.repeat(300 * 1024)}\n{ hello }` });
  expect(answer.status).toBe(413);
  const { errors } = (await answer.json()) as Refusal;
  expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'body' });
});
