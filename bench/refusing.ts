// Compares the CPU time of refusing an operation over a limit with that of answering the cheapest query.
import { attacks } from './attacks.ts';
import { printTable, startStage, type Stage } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about = 'CPU of refusing an operation over a limit, against ten of the cheapest queries';

const RUNS = 300;
const WARM_UP = 50;
/** A refusal must cost less than this number of answers to the cheapest query. */
const MAX_ANSWERS = 10;
const CHEAPEST = '{ __typename }';

/** CPU milliseconds of one operation, sent by an in-process fetch. Rejects unless each answer contains `expected`. */
async function cpuOf(
  { gateway }: Stage,
  query: (nonce: number) => string,
  expected: string,
): Promise<number> {
  const ask = async (body: string) => {
    const response = await gateway.graphql.fetch('http://gateway.bench/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = await response.text();
    if (!answer.includes(expected)) throw new Error(`Expected ${expected}, got ${answer.slice(0, 300)}`);
  };
  // Built before the measurement, because the attacker would do this work.
  const bodies = Array.from({ length: WARM_UP + RUNS }, (_, nonce) =>
    JSON.stringify({ query: query(nonce) }),
  );
  for (const body of bodies.slice(0, WARM_UP)) await ask(body);
  const before = process.cpuUsage();
  for (const body of bodies.slice(WARM_UP)) await ask(body);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / RUNS;
}

/**
 * Measures each attack and prints a table. Rejects if a refusal costs as much as ten answers, or causes a REST call.
 */
export async function run(): Promise<void> {
  await using stage = await startStage({});
  const answer = await cpuOf(stage, () => CHEAPEST, '"data"');
  stage.sandbox.ledger.clear();
  const rows: { readonly name: string; readonly cpuMs: number }[] = [];
  for (const { name, limit, query } of attacks) {
    rows.push({ name, cpuMs: await cpuOf(stage, query, `"limit":"${limit}"`) });
  }
  printTable([
    ['operation', 'CPU', 'answers'],
    [CHEAPEST, `${answer.toFixed(3)} ms`, '1.0'],
    ...rows.map(({ name, cpuMs }) => [name, `${cpuMs.toFixed(3)} ms`, (cpuMs / answer).toFixed(1)]),
  ]);
  const calls = stage.sandbox.ledger.count({});
  if (calls > 0) throw new Error(`The refused operations caused ${calls} REST calls.`);
  const expensive = rows.filter(({ cpuMs }) => cpuMs >= MAX_ANSWERS * answer);
  if (expensive.length > 0)
    throw new Error(
      `As expensive as ${MAX_ANSWERS} answers: ${expensive.map(({ name }) => name).join(', ')}`,
    );
}
