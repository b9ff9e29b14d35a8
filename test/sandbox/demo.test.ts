// The demo data: several pages of everything, and the same data for the same seed.
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../src/openapi/document.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { idsOf, START_MS, startTestSandbox } from '../support/sandbox-client.ts';

/** All templates, rooms and sessions of a world as text. */
function textOf(world: World): string {
  const { templates, rooms, sessions } = world;
  const plain = (_key: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);
  return JSON.stringify([[...templates.all], [...rooms.all], [...sessions.all]], plain);
}

test('it has templates, many rooms, some disabled, past sessions and living rooms', async () => {
  await using lab = await startTestSandbox({ data: 'demo' });
  const { world } = lab;
  expect([...world.templates.all.values()].map(({ name }) => name)).toEqual([
    'classroom',
    'stage',
    'one-to-one',
  ]);
  expect(world.rooms.all.size).toBe(130);
  const rooms = [...world.rooms.all.values()];
  expect(rooms.filter(({ enabled }) => !enabled).length).toBeGreaterThan(3);
  expect(new Set(rooms.map(({ templateId }) => templateId)).size).toBe(3);
  const sessions = [...world.sessions.all.values()];
  const past = sessions.filter(({ active }) => !active);
  expect(past.length).toBeGreaterThan(36);
  expect(past.every(({ peers }) => [...peers.values()].every(({ leftAt }) => leftAt !== undefined))).toBe(
    true,
  );
  const live = sessions.filter(({ active }) => active);
  expect(live).toHaveLength(6);
  const tracks = live
    .flatMap(({ roomId }) => world.sessions.connectedPeers(roomId))
    .flatMap((peer) => peer.tracks.values().toArray());
  expect(new Set(tracks.map(({ mute }) => mute))).toEqual(new Set([true, false]));
  for (const { roomId } of live) {
    const peers = world.sessions.connectedPeers(roomId);
    expect(peers.length).toBeGreaterThanOrEqual(3);
    expect(peers.length).toBeLessThanOrEqual(12);
    expect(new Set(peers.map(({ userId }) => userId)).size).toBeLessThan(peers.length);
    for (const { metadata } of peers) expect(JSON.parse(metadata)).toHaveProperty('isHandRaised');
  }
});

test('lists are in descending order of ids and of creation times', async () => {
  await using lab = await startTestSandbox({ data: 'demo' });
  for (const records of [lab.world.rooms.all, lab.world.sessions.all, lab.world.templates.all]) {
    const list = [...records.values()];
    expect(list.map(({ id }) => id)).toEqual(list.map(({ id }) => id).toSorted());
    const times = list.map(({ createdAt }) => createdAt.ms);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.max(...times)).toBeLessThanOrEqual(START_MS);
  }
});

test('it contains secrets that the REST API echoes, so that tests can check that the gateway hides them', async () => {
  await using lab = await startTestSandbox({ data: 'demo' });
  const text = JSON.stringify([...lab.world.templates.all.values(), ...lab.world.rooms.all.values()]);
  for (const secret of ['demo-storage-secret', 'demo-stream-key', 'demo-room-secret', 'demo-hook-secret']) {
    expect(text).toContain(secret);
  }
});

test('every read operation answers as documented', async () => {
  await using lab = await startTestSandbox({ data: 'demo' });
  const { rest, world } = lab;
  for (const list of ['/rooms', '/sessions', '/templates']) {
    const { body } = await rest.get(`${list}?limit=100`);
    for (const id of idsOf(body)) expect((await rest.get(`${list}/${id}`)).status).toBe(200);
  }
  for (const template of world.templates.all.values()) {
    for (const part of [
      'settings',
      'destinations',
      'recordings',
      ...template.roles.keys().map((role) => `roles/${role}`),
    ]) {
      expect((await rest.get(`/templates/${template.id}/${part}`)).status).toBe(200);
    }
  }
  for (const { roomId } of [...world.sessions.all.values()].filter(({ active }) => active)) {
    expect((await rest.get(`/active-rooms/${roomId}`)).status).toBe(200);
    expect((await rest.get(`/active-rooms/${roomId}/peers`)).status).toBe(200);
    for (const { id } of world.sessions.connectedPeers(roomId)) {
      expect((await rest.get(`/active-rooms/${roomId}/peers/${id}`)).status).toBe(200);
    }
  }
});

describe('a seed', () => {
  test('gives the same data, ids too, and another seed gives other data', async () => {
    await using one = await startTestSandbox({ data: 'demo', seed: 7 });
    await using same = await startTestSandbox({ data: 'demo', seed: 7 });
    await using other = await startTestSandbox({ data: 'demo', seed: 8 });
    expect(textOf(one.world)).toBe(textOf(same.world));
    expect(textOf(one.world)).not.toBe(textOf(other.world));
    expect([...one.world.rooms.all.keys()]).not.toEqual([...other.world.rooms.all.keys()]);
  });

  test('gives the same ids whatever the time of the start', async () => {
    await using one = await startTestSandbox({ data: 'demo' });
    await using late = await startTestSandbox({
      data: 'demo',
      clock: new ManualClock(1e12),
    });
    expect([...one.world.sessions.all.keys()]).toEqual([...late.world.sessions.all.keys()]);
  });
});

test('every core operation is emulated', async () => {
  await using lab = await startTestSandbox();
  const core = new Set(['rooms', 'room-codes', 'sessions', 'templates', 'active-rooms']);
  let operations = 0;
  for (const [route, item] of Object.entries(openApiDocument.paths)) {
    for (const method of ['get', 'post', 'delete'] as const) {
      if (!item[method]?.tags.some((tag) => core.has(tag))) continue;
      operations += 1;
      const path = route.replaceAll(/\{\w+\}/g, 'x');
      const { status } = await (method === 'post' ? lab.rest.post(path, {}) : lab.rest[method](path));
      expect([200, 400, 404], `${method} ${route}`).toContain(status);
    }
  }
  expect(operations).toBe(31);
});
