// The log of webhooks and its replay by real GraphQL text over the sandbox.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { graphql } from '../../generated/gql.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const HOUR_MS = 3600 * 1000;

const deliveries = graphql(`
  query Deliveries($first: Int, $after: String, $filter: WebhookDeliveryFilter) {
    webhookDeliveries(first: $first, after: $after, filter: $filter) {
      totalCount
      edges {
        node {
          hmsId
          event
          delivered
          reason
          at
          room {
            name
          }
          data
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const replay = graphql(`
  mutation ReplayWebhooks($input: ReplayWebhooksInput!) {
    replayWebhooks(input: $input) {
      __typename
      ... on StartedWebhookReplay {
        workflowId
        alreadyRunning
        replay {
          status
          total
        }
      }
      ... on InvalidInputError {
        issues {
          path
        }
      }
      ... on RefusedError {
        message
        httpStatus
      }
    }
  }
`);

const progress = graphql(`
  query ReplayProgress($workflowId: ID!) {
    webhookReplay(workflowId: $workflowId) {
      workflowId
      status
      startedAt
      completedAt
      total
      completed
      failed
      failedEventIds
    }
  }
`);

async function logged(count: number) {
  const clock = new ManualClock();
  const tested = await startTestGateway({ sandbox: { data: 'empty' }, clock });
  const { world } = tested.sandbox;
  const room = world.rooms.create({ name: 'told' });
  for (let index = 0; index < count; index += 1) {
    log(
      world,
      room.id,
      `e${index}`,
      clock.now() - HOUR_MS + index * 1000,
      index % 2 === 0 ? 'timeout' : undefined,
    );
  }
  return { ...tested, clock, world, room };
}

function log(
  world: World,
  roomId: string,
  id: string,
  atMs: number,
  error?: string,
  data: object = {},
): void {
  const event = { id, type: 'peer.join.success', data: { room_id: roomId, user_name: 'Ada', ...data } };
  world.deliveries.add({ event, url: 'https://hooks.test/?token=hush', error, atMs });
}

describe('the log', () => {
  it('lists deliveries newest first, with their number', async () => {
    await using tested = await logged(2);
    const { webhookDeliveries: page } = await tested.data(deliveries);
    expect(page).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: false } });
    expect(page?.edges.map(({ node }) => node)).toEqual([
      {
        hmsId: 'e1',
        event: 'PEER_JOIN_SUCCESS',
        delivered: true,
        reason: null,
        at: '2026-03-12T15:00:01Z',
        room: { name: 'told' },
        data: { room_id: tested.room.id, user_name: 'Ada' },
      },
      expect.objectContaining({ hmsId: 'e0', delivered: false, reason: 'timeout' }),
    ]);
  });

  it('lists each once and in order with any page size, and none that arrive while a client pages', async () => {
    await using tested = await logged(12);
    for (const first of [1, 5, 12, 100]) {
      const seen: string[] = [];
      let after: string | null = null;
      for (let pages = 0; pages < 20; pages += 1) {
        // Annotated, because TypeScript cannot infer a type from a loop that refers to itself.
        const variables: { first: number; after: string | null } = { first, after };
        const { webhookDeliveries: page } = await tested.data(deliveries, variables);
        seen.push(...(page?.edges.map(({ node }) => node.hmsId) ?? []));
        if (page?.pageInfo.hasNextPage !== true) break;
        after = page.pageInfo.endCursor ?? null;
        await tested.clock.advance(1000);
        log(tested.world, tested.room.id, `late-${first}-${pages}`, tested.clock.now());
      }
      expect(seen.filter((id) => !id.startsWith('late'))).toEqual(
        Array.from({ length: 12 }, (_, index) => `e${11 - index}`),
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.some((id) => id.startsWith(`late-${first}-`))).toBe(false);
    }
  });

  it('is filtered by time, room, event and outcome', async () => {
    await using tested = await logged(4);
    const ids = async (filter: object): Promise<string[] | undefined> =>
      (await tested.data(deliveries, { filter })).webhookDeliveries?.edges.map(({ node }) => node.hmsId);
    expect(await ids({ delivered: false })).toEqual(['e2', 'e0']);
    expect(await ids({ delivered: true, roomId: encodeGlobalId('Room', tested.room.id) })).toEqual([
      'e3',
      'e1',
    ]);
    expect(await ids({ events: ['PEER_LEAVE_SUCCESS', 'SESSION_OPEN_SUCCESS'] })).toEqual([]);
    expect(await ids({ sentAfter: '2026-03-12T15:00:01Z', sentBefore: '2026-03-12T15:00:02Z' })).toEqual([
      'e2',
      'e1',
    ]);
    expect(await ids({ sentBefore: '2026-03-12T15:00:00Z' })).toEqual(['e0']);
  });

  it.each([
    { sentAfter: '2026-02-01T00:00:00Z' },
    { sentAfter: '2026-02-20T00:00:00Z' },
    { sentAfter: '2026-03-12T15:00:00Z', sentBefore: '2026-03-12T14:00:00Z' },
    { events: ['OTHER'] },
    { roomId: 'x' },
  ])('refuses %j before it is sent', async (filter) => {
    await using tested = await logged(0);
    const { errors } = await tested.ask(deliveries, { filter });
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(tested.sandbox.ledger.count()).toBe(0);
  });

  it('shows no keys and links that give access to anything, at any depth', async () => {
    await using tested = await logged(0);
    log(tested.world, tested.room.id, 'e', tested.clock.now(), undefined, {
      recording_presigned_url: 'hush',
      rtmp: [{ url: 'hush' }],
      url: 'hush',
      meeting_url: 'hush',
      recording_path: 's3://bucket/shown',
      recording_single_files: [{ asset_id: 'shown', recording_presigned_url: 'hush' }],
      recording_thumbnails: [{ url: 'hush', location: 'hush', width: 1 }],
    });
    const answer = await tested.ask(deliveries);
    expect(JSON.stringify(answer)).not.toContain('hush');
    expect(answer).toMatchObject({
      data: {
        webhookDeliveries: {
          edges: [
            {
              node: {
                data: {
                  recording_path: 's3://bucket/shown',
                  recording_single_files: [{ asset_id: 'shown' }],
                  recording_thumbnails: [{ width: 1 }],
                },
              },
            },
          ],
        },
      },
    });
  });

  it("over the vendor's rate limit says how long to wait, which the vendor says in its text only", async () => {
    await using tested = await logged(0);
    tested.sandbox.faults.set('listWebhookDeliveries', { kind: 'status', status: 429 });
    const { errors } = await tested.ask(deliveries);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfter: 45 });
  });
});

describe('a replay', () => {
  it('is started, and its progress is read until its end', async () => {
    await using tested = await logged(4);
    const input = {
      sentAfter: '2026-03-12T14:00:00Z',
      sentBefore: '2026-03-12T16:00:00Z',
      roomId: tested.room.id,
      events: ['PEER_JOIN_SUCCESS' as const],
      limit: 10,
      offset: 1,
    };
    const { replayWebhooks: started } = await tested.data(replay, { input });
    expect(started).toMatchObject({
      __typename: 'StartedWebhookReplay',
      alreadyRunning: false,
      replay: { status: 'RUNNING', total: 1 },
    });
    expect(await tested.data(replay, { input })).toMatchObject({ replayWebhooks: { alreadyRunning: true } });
    await tested.clock.advance(100);
    const workflowId = started?.__typename === 'StartedWebhookReplay' ? started.workflowId : '';
    expect(await tested.data(progress, { workflowId })).toEqual({
      webhookReplay: {
        workflowId,
        status: 'FAILED',
        startedAt: '2026-03-12T16:00:00Z',
        completedAt: '2026-03-12T16:00:00Z',
        total: 1,
        completed: 0,
        failed: 1,
        failedEventIds: ['e2'],
      },
    });
  });

  it('of accepted deliveries is started if they are requested', async () => {
    // Two of the three deliveries had failed.
    await using tested = await logged(3);
    const taken = await tested.data(replay, { input: { delivered: true } });
    expect(taken.replayWebhooks).toMatchObject({ replay: { total: 1 } });
    const missed = await tested.data(replay, { input: {} });
    expect(missed.replayWebhooks).toMatchObject({ replay: { total: 2 } });
  });

  it.each([
    [{ sentAfter: '2026-01-01T00:00:00Z' }, ['sentAfter']],
    [{ limit: 0 }, ['limit']],
    [{ limit: 50_001 }, ['limit']],
    [{ offset: -1 }, ['offset']],
    [{ events: ['OTHER' as const] }, ['events.0']],
    [
      { sentAfter: '2026-01-01T00:00:00Z', limit: 50_001, offset: -1, events: ['OTHER' as const] },
      ['sentAfter', 'offset', 'events.0', 'limit'],
    ],
  ])('refuses %j before it is sent, with all faults', async (input, paths) => {
    await using tested = await logged(0);
    const { replayWebhooks: refused } = await tested.data(replay, { input });
    const issues = paths.map((path) => ({ path: path.split('.') }));
    expect(refused).toMatchObject({ __typename: 'InvalidInputError', issues });
    expect(tested.sandbox.ledger.count()).toBe(0);
  });

  it.each([
    [400, { __typename: 'RefusedError', httpStatus: 400, message: 'no' }],
    [403, { __typename: 'RefusedError', httpStatus: 403, message: 'no' }],
    [404, { __typename: 'NotFoundError' }],
  ])('that the vendor refuses with %i is data', async (status, expected) => {
    await using tested = await logged(0);
    tested.sandbox.faults.set('replayWebhooks', {
      kind: 'status',
      status,
      body: { code: status, message: 'no' },
    });
    expect((await tested.data(replay, { input: {} })).replayWebhooks).toEqual(expected);
  });

  it("is an error while the vendor's service is down", async () => {
    await using tested = await logged(0);
    tested.sandbox.faults.set('replayWebhooks', { kind: 'status', status: 503 });
    const { errors } = await tested.ask(replay, { input: {} });
    expect(errors?.[0]?.extensions['code']).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('that does not exist is null, and an invalid id is refused', async () => {
    await using tested = await logged(0);
    expect(await tested.data(progress, { workflowId: 'webhook-replay-x' })).toEqual({ webhookReplay: null });
    const { errors } = await tested.ask(progress, { workflowId: 'a/../b' });
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });
});
