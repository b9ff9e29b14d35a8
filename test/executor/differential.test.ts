// The compiled executor against graphql-js: for random documents and random answers of the resolvers, both give the same
// text, the same errors in the same order, and call the same resolvers in the same order.
import * as fc from 'fast-check';
import {
  execute,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileOperation, type Executed } from '../../src/executor/compile.ts';
import { weightOf } from '../../src/server/operation/field-price.ts';
import { countObjects } from '../../src/server/operation/result-objects.ts';
import { wellFormedJson } from '../../src/server/operation/result-text.ts';
import { fuzzProgress, fuzzRuns } from '../support/fuzz.ts';
import { randomOperation, type RandomOperation } from './random-document.ts';
import { randomSchema, type RandomContext } from './random-schema.ts';
import { Choices } from './random-source.ts';

const schema = randomSchema();

function operationOf(document: DocumentNode) {
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('the document has no operation');
  return operation;
}

/** All that clients and the log see of an error. */
function errorText(error: GraphQLError): string {
  const { originalError } = error;
  return JSON.stringify([error.toJSON(), originalError?.message, originalError?.constructor.name]);
}

async function outcome<Result>(
  run: () => Result | Promise<Result>,
): Promise<{ result?: Result; thrown?: string }> {
  try {
    return { result: await run() };
  } catch (error) {
    return { thrown: String(error) };
  }
}

/** What graphql-js makes of an operation, in the form of `Executed`. */
async function reference(
  document: DocumentNode,
  { variables }: RandomOperation,
  contextValue: RandomContext,
) {
  const rootValue = { root: true };
  const { result, thrown } = await outcome<ExecutionResult>(() =>
    execute({ schema, document, contextValue, variableValues: variables, rootValue }),
  );
  if (result === undefined) return { thrown };
  const { data, errors = [] } = result;
  const operation = operationOf(document);
  return {
    data: data === undefined ? undefined : wellFormedJson(JSON.stringify(data)),
    errors: errors.map(errorText),
    objects: countObjects(data, { schema, document, operation }),
  };
}

function compile(document: DocumentNode) {
  const operation = operationOf(document);
  const compiled = compileOperation(schema, document, operation, {
    weightOf,
    countObjects: (data) => countObjects(data, { schema, document, operation }),
  });
  if (compiled === null) throw new Error('the operation was left to graphql-js');
  return compiled;
}

function told(executed: Executed | undefined, thrown: string | undefined) {
  if (executed === undefined) return { thrown };
  return { ...executed, errors: executed.errors.map(errorText) };
}

const drawn = fc.record({
  kind: fc.constantFrom('query', 'query', 'query', 'subscription'),
  choices: fc.array(fc.nat(0xffff), { minLength: 20, maxLength: 150 }),
  seed: fc.nat(),
});

describe('the compiled executor', () => {
  const runs = fuzzRuns(300);

  it(
    'writes what graphql-js answers, with its errors, in its order',
    async () => {
      const progress = fuzzProgress('documents');
      let invalid = 0;
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(drawn, async ({ kind, choices, seed }) => {
          const operation = randomOperation(schema, kind, new Choices(choices));
          const document = parse(operation.text);
          tried += 1;
          progress();
          if (validate(schema, document).length > 0) {
            invalid += 1;
            return;
          }
          const compiled = compile(document);
          // A plan is made in the first run and used in the second.
          for (const run of [1, 2]) {
            const [theirs, ours] = [
              { seed: seed + run, calls: [] },
              { seed: seed + run, calls: [] },
            ];
            const expected = await reference(document, operation, theirs);
            const { result, thrown } = await outcome(() =>
              compiled.execute({
                rootValue: { root: true },
                contextValue: ours,
                variables: operation.variables,
              }),
            );
            expect(told(result, thrown), operation.text).toEqual(expected);
            expect(ours.calls, operation.text).toEqual(theirs.calls);
          }
        }),
        runs,
      );
      expect(invalid / tried).toBeLessThan(0.1);
    },
    runs.numRuns * 1000,
  );
});
