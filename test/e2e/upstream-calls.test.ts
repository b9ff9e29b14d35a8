// `extensions.upstream`: the number of REST calls of an operation, compared with the sandbox's ledger.
import { expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import { post } from '../support/server.ts';
import { answerOf } from '../support/transports.ts';
import { stage, type Stage } from './stage.ts';

const ROOMS = '{ rooms { edges { node { name template { name } activeSession { hmsId } } } } }';

/**
 * The `extensions` of the answer to a query, or of a subscription's first event, and the number of REST calls in the
 * ledger.
 */
async function asked(
  { url, sandbox }: Stage,
  query: string,
  headers: Readonly<Record<string, string>> = { 'x-gateway-upstream': '1' },
) {
  sandbox.ledger.clear();
  const { data, extensions } = await answerOf(await post(url, { query }, { accept: '*/*', ...headers }));
  expect(data).toBeDefined();
  return { extensions, calls: sandbox.ledger.entries.length };
}

const staged = (config: Partial<Config> = {}) =>
  // A poll interval so long that no poll happens during a test.
  stage({
    config: { sessionCheckMs: 3_600_000, pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000, ...config },
  });

it('a query reports its calls; objects from the cache cost none', async () => {
  await using stage = await staged();
  const first = await asked(stage, ROOMS);
  expect(first.calls).toBeGreaterThan(2);
  expect(first.extensions).toEqual({ upstream: { calls: first.calls } });
  expect(await asked(stage, '{ __typename }')).toEqual({ extensions: { upstream: { calls: 0 } }, calls: 0 });
});

it('an event of a subscription reports the calls of its fields, not the shared polls', async () => {
  await using stage = await staged();
  const query = `subscription { peerChanges(roomId: "${stage.room.id}") {
    ... on PeersSnapshot { session { room { name } } } } }`;
  const { extensions, calls } = await asked(stage, query);
  const ofRoom = stage.sandbox.ledger.entries.filter(({ operationId }) => operationId === 'getRoom');
  expect(extensions).toEqual({ upstream: { calls: ofRoom.length } });
  expect(calls).toBeGreaterThan(ofRoom.length);
});

it.each([{}, { 'x-gateway-upstream': '0' }])(
  'callers who do not request it by `x-gateway-upstream: 1` do not get it: %j',
  async (headers: Record<string, string>) => {
    await using stage = await staged();
    expect((await asked(stage, ROOMS, headers)).extensions).toBeUndefined();
  },
);

it('a gateway without introspection does not return it', async () => {
  await using stage = await staged({ introspection: false });
  expect((await asked(stage, ROOMS)).extensions).toBeUndefined();
});
