// Which documents are kept: those that are sent a second time, within a budget of bytes.
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/server/operation/limits.ts';
import { Plans, type PlansOptions } from '../../../src/server/plans/plans.ts';

const schema = buildSchema('type Query { a: Int }');
const textOf = (name: string, fields = 1) => `query ${name} { ${'a '.repeat(fields)}}`;

function createPlans(options: Partial<PlansOptions> = {}): Plans {
  return new Plans({ schema, limits: defaultLimits, introspection: true, ...options });
}

/** The error that the text has instead of a plan. */
function errorOf(plans: Plans, text: string): unknown {
  try {
    plans.of(text);
  } catch (error) {
    return error;
  }
  throw new Error('The text has a plan');
}

describe('a document', () => {
  it('is kept when it is sent for the second time', () => {
    const plans = createPlans();
    const [first, second, third] = [1, 2, 3].map(() => plans.of(textOf('Used')));
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  it.each([1, 1000])('of %s fields in use is not evicted by thousands that are sent once', (fields) => {
    const plans = createPlans();
    plans.of(textOf('Used', fields));
    const kept = plans.of(textOf('Used', fields));
    for (let count = 0; count < 20_000; count += 1) plans.of(textOf(`Once${count}`));
    expect(plans.of(textOf('Used', fields))).toBe(kept);
  });

  it('is evicted when the budget is used up, the least recently used first', () => {
    const plans = createPlans({ maxBytes: 1e6 });
    // About 22 of these documents take 1 MB.
    const texts = Array.from({ length: 40 }, (_, index) => textOf(`Large${index}`, 100));
    const second = texts.map((text) => {
      plans.of(text);
      return plans.of(text);
    });
    // From the end, so that looking evicts nothing that is still to be looked for.
    const kept = texts.map((text, index) => [index, text] as const).toReversed();
    const indexes = kept.flatMap(([index, text]) => (plans.of(text) === second[index] ? [index] : []));
    expect(indexes.length).toBeGreaterThan(15);
    expect(indexes.length).toBeLessThan(30);
    expect(indexes).toEqual(Array.from(indexes, (_, place) => 39 - place));
  });

  it('that is not valid is kept with its faults', () => {
    const plans = createPlans();
    plans.of('{ b }');
    const { faults } = plans.of('{ b }');
    expect(faults.map(({ extensions }) => extensions['code'])).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(plans.of('{ b }').faults).toBe(faults);
  });

  it('that queries the schema is not valid where introspection is off', () => {
    const text = '{ __schema { queryType { name } } }';
    expect(createPlans().of(text).faults).toEqual([]);
    expect(createPlans({ introspection: false }).of(text).faults).not.toEqual([]);
  });
});

describe('a text that cannot be parsed', () => {
  it('has its error kept, for texts of up to a million characters in all', () => {
    const plans = createPlans();
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(100_000, '#'));
    const second = texts.map((text) => {
      errorOf(plans, text);
      return errorOf(plans, text);
    });
    // From the end, as above.
    const last = texts.map((text, index) => [index, text] as const).toReversed();
    const kept = last.flatMap(([index, text]) => (errorOf(plans, text) === second[index] ? [index] : []));
    expect(kept).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11]);
  });

  it('is told from one over a limit', () => {
    const plans = createPlans();
    expect(errorOf(plans, '{')).toMatchObject({ extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    expect(errorOf(plans, textOf('Long', 2000))).toMatchObject({
      extensions: { code: 'LIMIT_EXCEEDED', limit: 'tokens' },
    });
  });
});

describe('the operation of a document', () => {
  it.each([
    ['the only one without a name', '{ a }', undefined, true],
    ['the only one by its name', 'query One { a }', 'One', true],
    ['one of two by its name', 'query One { a } query Two { a }', 'Two', true],
    ['none of two without a name', 'query One { a } query Two { a }', null, false],
    ['none by another name', 'query One { a }', 'Two', false],
    ['none by an empty name', '{ a }', '', false],
    ['none by a name that is no text', 'query One { a }', 1, false],
    ['none in a document of fragments', 'fragment F on Query { a }', undefined, false],
  ])('is %s', (_what, text, name, isFound) => {
    expect(createPlans().of(text).operationNamed(name) !== undefined).toBe(isFound);
  });
});
