// What attackers can cost the gateway with plans: the CPU time of compiling a document, compared with that of parsing and
// validating it, and the memory of many different documents. Each document is sent three times: the second time it is compiled,
// the third time its plan is used.
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { schema } from '../schema/index.ts';
import { defaultLimits } from '../src/server/operation/limits.ts';
import { Plans } from '../src/server/plans/plans.ts';
import { printTable, startStage, type Stage } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about = 'CPU of compiling documents against validating them, and memory of 10,000 documents';

const RUNS = 60;
const WARM_UP = 20;
/** Compiling must cost less than this number of validations. */
const MAX_VALIDATIONS = 10;
const DOCUMENTS = 10_000;
/** The budget of plans.ts. */
const MAX_GROWTH_BYTES = 96 * 1024 * 1024;

/** Fragments on Room and Session in turn, each of which is spread twice, so that their fields have 2^depth places in the result. */
function doubling(depth: number): string {
  const fragments = Array.from({ length: depth }, (_, at) => {
    const next = at + 1 < depth ? `room { ...R${at + 1} }` : 'hmsId';
    return `fragment R${at} on Room { id name activeSession { ...S${at} } sessions(first: 0) { edges { node { ...S${at} } } } }
      fragment S${at} on Session { id active ${next} }`;
  });
  return `{ rooms(first: 1) { edges { node { ...R0 } } } } ${fragments.join(' ')}`;
}

const kinds: readonly { readonly name: string; readonly query: string }[] = [
  { name: 'two fields', query: '{ rooms(first: 1) { edges { node { name } } } }' },
  {
    name: 'many fields',
    query: `{ rooms(first: 1) { edges { node { ${'name id hmsId '.repeat(120)} } } } }`,
  },
  { name: 'largest plan', query: doubling(2) },
];

function textOf(query: string, nonce: number): string {
  return `query N${nonce} ${query}`;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The CPU time of one call of `act` after the warm-up, in milliseconds. */
async function cpuOf(act: (nonce: number) => unknown): Promise<number> {
  for (let nonce = 0; nonce < WARM_UP; nonce += 1) await act(nonce);
  const before = cpuMs();
  for (let nonce = WARM_UP; nonce < WARM_UP + RUNS; nonce += 1) await act(nonce);
  return (cpuMs() - before) / RUNS;
}

async function ask({ gateway }: Stage, query: string): Promise<void> {
  const response = await gateway.graphql.fetch('http://gateway.bench/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const answer = await response.text();
  if (!answer.startsWith('{"data"')) throw new Error(`No data: ${answer.slice(0, 300)}`);
}

/** The bytes of the heap after garbage collection. */
async function usedHeap(): Promise<number> {
  setFlagsFromString('--expose-gc');
  // With the flag, each new context has `gc`.
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    // Callbacks that wait for a turn of the event loop keep objects alive.
    await wait(0);
    collect();
  }
  return process.memoryUsage().heapUsed;
}

/** The growth of the heap by `DOCUMENTS` documents, each of which is compiled and has run. */
async function growthBytes(stage: Stage): Promise<number> {
  const textAt = (nonce: number) => textOf(doubling(2), 1_000_000 + nonce);
  const before = await usedHeap();
  for (let nonce = 0; nonce < DOCUMENTS; nonce += 1) {
    await ask(stage, textAt(nonce));
    await ask(stage, textAt(nonce));
  }
  return (await usedHeap()) - before;
}

/** Measures and prints a table. Rejects if compiling or the memory is over its bound. */
export async function run(): Promise<void> {
  await using stage = await startStage({ upstreamRequestsPerSecond: 100_000 });
  const rows: { readonly name: string; readonly validating: number; readonly compiling: number }[] = [];
  for (const { name, query } of kinds) {
    const once = new Plans({ schema, limits: defaultLimits, introspection: true });
    const validating = await cpuOf((nonce) => once.of(textOf(query, nonce)).faults);
    await cpuOf((nonce) => ask(stage, textOf(query, nonce)));
    const second = await cpuOf((nonce) => ask(stage, textOf(query, nonce)));
    const third = await cpuOf((nonce) => ask(stage, textOf(query, nonce)));
    rows.push({ name, validating, compiling: Math.max(0, second - third - validating) });
  }
  printTable([
    ['document', 'parsing and validating', 'compiling', 'validations'],
    ...rows.map(({ name, validating, compiling }) => [
      name,
      `${validating.toFixed(3)} ms`,
      `${compiling.toFixed(3)} ms`,
      (compiling / validating).toFixed(1),
    ]),
  ]);
  const growth = await growthBytes(stage);
  console.log(
    `  ${DOCUMENTS} different documents, sent twice: ${(growth / 1e6).toFixed(0)} MB of heap after garbage collection`,
  );
  const expensive = rows.filter(({ validating, compiling }) => compiling >= MAX_VALIDATIONS * validating);
  if (expensive.length > 0) throw new Error(`Expensive: ${expensive.map(({ name }) => name).join(', ')}`);
  if (growth >= MAX_GROWTH_BYTES) throw new Error('The memory of plans is over its bound.');
}
