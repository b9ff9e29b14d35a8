// The memory of a gateway whose upstream sends huge bodies. The gateway is a process of its own, so that what the upstream and the
// clients take is not counted. `npm run test:faults` runs it.
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials } from '../support/canary.ts';
import { figures } from '../support/figures.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { bomb, FaultProxy, huge, type Behaviour } from './proxy.ts';

const isLong = process.env['FAULTS'] === 'all';
/** As much as the other faults may take. */
const MOST_MEMORY = 150_000_000;
/** Queries at a time; each asks for another page size, so that they share no request. */
const TOGETHER = 60;
const ROUNDS = 3;

const bodies: readonly [string, Behaviour][] = [
  ['bodies of 200 MB', huge],
  ['gzip bombs', bomb],
];

describe.runIf(isLong)('the memory of the gateway', { timeout: 60_000 }, () => {
  it.each(bodies)('%s, sixty at a time', async (name, behaviour) => {
    await using sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
    await using proxy = await FaultProxy.start(sandbox.url);
    await using gateway = await startGatewayProcess({
      sandbox,
      variables: { HMS_API_URL: proxy.url, UPSTREAM_RPS: '500', GATEWAY_RATE_LIMIT: '0' },
    });
    const resident = async () => (await figures(gateway.url))['process_resident_memory_bytes'] ?? NaN;
    await ask(gateway.url, 10);
    const before = await resident();
    let most = before;
    proxy.set(behaviour);
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = Promise.all(Array.from({ length: TOGETHER }, (_, index) => ask(gateway.url, 10 + index)));
      const over = new AbortController();
      void asked.finally(() => over.abort());
      while (!over.signal.aborted) most = Math.max(most, await resident());
      for (const codes of await asked) expect(codes).not.toEqual([]);
    }
    process.stderr.write(`${name}: ${Math.round((most - before) / 1e6)} MB more than before\n`);
    expect(most - before).toBeLessThan(MOST_MEMORY);
    proxy.heal();
    await expect.poll(() => ask(gateway.url, 20), { timeout: 10_000 }).toEqual([]);
  });
});

/** Asks for templates; resolves to the codes of the errors. */
async function ask(url: string, first: number): Promise<readonly unknown[]> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ templates(first: ${first}) { edges { node { name } } } }` }),
  });
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: unknown } }[] };
  return errors.map(({ extensions }) => extensions.code);
}
