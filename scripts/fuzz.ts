// The command `npm run test:fuzz`: the property tests in their long form. First 100,000 answers of the REST API with one
// fault each, then 50,000 documents run by both executors, then 100,000 inputs of five kinds over real connections, then every
// other property test with more cases. Prints the seed, with which the search can be
// repeated, and its progress.
import { spawnSync } from 'node:child_process';
import { readFileSync, globSync } from 'node:fs';
import { parseArgs } from 'node:util';

const ANSWERS = 'test/e2e/one-fault.test.ts';
const DOCUMENTS = 'test/executor/differential.test.ts';
const INPUTS = 'test/e2e/hostile-inputs.test.ts';
/** Documents, variables, requests, webhooks, frames. */
const KINDS_OF_INPUT = 5;

const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '100000' },
    documents: { type: 'string', default: '50000' },
    inputs: { type: 'string', default: '100000' },
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});

/** Runs test files with `runs` random cases a property; 0: does not run them. Returns whether they passed. */
function passed(files: readonly string[], runs: string): boolean {
  if (runs === '0') return true;
  const { status } = spawnSync('vitest', ['run', '--testTimeout=86400000', ...files], {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: values.seed },
  });
  return status === 0;
}

const others = globSync('test/**/*.test.ts').filter(
  (file) => ![ANSWERS, DOCUMENTS, INPUTS].includes(file) && readFileSync(file, 'utf8').includes('fuzzRuns('),
);
console.log(
  `Seed ${values.seed}: ${values.answers} answers with one fault, ${values.documents} documents, ${values.inputs} inputs, ${values.cases} cases of each other property`,
);
const results = [
  passed([ANSWERS], values.answers),
  passed([DOCUMENTS], values.documents),
  passed([INPUTS], String(Math.ceil(Number(values.inputs) / KINDS_OF_INPUT))),
  passed(others, values.cases),
];
process.exitCode = results.every(Boolean) ? 0 : 1;
