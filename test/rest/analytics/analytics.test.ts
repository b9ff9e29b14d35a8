// The endpoints of analytics and of the webhook log against the sandbox, and the wait after a 429.
import { describe, expect, it } from 'vitest';
import { getPeerQuality, listAnalyticsEvents } from '../../../src/rest/analytics/analytics.ts';
import {
  RestBadResponseError,
  RestNotFoundError,
  RestRateLimitedError,
  RestRefusedError,
  RestUnavailableError,
} from '../../../src/rest/errors.ts';
import {
  getWebhookReplay,
  listWebhookDeliveries,
  replayWebhooks,
} from '../../../src/rest/webhooks/webhook-deliveries.ts';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { mockedRest, rejection } from '../client/support.ts';

const ROOM = 'f'.repeat(24);
const window = { startTime: '2026-03-12T00:00:00.000Z', endTime: '2026-03-12T16:00:00.000Z' };

describe('the events of a room', () => {
  it('are requested with all filters, several types as a repeated key, and paginated by `next`', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const { id: roomId } = sandbox.world.rooms.create();
    sandbox.world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada', publish: ['audio', 'video'] });
    const first = await listAnalyticsEvents(client, { roomId, limit: 1 });
    expect(first).toMatchObject({ items: [{ type: 'track.add.success' }], total: 2 });
    const start = first.next ?? '';
    expect(await listAnalyticsEvents(client, { roomId, limit: 1, start })).toMatchObject({ next: null });
    const types = ['track.add.success', 'client.join.failed'];
    const filter = { types, sessionId: 's', peerId: 'p', userId: 'u', beamId: 'b', error: false };
    await listAnalyticsEvents(client, { roomId, ...filter, limit: 100 });
    expect(lines()).toEqual([
      `GET /analytics/events?room_id=${roomId}&limit=1`,
      `GET /analytics/events?${new URLSearchParams({ room_id: roomId, limit: '1', start })}`,
      `GET /analytics/events?room_id=${roomId}&type=track.add.success&type=client.join.failed` +
        '&session_id=s&peer_id=p&user_id=u&beam_id=b&error=false&limit=100',
    ]);
  });

  it('may have unknown kinds; a list that is null or missing is empty', async () => {
    await using rest = mockedRest();
    const later = { id: 'e', type: 'track.frozen', data: { room_id: ROOM } };
    rest.answer(
      { body: { events: [later], next: '', total: 1, limit: 1 } },
      { body: { events: null, total: 0 } },
    );
    const page = { roomId: ROOM, limit: 10 };
    expect(await listAnalyticsEvents(rest.client, page)).toEqual({ items: [later], next: null, total: 1 });
    expect(await listAnalyticsEvents(rest.client, page)).toEqual({ items: [], next: null, total: 0 });
  });

  it('in an answer of another shape are refused', async () => {
    await using rest = mockedRest();
    rest.answer({ body: { data: [] } });
    await rejection(listAnalyticsEvents(rest.client, { roomId: ROOM, limit: 10 }), RestBadResponseError);
  });
});

describe("the quality of a peer's connection", () => {
  it('is read by peer and session', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const room = sandbox.world.rooms.create();
    const { id: peerId, sessionId } = sandbox.world.join(room.id, {
      name: 'Ada',
      role: 'host',
      userId: 'ada',
    });
    expect(await getPeerQuality(client, { peerId, sessionId })).toMatchObject({ peer_id: peerId });
    await rejection(getPeerQuality(client, { peerId, sessionId: ROOM }), RestNotFoundError);
    expect(lines()[0]).toBe(`GET /analytics/peer-stats?peer_id=${peerId}&session_id=${sessionId}`);
  });
});

describe('the log of webhooks', () => {
  it('is requested with all filters, in numbered pages', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const event = { id: 'e', type: 'peer.join.success', data: { room_id: ROOM } };
    sandbox.world.deliveries.add({
      event,
      url: 'https://x.test',
      error: 'timeout',
      atMs: sandbox.world.now(),
    });
    const filter = { ...window, roomId: ROOM, status: 'failed' as const };
    const eventNames = ['peer.join.success', 'peer.leave.success'];
    const page = await listWebhookDeliveries(client, { ...filter, eventNames, limit: 1, page: 1 });
    expect(page).toMatchObject({
      total: 1,
      items: [{ event_id: 'e', payload: { error_reason: 'timeout' } }],
    });
    expect(lines()).toEqual(
      [
        '/analytics/webhooks?start_time=2026-03-12T00%3A00%3A00.000Z&end_time=2026-03-12T16%3A00%3A00.000Z' +
          `&room_id=${ROOM}&status=failed&event_names=peer.join.success&event_names=peer.leave.success&limit=1&page=1`,
      ].map((path) => `GET ${path}`),
    );
  });

  it('refuses a window that is too wide', async () => {
    const { client } = await sandboxedRest();
    const wide = { startTime: '2026-02-20T00:00:00.000Z', endTime: window.endTime, limit: 10, page: 1 };
    const error = await rejection(listWebhookDeliveries(client, wide), RestRefusedError);
    expect(error.vendorMessage).toBe('time range must not exceed 14 days');
  });

  it('states the wait after a 429 in the text only', async () => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('listWebhookDeliveries', { kind: 'status', status: 429 });
    const error = await rejection(
      listWebhookDeliveries(client, { ...window, limit: 10, page: 1 }),
      RestRateLimitedError,
    );
    expect(error.retryAfterSeconds).toBe(45);
  });

  it('that answers 429 holds back only its own calls; rooms are read meanwhile', async () => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('listWebhookDeliveries', { kind: 'status', status: 429 }, { times: 1 });
    const { id: roomId } = sandbox.world.rooms.create();
    const list = () => listWebhookDeliveries(client, { ...window, limit: 10, page: 1 });
    await rejection(list(), RestRateLimitedError);
    expect((await getRoom(client, roomId)).id).toBe(roomId);
    await rejection(list(), RestRateLimitedError);
    expect(sandbox.ledger.entries.map(({ operationId }) => operationId)).toEqual([
      'listWebhookDeliveries',
      'getRoom',
    ]);
  });

  it('is replayed, and the progress of the replay is read', async () => {
    const { client, clock } = await sandboxedRest();
    const { workflow_id: id } = await replayWebhooks(client, { status: 'all' });
    await clock.advance(0);
    expect(await getWebhookReplay(client, id)).toMatchObject({ status: 'completed', result: { total: 0 } });
    await rejection(getWebhookReplay(client, 'none'), RestNotFoundError);
  });

  it('cannot be replayed while the service is down', async () => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('replayWebhooks', { kind: 'status', status: 503 });
    await rejection(replayWebhooks(client, {}), RestUnavailableError);
  });
});
