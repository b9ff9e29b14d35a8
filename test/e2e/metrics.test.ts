// The metrics at /metrics, compared with the ledger and the open subscriptions.
import { expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';
import { followPeers, followSessions } from './documents.ts';
import { FAST, newcomer, noneLeft, stage } from './stage.ts';

/** All samples by name and labels. */
async function figures(url: string): Promise<Readonly<Record<string, number>>> {
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

test('the gauges follow who watches what', async () => {
  await using staged = await stage();
  const { url, world, room, gateway } = staged;
  const idle = world.rooms.create({ name: 'idle' });
  const nothing = {
    hms_live_watched_rooms: 0,
    hms_live_live_rooms: 0,
    hms_live_stale_rooms: 0,
    hms_live_subscribers: 0,
    hms_live_kept_rooms: 0,
    hms_live_oldest_age_ms: 0,
  };
  expect(await figures(url)).toMatchObject(nothing);
  {
    await using client = webSocketClient(url);
    await using other = eventStreamClient(url);
    await client.watch(followPeers, { roomId: room.id }).next();
    await client.watch(followPeers, { roomId: idle.id }).next();
    await other.watch(followPeers, { roomId: room.id, filter: { role: 'host' } }).next();
    await other.watch(followSessions, {}).next();
    expect(await figures(url)).toMatchObject({
      ...nothing,
      hms_live_watched_rooms: 2,
      hms_live_live_rooms: 1,
      hms_live_subscribers: 4,
      hms_live_oldest_age_ms: expect.any(Number),
    });
  }
  await noneLeft(gateway);
  expect(await figures(url)).toMatchObject({ ...nothing, hms_live_kept_rooms: 2 });
});

test('polls are counted by what they showed, looks by whether they were answered, as the ledger has them', async () => {
  const clock = new ManualClock();
  await using staged = await stage({ clock });
  const { url, world, room, ada, sandbox } = staged;
  await using client = webSocketClient(url);
  const watching = client.watch(followPeers, { roomId: room.id });
  await watching.next();
  const { live } = staged.gateway.services;
  const poll = async (act: () => unknown) => {
    act();
    live.hint(room.id);
    await watching.next();
  };
  await poll(() => world.join(room.id, newcomer('Grace')));
  await poll(() => world.updatePeer(room.id, ada.id, { name: 'Ada L.' }));
  expect(await figures(url)).toMatchObject({
    'hms_live_polls_total{result="changed"}': 3,
    'hms_live_session_looks_total{result="answered"}': 1,
    hms_live_event_delay_seconds_count: 3,
  });
  expect(sandbox.ledger.count({ operationId: 'listActivePeers' })).toBe(3);
  expect(sandbox.ledger.count({ operationId: 'listSessions' })).toBe(1);
});

test('an upstream that is out shows as failed polls and a stale room, and both end with it', async () => {
  await using staged = await stage();
  const { url, room, sandbox } = staged;
  await using client = webSocketClient(url);
  const watching = client.watch(followPeers, { roomId: room.id });
  await watching.next();
  const heal = sandbox.faults.set('*', { kind: 'status', status: 500 });
  await watching.until(({ peerChanges }) => 'stale' in peerChanges && peerChanges.stale);
  const out = await figures(url);
  expect(out['hms_live_stale_rooms']).toBe(1);
  expect(out['hms_live_polls_total{result="failed"}']).toBeGreaterThanOrEqual(2);
  expect(out['hms_live_oldest_age_ms']).toBeGreaterThanOrEqual(FAST.pollIntervalMs);
  heal();
  await watching.until(({ peerChanges }) => 'stale' in peerChanges && !peerChanges.stale);
  expect((await figures(url))['hms_live_stale_rooms']).toBe(0);
});
