// What members of a group pay: each its own first event, and the REST calls of later events the one that it has been in the
// group for longest.
import { expect, test } from 'vitest';
import { memoryLog } from '../support/memory-log.ts';
import { openSession, subscribe, type Message } from '../support/raw-socket.ts';
import { openEventStream } from '../support/sockets.ts';
import { newcomer, noneLeft, stage } from './stage.ts';

const query = `subscription ($roomId: ID!) { peerChanges(roomId: $roomId) { __typename
  ... on PeersSnapshot { peers { name } } ... on PeerJoined { peer { name } } ... on PeerLeft { peer { leftAt } } } }`;

interface Payload {
  readonly data: { readonly peerChanges: { readonly __typename: string } };
  readonly extensions?: { readonly cost?: { readonly actual: number; readonly remaining: number } };
}

const payloadOf = ({ payload }: Message) => payload as Payload;

interface Line {
  readonly msg: string;
  readonly transport?: string;
  readonly restCalls?: number;
  readonly points?: number;
  readonly events?: number;
}

const LIMIT = 1000;

test('each pays for its first event, the oldest for REST calls; the lines of the log say so', async () => {
  const { log, text } = memoryLog();
  await using staged = await stage({ log, limits: { pointsPerMinute: LIMIT } });
  const { room, world, url, ada } = staged;
  const variables = { roomId: room.id };
  await using raw = await openSession(url);
  const paid: number[] = [];
  for (const id of ['oldest', 'second']) {
    subscribe(raw, id, query, { variables });
    const { extensions } = payloadOf(await raw.next());
    paid.push(extensions?.cost?.actual ?? 0);
    // All clients of this test are one account.
    expect(LIMIT - (extensions?.cost?.remaining ?? 0)).toBe(paid.reduce((sum, points) => sum + points));
  }
  const stream = await openEventStream(url, query, variables);
  const first = JSON.parse((await stream.next())?.data ?? '') as Payload;
  paid.push(first.extensions?.cost?.actual ?? 0);
  // One event, and one peer in it.
  expect(paid).toEqual([2, 2, 2]);

  world.join(room.id, newcomer('Grace'));
  world.leave(room.id, ada.id);
  const told: Payload[] = [];
  while (told.filter(({ data }) => data.peerChanges.__typename === 'PeerLeft').length < 2) {
    told.push(payloadOf(await raw.next()));
  }
  for (const { extensions } of told) expect(extensions).toBeUndefined();
  let last = (await stream.next())?.data ?? '';
  while (!last.includes('PeerLeft')) last = (await stream.next())?.data ?? '';
  expect(last).not.toContain('extensions');

  await stream[Symbol.asyncDispose]();
  await raw[Symbol.asyncDispose]();
  await noneLeft(staged.gateway);
  const lines = () =>
    text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter(({ msg, events }) => msg === 'request' && events !== undefined);
  await expect.poll(() => lines().length).toBe(3);
  const bills = lines().map(({ restCalls, points, events }) => ({ restCalls, points, events }));
  expect(bills.toSorted((a, b) => (b.restCalls ?? 0) - (a.restCalls ?? 0))).toEqual([
    { restCalls: 1, points: 12, events: 3 },
    { restCalls: 0, points: 2, events: 3 },
    { restCalls: 0, points: 2, events: 3 },
  ]);
});
