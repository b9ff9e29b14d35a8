// Rooms and templates while the REST API is out: answered as they were read last, and told with their age.
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../src/auth/caller.ts';
import type { Fault } from '../../src/sandbox/http/faults.ts';
import { codesOf, startTestGateway, testConfig, type TestGatewayOptions } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { addRooms } from '../support/worlds.ts';

const ROOM = 'query ($id: ID!) { room(id: $id) { name template { name } } }';

/** A gateway that has read a room and its template. */
async function setUp(options: TestGatewayOptions = {}) {
  const clock = new ManualClock();
  const lab = await startTestGateway({ clock, sandbox: { data: 'empty' }, ...options });
  const { world, faults, ledger } = lab.sandbox;
  const [room] = addRooms(world, 1);
  if (room === undefined) throw new Error('there is no room');
  world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const ask = (document = ROOM) => lab.ask(document, { id: room.id });
  const read = await ask();
  expect(read.extensions?.['stale']).toBeUndefined();
  return {
    room,
    clock,
    faults,
    ledger,
    ask,
    data: read.data,
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  };
}

describe.each(['compiled', 'reference'] as const)(
  'by the %s executor, a room and its template',
  (executor) => {
    const config = { ...testConfig(), upstreamRequestsPerSecond: 100_000, executor };

    it.each([
      ['answers 503', { kind: 'status', status: 503 }],
      ['resets', { kind: 'reset' }],
      ['limits', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }],
    ] satisfies [string, Fault][])(
      'are answered with their age while the upstream %s',
      async (_what, fault) => {
        await using lab = await setUp({ config });
        lab.faults.set('*', fault);
        await lab.clock.advance(60_000);
        const { data, errors, extensions } = await lab.ask();
        expect({ data, errors }).toEqual({ data: lab.data, errors: undefined });
        const { id, templateId } = lab.room;
        expect(extensions?.['stale']).toEqual([
          { type: 'Room', hmsId: id, ageSeconds: 60 },
          { type: 'Template', hmsId: templateId, ageSeconds: 60 },
        ]);
      },
    );

    it('are told as stale as soon as a refresh has failed, and no more when one has not', async () => {
      await using lab = await setUp({ config });
      lab.faults.set('*', { kind: 'status', status: 503 });
      await lab.clock.advance(6000);
      const stale = async () => (await lab.ask()).extensions?.['stale'];
      // The refresh is in the background.
      await expect.poll(stale).toMatchObject([{ ageSeconds: 6 }, { ageSeconds: 6 }]);
      lab.faults.clear();
      await expect.poll(stale).toBeUndefined();
    });

    it('are an error after ten minutes, and when they were never read', async () => {
      await using lab = await setUp({ config });
      lab.faults.set('*', { kind: 'status', status: 503 });
      await lab.clock.advance(600_001);
      expect(codesOf(await lab.ask())).toEqual(['UPSTREAM_UNAVAILABLE']);
      const other = await lab.ask('{ room(id: "64a00004edd3d651dc0000ff") { name } }');
      expect([codesOf(other), other.extensions?.['stale']]).toEqual([['UPSTREAM_UNAVAILABLE'], undefined]);
    });

    it('are an error where the upstream answers, but cannot be read or refuses', async () => {
      await using lab = await setUp({ config });
      await lab.clock.advance(60_000);
      lab.faults.set('getRoom', { kind: 'cut' });
      expect(codesOf(await lab.ask())).toEqual(['UPSTREAM_BAD_RESPONSE']);
      lab.faults.clear();
      lab.faults.set('getRoom', { kind: 'status', status: 403 });
      expect(codesOf(await lab.ask())).toEqual(['UPSTREAM_ERROR']);
    });

    it("are never older than a write of the gateway's own", async () => {
      await using lab = await setUp({ config });
      const { errors } = await lab.ask(
        'mutation ($id: ID!) { updateRoom(input: { id: $id, description: "new" }) { __typename } }',
      );
      expect(errors).toBeUndefined();
      lab.faults.set('*', { kind: 'status', status: 503 });
      await lab.clock.advance(60_000);
      const { data, extensions } = await lab.ask('query ($id: ID!) { room(id: $id) { description } }');
      expect([data, extensions?.['stale']]).toSatisfy(
        ([shown, stale]) =>
          (shown as { room: { description: string } | null }).room === null ||
          (stale !== undefined && (shown as { room: { description: string } }).room.description === 'new'),
      );
    });
  },
);

it('a participant gets an error, as their rights depend on what is read', async () => {
  const caller: Caller = {
    name: 'participant:ada',
    scopes: new Set(),
    rooms: null,
    participant: { roomId: '', userId: 'ada', role: 'host' },
    expiresAt: null,
  };
  const authentication = { isOff: false, callerOf: () => Promise.resolve(caller) };
  const clock = new ManualClock();
  await using lab = await startTestGateway({ clock, sandbox: { data: 'empty' }, authentication });
  const [room] = addRooms(lab.sandbox.world, 1);
  lab.sandbox.world.join(room?.id ?? '', { name: 'Ada', role: 'host', userId: 'ada' });
  Object.assign(caller.participant ?? {}, { roomId: room?.id });
  const ask = () => lab.ask('query ($id: ID!) { room(id: $id) { name } }', { id: room?.id });
  expect((await ask()).errors).toBeUndefined();
  lab.sandbox.faults.set('getRoom', { kind: 'status', status: 503 });
  await clock.advance(60_000);
  const { errors, extensions } = await ask();
  expect([codesOf({ errors: errors ?? [] }), extensions?.['stale']]).toEqual([
    ['UPSTREAM_UNAVAILABLE'],
    undefined,
  ]);
});
