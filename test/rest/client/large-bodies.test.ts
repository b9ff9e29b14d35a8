// The turns of large bodies: how many are read at once, and that those that wait go on.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { RestClient } from '../../../src/rest/client/client.ts';
import { LARGE_BYTES, LargeBodies } from '../../../src/rest/client/large-bodies.ts';
import { gatewayCredentials } from '../../support/canary.ts';
import { anything } from './support.ts';

it('two are read at once; the next one goes on when one of them is over, the longest waiting first', async () => {
  const bodies = new LargeBodies();
  const went: number[] = [];
  const turns = Array.from({ length: 6 }, (_, index) => bodies.take(() => went.push(index)));
  expect(turns.map(({ waits }) => waits)).toEqual([false, false, true, true, true, true]);
  // One that waits is given up, for example at its deadline.
  turns[3]?.end();
  turns[0]?.end();
  turns[0]?.end();
  expect(went).toEqual([]);
  await Promise.resolve();
  expect(went).toEqual([2]);
  turns[1]?.end();
  turns[2]?.end();
  await Promise.resolve();
  expect(went).toEqual([2, 4, 5]);
  for (const turn of turns) turn.end();
  expect(bodies.take(() => undefined).waits).toBe(false);
});

it('all of many large answers arrive, also when some callers leave meanwhile', async () => {
  const text = JSON.stringify({ text: 'x'.repeat(3 * LARGE_BYTES) });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo; // a TCP server has such an address
  const client = new RestClient({ apiUrl: `http://127.0.0.1:${port}/v2`, ...gatewayCredentials });
  onTestFinished(() => client.close());
  const answers = Array.from({ length: 16 }, (_, index) => {
    const leaving = new AbortController();
    const answer = client.get(
      { route: '/rooms', query: { index }, shape: anything },
      { signal: leaving.signal },
    );
    if (index % 4 === 3) setTimeout(() => leaving.abort(), index);
    return answer.then(
      (value) => (value as { readonly text: string }).text.length, // as the server sends it
      () => (index % 4 === 3 ? 'left' : 'failed'),
    );
  });
  const seen = new Set(await Promise.all(answers));
  expect(seen.has('failed')).toBe(false);
  expect(seen.has(3 * LARGE_BYTES)).toBe(true);
});
