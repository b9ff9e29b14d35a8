// Apollo Client, Relay and urql read answers in parts: peers are shown before the first of their tracks is read. Over real HTTP and
// WebSocket; the answers of the REST API are held by the clock.
import { createHash } from 'node:crypto';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloLink, HttpLink } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { payloadOf } from '@hms-gateway/client/relay';
import { Client, fetchExchange } from '@urql/core';
import { print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { showTracks as showByApollo } from '../../examples/apollo/tracks.ts';
import { RoomTracks, type ShowTracks } from '../../examples/peers/tracks.ts';
import { socketsTo } from '../../examples/peers/sockets.ts';
import { showTracks as showByRelay } from '../../examples/relay/tracks.ts';
import { newcomer, stage, type Stage } from '../e2e/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';

type Show = (url: string, roomId: string, show: ShowTracks) => Promise<void>;

// The types of this handler do not fit Apollo's own under exactOptionalPropertyTypes.
const alpha9 = () => new GraphQL17Alpha9Handler() as unknown as Defer20220824Handler;

const byApollo = (
  incrementalHandler: () => Defer20220824Handler,
  linkTo?: (url: string) => ApolloLink,
): Show => {
  return (url, roomId, show) => {
    const link = linkTo === undefined ? {} : { link: linkTo(url) };
    return showByApollo(url, roomId, show, { incrementalHandler: incrementalHandler(), ...link });
  };
};

const bySocket = (url: string) => new GraphQLWsLink(socketsTo(url));

/** Nothing has to be set. */
const showByUrql: Show = (url, roomId, show) => {
  const client = new Client({ url: `${url}/graphql`, exchanges: [fetchExchange], preferGetMethod: false });
  return new Promise((resolve) => {
    client.query(RoomTracks, { roomId }).subscribe(({ data, hasNext }) => {
      const edges = data?.room?.peers?.edges ?? [];
      show(edges.map((edge) => [edge?.node?.name ?? '', edge?.node?.tracks?.length ?? null]));
      if (!hasNext) resolve();
    });
  });
};

const HELD_MS = 500;

/** A room with three peers, of whose tracks the REST API says nothing until the clock is advanced. */
async function crowded(options: TestGatewayOptions = {}): Promise<Stage & { readonly clock: ManualClock }> {
  const clock = new ManualClock();
  const staged = await stage({ clock, ...options });
  for (const name of ['Grace', 'Emmy']) staged.world.join(staged.room.id, newcomer(name));
  staged.sandbox.faults.set('getActivePeer', { kind: 'latency', ms: HELD_MS });
  return { ...staged, clock };
}

const answered = ({ sandbox }: Stage) => sandbox.ledger.count({ operationId: 'getActivePeer', status: 200 });

/** Shows the room, and returns what was shown before and after the tracks were read. */
async function shown(staged: Stage & { readonly clock: ManualClock }, show: Show) {
  let peers: Parameters<ShowTracks>[0] = [];
  const all = show(staged.url, staged.room.id, (next) => {
    peers = next;
  });
  await expect.poll(() => peers.length, { interval: 5 }).toBe(3);
  const before = { peers, answered: answered(staged) };
  await expect
    .poll(
      async () => {
        await staged.clock.advance(HELD_MS);
        return answered(staged);
      },
      { interval: 5 },
    )
    .toBe(3);
  await all;
  return { before, after: peers };
}

const byName = (peers: Parameters<ShowTracks>[0]) => peers.toSorted(([a], [b]) => a.localeCompare(b));

describe.each<[name: string, show: Show]>([
  ['Apollo Client with Defer20220824Handler', byApollo(() => new Defer20220824Handler())],
  ['Apollo Client with GraphQL17Alpha9Handler', byApollo(alpha9)],
  ['Apollo Client over WebSocket', byApollo(alpha9, bySocket)],
  ['Relay', showByRelay],
  ['urql', showByUrql],
])('%s', (_name, show) => {
  it('shows peers before their tracks are read, and then both', async () => {
    await using staged = await crowded();
    const { before, after } = await shown(staged, show);
    const names = ['Ada', 'Emmy', 'Grace'];
    // They have joined at the same instant, so their order is that of their ids.
    expect(byName(before.peers)).toEqual(names.map((name) => [name, null]));
    expect(before.answered).toBe(0);
    expect(byName(after)).toEqual(names.map((name) => [name, expect.any(Number)]));
  });
});

it.each([
  ['Defer20220824Handler', () => new Defer20220824Handler()],
  ['GraphQL17Alpha9Handler', alpha9],
])('a persisted operation comes in parts too (%s)', async (_name, handler) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'hms-gateway-persisted-'));
  const text = print(RoomTracks);
  const hash = createHash('sha256').update(text).digest('hex');
  const persistedOperationsPath = join(folder.path, 'manifest.json');
  writeFileSync(persistedOperationsPath, JSON.stringify({ [hash]: text }));
  await using staged = await crowded({ config: { persistedOperations: persistedOperationsPath } });
  const persisted = new PersistedQueryLink({ generateHash: () => hash });
  const link = (url: string) => ApolloLink.from([persisted, new HttpLink({ uri: `${url}/graphql` })]);
  const { before, after } = await shown(staged, byApollo(handler, link));
  expect(before.answered).toBe(0);
  expect(after.every(([, tracks]) => tracks !== null)).toBe(true);
});

describe('the payloads of Relay', () => {
  it('of an answer that came whole are final', () => {
    expect(payloadOf({ data: { room: null } })).toEqual({
      data: { room: null },
      extensions: { is_final: true },
    });
  });

  it('of the first part are not, and of the last part are', () => {
    expect(payloadOf({ data: { room: null }, hasNext: true })).toEqual({ data: { room: null } });
    const extensions = { cost: { actual: 1 } };
    const last = { data: null, extensions: { ...extensions, is_final: true } };
    expect(payloadOf({ hasNext: false, extensions })).toEqual(last);
  });

  it('of a list are one for each element', () => {
    const incremental = [{ items: ['a', 'b'], path: ['room', 'names', 4], label: 'names' }];
    expect(payloadOf({ incremental, hasNext: true })).toEqual([
      { data: 'a', path: ['room', 'names', 4], label: 'names' },
      { data: 'b', path: ['room', 'names', 5], label: 'names' },
    ]);
  });

  it('of what has failed have no data', () => {
    const errors = [{ message: 'It failed.' }];
    const incremental = [
      { data: null, path: ['room'], label: 'a', errors },
      { items: null, path: ['room', 'b'], errors },
    ];
    expect(payloadOf({ incremental, hasNext: true })).toEqual([
      { data: null, path: ['room'], label: 'a', errors },
      { data: null, path: ['room', 'b'], errors },
    ]);
  });
});
