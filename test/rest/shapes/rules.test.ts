// The rules that a refused input is told: each says what is right.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { openApiDocument } from '../../../src/openapi/document.ts';
import { checkedBody, RestInputError } from '../../../src/rest/shapes/inputs.ts';
import { ruleOf } from '../../../src/rest/shapes/rules.ts';

/** What is told of a body that is to be refused. */
function toldOf(operationId: string, body: unknown): string {
  try {
    checkedBody(operationId, body);
  } catch (error) {
    if (error instanceof RestInputError) return error.message;
    throw error;
  }
  throw new Error('the body is right');
}

/** Adds all patterns anywhere in a part of a document. */
function collectPatterns(part: unknown, found: Set<string>): Set<string> {
  if (typeof part !== 'object' || part === null) return found;
  for (const [name, value] of Object.entries(part)) {
    if (name === 'pattern' && typeof value === 'string') found.add(value);
    collectPatterns(value, found);
  }
  return found;
}

it.each([
  [
    'createRoom',
    { name: 'two words' },
    'name must be one or more of the characters A-Z, a-z, 0-9, ".", "-", ":" and "_"',
  ],
  [
    'createRoom',
    { webhook: { url: 'nowhere' } },
    'webhook.url must be a URL with its scheme, such as "https://example.com/hook"',
  ],
  ['createRoom', { max_duration_seconds: 1 }, 'max_duration_seconds must be 120 or more'],
])('%s with %j: %s', (operationId, body, told) => {
  expect(toldOf(operationId, body)).toBe(told);
});

it('a choice tells its values', () => {
  expect(toldOf('createRoom', { region: 'mars' })).toMatch(/^region must be one of "[a-z]+", "[a-z]+"/);
});

it('each pattern of the document has words', () => {
  const patterns = collectPatterns(openApiDocument, new Set());
  expect(patterns.size).toBeGreaterThan(2);
  for (const pattern of patterns) {
    const check = new Ajv2020({ strict: false }).compile({ pattern });
    expect(check('é')).toBe(false);
    const [error] = check.errors ?? [];
    if (error === undefined) throw new Error('no error');
    expect(ruleOf(error)).toMatch(/^must (have|begin|be) /);
  }
});

it.each([
  [{ minimum: 0.1 }, 0, 'must be 0.1 or more'],
  [{ maximum: 5 }, 6, 'must be 5 or less'],
  [{ minLength: 3 }, 'ab', 'must have at least 3 characters'],
  [{ maxLength: 1 }, 'ab', 'must have at most 1 character'],
  [{ minItems: 1 }, [], 'must have at least 1 item'],
  [{ maxItems: 2 }, [1, 2, 3], 'must have at most 2 items'],
])('a value beyond the limit of %j is told that limit', (schema, value, told) => {
  const check = new Ajv2020({ strict: false }).compile(schema);
  expect(check(value)).toBe(false);
  expect(check.errors?.map(ruleOf)).toEqual([told]);
});

it('a rule without words of its own has those of the validator', () => {
  const check = new Ajv2020({ strict: false }).compile({ multipleOf: 5 });
  expect(check(6)).toBe(false);
  expect(check.errors?.map(ruleOf)).toEqual(['must be multiple of 5']);
});
