// The vendor's webhooks, sent over HTTP: what the route answers, what subscribers get, and what it makes visible.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { isInterfaceType, isObjectType, type GraphQLObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { Secret } from '../../src/secret.ts';
import { CANARY } from '../support/canary.ts';
import type { Answer } from '../support/gateway.ts';
import { memoryLog } from '../support/memory-log.ts';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';
import { followPeers, inShort } from './documents.ts';
import { newcomer, stage, type Stage } from './stage.ts';

const SECRET = CANARY;
const NEXT_SECRET = 'second-secret-of-at-least-32-bytes';
const SLOW = { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000, sessionCheckMs: 60_000 };
const configured = { ...SLOW, webhookSecrets: [new Secret(SECRET), new Secret(NEXT_SECRET)] };

interface Sample {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The vendor's samples: all 32 documented types. */
const samples = ['core', 'media'].flatMap(
  (name) =>
    // The files have the samples of the vendor's reference.
    JSON.parse(
      readFileSync(new URL(`../fixtures/webhooks-${name}.json`, import.meta.url), 'utf8'),
    ) as Sample[],
);

/** A webhook about a room. */
function webhook(roomId: string, type: string, data: Readonly<Record<string, unknown>> = {}): Sample {
  return {
    id: randomUUID(),
    type,
    timestamp: '2026-03-12T16:00:05Z',
    data: { room_id: roomId, ...data },
  };
}

async function send(url: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(`${url}/webhooks/100ms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': SECRET, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return response.status;
}

const roomEvents = `subscription ($roomId: ID!, $types: [RoomEventType!]) {
  roomEvents(roomId: $roomId, types: $types) { __typename hmsId type at room { hmsId } session { hmsId } }
}`;

interface Heard {
  readonly roomEvents: Readonly<Record<string, unknown>>;
}

/** Subscribes and waits until the gateway has registered it: such a subscription has no first event. */
async function hear(staged: Stage, document = roomEvents, variables: object = {}) {
  const { live } = staged.gateway.services;
  const client = eventStreamClient(staged.url);
  const before = live.gauges().subscribers;
  const watching = client.watch<Heard>(document, { roomId: staged.room.id, ...variables });
  await expect.poll(() => live.gauges().subscribers, { interval: 5, timeout: 10_000 }).toBe(before + 1);
  return { watching, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() };
}

/** The fields of a type that the interface does not have. */
const ownFields = (type: GraphQLObjectType) =>
  Object.keys(type.getFields()).filter((name) => !['hmsId', 'type', 'at', 'room', 'session'].includes(name));

/** Selects all fields of every type of event. Made from the schema, so it includes fields that are added later. */
function selectAll(): string {
  const event = schema.getType('RoomEvent');
  if (!isInterfaceType(event)) throw new Error('RoomEvent is no interface');
  const fragments = schema
    .getPossibleTypes(event)
    .filter((type) => isObjectType(type) && ownFields(type).length > 0)
    .map((type) => {
      const fields = ownFields(type).map((name) => `${type.name}_${name}: ${name}`);
      return `... on ${type.name} { ${fields.join(' ')} }`;
    });
  return `subscription ($roomId: ID!) {
    roomEvents(roomId: $roomId) {
      __typename hmsId type at room { hmsId } session { hmsId } ${fragments.join(' ')}
    }
  }`;
}

/** An event without null fields, and with the aliases of fields that two types share replaced by the fields' names. */
function toldOf(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key.replace(/^[A-Z]\w*?_/, ''), value]),
  );
}

describe('roomEvents', () => {
  test('republishes all 32 documented types, each as its own object type, without links to files and without keys', async () => {
    // The document needs more aliases than a caller may use.
    await using staged = await stage({ config: configured, limits: { aliases: 200 } });
    const { url, room } = staged;
    await using heard = await hear(staged, selectAll());
    const told: Record<string, unknown>[] = [];
    for (const sample of samples) {
      const data = { ...sample.data, room_id: room.id };
      expect(await send(url, { ...sample, data })).toBe(200);
      told.push(toldOf((await heard.watching.next()).roomEvents));
    }
    expect(told).toHaveLength(32);
    for (const [index, event] of told.entries()) {
      const { id, type, timestamp, data } = samples[index] ?? webhook('', '');
      expect(event).toMatchObject({
        hmsId: id,
        type: type.toUpperCase().replaceAll('.', '_'),
        at: timestamp,
        room: { hmsId: room.id },
        ...(data['session_id'] === undefined ? {} : { session: { hmsId: data['session_id'] } }),
      });
    }
    const shown = told.map(({ hmsId: _id, at: _at, room: _room, session: _session, ...rest }) => rest);
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot('../fixtures/room-events.json');
    expect(JSON.stringify(told)).not.toMatch(/presigned|X-Amz|s3:|rtmp:|100ms\.live/i);
  });

  test.each([
    ['an instant that does not exist', { timestamp: '2026-02-30T25:00:00Z' }],
    ['the zero date', { timestamp: '0001-01-01T00:00:00Z' }],
    ['a text that is no instant', { timestamp: 'yesterday' }],
  ])('has no time where the webhook has %s', async (_what, envelope) => {
    await using staged = await stage({ config: configured });
    await using heard = await hear(staged);
    const event = { ...webhook(staged.room.id, 'session.open.success'), ...envelope };
    expect(await send(staged.url, event)).toBe(200);
    expect((await heard.watching.next()).roomEvents).toMatchObject({ hmsId: event.id, at: null });
  });

  test('has null in place of ids that no argument accepts, and of numbers that are no Int', async () => {
    await using staged = await stage({ config: configured });
    const fields = '__typename session { id } ... on PeerEvent { peerId name durationSeconds }';
    await using heard = await hear(
      staged,
      `subscription ($roomId: ID!) { roomEvents(roomId: $roomId) { ${fields} } }`,
    );
    const nothing = { session: null, peerId: null, durationSeconds: null };
    for (const [data, told] of [
      [{ session_id: 'a/../b', peer_id: '..', duration: 99_999_999_999, user_name: 'Ada' }, nothing],
      [{ session_id: 's%2f', peer_id: 'a b', duration: '-2147483649', user_name: 'Ada' }, nothing],
      [
        { duration: 2_147_483_647.9, peer_id: 7, user_name: 'Ada' },
        { durationSeconds: 2_147_483_647, peerId: '7' },
      ],
    ] as const) {
      expect(await send(staged.url, webhook(staged.room.id, 'peer.leave.success', data))).toBe(200);
      const event = { __typename: 'PeerEvent', name: 'Ada', ...told };
      expect((await heard.watching.next()).roomEvents).toMatchObject(event);
    }
  });

  test('shows an unknown type as OtherRoomEvent', async () => {
    await using staged = await stage({ config: configured });
    await using heard = await hear(staged);
    const event = webhook(staged.room.id, 'whiteboard.opened.success');
    expect(await send(staged.url, event)).toBe(200);
    expect((await heard.watching.next()).roomEvents).toEqual({
      __typename: 'OtherRoomEvent',
      hmsId: event.id,
      type: 'OTHER',
      at: event.timestamp,
      room: { hmsId: staged.room.id },
      session: null,
    });
  });

  test.each([
    ['peer.leave.success', { duration: '79', user_id: 42, user_data: { hand: true } }, 'PeerEvent'],
    ['room.end.failure', { error_code: 'NO_SESSION', lock_room: 'no' }, 'RoomEndEvent'],
    [
      'stream.recording.success',
      { size: '2298', duration: '1', stream_type: 'screen', type: 7 },
      'RecordingEvent',
    ],
  ])('accepts %s with malformed values, and shows the valid rest', async (type, data, name) => {
    await using staged = await stage({ config: configured, limits: { aliases: 200 } });
    await using heard = await hear(staged, selectAll());
    expect(await send(staged.url, webhook(staged.room.id, type, data))).toBe(200);
    const { hmsId: _id, at: _at, room: _room, ...told } = toldOf((await heard.watching.next()).roomEvents);
    const shown: Record<string, object> = {
      PeerEvent: { durationSeconds: 79, userId: '42' },
      RoomEndEvent: {},
      RecordingEvent: { sizeBytes: 2298, durationSeconds: 1, streamType: 'screen' },
    };
    expect(told).toEqual({ __typename: name, type: type.toUpperCase().replaceAll('.', '_'), ...shown[name] });
  });

  test('sends only events of the requested types and the requested room', async () => {
    await using staged = await stage({ config: configured });
    const { url, room } = staged;
    await using heard = await hear(staged, roomEvents, { types: ['ROOM_END_SUCCESS'] });
    const other = staged.world.rooms.create({ name: 'other' });
    await send(url, webhook(room.id, 'peer.join.failure'));
    await send(url, webhook(other.id, 'room.end.success'));
    await send(url, webhook(room.id, 'whiteboard.opened.success'));
    const wanted = webhook(room.id, 'room.end.success');
    await send(url, wanted);
    expect((await heard.watching.next()).roomEvents).toMatchObject({ hmsId: wanted.id });
  });

  test('refuses an unknown room and types that cannot be requested', async () => {
    await using staged = await stage({ config: configured });
    await using client = webSocketClient(staged.url);
    const answerTo = (variables: object): Promise<Answer | null> =>
      client.watch(roomEvents, variables).answer();
    expect(await answerTo({ roomId: '0123456789abcdef01234567' })).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    expect(await answerTo({ roomId: staged.room.id, types: ['OTHER'] })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('ignores a delivery that repeats an earlier one by its id or its content', async () => {
    await using staged = await stage({ config: configured });
    const { url, room, ada } = staged;
    await using heard = await hear(staged);
    const left = webhook(room.id, 'peer.leave.success', {
      session_id: ada.sessionId,
      peer_id: ada.id,
      left_at: '2026-03-12T16:47:59.004511220Z',
    });
    const last = webhook(room.id, 'room.end.success');
    for (const body of [left, left, { ...left, id: randomUUID() }, last]) {
      expect(await send(url, body)).toBe(200);
    }
    expect((await heard.watching.next()).roomEvents).toMatchObject({ hmsId: left.id });
    expect((await heard.watching.next()).roomEvents).toMatchObject({ hmsId: last.id });
  });
});

describe('a webhook as a hint', () => {
  test('makes a change visible at once, though the room is polled once a minute', async () => {
    await using staged = await stage({ config: configured });
    const { url, world, room } = staged;
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();
    world.join(room.id, newcomer('Grace'));
    await send(url, webhook(room.id, 'peer.join.success'));
    expect(inShort((await watching.next()).peerChanges)).toBe('PeerJoined Grace ROOM');
  });

  test("makes the start of an idle room's session visible at once, to subscribers of the room and of the workspace", async () => {
    await using staged = await stage({ config: { ...configured, pollIntervalMs: 50 } });
    const { url, world } = staged;
    const idle = world.rooms.create({ name: 'idle' });
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: idle.id });
    await watching.next();
    const sessions = client.watch<{ sessionChanges: object }>(
      'subscription { sessionChanges { __typename ... on SessionStarted { session { hmsId } } } }',
      {},
    );
    await sessions.next();
    const { sessionId } = world.join(idle.id, newcomer('Emmy'));
    await send(url, webhook(idle.id, 'session.open.success', { session_id: sessionId }));
    expect((await watching.next()).peerChanges).toMatchObject({ session: { hmsId: sessionId } });
    expect(inShort((await watching.next()).peerChanges)).toBe('PeerJoined Emmy ROOM');
    expect((await sessions.next()).sessionChanges).toEqual({
      __typename: 'SessionStarted',
      session: { hmsId: sessionId },
    });
  });

  test('gives the reason why a peer left, which polls cannot see', async () => {
    await using staged = await stage({ config: configured });
    const { url, world, room, ada } = staged;
    world.join(room.id, newcomer('Grace'));
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();
    world.leave(room.id, ada.id, 'peer kicked');
    await send(url, webhook(room.id, 'peer.leave.success', { peer_id: ada.id, reason: 'peer kicked' }));
    expect((await watching.next()).peerChanges).toMatchObject({
      __typename: 'PeerLeft',
      leaveReason: 'peer kicked',
      peer: { hmsId: ada.id },
    });
  });

  test('causes no event if the REST API does not show the change', async () => {
    await using staged = await stage({ config: configured });
    const { url, room, sandbox, world, ada } = staged;
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();
    const looked = sandbox.ledger.next(({ operationId }) => operationId === 'listActivePeers');
    await send(url, webhook(room.id, 'peer.leave.success', { peer_id: ada.id, reason: 'a lie' }));
    await looked;
    world.join(room.id, newcomer('Grace'));
    await send(url, webhook(room.id, 'peer.join.success'));
    expect(inShort((await watching.next()).peerChanges)).toBe('PeerJoined Grace ROOM');
  });
});

describe('the route', () => {
  test('accepts each of the configured secrets, and no other', async () => {
    await using staged = await stage({ config: configured });
    const { url, room } = staged;
    const event = () => webhook(room.id, 'room.end.failure');
    expect(await send(url, event())).toBe(200);
    expect(await send(url, event(), { 'x-webhook-secret': NEXT_SECRET })).toBe(200);
    for (const wrong of ['', 'wrong', `${SECRET}x`, SECRET.slice(1), `${SECRET}, ${NEXT_SECRET}`]) {
      expect(await send(url, event(), { 'x-webhook-secret': wrong })).toBe(401);
    }
    const none = await fetch(`${url}/webhooks/100ms`, { method: 'POST', body: JSON.stringify(event()) });
    expect(none.status).toBe(401);
    expect(await none.text()).toBe('');
  });

  test('reads the secret from the configured header', async () => {
    await using staged = await stage({ config: { ...configured, webhookSecretHeader: 'x-other' } });
    const event = webhook(staged.room.id, 'room.end.failure');
    expect(await send(staged.url, event)).toBe(401);
    expect(await send(staged.url, event, { 'x-other': SECRET })).toBe(200);
  });

  test('refuses malformed and too large deliveries, which then have no effect', async () => {
    const memory = memoryLog();
    await using staged = await stage({ config: configured, log: memory.log });
    const { url, room } = staged;
    await using heard = await hear(staged);
    const event = webhook(room.id, 'room.end.success');
    for (const body of [
      '',
      'no JSON',
      'null',
      '[]',
      '{}',
      { ...event, id: undefined },
      { ...event, id: {} },
      { ...event, type: '' },
      { ...event, data: null },
      { ...event, data: ['secret-in-body'] },
    ]) {
      expect(await send(url, body), JSON.stringify(body)).toBe(400);
    }
    expect(await send(url, { ...event, padding: 'x'.repeat(300_000) })).toBe(413);
    // The malformed deliveries had the event's id; it must still be accepted afterwards.
    expect(await send(url, event)).toBe(200);
    expect((await heard.watching.next()).roomEvents).toMatchObject({ hmsId: event.id });
    expect(memory.text()).toContain('refused as malformed');
    expect(memory.text()).not.toContain('secret-in-body');
    expect(memory.text()).not.toContain(SECRET);
  });

  test('answers a delivery that is too large, and accepts the next one over the same connection', async () => {
    await using staged = await stage({ config: configured });
    const { url, room } = staged;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = async (padding: string) => {
      const sending = request(`${url}/webhooks/100ms`, {
        method: 'POST',
        agent,
        headers: { 'x-webhook-secret': SECRET },
      });
      sending.end(JSON.stringify({ ...webhook(room.id, 'room.end.failure'), padding }));
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      return { status: response.statusCode, reused: sending.reusedSocket };
    };
    expect(await post('x'.repeat(2_000_000))).toEqual({ status: 413, reused: false });
    expect(await post('x')).toEqual({ status: 200, reused: true });
    agent.destroy();
  });

  test('accepts only POST', async () => {
    await using staged = await stage({ config: configured });
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await fetch(`${staged.url}/webhooks/100ms`, { method });
      expect([status, headers.get('allow')], method).toEqual([405, 'POST']);
    }
  });

  test('does not exist if no secret is configured', async () => {
    await using staged = await stage();
    expect(await send(staged.url, webhook(staged.room.id, 'room.end.success'))).toBe(404);
  });

  test('answers before the REST API does', async () => {
    await using staged = await stage({ config: configured });
    const { url, room, sandbox } = staged;
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();
    sandbox.faults.set('*', { kind: 'hang' });
    const asked = sandbox.ledger.arrival(() => true);
    expect(await send(url, webhook(room.id, 'peer.join.success'))).toBe(200);
    await asked;
  });

  test('goes on after a sender has hung up in the middle of a body', async () => {
    await using staged = await stage({ config: configured });
    const { hostname, port } = new URL(staged.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      `POST /webhooks/100ms HTTP/1.1\r\nHost: x\r\nX-Webhook-Secret: ${SECRET}\r\nContent-Length: 100\r\n\r\n{"id":`,
    );
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    expect(await send(staged.url, webhook(staged.room.id, 'room.end.failure'))).toBe(200);
  });
});
