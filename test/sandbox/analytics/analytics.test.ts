// Analytics of the sandbox over HTTP. The client checks every answer against the OpenAPI document.
import { describe, expect, test } from 'vitest';
import type { PeerRecord } from '../../../src/sandbox/records.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import {
  managementToken,
  restClient,
  startTestSandbox,
  type RestClient,
} from '../../support/sandbox-client.ts';

const NOWHERE = 'f'.repeat(24);
const DAY_MS = 24 * 3600 * 1000;

interface Page {
  readonly total: number;
  readonly limit: number;
  readonly next: string;
  readonly events: readonly { readonly id: string; readonly type: string }[];
}

/** A client whose token is valid at this time. */
async function startedAgain(sandbox: Sandbox, nowMs: number): Promise<RestClient> {
  return restClient(sandbox, await managementToken({ now: nowMs / 1000 }));
}

/** A peer with a microphone and a camera. Each change of `mute` creates an event. */
function publisher(world: World): { roomId: string; peer: PeerRecord } {
  const room = world.rooms.create();
  const peer = world.join(room.id, {
    name: 'Ada',
    role: 'host',
    userId: 'ada',
    publish: ['audio', 'screen'],
  });
  return { roomId: room.id, peer };
}

describe('the events of a room', () => {
  test('report tracks that are added, muted and removed, newest first', async () => {
    await using lab = await startTestSandbox();
    const { roomId, peer } = publisher(lab.world);
    await lab.clock.advance(1000);
    lab.world.setMute(roomId, peer.id, 'audio', true);
    await lab.clock.advance(1000);
    lab.world.leave(roomId, peer.id);
    const { body } = await lab.rest.get(`/analytics/events?room_id=${roomId}&limit=100`);
    const page = body as Page;
    expect(page.events.map(({ type }) => type)).toEqual([
      'track.remove.success',
      'track.remove.success',
      'track.update.success',
      'track.add.success',
      'track.add.success',
    ]);
    expect(page).toMatchObject({ total: 5, limit: 5, next: '' });
    expect(page.events[2]).toMatchObject({
      version: '2.0',
      data: {
        room_id: roomId,
        peer_id: peer.id,
        user_name: 'Ada',
        type: 'audio',
        source: 'regular',
        mute: true,
      },
    });
    expect(page.events[0]).toMatchObject({
      data: {
        type: 'video',
        source: 'screen',
        started_at: expect.stringMatching(/^2026-03-12T16:00:00/),
        stopped_at: expect.stringMatching(/^2026-03-12T16:00:02/),
      },
    });
  });

  test('report a client that lost its connection, also when only errors are requested', async () => {
    await using lab = await startTestSandbox();
    const { roomId, peer } = publisher(lab.world);
    lab.world.leave(roomId, peer.id, 'websocket closed');
    const { body } = await lab.rest.get(`/analytics/events?room_id=${roomId}&error=true`);
    expect(body).toMatchObject({
      total: 1,
      events: [{ type: 'client.disconnected', data: { peer_id: peer.id, is_terminal: true } }],
    });
  });

  test('are filtered by several types, and by session, peer and user', async () => {
    await using lab = await startTestSandbox();
    const { roomId, peer } = publisher(lab.world);
    lab.world.join(roomId, { name: 'Bob', role: 'guest', userId: 'bob', publish: ['audio'] });
    lab.world.setMute(roomId, peer.id, 'audio', true);
    lab.world.leave(roomId, peer.id);
    const count = async (query: string): Promise<number> => {
      const { body } = await lab.rest.get(`/analytics/events?room_id=${roomId}&${query}`);
      return (body as Page).total;
    };
    expect(await count('type=track.add.success')).toBe(3);
    expect(await count('type=track.add.success&type=track.update.success')).toBe(4);
    expect(await count(`peer_id=${peer.id}`)).toBe(5);
    expect(await count('user_id=bob')).toBe(1);
    expect(await count(`session_id=${peer.sessionId}`)).toBe(6);
    expect(await count(`session_id=${NOWHERE}`)).toBe(0);
    expect(await count('beam_id=x&type=beam.recording.success')).toBe(0);
  });

  test('are paged by `next` through the state at the time of the first page', async () => {
    await using lab = await startTestSandbox();
    const { roomId, peer } = publisher(lab.world);
    for (let index = 0; index < 7; index += 1) lab.world.setMute(roomId, peer.id, 'audio', index % 2 === 0);
    const path = `/analytics/events?room_id=${roomId}&limit=4`;
    const first = (await lab.rest.get(path)).body as Page;
    lab.world.setMute(roomId, peer.id, 'screen', true);
    const second = (await lab.rest.get(`${path}&start=${encodeURIComponent(first.next)}`)).body as Page;
    const third = (await lab.rest.get(`${path}&start=${encodeURIComponent(second.next)}`)).body as Page;
    expect([first.total, second.limit, third.limit, third.next]).toEqual([9, 4, 1, '']);
    const ids = [...first.events, ...second.events, ...third.events].map(({ id }) => id);
    expect(new Set(ids).size).toBe(9);
    expect(((await lab.rest.get(path)).body as Page).total).toBe(10);
  });

  test('are no longer found after 30 days, and a snapshot expires after 24 hours', async () => {
    await using lab = await startTestSandbox();
    const { roomId } = publisher(lab.world);
    const path = `/analytics/events?room_id=${roomId}&limit=1`;
    const { next } = (await lab.rest.get(path)).body as Page;
    const start = encodeURIComponent(next);
    await lab.clock.advance(DAY_MS);
    const renewed = await startedAgain(lab.sandbox, lab.clock.now());
    expect((await renewed.get(`${path}&start=${start}`)).status).toBe(200);
    await lab.clock.advance(1);
    expect((await renewed.get(`${path}&start=${start}`)).status).toBe(400);
    await lab.clock.advance(29 * DAY_MS);
    const old = await startedAgain(lab.sandbox, lab.clock.now());
    expect(((await old.get(path)).body as Page).total).toBe(0);
  });

  test.each([
    ['limit=10', 400],
    [`room_id=${NOWHERE}`, 404],
    ['room_id=ROOM&type=track.added', 400],
    ['room_id=ROOM&start=nonsense', 400],
  ])('refuse %s with %i', async (query, status) => {
    await using lab = await startTestSandbox();
    const { roomId } = publisher(lab.world);
    expect((await lab.rest.get(`/analytics/events?${query.replace('ROOM', roomId)}`)).status).toBe(status);
  });

  test('include the recordings of the demo data, without the keys that only webhooks have', async () => {
    await using lab = await startTestSandbox({ data: 'demo' });
    const recorded = [...lab.world.jobs.all.values()].filter(
      ({ kind, status }) => kind === 'recording' && status === 'completed',
    );
    const pages = await Promise.all(
      [...new Set(recorded.map(({ roomId }) => roomId))].map((roomId) =>
        lab.rest.get(`/analytics/events?room_id=${roomId}&type=beam.recording.success`),
      ),
    );
    const events = pages.flatMap(({ body }) => (body as Page).events);
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toMatch(/"(chat_|metadata_|recording_id)/);
  });
});

describe("the quality of a peer's connection", () => {
  test('has a sample every 10 seconds for each track sent and received, the same at every request', async () => {
    await using lab = await startTestSandbox();
    const { roomId, peer } = publisher(lab.world);
    await lab.clock.advance(20_000);
    lab.world.join(roomId, { name: 'Bob', role: 'guest', userId: 'bob', publish: ['audio', 'video'] });
    await lab.clock.advance(30_000);
    const path = `/analytics/peer-stats?peer_id=${peer.id}&session_id=${peer.sessionId}`;
    expect((await lab.rest.get(path)).body).toMatchObject({ publisher: { video: [], audio: [] } });
    lab.world.endSession(roomId);
    const { body } = await lab.rest.get(path);
    expect(body).toMatchObject({ peer_id: peer.id, session_id: peer.sessionId, room_id: roomId });
    const seconds = (from: number, count: number): number[] =>
      Array.from(
        { length: count },
        (_, index) => Date.parse('2026-03-12T16:00:00Z') + (from + 10 * (index + 1)) * 1000,
      );
    expect(body).toHaveProperty('publisher.audio.0.time_series.timestamps', seconds(0, 5));
    expect(body).toHaveProperty('publisher.video.0.type', 'screen');
    expect(body).toHaveProperty('publisher.video.0.time_series.fps.length', 5);
    expect(body).toHaveProperty('subscriber.audio.0.time_series.timestamps', seconds(20, 3));
    expect(body).toHaveProperty('subscriber.video.0.time_series.bitrate', [null, null, null]);
    expect((await lab.rest.get(path)).body).toEqual(body);
  });

  test('is refused without a peer or its session', async () => {
    await using lab = await startTestSandbox();
    const { peer } = publisher(lab.world);
    expect((await lab.rest.get(`/analytics/peer-stats?peer_id=${peer.id}`)).status).toBe(400);
    const elsewhere = `/analytics/peer-stats?peer_id=${peer.id}&session_id=${NOWHERE}`;
    expect((await lab.rest.get(elsewhere)).status).toBe(404);
  });
});
