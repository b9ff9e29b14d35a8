// Subscriptions that run while their caller's rights change: the token expires, the participant leaves, is removed, or
// gets another role.
import { expect, test } from 'vitest';
import { codesOf, type Answer } from '../support/gateway.ts';
import {
  eventStreamClient,
  webSocketClient,
  type SubscribingClient,
  type Watching,
} from '../support/sockets.ts';
import { startStage, whileTimeGoesOn, type AccessStage } from './stage.ts';
import { askOverHttp } from './transports.ts';

/** The intervals of polls and session checks, in milliseconds of the gateway's clock. */
const FAST = { pollIntervalMs: 20, pollMaxIntervalMs: 20, sessionCheckMs: 20 };
/** For tests in which a token expires: with the short intervals there would be 3000 polls until then. */
const CALM = { pollIntervalMs: 5000, pollMaxIntervalMs: 5000, sessionCheckMs: 5000 };

/** A token is accepted for a minute after its expiry, because clocks differ. */
const TOLERANCE_SECONDS = 60;

const changes = (room: string, args = '') => `subscription {
  peerChanges(roomId: "${room}"${args}) {
    __typename
    ... on PeerJoined { peer { name } }
    ... on PeerLeft { peer { name } }
  }
}`;

const clients = [
  { over: 'an event stream', clientOf: eventStreamClient },
  { over: 'WebSocket', clientOf: webSocketClient },
] as const;

/** The next answer of a subscription: an event, or an error that ends the operation. */
function nextOf<Data>(watching: Watching<Data>, { clock }: AccessStage): Promise<Answer | null> {
  return whileTimeGoesOn(watching.answer(), clock);
}

/** Subscribes, and waits for the first event. */
async function watchFrom(
  client: SubscribingClient,
  document: string,
  stage: AccessStage,
): Promise<Watching<unknown>> {
  const watching = client.watch(document, {});
  const first = await nextOf(watching, stage);
  expect(first?.errors).toBeUndefined();
  return watching;
}

/** Tokens that expire after this number of seconds. */
const endingTokens = {
  "an identity provider's token": ({ doorkeeper, clock }: AccessStage, seconds: number) =>
    doorkeeper.token({ scope: '*', exp: Math.floor(clock.now() / 1000) + seconds }),
  "a participant's token": ({ joiningToken, cast }: AccessStage, seconds: number) =>
    joiningToken('plain', cast.room, seconds),
} as const;

test.each(Object.entries(endingTokens))(
  'the expiry of %s ends its event streams with an error',
  async (_name, tokenOf) => {
    await using stage = await startStage(CALM);
    await using client = eventStreamClient(await stage.tested.gateway.listen(), await tokenOf(stage, 5));
    await using watching = await watchFrom(client, changes(stage.cast.room), stage);
    const end = watching.answer();
    await stage.clock.advance((5 + TOLERANCE_SECONDS) * 1000);
    expect(codesOf(await end)).toEqual(['UNAUTHENTICATED']);
    expect(await watching.answer()).toBeNull();
  },
);

test.each(Object.entries(endingTokens))(
  'the expiry of %s closes its WebSocket with 4403',
  async (_name, tokenOf) => {
    await using stage = await startStage(CALM);
    await using client = webSocketClient(await stage.tested.gateway.listen(), await tokenOf(stage, 5));
    await using peers = await watchFrom(client, changes(stage.cast.room), stage);
    await using others = await watchFrom(
      client,
      changes(stage.cast.room, ', filter: { role: "host" }'),
      stage,
    );
    const ends = [peers.answer(), others.answer()].map((end) =>
      expect(end).rejects.toMatchObject({ code: 4403 }),
    );
    await stage.clock.advance((5 + TOLERANCE_SECONDS) * 1000);
    await Promise.all(ends);
  },
);

test("a subscription with a key without expiry goes on when a token's subscription to the same room ends", async () => {
  await using stage = await startStage(CALM);
  const url = await stage.tested.gateway.listen();
  await using forever = eventStreamClient(url, stage.doorkeeper.key({ scopes: ['peers:read'] }));
  await using ending = eventStreamClient(url, await stage.joiningToken('plain', stage.cast.room, 5));
  await using kept = await watchFrom(forever, changes(stage.cast.room), stage);
  await using ended = await watchFrom(ending, changes(stage.cast.room), stage);
  const end = ended.answer();
  await stage.clock.advance((5 + TOLERANCE_SECONDS) * 1000);
  expect(codesOf(await end)).toEqual(['UNAUTHENTICATED']);
  stage.world.join(stage.cast.room, { name: 'Late', role: 'guest', userId: 'late' });
  expect(await nextOf(kept, stage)).toMatchObject({ data: { peerChanges: { peer: { name: 'Late' } } } });
});

const departures = {
  leaves: ({ world, cast }: AccessStage, peerId: string) => world.leave(cast.room, peerId),
  'is removed': async ({ tested, doorkeeper, cast }: AccessStage, peerId: string) => {
    const removal = `mutation { removePeer(input: { roomId: "${cast.room}", peerId: "${peerId}" }) { __typename } }`;
    await askOverHttp(tested.gateway, doorkeeper.key({ scopes: ['*'] }), removal);
  },
} as const;

const trials = clients.flatMap(({ over, clientOf }) =>
  Object.entries(departures).map(([how, depart]) => ({ over, clientOf, how, depart })),
);

test.each(trials)(
  'over $over a participant who $how receives no more events',
  async ({ clientOf, depart }) => {
    await using stage = await startStage(FAST);
    const { cast, peers, tested, world } = stage;
    const url = await tested.gateway.listen();
    await using own = clientOf(url, await stage.joiningToken('plain'));
    await using moderators = clientOf(
      url,
      stage.doorkeeper.key({ scopes: ['peers:read'], rooms: [cast.room] }),
    );
    await using watching = await watchFrom(own, changes(cast.room), stage);
    await using others = await watchFrom(moderators, changes(cast.room), stage);
    await depart(stage, peers.get('plain') ?? '');
    const refusal = await nextOf(watching, stage);
    expect(codesOf(refusal)).toEqual(['FORBIDDEN']);
    expect(refusal?.data ?? null).toBeNull();
    expect(await nextOf(watching, stage)).toBeNull();
    // Other subscribers go on and receive the event.
    expect(await nextOf(others, stage)).toMatchObject({ data: { peerChanges: { __typename: 'PeerLeft' } } });
    world.join(cast.room, { name: 'Late', role: 'guest', userId: 'late' });
    expect(await nextOf(others, stage)).toMatchObject({ data: { peerChanges: { peer: { name: 'Late' } } } });
  },
);

test('over WebSocket the socket of a participant who has left stays open, and they can subscribe again after joining again', async () => {
  await using stage = await startStage(FAST);
  const { cast, peers, tested, world } = stage;
  await using client = webSocketClient(await tested.gateway.listen(), await stage.joiningToken('plain'));
  await using watching = await watchFrom(client, changes(cast.room), stage);
  world.leave(cast.room, peers.get('plain') ?? '');
  expect(codesOf(await nextOf(watching, stage))).toEqual(['FORBIDDEN']);
  await using early = client.watch(changes(cast.room), {});
  expect(codesOf(await nextOf(early, stage))).toEqual(['FORBIDDEN']);
  world.join(cast.room, { name: 'Back', role: 'plain', userId: 'plain' });
  // For a second the gateway remembers that they were not there.
  await stage.clock.advance(1000);
  await using again = await watchFrom(client, changes(cast.room), stage);
  world.join(cast.room, { name: 'Late', role: 'guest', userId: 'late' });
  expect(await nextOf(again, stage)).toMatchObject({ data: { peerChanges: { peer: { name: 'Late' } } } });
});

test('a participant who has just joined a watched room is accepted before the next poll', async () => {
  await using stage = await startStage(FAST);
  const { cast, tested, world } = stage;
  const url = await tested.gateway.listen();
  await using others = eventStreamClient(url, stage.doorkeeper.key({ scopes: ['peers:read'] }));
  await using watched = await watchFrom(others, changes(cast.room), stage);
  world.join(cast.room, { name: 'Late', role: 'plain', userId: 'late' });
  await using own = eventStreamClient(url, await stage.joiningToken('late'));
  await using watching = own.watch(changes(cast.room), {});
  // The clock stands still, so no poll begins: the snapshot in memory is older than the join.
  const snapshot = { data: { peerChanges: { __typename: 'PeersSnapshot' } } };
  expect(await watching.answer()).toMatchObject(snapshot);
  const joining = { data: { peerChanges: { peer: { name: 'Late' } } } };
  expect(await nextOf(watched, stage)).toMatchObject(joining);
  world.join(cast.room, { name: 'Later', role: 'guest', userId: 'later' });
  const told = (data: unknown) => JSON.stringify(data).includes('"Later"');
  await whileTimeGoesOn(watching.until(told), stage.clock);
});

test('a participant who has left receives no more events, also when a filter hides their own leaving', async () => {
  await using stage = await startStage(FAST);
  const { cast, peers, tested, world } = stage;
  await using client = eventStreamClient(await tested.gateway.listen(), await stage.joiningToken('plain'));
  const hosts = changes(cast.room, ', filter: { role: "host" }');
  await using watching = await watchFrom(client, hosts, stage);
  world.leave(cast.room, peers.get('plain') ?? '');
  world.join(cast.room, { name: 'A host', role: 'host', userId: 'host' });
  expect(codesOf(await nextOf(watching, stage))).toEqual(['FORBIDDEN']);
});

test('a participant loses a mutation with the role that allows it, or by leaving, and regains it with the role or by joining again', async () => {
  await using stage = await startStage(FAST);
  const { cast, peers, tested, world } = stage;
  const [self, token] = [peers.get('removeOthers') ?? '', await stage.joiningToken('removeOthers')];
  const remove = async (userId: string) => {
    const peer = world.join(cast.room, { name: userId, role: 'guest', userId });
    const document = `mutation { removePeer(input: { roomId: "${cast.room}", peerId: "${peer.id}" }) { __typename } }`;
    const answer = await askOverHttp(tested.gateway, token, document);
    return answer.errors === undefined ? answer.data : codesOf(answer);
  };
  const done = { removePeer: { __typename: 'RemovedPeer' } };
  expect(await remove('first')).toEqual(done);
  world.updatePeer(cast.room, self, { role: 'plain' });
  expect(await remove('second')).toEqual(['FORBIDDEN']);
  world.updatePeer(cast.room, self, { role: 'removeOthers' });
  expect(await remove('third')).toEqual(done);
  world.leave(cast.room, self);
  expect(await remove('fourth')).toEqual(['FORBIDDEN']);
  world.join(cast.room, { name: 'Back', role: 'removeOthers', userId: 'removeOthers' });
  // For a second the gateway remembers that they were not there.
  await stage.clock.advance(1000);
  expect(await remove('fifth')).toEqual(done);
});

test.each(clients)(
  'over $over a caller bound to a room receives no starts and ends of sessions in other rooms',
  async ({ clientOf }) => {
    await using stage = await startStage(FAST);
    const { cast, other, doorkeeper, tested, world } = stage;
    const key = doorkeeper.key({ scopes: ['sessions:read'], rooms: [other.room] });
    await using client = clientOf(await tested.gateway.listen(), key);
    await using watching = client.watch(
      `subscription { sessionChanges {
      __typename
      ... on SessionsSnapshot { sessions { hmsId } }
      ... on SessionStarted { session { hmsId } }
      ... on SessionEnded { session { hmsId } }
    } }`,
      {},
    );
    const told = async () => JSON.stringify((await nextOf(watching, stage))?.data);
    const hidden = [world.sessions.active(cast.room), world.sessions.active(cast.lockRoom)].map(
      (one) => one?.id ?? '',
    );
    const snapshot = await told();
    expect(snapshot).toContain(other.session);
    for (const session of hidden) expect(snapshot).not.toContain(session);
    world.endSession(cast.room);
    world.join(cast.room, { name: 'Ada', role: 'guest', userId: 'ada' });
    await stage.clock.advance(200);
    world.endSession(other.room);
    expect(await told()).toContain(`SessionEnded","session":{"hmsId":"${other.session}`);
    world.join(other.room, { name: 'Ada', role: 'guest', userId: 'ada' });
    expect(await told()).toContain(world.sessions.active(other.room)?.id);
  },
);
