// When the last client that waits for an answer has gone, the request to the upstream ends; before that it does not.
import { expect, it } from 'vitest';
import { hang } from './proxy.ts';
import { FaultStage } from './stage.ts';

it('the request to the upstream ends when its last client has gone', async () => {
  await using stage = await FaultStage.start({ rooms: 1 });
  await stage.endLoad();
  stage.proxy.set(hang, 'rooms');
  const ask = (signal: AbortSignal, field: string) =>
    fetch(`${stage.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ rooms(first: 77) { edges { node { ${field} } } } }` }),
      signal,
    }).catch(() => null);
  const clients = [new AbortController(), new AbortController(), new AbortController()] as const;
  // Two equal operations and another one: all three need the same page.
  const fields = ['name', 'name', 'hmsId'];
  const asked = clients.map(({ signal }, at) => ask(signal, fields[at] ?? ''));
  const requests = () => stage.proxy.arrivals.filter(({ path }) => path.startsWith('/rooms?limit=78'));
  await expect.poll(() => requests().length).toBe(1);
  const beganAt = performance.now();
  clients[0].abort();
  clients[2].abort();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(requests().map(({ ended }) => ended)).toEqual([null]);
  clients[1].abort();
  await expect.poll(() => requests().map(({ ended }) => ended)).toEqual([false]);
  expect(performance.now() - beganAt).toBeLessThan(4000);
  await Promise.all(asked);
});
