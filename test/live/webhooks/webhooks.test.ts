// Webhooks in the live core: checked leniently, accepted once, passed on to subscribers, and a hint to poll the room.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../src/openapi/document.ts';
import { InvalidWebhookError } from '../../../src/live/errors.ts';
import { parseWebhook, type WebhookEvent } from '../../../src/live/webhooks/webhook-event.ts';
import { Scene, summary } from '../scene.ts';

function samples(name: string): unknown[] {
  const text = readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as unknown[];
}

const all = [...samples('webhooks-core'), ...samples('webhooks-media')];

function event(type: string, data: Record<string, unknown>, id = `${Math.random()}`): WebhookEvent {
  return parseWebhook({ id, type, data: { room_id: 'r', ...data } });
}

const left = (peerId: string, more: Record<string, unknown> = {}) =>
  event('peer.leave.success', { session_id: 's', peer_id: peerId, left_at: '2026-03-12T16:47:59Z', ...more });

describe('the check of a body', () => {
  test('returns every sample unchanged, and the samples cover all documented types', () => {
    const types = all.map((sample) => {
      const parsed = parseWebhook(sample);
      expect(parsed).toBe(sample);
      return parsed.type;
    });
    const schema = openApiDocument.components.schemas['WebhookEvent'];
    // The document is untyped JSON: the path to the enum is known from reading it.
    const documented = schema?.['properties'] as { type: { enum: string[] } } | undefined;
    expect([...new Set(types)].sort()).toEqual(documented?.type.enum.toSorted());
    expect(new Set(types).size).toBe(32);
  });

  test('keeps unknown types and keys', () => {
    const body = { id: '1', type: 'poll.started.success', data: { room_id: 'r', novelty: [1] } };
    expect(parseWebhook(body)).toBe(body);
  });

  test.each([
    ['a string', 'text'],
    ['null', null],
    ['an array', []],
    ['no id', { type: 'x', data: {} }],
    ['an empty type', { id: '1', type: '', data: {} }],
    ['an id without end', { id: 'x'.repeat(257), type: 'x', data: {} }],
    ['no data', { id: '1', type: 'x' }],
    ['data that is a list', { id: '1', type: 'x', data: [] }],
    ['an id that is an object', { id: {}, type: 'x', data: {} }],
    ['a type that is null', { id: '1', type: null, data: {} }],
  ])('refuses %s', (_, body) => {
    expect(() => parseWebhook(body)).toThrow(InvalidWebhookError);
  });

  test.each([
    ['duration', '79', 79],
    ['session_duration', '12.5', 12.5],
    ['error_code', 'ROOM_LOCKED', null],
    ['duration', '', null],
    ['user_id', 42, '42'],
    ['room_id', 7, '7'],
    ['user_data', { hand: true }, null],
    ['reason', ['left'], null],
    ['joined_at', true, null],
    ['lock_room', 'true', true],
    ['lock_room', 'perhaps', null],
    ['lock_room', 1, null],
  ])('accepts %s with the value %j as %j', (key, value, taken) => {
    const body = { id: '1', type: 'x', data: { room_id: 'r', novelty: [1], [key]: value } };
    const { data, ...rest } = parseWebhook(body);
    expect(data).toEqual({ room_id: 'r', novelty: [1], [key]: taken });
    expect(rest).toEqual({ id: '1', type: 'x' });
    expect(body.data).toHaveProperty(key, value);
  });

  test('accepts malformed keys of the envelope too', () => {
    const body = { id: 17, type: 'x', timestamp: {}, version: 2, account_id: [], data: {} };
    expect(parseWebhook(body)).toMatchObject({ id: '17', timestamp: null, version: '2', account_id: null });
  });
});

describe('receive', () => {
  test('a repeated delivery is recognized by its id', () => {
    using scene = new Scene();
    expect(scene.live.receive(event('x', {}, 'same'))).toBe('accepted');
    expect(scene.live.receive(event('y', {}, 'same'))).toBe('duplicate');
  });

  test('a replay under another id is recognized by its content', () => {
    using scene = new Scene();
    expect(scene.live.receive(left('a'))).toBe('accepted');
    expect(scene.live.receive(left('a'))).toBe('duplicate');
    expect(scene.live.receive(left('a', { left_at: '2026-03-12T16:48:00Z' }))).toBe('accepted');
    expect(scene.live.receive(left('b'))).toBe('accepted');
  });

  test('two failures of one kind are two events', () => {
    using scene = new Scene();
    const failure = () => event('peer.join.failure', { peer_id: 'a', joined_at: '0001-01-01T00:00:00Z' });
    expect([scene.live.receive(failure()), scene.live.receive(failure())]).toEqual(['accepted', 'accepted']);
  });

  test('a delivery is remembered for a day', async () => {
    using scene = new Scene();
    scene.live.receive(event('x', {}, 'same'));
    await scene.clock.advance(24 * 3_600_000);
    expect(scene.live.receive(event('x', {}, 'same'))).toBe('duplicate');
    await scene.clock.advance(24 * 3_600_000 + 1);
    expect(scene.live.receive(event('x', {}, 'same'))).toBe('accepted');
  });

  test('of all documented types, the end of a room alone drops the cached room, once a delivery', () => {
    using scene = new Scene();
    const dropping = all.map(parseWebhook).filter((sample) => {
      scene.upstream.forgotten.length = 0;
      scene.live.receive(sample);
      scene.live.receive(sample);
      expect(scene.upstream.forgotten.every((roomId) => roomId === sample.data.room_id)).toBe(true);
      return scene.upstream.forgotten.length === 1;
    });
    expect(dropping.map(({ type }) => type)).toEqual(['room.end.success']);
  });

  test('a webhook without a room is accepted, and causes no poll', () => {
    using scene = new Scene();
    expect(scene.live.receive({ id: '1', type: 'new.kind', data: {} })).toBe('accepted');
  });

  test('a webhook makes the gateway poll at once, and gives the leave reason', async () => {
    using scene = new Scene();
    const room = scene.upstream.room('r');
    room.join({ id: 'a' });
    room.join({ id: 'b' });
    const client = await scene.client();
    room.leave('a');
    scene.live.receive(left('a', { reason: 'peer kicked' }));
    await scene.clock.advance(0);
    expect(summary(client, 1)).toEqual(['left a']);
    expect(client.received.at(-1)).toMatchObject({ leaveReason: 'peer kicked' });
  });

  test('a webhook alone causes no event: a poll must show the change', async () => {
    using scene = new Scene();
    scene.upstream.room('r').join({ id: 'a' });
    const client = await scene.client();
    scene.live.receive(left('a'));
    scene.live.receive(event('session.close.success', { session_id: 's', session_stopped_at: 'now' }));
    await scene.clock.advance(60_000);
    expect(summary(client)).toEqual(['snapshot SUBSCRIBED']);
  });

  test('a repeated delivery causes no poll', async () => {
    using scene = new Scene();
    scene.upstream.room('r').join();
    await scene.client();
    const hook = left('a');
    scene.live.receive(hook);
    await scene.clock.advance(0);
    expect(await scene.callsDuring(() => void scene.live.receive(hook))).toEqual([]);
  });
});

describe('roomEvents', () => {
  test('yields the webhooks of a room, of the requested types, as received', async () => {
    using scene = new Scene();
    const every = scene.live.roomEvents('r');
    const some = scene.live.roomEvents('r', new Set(['hls.started.success']));
    const other = scene.live.roomEvents('other');
    const [first, second] = [left('a'), event('hls.started.success', { url: 'https://cdn.example.com/x' })];
    scene.live.receive(first);
    scene.live.receive(second);
    scene.live.close();
    expect([(await every.next()).value, (await every.next()).value]).toEqual([first, second]);
    expect((await some.next()).value).toBe(second);
    expect((await other.next()).done).toBe(true);
  });

  test('makes no request', async () => {
    using scene = new Scene();
    scene.live.roomEvents('r');
    expect(await scene.callsDuring(() => scene.clock.advance(60_000))).toEqual([]);
    expect(scene.clock.pending).toBe(0);
  });

  test('a slow subscriber loses the oldest', async () => {
    using scene = new Scene({ queueSize: 2 });
    const reader = scene.live.roomEvents('r');
    for (const peer of ['a', 'b', 'c']) scene.live.receive(left(peer));
    expect((await reader.next()).value).toMatchObject({ data: { peer_id: 'b' } });
  });

  test('a subscriber that leaves is no longer counted', async () => {
    using scene = new Scene();
    const readers = [scene.live.roomEvents('r'), scene.live.roomEvents('r')];
    expect(scene.live.gauges().subscribers).toBe(2);
    for (const reader of readers) await reader.return?.();
    expect(scene.live.gauges().subscribers).toBe(0);
  });
});
