// The example operations of GraphiQL, run unchanged over the demo data.
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { exampleOperations } from '../../src/server/graphiql/examples.ts';
import { startTestGateway } from '../support/gateway.ts';

const queries = exampleOperations().filter(
  ({ query }) => getOperationAST(parse(query))?.operation === 'query',
);

it('there are several examples', () => {
  expect(queries.length).toBeGreaterThanOrEqual(5);
});

describe.each(queries)('the example $file', ({ query }) => {
  it('explains itself, and returns data without an error', async () => {
    expect(query).toMatch(/^# \S/);
    await using tested = await startTestGateway();
    const answer = await tested.ask(query);
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).toContain('"edges":[{');
  });
});
