// Measures the memory of plans in a process of its own (`node --expose-gc --no-flush-bytecode`), where nothing else makes or frees objects, and
// prints it as one line of JSON: a `Measured` for each kind of document. Run by memory.test.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { buildSchema } from 'graphql';
import { defaultLimits } from '../../../src/server/operation/limits.ts';
import { Plans } from '../../../src/server/plans/plans.ts';

/** The memory of the documents of one kind. */
export interface Measured {
  readonly name: string;
  /** How many documents were sent, and how many were kept. */
  readonly sent: number;
  readonly kept: number;
  /** What the plans count. */
  readonly countedBytes: number;
  /** By how much the heap grew. */
  readonly heapBytes: number;
}

const schema = buildSchema(`
  type Query { node(ids: [ID!], filter: Filter, first: Int = 10): Node, a: Query, b: Query, name: String, id: ID }
  input Filter { name: String, inner: Filter }
  union Node = Query
`);

/** Query objects all the way down, so that each selection finds an object. */
const endless: Record<string, unknown> = { name: 'x', id: 'y', __typename: 'Query' };
Object.assign(endless, { a: endless, b: endless, node: endless });

function repeated(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(' ');
}

interface Kind {
  readonly name: string;
  /** An operation without the word `query` and a name. */
  readonly text: string;
  /** How many documents are measured. */
  readonly count: number;
  /** The values of variables, one run each. */
  readonly runs?: readonly Record<string, boolean>[];
}

const CONDITIONS = 5;
const outcomes = Array.from({ length: 2 ** CONDITIONS }, (_, outcome) =>
  Object.fromEntries(
    Array.from({ length: CONDITIONS }, (_, index) => [`v${index}`, ((outcome >> index) & 1) === 1]),
  ),
);

const kinds: readonly Kind[] = [
  { name: 'one field', text: '{ name }', count: 300 },
  { name: 'few fields', text: '{ a { name b { id name } } }', count: 200 },
  {
    name: 'a usual number of fields',
    text: `($n: Int) { node(first: $n) { ... on Query { id name a { id name } } } ${repeated(4, (index) => `f${index}: a { id name node(first: 20) { ... on Query { id name __typename } } b { id name } }`)} }`,
    count: 30,
  },
  { name: 'as many fields as are allowed', text: `{ ${'name id '.repeat(700)} }`, count: 15 },
  {
    name: 'as many aliases and arguments as are allowed',
    text: `{ ${repeated(15, (index) => `f${index}: node(ids: [${repeated(60, (id) => `"${id}"`)}]) { ... on Query { name } }`)} }`,
    count: 30,
  },
  {
    name: 'nested input objects',
    text: `{ ${repeated(10, (index) => `f${index}: node(filter: ${'{ name: "x" inner: '.repeat(12)}{ name: "x" }${'}'.repeat(12)}) { ... on Query { name } }`)} }`,
    count: 30,
  },
  {
    name: 'fragments that meet in many ways',
    text: `{ ...F0 } ${repeated(4, (at) => `fragment F${at} on Query { name a { ...G${at} name } b { ...G${at} id } } fragment G${at} on Query { id ${at < 3 ? `a { id ...F${at + 1} }` : 'name'} }`)}`,
    count: 30,
  },
  {
    name: 'many outcomes of conditions',
    text: `(${repeated(CONDITIONS, (index) => `$v${index}: Boolean!`)}) { a { ${repeated(CONDITIONS, (index) => `f${index}: name @skip(if: $v${index})`)} } }`,
    count: 30,
    runs: outcomes,
  },
  {
    name: 'as many faults as are told',
    text: `{ ${repeated(30, (index) => `unknown${index}`)} }`,
    count: 40,
  },
];

/** Sends a document so often that it is kept and has run. */
function use(plans: Plans, text: string, runs: readonly Record<string, boolean>[] = [{}]): void {
  plans.of(text);
  const plan = plans.of(text);
  if (plan.faults.length > 0) return;
  const operation = plan.operationNamed(undefined);
  if (operation === undefined) throw new Error('the text has no operation');
  for (const variables of runs) {
    const executed = operation.compiled?.execute({ rootValue: endless, contextValue: {}, variables });
    if (executed === undefined || executed instanceof Promise)
      throw new Error('the plan was not run at once');
    if (executed.errors.length > 0) throw executed.errors[0];
  }
}

/** The bytes of the heap after garbage collection. */
async function usedHeap(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    // What waits for a turn of the event loop holds on to objects.
    await wait(0);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

async function measure({ name, text, count, runs }: Kind): Promise<Measured> {
  const create = () => new Plans({ schema, limits: defaultLimits, introspection: false });
  // Makes what is made once for all documents. Kept until the end, as freeing it would count as well.
  const warm = create();
  for (let nonce = 0; nonce < 10; nonce += 1) use(warm, `query Warm${nonce} ${text}`, runs);
  const plans = create();
  const before = await usedHeap();
  for (let nonce = 0; nonce < count; nonce += 1) use(plans, `query N${nonce} ${text}`, runs);
  const heapBytes = (await usedHeap()) - before;
  return {
    name,
    sent: count,
    kept: plans.count,
    countedBytes: plans.bytes,
    heapBytes: warm.count > 0 ? heapBytes : 0,
  };
}

const measured: Measured[] = [];
for (const kind of kinds) measured.push(await measure(kind));
console.log(JSON.stringify(measured));
