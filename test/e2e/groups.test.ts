// Subscriptions that share their answers get what each would get alone, to the byte: over both transports, whenever they
// began. The reference is graphql-js itself, over the same services.
import { parse, subscribe as subscribeByReference } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createContext } from '../../resolvers/context.ts';
import { clientErrorOfFailure } from '../../resolvers/errors.ts';
import { schema } from '../../schema/index.ts';
import { anyone } from '../../src/auth/caller.ts';
import { createErrorMask, formatError } from '../../src/server/operation/mask-errors.ts';
import { canaryLog } from '../support/canary.ts';
import { openSession, subscribe, type RawSocket } from '../support/raw-socket.ts';
import { openEventStream } from '../support/sockets.ts';
import { FAST, newcomer, noneLeft, playHistory, stage, type Stage } from './stage.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The texts of all answers so far, read in the background. */
interface Reading {
  readonly texts: string[];
}

/** Resolves when the last text has this in it, or rejects after 10 s. */
const reads = (reading: Reading, text: string) =>
  expect.poll(() => reading.texts.at(-1) ?? '', { interval: 5, timeout: 10_000 }).toContain(text);

const mask = createErrorMask(clientErrorOfFailure, canaryLog());

/** By graphql-js, in process; its errors are masked as those of all answers. */
async function reference({ gateway }: Stage, query: string, variables: Variables): Promise<Reading> {
  const contextValue = createContext(gateway.services, { caller: anyone });
  const results = await subscribeByReference({
    schema,
    document: parse(query),
    variableValues: variables,
    contextValue,
  });
  if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results));
  const texts: string[] = [];
  void (async () => {
    for await (const { errors, data } of results) {
      texts.push(JSON.stringify({ errors: errors?.map((error) => formatError(mask(error))), data }));
    }
  })();
  return { texts };
}

/** Over a WebSocket: the payloads, as they came. */
function overSocket(raw: RawSocket, id: string, query: string, variables: Variables): Reading {
  const texts: string[] = [];
  const prefix = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  raw.socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.startsWith(prefix)) texts.push(text.slice(prefix.length, -1));
  });
  subscribe(raw, id, query, { variables });
  return { texts };
}

/** Over an event stream: the data of the events, as they came. */
async function overStream(
  { url }: Stage,
  query: string,
  variables: Variables,
): Promise<Reading & AsyncDisposable> {
  const stream = await openEventStream(url, query, variables);
  const texts: string[] = [];
  const read = async () => {
    for (let event = await stream.next(); event !== null; event = await stream.next()) texts.push(event.data);
  };
  void read().catch(() => undefined);
  return { texts, [Symbol.asyncDispose]: () => stream[Symbol.asyncDispose]() };
}

const documents: Readonly<Record<string, readonly [query: string, more: Variables]>> = {
  'fields of every event': [
    `subscription ($roomId: ID!) { peerChanges(roomId: $roomId) { __typename cursor
      ... on PeersSnapshot { reason stale peers { id hmsId name role metadata metadataJson } session { hmsId } }
      ... on PeerJoined { at cause peer { id name joinedAt } }
      ... on PeerLeft { at cause leaveReason peer { name connected } }
      ... on PeerUpdated { changed previous { name metadata } peer { name metadataJson } } } }`,
    {},
  ],
  'aliases, fragments and directives': [
    `subscription Named($roomId: ID!, $shown: Boolean!) { changes: peerChanges(roomId: $roomId) { kind: __typename ...Of c: cursor } }
      fragment Of on PeerChange { ... on PeerJoined { peer { n: name ...R } } ... on PeerLeft { who: peer { ...R @include(if: $shown) id } } }
      fragment R on Peer { role @skip(if: $shown) userId }`,
    { shown: true },
  ],
  'a filter': [
    `subscription ($roomId: ID!, $filter: PeerFilter) { peerChanges(roomId: $roomId, filter: $filter) { __typename cursor
      ... on PeersSnapshot { peers { name } } ... on PeerJoined { cause peer { name } } ... on PeerLeft { cause peer { name } } } }`,
    { filter: { role: 'guest' } },
  ],
  'fields that cost REST calls, and errors': [
    `subscription ($roomId: ID!) { peerChanges(roomId: $roomId) { __typename cursor room { name hmsId }
      ... on PeersSnapshot { peers { name } }
      ... on PeerJoined { peer { name tracks { hmsId } } } ... on SessionEnded { session { hmsId } } } }`,
    {},
  ],
};

/** Over a WebSocket errors follow the data. */
function dataFirst(text: string): string {
  // The reference writes results of GraphQL.
  const { data, errors } = JSON.parse(text) as { data: unknown; errors?: unknown };
  return JSON.stringify({ data, errors });
}

/** What a client that began with the first event must have: the texts of the reference. */
describe.each(Object.entries(documents))('%s', (_name, [query, more]) => {
  test('are told to all members of a group as to a single subscriber', async () => {
    await using staged = await stage();
    const { room, url } = staged;
    const variables = { roomId: room.id, ...more };
    const single = await reference(staged, query, variables);
    await expect.poll(() => single.texts.length).toBe(1);
    await using first = await openSession(url);
    await using second = await openSession(url);
    await using stream = await overStream(staged, query, variables);
    await using other = await overStream(staged, `${query}\n# of its own`, variables);
    const members = [
      overSocket(first, '1', query, variables),
      overSocket(first, 'ein "Märchen" \u{1f600}', query, variables),
      overSocket(second, '1', query, variables),
      stream,
      other,
    ];
    await expect.poll(() => members.map(({ texts }) => texts.length)).toEqual([1, 1, 1, 1, 1]);
    await playHistory(staged, () => expect.poll(() => single.texts.length).toBeGreaterThan(1));
    await expect.poll(() => single.texts.at(-1)).toContain('Emmy');
    const late = overSocket(second, 'late', query, variables);
    await expect.poll(() => late.texts.length).toBe(1);
    staged.world.join(room.id, newcomer('Alan'));
    await Promise.all([single, late, ...members].map((each) => reads(each, 'Alan')));
    for (const { texts } of members.slice(0, 3)) expect(texts).toEqual(single.texts.map(dataFirst));
    for (const { texts } of members.slice(3)) expect(texts).toEqual(single.texts);
    expect(late.texts.at(-1)).toBe(dataFirst(single.texts.at(-1) ?? ''));
  });
});

const resumable = `subscription ($roomId: ID!, $after: String) { peerChanges(roomId: $roomId, after: $after) { __typename cursor
  ... on PeersSnapshot { peers { name } } ... on PeerJoined { peer { name } } ... on PeerLeft { peer { name } } } }`;

test('whoever resumes at any event is told what followed it, over both transports, and then what all others are told', async () => {
  await using staged = await stage();
  const { room, url, world } = staged;
  await using raw = await openSession(url);
  const whole = overSocket(raw, 'whole', resumable, { roomId: room.id });
  await expect.poll(() => whole.texts.length).toBe(1);
  await playHistory(staged, () => Promise.resolve());
  await reads(whole, 'Emmy');
  const before = [...whole.texts];
  await using streams = new AsyncDisposableStack();
  const resumed: Reading[] = [];
  for (const [at, text] of before.entries()) {
    const after = /"cursor":"([^"]+)"/.exec(text)?.[1];
    resumed.push(overSocket(raw, `after ${at}`, resumable, { roomId: room.id, after }));
    resumed.push(streams.use(await overStream(staged, resumable, { roomId: room.id, after })));
  }
  // Those who have missed nothing are told nothing yet, so nobody waits for them before the next event.
  world.join(room.id, newcomer('Alan'));
  await Promise.all([whole, ...resumed].map((each) => reads(each, 'Alan')));
  for (const [index, { texts }] of resumed.entries()) {
    expect(texts).toEqual(whole.texts.slice(1 + Math.floor(index / 2)));
  }
});

test('a client completes one of its subscriptions, and may use the id again; the others go on', async () => {
  await using staged = await stage();
  const { room, url, world } = staged;
  await using raw = await openSession(url);
  const variables = { roomId: room.id };
  const ended = overSocket(raw, 'a', resumable, variables);
  const kept = overSocket(raw, 'b', resumable, variables);
  await expect.poll(() => [ended.texts.length, kept.texts.length]).toEqual([1, 1]);
  world.join(room.id, newcomer('Grace'));
  await Promise.all([reads(ended, 'Grace'), reads(kept, 'Grace')]);
  raw.send({ type: 'complete', id: 'a' });
  await expect.poll(() => staged.gateway.services.live.gauges().subscribers).toBe(1);
  world.join(room.id, newcomer('Emmy'));
  await reads(kept, 'Emmy');
  expect(ended.texts.at(-1)).toContain('Grace');
  subscribe(raw, 'a', resumable, { variables });
  await reads(ended, 'Emmy');
  expect(ended.texts.at(-1)).toContain('PeersSnapshot');
  world.join(room.id, newcomer('Alan'));
  await Promise.all([reads(ended, 'Alan'), reads(kept, 'Alan')]);
});

test('an id whose subscription runs cannot be used for another one', async () => {
  await using staged = await stage();
  await using raw = await openSession(staged.url);
  const running = overSocket(raw, 'a', resumable, { roomId: staged.room.id });
  await expect.poll(() => running.texts.length).toBe(1);
  staged.world.join(staged.room.id, newcomer('Grace'));
  await reads(running, 'Grace');
  subscribe(raw, 'a', '{ __typename }');
  expect((await raw.closed).code).toBe(4409);
  await noneLeft(staged.gateway);
});

test('when the last member leaves, the room is polled no more', async () => {
  await using staged = await stage();
  const { url, room, gateway, sandbox } = staged;
  const raw = await openSession(url);
  const members = ['1', '2', '3'].map((id) => overSocket(raw, id, resumable, { roomId: room.id }));
  await expect.poll(() => members.map(({ texts }) => texts.length)).toEqual([1, 1, 1]);
  await using stream = await overStream(staged, resumable, { roomId: room.id });
  await expect.poll(() => stream.texts.length).toBe(1);
  await raw[Symbol.asyncDispose]();
  await expect.poll(() => gateway.services.live.gauges().subscribers).toBe(1);
  await stream[Symbol.asyncDispose]();
  await noneLeft(gateway);
  expect(gateway.services.live.gauges()).toMatchObject({ subscribers: 0, watchedRooms: 0 });
  const pollsSince = () => {
    const polls = sandbox.ledger.count({ operationId: 'listActivePeers' });
    sandbox.ledger.clear();
    return polls;
  };
  // Several intervals of polls without one.
  await expect.poll(pollsSince, { interval: 10 * FAST.pollIntervalMs, timeout: 10_000 }).toBe(0);
});
