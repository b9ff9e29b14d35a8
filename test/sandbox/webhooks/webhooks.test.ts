// Webhooks of the sandbox, received by a real HTTP server: contents, retries, and failures that tests cause.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { WebhookEvent } from '../../../src/openapi/types.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import type { SentWebhook } from '../../../src/sandbox/webhooks/delivery-log.ts';
import type { WebhookAttempt } from '../../../src/sandbox/webhooks/webhooks.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { settle } from '../../support/manual-clock.ts';
import { expectDocumentedWebhook } from '../../support/openapi.ts';
import { START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

const fixture = (name: string): WebhookEvent[] =>
  // The fixtures are the documentation's samples.
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')) as WebhookEvent[];
const coreSamples = fixture('webhooks-core.json');
const mediaSamples = fixture('webhooks-media.json');
const secret = { 'x-webhook-secret': 'shared' };

interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly events: WebhookEvent[];
  readonly headers: IncomingHttpHeaders[];
  /** The statuses of the next answers; 200 when the list is empty. */
  readonly statuses: number[];
  /** The highest number of simultaneous requests so far. */
  mostAtOnce(): number;
}

async function startReceiver(): Promise<Receiver> {
  const [events, headers, statuses]: [WebhookEvent[], IncomingHttpHeaders[], number[]] = [[], [], []];
  let [waiting, most] = [0, 0];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    waiting += 1;
    most = Math.max(most, waiting);
    // The tests check each event against the OpenAPI document.
    events.push((await json(request)) as WebhookEvent);
    headers.push(request.headers);
    // Long enough for another request to arrive, if one were sent.
    await settle();
    waiting -= 1;
    response.writeHead(statuses.shift() ?? 200).end();
  };
  const server = createServer((request, response) => void take(request, response));
  const listening = await listenOnLoopback(server);
  return {
    url: `${listening.url}/hook`,
    events,
    headers,
    statuses,
    mostAtOnce: () => most,
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
}

/** A sandbox with a workspace webhook and its receiver, an empty room, and all attempts so far. */
async function startLab(options: SandboxOptions = {}) {
  const receiver = await startReceiver();
  const lab = await startTestSandbox({ webhook: { url: receiver.url, headers: secret }, ...options });
  const room = lab.world.rooms.create({ name: 'live' });
  const attempts: WebhookAttempt[] = [];
  const { webhooks } = lab.sandbox;
  webhooks.attempts.on((one) => attempts.push(one));
  /** Resolves when an attempt has finished and the timer of the next one, if any, is pending on the clock. */
  const nextAttempt = (): Promise<void> =>
    new Promise((resolve) => {
      const off = webhooks.attempts.on(() => {
        off();
        resolve();
      });
    });
  const dispose = async (): Promise<void> => {
    await lab.sandbox.close();
    await receiver[Symbol.asyncDispose]();
  };
  return { ...lab, room, webhooks, receiver, attempts, nextAttempt, [Symbol.asyncDispose]: dispose };
}

const ada = { name: 'Ada', role: 'host', userId: 'ada', metadata: '{"a":1}' };

describe('the events of a room', () => {
  test('are sent in order, in the documented format, with the static headers', async () => {
    await using lab = await startLab();
    const { world, room } = lab;
    const host = world.join(room.id, ada);
    const guest = world.join(room.id, { name: 'Carl', role: 'guest', userId: 'carl' });
    await lab.clock.advance(2500);
    world.updatePeer(room.id, guest.id, { role: 'speaker' }, host.id);
    world.updatePeer(room.id, guest.id, { role: 'pilot' });
    world.leave(room.id, guest.id, 'peer kicked', 'Abusive chat');
    world.leave(room.id, guest.id);
    world.endSession(room.id, { reason: 'over', by: host });
    world.endSession(room.id, { reason: 'over', by: host });
    await lab.webhooks.idle();
    const { events, headers } = lab.receiver;
    expect(lab.receiver.mostAtOnce()).toBe(1);
    for (const event of events) expectDocumentedWebhook(event);
    expect(events.map(({ type }) => type)).toEqual([
      'session.open.success',
      'peer.join.success',
      'peer.join.success',
      'role.change.success',
      'role.change.failure',
      'peer.leave.success',
      'peer.leave.failure',
      'room.end.success',
      'peer.leave.success',
      'session.close.success',
      'room.end.failure',
    ]);
    expect(events[1]?.data).toMatchObject({
      peer_id: host.id,
      user_name: 'Ada',
      user_data: '{"a":1}',
      type: 'regular',
    });
    expect(events[3]?.data).toMatchObject({
      previous_role: 'guest',
      role: 'speaker',
      role_change_requested_by: host.id,
    });
    expect(events[5]?.data).toMatchObject({ reason: 'peer kicked', message: 'Abusive chat', duration: 2 });
    expect(events[9]).toMatchObject({
      timestamp: '2026-03-12T16:00:02Z',
      data: { session_duration: 2, session_stopped_at: expect.stringMatching(/^2026-03-12T16:00:02\.5/) },
    });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(headers.map((header) => header['x-webhook-secret']))).toEqual(new Set(['shared']));
  });

  test('have the keys of the documented samples, type by type', async () => {
    await using lab = await startLab();
    const { world, room } = lab;
    const host = world.join(room.id, ada);
    const guest = world.join(room.id, { ...ada, role: 'guest' });
    world.updatePeer(room.id, guest.id, { role: 'speaker' }, host.id);
    world.updatePeer(room.id, guest.id, { role: 'pilot' });
    world.leave(room.id, guest.id, 'peer kicked', 'Abusive chat');
    world.leave(room.id, guest.id);
    world.endSession(room.id, { reason: 'over', by: host });
    await lab.webhooks.idle();
    const compared: string[] = [];
    for (const event of lab.receiver.events) {
      const sample = coreSamples.find(({ type }) => type === event.type);
      if (sample === undefined || compared.includes(event.type)) continue;
      compared.push(event.type);
      const optional = new Set(['message']);
      const keysOf = (data: object): string[] =>
        Object.keys(data)
          .filter((key) => !optional.has(key))
          .toSorted();
      expect(keysOf(event.data), event.type).toEqual(keysOf(sample.data));
      expect('app_id' in event, event.type).toBe('app_id' in sample);
    }
    expect(compared).toHaveLength(8);
  });

  test('caused over REST name no peer as their cause', async () => {
    await using lab = await startLab();
    const peer = lab.world.join(lab.room.id, ada);
    await lab.rest.post(`/active-rooms/${lab.room.id}/peers/${peer.id}`, { role: 'guest' });
    await lab.rest.post(`/active-rooms/${lab.room.id}/end-room`, { lock: true });
    await lab.webhooks.idle();
    const [, , change, end] = lab.receiver.events;
    expect(change?.data).not.toHaveProperty('role_change_requested_by');
    expect(end).toMatchObject({ type: 'room.end.success', data: { lock_room: true } });
    expect(end?.data).not.toHaveProperty('peer_id');
  });

  test('about names, metadata, tracks, rooms and templates are not sent', async () => {
    await using lab = await startLab();
    const peer = lab.world.join(lab.room.id, { ...ada, publish: ['audio'] });
    lab.world.updatePeer(lab.room.id, peer.id, { name: 'x', metadata: 'y' });
    lab.world.setMute(lab.room.id, peer.id, 'audio', true);
    lab.world.rooms.update(lab.room.id, { description: 'z' });
    lab.world.templates.create();
    await lab.webhooks.idle();
    expect(lab.receiver.events).toHaveLength(2);
  });
});

test("a room's own webhook, set over REST, replaces the workspace's for this room", async () => {
  await using lab = await startLab();
  await using own = await startReceiver();
  const other = lab.world.rooms.create();
  await lab.rest.post(`/rooms/${lab.room.id}`, { webhook: { url: own.url, headers: { 'x-own': 'mine' } } });
  lab.world.join(lab.room.id, ada);
  lab.world.join(other.id, ada);
  await lab.webhooks.idle();
  expect(own.events.map(({ data }) => data.room_id)).toEqual([lab.room.id, lab.room.id]);
  expect(own.headers[0]).toMatchObject({ 'x-own': 'mine', 'content-type': 'application/json' });
  expect(own.headers[0]).not.toHaveProperty('x-webhook-secret');
  expect(lab.receiver.events.map(({ data }) => data.room_id)).toEqual([other.id, other.id]);
});

test('without any webhook nothing is sent and `idle` resolves at once', async () => {
  await using lab = await startTestSandbox();
  lab.world.join(lab.world.rooms.create().id, ada);
  await lab.sandbox.webhooks.idle();
  expect(lab.clock.pending).toBe(0);
});

describe('retries', () => {
  test('follow 1, 3 and 10 seconds after the attempt before, then end', async () => {
    await using lab = await startLab();
    lab.receiver.statuses.push(500, 204, 302, 503);
    const [sample] = coreSamples;
    const attempts: number[] = [];
    lab.webhooks.attempts.on(() => attempts.push(lab.clock.now() - START_MS));
    const first = lab.nextAttempt();
    if (sample !== undefined) lab.webhooks.send(sample);
    await first;
    for (const delay of [1000, 3000, 10_000]) {
      await lab.clock.advance(delay - 1);
      const next = lab.nextAttempt();
      await lab.clock.advance(1);
      await next;
    }
    await lab.webhooks.idle();
    expect(attempts).toEqual([0, 1000, 4000, 14_000]);
    expect(lab.attempts.map(({ attempt, isAccepted }) => [attempt, isAccepted])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, false],
    ]);
    expect(lab.receiver.events).toEqual([sample, sample, sample, sample]);
    expect(lab.clock.pending).toBe(0);
  });

  test('end with the first 200; later events do not wait for retries', async () => {
    await using lab = await startLab();
    lab.receiver.statuses.push(500);
    const first = lab.nextAttempt();
    lab.world.join(lab.room.id, ada);
    await first;
    await lab.nextAttempt();
    expect(lab.receiver.events.map(({ type }) => type)).toEqual([
      'session.open.success',
      'peer.join.success',
    ]);
    const retried = lab.nextAttempt();
    await lab.clock.advance(1000);
    await retried;
    await lab.webhooks.idle();
    expect(lab.receiver.events.map(({ type }) => type)).toEqual([
      'session.open.success',
      'peer.join.success',
      'session.open.success',
    ]);
  });

  test('follow when no server listens, and end when the sandbox closes', async () => {
    await using lab = await startLab({ webhook: { url: 'http://127.0.0.1:1/' } });
    const first = lab.nextAttempt();
    lab.world.join(lab.room.id, ada);
    await first;
    await lab.sandbox.close();
    await lab.webhooks.idle();
    expect(lab.clock.pending).toBe(0);
  });
});

describe('a test', () => {
  const send = (
    { webhooks }: { webhooks: { send: (event: SentWebhook) => void } },
    ...types: string[]
  ): void => {
    for (const type of types) webhooks.send({ type, data: { room_id: 'any' } });
  };
  const typesOf = ({ receiver }: { receiver: Receiver }): string[] => receiver.events.map(({ type }) => type);

  test('can lose the next events', async () => {
    await using lab = await startLab();
    lab.webhooks.lose(2);
    send(lab, 'a', 'b', 'c');
    await lab.webhooks.idle();
    expect(typesOf(lab)).toEqual(['c']);
  });

  test('can duplicate the next events', async () => {
    await using lab = await startLab();
    lab.webhooks.double(1);
    send(lab, 'a', 'b');
    await lab.webhooks.idle();
    expect(typesOf(lab)).toEqual(['a', 'a', 'b']);
  });

  test('can delay the next events, so that others overtake them', async () => {
    await using lab = await startLab();
    lab.webhooks.delay(500, 1);
    const overtaking = lab.nextAttempt();
    send(lab, 'a', 'b');
    await overtaking;
    expect(typesOf(lab)).toEqual(['b']);
    await lab.clock.advance(500);
    await lab.webhooks.idle();
    expect(typesOf(lab)).toEqual(['b', 'a']);
  });

  test('can reverse the order of the next events', async () => {
    await using lab = await startLab();
    lab.webhooks.reverse(3);
    send(lab, 'a', 'b');
    await lab.webhooks.idle();
    expect(typesOf(lab)).toEqual([]);
    send(lab, 'c', 'd');
    await lab.webhooks.idle();
    expect(typesOf(lab)).toEqual(['c', 'b', 'a', 'd']);
  });
});

test('any event can be sent unchanged, such as the documented samples of the media families', async () => {
  await using lab = await startLab();
  for (const sample of mediaSamples) lab.webhooks.send(sample);
  await lab.webhooks.idle();
  expect(lab.receiver.events).toEqual(mediaSamples);
});

test('the same seed gives the same event ids', async () => {
  const ids = async (): Promise<string[]> => {
    await using lab = await startLab();
    lab.world.join(lab.room.id, ada);
    await lab.webhooks.idle();
    return lab.receiver.events.map(({ id }) => id);
  };
  expect(await ids()).toEqual(await ids());
});
