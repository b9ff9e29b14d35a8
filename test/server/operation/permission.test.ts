// When a permission check throws, its operation does not run, and other operations go on.
import { describe, expect, it } from 'vitest';
import { memoryLog } from '../../support/memory-log.ts';
import { openSession, subscribe } from '../../support/raw-socket.ts';
import { startTestServer, type TestServerOptions } from '../../support/server.ts';
import { transports, type Refusal } from '../../support/transports.ts';

const TICKS = 'subscription { ticks }';
const limits = { subscriptionsPerCaller: 1, subscriptionCharactersPerCaller: 1000 };

/** A check that throws for the first `failures` operations and allows later ones. */
function failing(failures: number): TestServerOptions['permission'] & {} {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > failures ? null : Promise.reject(new Error('what went wrong within'));
  };
}

describe.each(transports)('over %s', (name, send) => {
  const query = name === 'GET' ? '{ hello }' : 'mutation { change }';
  it('an operation whose permission check throws never runs, and its error has an id that is in the log', async () => {
    const { log, text } = memoryLog();
    await using server = await startTestServer({ permission: failing(1), log });
    // A refused operation has errors.
    const { errors } = (await send(server.url, { query })) as Refusal;
    expect(errors).toMatchObject([{ message: 'Something went wrong in the gateway.' }]);
    expect(text()).toContain(`"errorId":"${String(errors[0]?.extensions['id'])}"`);
    expect(text()).toContain('what went wrong within');
    expect(server.started.fields).toEqual([]);
  });
});

it('a subscription whose permission check throws frees its place in the limit, and its socket stays open', async () => {
  await using server = await startTestServer({ permission: failing(3), limits });
  await using raw = await openSession(server.url);
  for (const id of ['1', '2', '3']) {
    subscribe(raw, id, TICKS);
    const payload = { errors: [{ extensions: { code: 'INTERNAL' } }] };
    expect(await raw.next()).toMatchObject({ type: 'next', id, payload });
    expect(await raw.next()).toEqual({ type: 'complete', id });
  }
  subscribe(raw, '4', TICKS);
  expect(await raw.next()).toMatchObject({ type: 'next', id: '4', payload: { data: { ticks: 1 } } });
});
