// The examples, each run against a listening gateway over the sandbox.
import { describe, expect, test } from 'vitest';
import { attendance, toCsv } from '../../examples/attendance.ts';
import { nudge } from '../../examples/camera-nudge.ts';
import { connect, type GatewayClient } from '../../examples/client.ts';
import { giveaway } from '../../examples/giveaway.ts';
import { createModerator } from '../../examples/moderation-bot.ts';
import { watch } from '../../examples/watch.ts';
import type { SentMessage, WorldEvent } from '../../src/sandbox/live/world-events.ts';
import { newcomer, stage, type Stage } from '../e2e/stage.ts';
import { addListeners } from '../support/worlds.ts';

interface Scene extends Stage {
  readonly client: GatewayClient;
  /** What was sent into rooms, in order. */
  readonly messages: readonly SentMessage[];
}

async function scene(): Promise<Scene> {
  const served = await stage();
  const client = connect(served.url, undefined);
  const messages: SentMessage[] = [];
  served.world.events.on((event: WorldEvent) => {
    if (event.type === 'message.sent') messages.push(event.sent);
  });
  return {
    ...served,
    client,
    messages,
    async [Symbol.asyncDispose]() {
      await client.close();
      await served[Symbol.asyncDispose]();
    },
  };
}

describe('the moderation bot', () => {
  test('warns twice, each of the user’s peers, and then removes them', async () => {
    await using it = await scene();
    const first = it.world.join(it.room.id, newcomer('Troll'));
    const second = it.world.join(it.room.id, newcomer('Troll'));
    const moderate = createModerator(it.client, (text) => text.includes('idiot'));
    const say = (text: string) => moderate({ roomId: it.room.id, userId: 'troll', text });

    expect(await say('hello')).toBe('fine');
    expect(await say('you idiot')).toBe('warned');
    expect(await say('idiot!')).toBe('warned');
    const receivers = it.messages.map(({ peerId }) => peerId ?? '');
    expect(receivers.toSorted()).toEqual([first.id, first.id, second.id, second.id].toSorted());
    expect(it.messages.at(-1)?.message).toContain('warning 2 of 2');

    expect(await say('idiot again')).toBe('removed');
    expect(it.world.sessions.active(it.room.id)?.peers.get(first.id)?.leftAt).toBeDefined();
    expect(await say('idiot once more')).toBe('gone');
  });

  test('reports no warning and no removal that the gateway refused', async () => {
    await using it = await scene();
    const troll = it.world.join(it.room.id, newcomer('Troll'));
    const moderate = createModerator(it.client, () => true);
    const say = () => moderate({ roomId: it.room.id, userId: 'troll', text: '' });
    it.sandbox.faults.set('sendMessage', { kind: 'status', status: 403 }, { times: 1 });
    await expect(say()).rejects.toThrow(/\S/);
    expect([await say(), await say()]).toEqual(['warned', 'warned']);
    it.sandbox.faults.set('removePeers', { kind: 'status', status: 403 }, { times: 1 });
    await expect(say()).rejects.toThrow(/\S/);
    expect(await say()).toBe('removed');
    expect(it.world.sessions.active(it.room.id)?.peers.get(troll.id)?.leftAt).toBeDefined();
  });
});

describe('the giveaway', () => {
  test('announces a random participant, lets them onto the stage, and takes them down again', async () => {
    await using it = await scene();
    const joinAt = (instant: string, name: string) =>
      it.world.at(Date.parse(instant), () => it.world.join(it.room.id, newcomer(name)));
    const grace = joinAt('2026-03-12T16:00:00Z', 'Grace');
    const emmy = joinAt('2026-03-12T16:00:01Z', 'Emmy');
    const roleOf = (id: string) => it.world.sessions.active(it.room.id)?.peers.get(id)?.role;
    const rolesOnStage: unknown[] = [];

    const winner = await giveaway(it.client, {
      roomId: it.room.id,
      stageRole: 'host',
      random: () => 0.9,
      timeIsOver: async () => void rolesOnStage.push(roleOf(grace.id), roleOf(emmy.id)),
    });

    expect(winner).toBe('Emmy');
    expect(it.messages).toMatchObject([{ message: 'Emmy wins! Welcome to the stage.', peerId: undefined }]);
    expect(rolesOnStage).toEqual(['guest', 'host']);
    expect(roleOf(emmy.id)).toBe('guest');
  });

  test('throws when no peer can win', async () => {
    await using it = await scene();
    const options = { roomId: it.room.id, stageRole: 'host', timeIsOver: () => Promise.resolve() };
    await expect(giveaway(it.client, options)).rejects.toThrow('No peer can win');
  });
});

test('the camera nudge writes to those whose camera is off and whose role may show one, and to no other peer', async () => {
  await using it = await scene();
  addListeners(it.world, it.room);
  const shown = it.world.join(it.room.id, { ...newcomer('Shown'), publish: ['audio', 'video'] });
  const muted = it.world.join(it.room.id, { ...newcomer('Muted'), publish: ['audio', 'video'] });
  it.world.setMute(it.room.id, muted.id, 'video', true);
  const screenOnly = it.world.join(it.room.id, { ...newcomer('Screen'), publish: ['screen'] });

  const listener = it.world.join(it.room.id, { ...newcomer('Listener'), role: 'listener' });

  const { names, failures } = await nudge(it.client, it.room.id, 'Camera, please');
  expect([names.toSorted(), failures]).toEqual([['Ada', 'Muted', 'Screen'], []]);

  const receivers = it.messages.map(({ peerId }) => peerId);
  expect(receivers).toHaveLength(3);
  expect(receivers).toEqual(expect.arrayContaining([it.ada.id, muted.id, screenOnly.id]));
  expect(receivers).not.toContain(shown.id);
  expect(receivers).not.toContain(listener.id);
});

test('the camera nudge says of each refused message whose it was and why', async () => {
  await using it = await scene();
  addListeners(it.world, it.room);
  it.sandbox.faults.set('sendMessage', { kind: 'status', status: 403 });
  expect(await nudge(it.client, it.room.id, 'Camera, please')).toEqual({
    names: [],
    failures: [expect.stringMatching(/^Ada: \S/)],
  });
});

test('attendance lists everybody who was there, the longest first, and quotes what CSV needs quoted', async () => {
  await using it = await scene();
  const start = Date.parse('2026-03-12T16:00:00Z');
  const [long, short] = it.world.at(start, () => [
    it.world.join(it.room.id, { ...newcomer('Long, "the" Stay'), userId: 'long' }),
    it.world.join(it.room.id, newcomer('Short')),
  ]);
  const sessionId = it.world.sessions.active(it.room.id)?.id ?? '';
  it.world.at(start + 90_000, () => it.world.leave(it.room.id, short?.id ?? ''));
  it.world.at(start + 600_000, () => it.world.leave(it.room.id, long?.id ?? ''));

  const rows = (await attendance(it.client, sessionId)).filter(({ user }) => user !== 'ada');

  expect(rows).toMatchObject([
    { user: 'long', minutes: '10.0' },
    { user: 'short', minutes: '1.5' },
  ]);
  expect(toCsv(rows).split('\r\n')[1]).toMatch(/^long,"Long, ""the"" Stay",10\.0,2026-03-12T16:00:00/);
});

test('the watch redraws as people come and go, until it is stopped', async () => {
  await using it = await scene();
  const stop = new AbortController();
  const pictures = watch(it.client, it.room.id, stop.signal);
  const next = async () => (await pictures.next()).value;

  expect(await next()).toMatch(/^1 in the room at .*\n {2}Ada +host/);
  const grace = it.world.join(it.room.id, newcomer('Grace'));
  expect(await next()).toMatch(/^2 in the room/);
  it.world.updatePeer(it.room.id, grace.id, { metadata: 'hand up' });
  expect(await next()).toMatch(/Grace +guest +hand up/);
  it.world.leave(it.room.id, grace.id);
  expect(await next()).toMatch(/^1 in the room/);

  stop.abort();
  expect(await pictures.next()).toMatchObject({ done: true });
});
