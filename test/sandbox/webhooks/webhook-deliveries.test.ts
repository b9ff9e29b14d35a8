// The delivery log of webhooks and their replay, over HTTP.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** The received events, in order. */
  readonly received: Record<string, unknown>[];
  /** The status of the next answers. */
  status: number;
}

async function startReceiver(): Promise<Receiver> {
  const received: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
      response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port (not on a pipe) has an address of this type.
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    status: 200,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return receiver;
}

/** A room whose session has ended. The receiver has refused every event, and no retry is pending. */
async function failedDeliveries(status = 500) {
  const stack = new AsyncDisposableStack();
  const receiver = stack.use(await startReceiver());
  receiver.status = status;
  const lab = stack.use(await startTestSandbox({ webhook: { url: receiver.url } }));
  const room = lab.world.rooms.create();
  const peer = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  lab.world.leave(room.id, peer.id);
  // Real sockets need real time, so the clock is advanced only after each attempt has finished.
  for (const waitMs of [0, 1000, 3000, 10_000]) {
    await triesOver(lab, receiver, waitMs);
  }
  await lab.sandbox.webhooks.idle();
  return { ...lab, receiver, room, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function triesOver(
  lab: Awaited<ReturnType<typeof startTestSandbox>>,
  receiver: Receiver,
  waitMs: number,
): Promise<void> {
  if (receiver.status === 200 && waitMs > 0) return;
  let left = 4;
  const over = new Promise<void>((resolve) => {
    const stop = lab.sandbox.webhooks.attempts.on(() => {
      left -= 1;
      if (left > 0) return;
      stop();
      resolve();
    });
  });
  await lab.clock.advance(waitMs);
  await over;
}

describe('the log', () => {
  test('has one record per event after its last attempt, newest first', async () => {
    await using lab = await failedDeliveries();
    expect(lab.receiver.received).toHaveLength(16);
    const { body } = await lab.rest.get('/analytics/webhooks');
    expect(body).toMatchObject({
      pagination: { current_page: 1, page_size: 50, total_pages: 1, total_items: 4, has_next: false },
      summary: { total_events: 4 },
    });
    const { events } = body as { events: { payload: { original_event_name: string } }[] };
    expect(events.map(({ payload }) => payload.original_event_name).toSorted()).toEqual([
      'peer.join.success',
      'peer.leave.success',
      'session.close.success',
      'session.open.success',
    ]);
    expect(events[0]).toMatchObject({
      event_name: 'reporter.webhook.delivery.failed',
      room_id: lab.room.id,
      event_timestamp: '2026-03-12T16:00:14Z',
      payload: {
        webhook_url: lab.receiver.url,
        error_reason: 'status 500',
        event_data: { room_id: lab.room.id },
      },
    });
  });

  test('distinguishes accepted events from failed ones', async () => {
    await using lab = await failedDeliveries(200);
    const total = async (query: string): Promise<unknown> =>
      ((await lab.rest.get(`/analytics/webhooks?${query}`)).body as { summary: { total_events: number } })
        .summary.total_events;
    expect(await total('status=success')).toBe(4);
    expect(await total('status=failed')).toBe(0);
    expect(await total(`room_id=${lab.room.id}`)).toBe(4);
    expect(await total(`room_id=${'f'.repeat(24)}`)).toBe(0);
    expect(await total('event_names=peer.join.success&event_names=peer.leave.success')).toBe(2);
    expect(await total('end_time=2026-03-12T15:59:00Z&start_time=2026-03-12T15:00:00Z')).toBe(0);
  });

  test('has numbered pages', async () => {
    await using lab = await startTestSandbox({ data: 'demo' });
    const window = `start_time=${new Date(START_MS - 13 * 24 * 3600 * 1000).toISOString()}`;
    const first = await lab.rest.get(`/analytics/webhooks?${window}&limit=20`);
    const second = await lab.rest.get(`/analytics/webhooks?${window}&limit=20&page=2`);
    expect(first.body).toMatchObject({ pagination: { current_page: 1, has_next: true, has_prev: false } });
    expect(second.body).toMatchObject({ pagination: { current_page: 2, has_prev: true } });
    expect(first.body).toHaveProperty('events.length', 20);
    expect(second.body).not.toEqual(first.body);
  });

  test.each([
    ['start_time=2026-01-01T00:00:00Z', 'start_time must be within the last 30 days'],
    ['start_time=2026-02-15T00:00:00Z', 'time range must not exceed 14 days'],
    ['start_time=2026-03-12T00:00:00Z&end_time=2026-03-11T00:00:00Z', 'end_time must be after start_time'],
  ])('refuses %s', async (query, message) => {
    await using lab = await startTestSandbox();
    expect(await lab.rest.get(`/analytics/webhooks?${query}`)).toMatchObject({
      status: 400,
      body: { message },
    });
  });
});

describe('a replay', () => {
  test('sends failed events again, marked as replays, ten per second, and reports its progress', async () => {
    await using lab = await failedDeliveries();
    lab.receiver.status = 200;
    lab.receiver.received.length = 0;
    const filter = { event_names: ['peer.join.success', 'session.open.success'], room_id: lab.room.id };
    const started = await lab.rest.post('/analytics/webhooks/replay', filter);
    expect(started.body).toMatchObject({
      status: 'started',
      workflow_id: expect.stringMatching(/^webhook-replay-/),
      filters: { room_id: lab.room.id, event_types: filter.event_names },
    });
    const { workflow_id: id } = started.body as { workflow_id: string };
    expect((await lab.rest.post('/analytics/webhooks/replay', filter)).body).toMatchObject({
      workflow_id: id,
      status: 'already_running',
    });
    expect((await lab.rest.get(`/analytics/webhooks/replay/${id}`)).body).toMatchObject({
      status: 'Running',
      progress: { total: 2 },
    });
    await lab.clock.advance(100);
    await lab.clock.advance(100);
    await lab.sandbox.webhooks.idle();
    await lab.clock.advance(0);
    expect((await lab.rest.get(`/analytics/webhooks/replay/${id}`)).body).toMatchObject({
      status: 'completed',
      result: { total: 2, completed: 2, failed: 0, failed_events: [] },
    });
    const told = lab.receiver.received.map(({ type, is_replay: isReplay }) => ({ type, isReplay }));
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({ type: 'session.open.success', isReplay: true });
    expect(told).toContainEqual({ type: 'peer.join.success', isReplay: true });
  });

  test('has failed if no event was accepted', async () => {
    await using lab = await startTestSandbox({ data: 'demo' });
    const started = await lab.rest.post('/analytics/webhooks/replay', { status: 'all', limit: 2 });
    const { workflow_id: id } = started.body as { workflow_id: string };
    await lab.clock.advance(200);
    expect((await lab.rest.get(`/analytics/webhooks/replay/${id}`)).body).toMatchObject({
      status: 'failed',
      progress: { total: 2, completed: 0, failed: 2 },
      result: { failed_events: [expect.any(String), expect.any(String)] },
    });
  });

  test('with an invalid time window is refused, and an unknown replay is answered with a 404', async () => {
    await using lab = await startTestSandbox();
    const early = { start_time: '2026-01-01T00:00:00Z' };
    expect((await lab.rest.post('/analytics/webhooks/replay', early)).status).toBe(400);
    expect(
      (await lab.rest.post('/analytics/webhooks/replay', { event_names: ['room.end.success'] })).status,
    ).toBe(400);
    expect(await lab.rest.get('/analytics/webhooks/replay/none')).toMatchObject({
      status: 404,
      body: { message: 'workflow not found' },
    });
  });
});
