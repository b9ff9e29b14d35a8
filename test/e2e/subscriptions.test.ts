// Subscriptions as their clients meet them: real clients over real sockets, a gateway that polls a sandbox.
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import {
  eventStreamClient,
  openEventStream,
  webSocketClient,
  type SubscribingClient,
  type Watching,
} from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';
import { followPeers, followSessions, inShort, type PeerChange } from './documents.ts';
import {
  changesUntil,
  HISTORY,
  newcomer,
  nextChange,
  noneLeft,
  noTimerLeft,
  playHistory,
  stage,
} from './stage.ts';

const UNKNOWN_ROOM = '0123456789abcdef01234567';

/** The events after the first snapshot. The snapshot differs between clients: it has the time at which it was made. */
const behindSnapshot = (changes: readonly PeerChange[]) => changes.slice(1);

const transports: readonly (readonly [string, (url: string) => SubscribingClient])[] = [
  ['graphql-ws', webSocketClient],
  ['graphql-sse', eventStreamClient],
];

test('graphql-ws, graphql-sse and a plain event stream receive the same events of one history', async () => {
  await using staged = await stage();
  const { url, room } = staged;
  await using webSocket = webSocketClient(url);
  await using eventStream = eventStreamClient(url);
  await using raw = await openEventStream(url, followPeers, { roomId: room.id });
  const guide = webSocket.watch(followPeers, { roomId: room.id });
  const told = [(await guide.next()).peerChanges];
  const other = eventStream.watch(followPeers, { roomId: room.id });
  const toldOther = [(await other.next()).peerChanges];
  const toldRaw = [(await nextChange(raw)).change];

  await playHistory(staged, async (last) => told.push(...(await changesUntil(guide, last))));
  toldOther.push(...(await changesUntil(other, 'PeerJoined Emmy')));
  while (toldRaw.length < told.length) toldRaw.push((await nextChange(raw)).change);

  expect(told.map(inShort)).toEqual(HISTORY);
  expect(behindSnapshot(toldOther)).toEqual(behindSnapshot(told));
  expect(behindSnapshot(toldRaw)).toEqual(behindSnapshot(told));
});

test('the fields of a peer in an event equal those of the room', async () => {
  await using staged = await stage();
  const { url, world, room, ada } = staged;
  await using client = webSocketClient(url);
  const watching = client.watch(followPeers, { roomId: room.id });
  const snapshot = (await watching.next()).peerChanges;
  expect(snapshot).toMatchObject({
    peers: [{ hmsId: ada.id, name: 'Ada', role: 'host', metadata: null, connected: true }],
    session: { hmsId: ada.sessionId },
    stale: false,
  });
  world.updatePeer(room.id, ada.id, { role: 'guest' });
  expect((await watching.next()).peerChanges).toMatchObject({
    changed: ['ROLE'],
    previous: { name: 'Ada', role: 'host', metadata: null },
    peer: { role: 'guest' },
  });
  world.leave(room.id, ada.id);
  expect((await watching.next()).peerChanges).toMatchObject({
    __typename: 'PeerLeft',
    leaveReason: null,
    peer: { hmsId: ada.id, role: 'guest', connected: false },
  });
  expect((await watching.next()).peerChanges).toMatchObject({
    __typename: 'SessionEnded',
    session: { hmsId: ada.sessionId },
  });
});

describe.each(transports)('over %s', (_name, clientOf) => {
  test('`after` resumes right after the event, without loss or repetition', async () => {
    await using staged = await stage();
    const { url, world, room, ada } = staged;
    await using client = clientOf(url);
    const first = client.watch(followPeers, { roomId: room.id });
    await first.next();
    world.join(room.id, newcomer('Grace'));
    const { cursor } = (await first.next()).peerChanges;
    await first.stop();

    // Another subscriber watches all the time, so events are logged.
    const other = client.watch(followPeers, { roomId: room.id });
    await other.next();
    world.join(room.id, newcomer('Emmy'));
    await other.next();
    world.leave(room.id, ada.id);
    await other.next();

    const resumed = client.watch(followPeers, { roomId: room.id, after: cursor });
    const missed = [await resumed.next(), await resumed.next()];
    expect(missed.map(({ peerChanges }) => inShort(peerChanges))).toEqual([
      'PeerJoined Emmy ROOM',
      'PeerLeft Ada ROOM',
    ]);
  });

  test('a client that comes back receives what changed while the room was unwatched', async () => {
    await using staged = await stage();
    const { url, world, room } = staged;
    await using client = clientOf(url);
    const first = client.watch(followPeers, { roomId: room.id });
    const { cursor } = (await first.next()).peerChanges;
    await first.stop();
    world.join(room.id, newcomer('Grace'));
    const resumed = client.watch(followPeers, { roomId: room.id, after: cursor });
    expect(inShort((await resumed.next()).peerChanges)).toBe('PeerJoined Grace ROOM');
  });

  test('an invalid `after` and an unknown room are refused, and other subscriptions go on', async () => {
    await using staged = await stage();
    const { url, world, room } = staged;
    await using client = clientOf(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();
    const foreign = await cursorOfSessions(client);
    for (const [variables, code] of [
      [{ roomId: room.id, after: 'nonsense' }, 'BAD_USER_INPUT'],
      [{ roomId: room.id, after: foreign }, 'BAD_USER_INPUT'],
      [{ roomId: 'no id' }, 'BAD_USER_INPUT'],
      [{ roomId: UNKNOWN_ROOM }, 'NOT_FOUND'],
    ] as const) {
      const refused = client.watch(followPeers, variables);
      expect(await refused.answer()).toMatchObject({ errors: [{ extensions: { code } }] });
      expect(await refused.answer()).toBeNull();
    }
    world.join(room.id, newcomer('Grace'));
    expect(inShort((await watching.next()).peerChanges)).toBe('PeerJoined Grace ROOM');
  });

  test('invalid documents are refused with a code, and other subscriptions go on', async () => {
    await using staged = await stage();
    const { url, world, room } = staged;
    await using client = clientOf(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();
    for (const [document, code] of [
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['subscription { peersChange }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription ($id: ID!) { peerChanges(roomId: $id) { cursor } }', 'BAD_USER_INPUT'],
    ] as const) {
      expect(await codeOf(client.watch(document, {}))).toBe(code);
    }
    world.join(room.id, newcomer('Grace'));
    expect(inShort((await watching.next()).peerChanges)).toBe('PeerJoined Grace ROOM');
  });

  test('a filter reports peers that begin or cease to match', async () => {
    await using staged = await stage();
    const { url, world, room, ada } = staged;
    await using client = clientOf(url);
    const watching = client.watch(followPeers, { roomId: room.id, filter: { role: 'guest' } });
    const told = [(await watching.next()).peerChanges];
    const change = async (act: () => unknown) => {
      act();
      told.push((await watching.next()).peerChanges);
    };
    await change(() => world.join(room.id, newcomer('Grace')));
    await change(() => world.updatePeer(room.id, ada.id, { role: 'guest' }));
    await change(() => world.updatePeer(room.id, ada.id, { metadata: 'hi' }));
    await change(() => world.updatePeer(room.id, ada.id, { role: 'host' }));
    expect(told.map(inShort)).toEqual([
      'PeersSnapshot SUBSCRIBED []',
      'PeerJoined Grace ROOM',
      'PeerJoined Ada FILTER',
      'PeerUpdated Ada METADATA',
      'PeerLeft Ada FILTER',
    ]);
    // A peer that ceases to match is still in the room.
    expect(told.at(-1)).toMatchObject({ peer: { connected: true, role: 'host' }, leaveReason: null });
  });

  test('`sessionChanges` reports the starts and ends of sessions of all rooms', async () => {
    await using staged = await stage();
    const { url, world, room, ada } = staged;
    await using client = clientOf(url);
    const watching = client.watch(followSessions, {});
    const { sessionChanges: snapshot } = await watching.next();
    expect(snapshot).toMatchObject({
      __typename: 'SessionsSnapshot',
      reason: 'SUBSCRIBED',
      stale: false,
      sessions: [{ hmsId: ada.sessionId, room: { hmsId: room.id } }],
    });
    const [other] = addRooms(world, 1, 'other');
    const emmy = world.join(other?.id ?? '', newcomer('Emmy'));
    const { sessionChanges: started } = await watching.next();
    expect(started).toMatchObject({ __typename: 'SessionStarted', session: { hmsId: emmy.sessionId } });
    world.leave(room.id, ada.id);
    const { sessionChanges: ended } = await watching.next();
    expect(ended).toMatchObject({ __typename: 'SessionEnded', session: { hmsId: ada.sessionId } });

    const resumed = client.watch(followSessions, { after: started.cursor });
    expect((await resumed.next()).sessionChanges).toEqual(ended);
    expect(await client.watch(followSessions, { after: 'nonsense' }).answer()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('`tracks` is refused in a subscription, and the rest of the event is answered', async () => {
    await using staged = await stage();
    const { url, room } = staged;
    staged.sandbox.ledger.clear();
    await using client = clientOf(url);
    const watching = client.watch<unknown>(
      `subscription ($roomId: ID!) {
        peerChanges(roomId: $roomId) { ... on PeersSnapshot { peers { name tracks { hmsId } } } }
      }`,
      { roomId: room.id },
    );
    expect(await watching.answer()).toMatchObject({
      data: { peerChanges: { peers: [{ name: 'Ada', tracks: null }] } },
      errors: [
        {
          path: ['peerChanges', 'peers', 0, 'tracks'],
          extensions: { code: 'LIMIT_EXCEEDED', limit: 'tracks' },
        },
      ],
    });
    expect(staged.sandbox.ledger.count({ operationId: 'getActivePeer' })).toBe(0);
  });

  test('when the only client unsubscribes, the polling ends', async () => {
    const clock = new ManualClock();
    await using staged = await stage({ clock });
    const { url, room, sandbox, gateway } = staged;
    await using client = clientOf(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();
    expect(clock.pending).toBeGreaterThan(0);
    await watching.stop();
    await noneLeft(gateway);
    await noTimerLeft(clock);
    const { length } = sandbox.ledger.entries;
    await clock.advance(60_000);
    expect(sandbox.ledger.entries).toHaveLength(length);
  });

  test('a client that disconnects before its first event leaves no subscription behind', async () => {
    const clock = new ManualClock();
    await using staged = await stage({ clock });
    const { url, room, sandbox, gateway } = staged;
    sandbox.faults.set('*', { kind: 'hang' });
    const asked = sandbox.ledger.arrival(() => true);
    const client = clientOf(url);
    const waiting = client.watch(followPeers, { roomId: room.id }).answer();
    await asked;
    expect(gateway.services.live.gauges().subscribers).toBe(1);
    await client[Symbol.asyncDispose]();
    await waiting.catch(() => null);
    await noneLeft(gateway);
    await noTimerLeft(clock);
  });
});

/** The code with which a subscription is refused, before or with its first answer. */
async function codeOf(watching: Watching<unknown>): Promise<unknown> {
  // graphql-ws throws the list of errors of an operation that does not run; graphql-sse throws an error with the
  // response.
  const refusal: unknown = await watching.answer().catch((error: unknown) => error);
  const found = /"code":"(\w+)"/.exec(JSON.stringify(refusal));
  return found?.[1] ?? refusal;
}

async function cursorOfSessions(client: SubscribingClient): Promise<string> {
  await using sessions = client.watch(followSessions, {});
  return (await sessions.next()).sessionChanges.cursor;
}
