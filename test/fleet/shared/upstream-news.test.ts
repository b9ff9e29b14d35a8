// Pauses and circuit breakers hold in all instances.
import { describe, expect, it } from 'vitest';
import { codesOf } from '../../support/gateway.ts';
import { findRedis, redisNotice } from '../../support/redis-server.ts';
import { startInstances } from './gateways.ts';

const ROOMS = '{ rooms(first: 1) { edges { node { name } } } }';
const SOON = { interval: 20, timeout: 8000 };

describe.skipIf(findRedis('redis') === undefined)(`gateways${redisNotice('redis')}`, () => {
  it('leave alone a family of endpoints that has refused one of them', async () => {
    await using instances = await startInstances();
    const { here, there, sandbox } = instances;
    sandbox.faults.set('listRooms', { kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    expect(codesOf(await here.ask(ROOMS))).toEqual(['UPSTREAM_RATE_LIMITED']);
    sandbox.faults.clear();
    // Rooms are no longer refused: only the pause can be the reason.
    await expect.poll(async () => codesOf(await there.ask(ROOMS)), SOON).toEqual(['UPSTREAM_RATE_LIMITED']);
    expect((await there.ask('{ templates(first: 1) { edges { node { name } } } }')).errors).toBeUndefined();
  });

  it('send nothing to a family whose breaker one of them has opened', async () => {
    await using instances = await startInstances();
    const { here, there, sandbox } = instances;
    sandbox.faults.set('listRooms', { kind: 'status', status: 500 });
    const isRefused = async () => {
      sandbox.ledger.clear();
      const codes = codesOf(await here.ask(ROOMS));
      return codes[0] === 'UPSTREAM_UNAVAILABLE' && sandbox.ledger.count() === 0;
    };
    await expect.poll(isRefused, { interval: 100, timeout: 8000 }).toBe(true);
    // The others hear of it within milliseconds; by their own calls it would take a second of failures.
    await expect
      .poll(async () => {
        sandbox.ledger.clear();
        await there.ask(ROOMS);
        return sandbox.ledger.count();
      }, SOON)
      .toBe(0);
  });
});
