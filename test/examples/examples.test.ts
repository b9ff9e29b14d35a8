// The examples, each run against a listening gateway over the sandbox.
import { describe, expect, test } from 'vitest';
import { attendance, toCsv } from '../../examples/attendance.ts';
import { nudge } from '../../examples/camera-nudge.ts';
import { connect, type GatewayClient } from '../../examples/client.ts';
import { giveaway } from '../../examples/giveaway.ts';
import { createModerator } from '../../examples/moderation-bot.ts';
import { watch } from '../../examples/watch.ts';
import type { TemplateRole } from '../../src/openapi/types.ts';
import type { SentMessage, WorldEvent } from '../../src/sandbox/live/world-events.ts';
import { newcomer, stage, type Stage } from '../e2e/stage.ts';
import { startTestGateway } from '../support/gateway.ts';
import { addListeners } from '../support/worlds.ts';

/** Replaces the roles of the room's template. */
function setRoles({ world, room }: Stage, roles: Readonly<Record<string, TemplateRole>>): void {
  const { id, name } = world.templates.get(room.templateId);
  world.templates.replace(id, { name, roles });
}

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

  const timeIsOver = () => Promise.resolve();

  test('throws when no peer can win', async () => {
    await using it = await scene();
    const options = { roomId: it.room.id, stageRole: 'host', timeIsOver };
    await expect(giveaway(it.client, options)).rejects.toThrow('No peer can win');
    expect(it.messages).toEqual([]);
  });

  test.each([
    ['a role that the room lacks', 'singer', /^The room room-0 has no role singer. Its roles: .*host.*\.$/],
    ['a role that is full', 'soloist', /^The role soloist of the room room-0 is full\.$/],
  ])('announces nobody for %s', async (_case, stageRole, message) => {
    await using it = await scene();
    setRoles(it, { host: {}, guest: {}, soloist: { maxPeerCount: 1 } });
    it.world.join(it.room.id, { ...newcomer('Grace'), role: 'soloist' });
    await expect(giveaway(it.client, { roomId: it.room.id, stageRole, timeIsOver })).rejects.toThrow(message);
    expect(it.messages).toEqual([]);
  });

  test('announces nobody when the role change fails', async () => {
    await using it = await scene();
    it.sandbox.faults.set('updateActivePeer', { kind: 'status', status: 403 });
    const options = { roomId: it.room.id, stageRole: 'guest', timeIsOver };
    await expect(giveaway(it.client, options)).rejects.toThrow(/\S/);
    expect(it.messages).toEqual([]);
  });

  test('takes the winner off the stage when the announcement fails', async () => {
    await using it = await scene();
    it.sandbox.faults.set('sendMessage', { kind: 'status', status: 403 });
    const options = { roomId: it.room.id, stageRole: 'guest', timeIsOver };
    await expect(giveaway(it.client, options)).rejects.toThrow(/\S/);
    expect(it.world.sessions.active(it.room.id)?.peers.get(it.ada.id)?.role).toBe('host');
  });

  const filmed: TemplateRole = { publishParams: { allowed: ['video'] } };
  const moderator: TemplateRole = { ...filmed, permissions: { changeRole: true } };

  test.each<[string, Readonly<Record<string, TemplateRole>>, readonly string[]]>([
    ['the first role with video that may not moderate', { host: moderator, a: filmed, b: filmed }, ['a']],
    ['the next one if it is full', { host: moderator, a: { ...filmed, maxPeerCount: -1 }, b: filmed }, ['b']],
    ['no other role if none may publish video', { host: moderator }, []],
    ['no other role if all are on the stage', { host: moderator, guest: filmed }, []],
  ])('without a role it gives the winner %s', async (_case, roles, expected) => {
    await using it = await scene();
    setRoles(it, { guest: {}, ...roles });
    const grace = it.world.join(it.room.id, newcomer('Grace'));
    const given: string[] = [];
    const onStage = async () => {
      given.push(it.world.sessions.active(it.room.id)?.peers.get(grace.id)?.role ?? '');
    };
    expect(await giveaway(it.client, { roomId: it.room.id, timeIsOver: onStage })).toBe('Grace');
    expect([given, it.messages.length]).toEqual([expected, 1]);
  });

  test('has a winner in every live room of the demo data', async () => {
    await using served = await startTestGateway();
    const client = connect(await served.gateway.listen(), undefined);
    const { sessions, rooms } = served.sandbox.world;
    const live = [...rooms.all.keys()].filter((roomId) => sessions.active(roomId) !== undefined);
    expect(live.length).toBeGreaterThan(4);
    for (const roomId of live) expect(await giveaway(client, { roomId, timeIsOver })).toMatch(/\S/);
    await client.close();
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

test('the camera nudge takes only a track with the source `regular` for a camera', async () => {
  const allowed = { publishParams: { allowed: ['VIDEO'] } };
  const sources = ['regular', 'screen', 'videoplaylist', null];
  const peerTracks = sources.map((source) => ({
    asOf: '2026-03-12T16:00:00Z',
    peer: { id: String(source), name: String(source), templateRole: allowed },
    tracks: [{ type: 'VIDEO', source, muted: false }],
  }));
  const snapshot = { __typename: 'TracksSnapshot', cursor: '1', stale: false, peerTracks };
  // A gateway whose only event is this snapshot.
  const gateway = {
    subscribe: async function* () {
      yield { trackChanges: snapshot };
    },
    request: (_document: unknown, { messages }: { readonly messages: readonly object[] }) =>
      Promise.resolve({ sendMessages: messages.map(() => ({ __typename: 'Accepted' })) }),
    close: () => Promise.resolve(),
  } as unknown as GatewayClient;
  const { names } = await nudge(gateway, '64a00087edd3d651dc000087', 'Camera, please');
  expect(names).toEqual(['screen', 'videoplaylist', 'null']);
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
