// Answers of the REST API with one fault each: in one value, in the pages of a list, or in the transmission. Whatever the
// fault, no error is INTERNAL, no neighbour of the faulty element is lost, no operation makes more REST calls than its price
// has, and ids, cursors and instants that go out are valid. FUZZ_RUNS sets the number of answers: `npm run test:fuzz`.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { operations } from '../../src/sandbox/http/operations.ts';
import { fuzzProgress, fuzzRuns } from '../support/fuzz.ts';
import { choices, type Choice } from '../support/one-fault/choice.ts';
import { FaultyReads, type Trial } from '../support/one-fault/reads.ts';
import { FaultyWatches } from '../support/one-fault/watches.ts';
import { FaultyWrites } from '../support/one-fault/writes.ts';

const A_DAY_MS = 86_400_000;

/** Tries one choice of an operation, a place and a fault. */
type Attempt = (choice: Choice) => Promise<Trial>;

interface Search {
  /** What the cases are called. */
  readonly what: string;
  /** Cases of `npm test`. */
  readonly slice: number;
  /** Share of the cases of a long search. */
  readonly share: number;
}

/** Fails at the first trial that breaks a law. Resolves to the share of trials in which an answer had the fault. */
async function search(attempt: Attempt, { what, slice, share }: Search): Promise<number> {
  const runs = fuzzRuns(slice, share);
  const progress = fuzzProgress(what, share);
  let faulty = 0;
  const law = fc.asyncProperty(choices, async (choice) => {
    const { about, breaches, isFaulty } = await attempt(choice);
    if (isFaulty) faulty += 1;
    progress();
    expect(breaches, about).toEqual([]);
  });
  await fc.assert(law, runs);
  return faulty / runs.numRuns;
}

it('a read with one fault breaks no law of the graph', { timeout: A_DAY_MS }, async () => {
  await using reads = await FaultyReads.start();
  const run = { what: 'answers to reads', slice: 120, share: 0.85 };
  expect(await search((choice) => reads.try(choice), run)).toBeGreaterThan(0.8);
});

it('a mutation with one fault breaks no law of the graph', { timeout: A_DAY_MS }, async () => {
  await using writes = new FaultyWrites();
  const run = { what: 'answers to mutations', slice: 40, share: 0.1 };
  expect(await search((choice) => writes.try(choice), run)).toBeGreaterThan(0.7);
});

it(
  'the first event of a subscription comes whatever one fault its first read meets',
  { timeout: A_DAY_MS },
  async () => {
    await using watches = await FaultyWatches.start();
    const run = { what: 'first reads of subscriptions', slice: 20, share: 0.05 };
    expect(await search((choice) => watches.try(choice), run)).toBeGreaterThan(0.5);
  },
);

/** Read before a write, which every mutation's row in the table of access makes. */
const READ_BY_MUTATIONS = ['getRole', 'getSettings', 'getDestinations'];

it('reads call every endpoint of the REST API that reads', { timeout: 60_000 }, async () => {
  await using reads = await FaultyReads.start();
  const called = await reads.endpoints();
  const missing = [...operations.values()].filter(
    ({ method, operationId }) => method === 'get' && !called.has(operationId),
  );
  expect(missing.map(({ operationId }) => operationId)).toEqual(READ_BY_MUTATIONS);
});
