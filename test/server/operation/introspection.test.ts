// With introspection off, the schema is refused over every transport, in whatever form the query asks for it, and no
// error suggests names of the schema.
import { describe, expect, it } from 'vitest';
import { startTestGateway } from '../../support/gateway.ts';
import { startTestServer } from '../../support/server.ts';
import { transports, type Operation, type Refusal } from '../../support/transports.ts';

const spellings: readonly (readonly [how: string, operation: Operation])[] = [
  ['__schema', { query: '{ __schema { types { name } } }' }],
  ['__type', { query: '{ __type(name: "Thing") { fields { name } } }' }],
  ['an alias', { query: '{ a: __schema { queryType { name } } }' }],
  ['a fragment', { query: '{ ...f } fragment f on Query { __schema { queryType { name } } }' }],
  ['an inline fragment', { query: '{ ... on Query { __type(name: "Thing") { name } } }' }],
  [
    'a named operation beside another',
    {
      query: 'query A { hello } query B { __schema { queryType { name } } }',
      operationName: 'A',
    },
  ],
  ['a variable', { query: 'query ($n: String!) { __type(name: $n) { name } }', variables: { n: 'Thing' } }],
  ['a directive that includes it', { query: '{ __schema @include(if: true) { queryType { name } } }' }],
  [
    'a fragment named like it',
    {
      query: '{ ...__schema } fragment __schema on Query { __schema { queryType { name } } }',
    },
  ],
  ['blanks and commas', { query: '{\n,,\t__schema\n{,queryType{,name}}}' }],
];

const nearMisses: readonly (readonly [what: string, operation: Operation, name: string])[] = [
  ['a field', { query: '{ helo }' }, 'hello'],
  ['an argument', { query: '{ things(frst: 1) { name } }' }, 'first'],
  ['a type', { query: '{ ...f } fragment f on Thin { name }' }, 'Thing'],
  ['a value of an enumeration', { query: '{ paint(color: CRIMSO) }' }, 'CRIMSON'],
  ['a field of an input', { query: '{ paint(style: { thicknes: 1 }) }' }, 'thickness'],
  [
    'a value of an enumeration, by a variable',
    {
      query: 'query ($c: Color) { paint(color: $c) }',
      variables: { c: 'CRIMSO' },
    },
    'CRIMSON',
  ],
  [
    'a field of an input, by a variable',
    {
      query: 'query ($s: Style) { paint(style: $s) }',
      variables: { s: { thicknes: 1 } },
    },
    'thickness',
  ],
  [
    'a value that looks like a proposal',
    {
      query: 'query ($c: Color) { paint(color: $c) }',
      variables: { c: 'THE_BLUE_OF_THE_EVENING_SK Did you mean a?' },
    },
    'THE_BLUE_OF_THE_EVENING_SKY',
  ],
  [
    'a field that looks like a proposal, before the real one',
    {
      query: 'query ($s: Style) { paint(style: $s) }',
      variables: { s: { 'distanceFromTheOuterBorde Did you mean a?': 1 } },
    },
    'distanceFromTheOuterBorder',
  ],
  [
    'a field beside a value that looks like a proposal, behind the real one',
    {
      query: 'query ($s: Style) { paint(style: $s) }',
      variables: { s: { thicknes: ' Did you mean a? ' } },
    },
    'thickness',
  ],
  [
    'a value of a subscription',
    {
      query: 'subscription ($s: Style) { ticks(style: $s) }',
      variables: { s: { thicknes: 1 } },
    },
    'thickness',
  ],
];

describe.each(transports)('over %s', (_name, send) => {
  it.each(spellings)('the schema is not returned for %s', async (_how, operation) => {
    await using server = await startTestServer({ introspection: false });
    const answer = await send(server.url, operation);
    // A refused request is answered with errors only.
    const { errors } = answer as Refusal;
    expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(
      new Set(['GRAPHQL_VALIDATION_FAILED']),
    );
    expect(answer).not.toHaveProperty('data');
  });

  it.each(nearMisses)('no name is suggested in the error for %s', async (_what, operation, name) => {
    await using server = await startTestServer({ introspection: false });
    await using open = await startTestServer({ introspection: true });
    const text = JSON.stringify(await send(server.url, operation));
    expect(text).toContain('"errors"');
    expect(text).not.toMatch(/Did you mean (?!a\?)/);
    expect(text).not.toContain(name);
    expect(JSON.stringify(await send(open.url, operation))).toContain(name);
  });

  it('`__typename` is still answered', async () => {
    await using server = await startTestServer({ introspection: false });
    expect(await send(server.url, { query: '{ thing { __typename } }' })).toEqual({
      data: { thing: { __typename: 'Thing' } },
    });
  });
});

describe("with the gateway's own schema", () => {
  const events = `query ($id: ID!, $type: AnalyticsEventType!) {
    analyticsEvents(roomId: $id, filter: { types: [$type] }) { edges { cursor } }
  }`;
  const create = 'mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) { __typename } }';
  const degradation = (value: object) => ({
    input: { name: 'x', roles: [{ name: 'a', subscribeParams: { subscribeDegradation: value } }] },
  });

  it.each([
    ['a value', events, { id: 'a'.repeat(24), type: 'CLIENT_PUBLISH_FAILE' }],
    ['a value like a proposal', events, { id: 'a'.repeat(24), type: 'CLIENT_PUBLISH_FAILE Did you mean a?' }],
    ['a field', create, degradation({ degradeGracePeriodSecond: 1 })],
    ['a field like a proposal', create, degradation({ 'degradeGracePeriodSecond Did you mean a?': 1 })],
  ])('no name is suggested in the error for %s', async (_what, query, variables) => {
    await using closed = await startTestGateway({ config: { introspection: false } });
    await using open = await startTestGateway({ config: { introspection: true } });
    const proposal = /Did you mean (?!a\?)/;
    const { errors = [] } = await closed.ask(query, variables);
    expect(errors).not.toEqual([]);
    expect(errors.filter(({ message }) => proposal.test(message))).toEqual([]);
    expect(JSON.stringify(await open.ask(query, variables))).toMatch(proposal);
  });
});
