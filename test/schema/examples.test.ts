// The example operations of the explorer run over the demo data as they stand.
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { exampleOperations } from '../../src/server/graphiql/examples.ts';
import { startTestGateway } from '../support/gateway.ts';

const queries = exampleOperations().filter(
  ({ query }) => getOperationAST(parse(query))?.operation === 'query',
);

it('there are a handful of examples', () => {
  expect(queries.length).toBeGreaterThanOrEqual(5);
});

describe.each(queries)('the example $file', ({ query }) => {
  it('explains itself, and answers something without an error', async () => {
    expect(query).toMatch(/^# \S/);
    await using tested = await startTestGateway();
    const answer = await tested.ask(query);
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).toContain('"edges":[{');
  });
});
