// A real Hive Gateway in front of the gateway as a subgraph and of a second one, the bookings of examples/federation.
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { federated } from '../../schema/federation/subgraph.ts';
import { ApiKeys, createApiKey } from '../../src/auth/api-keys.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { childEnvironment } from '../support/child-environment.ts';
import { startProcess } from '../support/child-process.ts';
import { codesOf, startTestGateway, type Answer } from '../support/gateway.ts';
import { missingHive, startHiveGateway } from '../support/hive-gateway.ts';
import { freePort } from '../support/loopback.ts';
import { post } from '../support/server.ts';
import { eventStreamClient, layWire, webSocketClient, type Wire } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';

const full = createApiKey({ name: 'full', scopes: ['*'], rooms: [], expires: null });
const narrow = createApiKey({ name: 'narrow', scopes: ['templates:read'], rooms: [], expires: null });

async function startStage(transport: 'sse' | 'ws') {
  await using resources = new AsyncDisposableStack();
  const tested = resources.use(
    await startTestGateway({
      federate: federated,
      sandbox: { data: 'empty' },
      // As in production: the router composes from a file.
      config: { introspection: false, pollIntervalMs: 50, pollMaxIntervalMs: 100, sessionCheckMs: 100 },
      authentication: new Authenticator(
        { apiKeys: new ApiKeys(`${full.line}\n${narrow.line}`) },
        systemClock,
      ),
    }),
  );
  const wire = resources.use(await layWire(await tested.gateway.listen()));
  const { url } = resources.use(await startHiveGateway(wire.url, transport));
  const all = resources.move();
  return {
    world: tested.sandbox.world,
    ledger: tested.sandbox.ledger,
    /** Between the router and the gateway. */
    wire: wire as Pick<Wire, 'cut'>,
    url,
    /** Asks the router. */
    ask: async (query: string, key: string | null = full.key): Promise<Answer> => {
      const response = await post(url, { query }, key === null ? {} : { authorization: `Bearer ${key}` });
      return (await response.json()) as Answer;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

type Stage = Awaited<ReturnType<typeof startStage>>;

/** A room of the gateway with a booking of the other subgraph. */
async function bookedRoom({ world, ask }: Stage) {
  // Of a name of its own, as creating a room of a known name returns that room.
  const [room] = addRooms(world, 1, `lessons of ${world.rooms.all.size}`);
  if (room === undefined) throw new Error('there is no room');
  await ask(`mutation { book(roomId: "${room.id}", title: "Piano") { title } }`);
  return room;
}

/** An event with a field of the other subgraph. */
const CHANGES = `subscription ($roomId: ID!, $after: String) {
  peerChanges(roomId: $roomId, after: $after) {
    __typename
    cursor
    room { name bookings { title } }
    ... on PeerJoined { peer { name } }
  }
}`;

interface Change {
  readonly peerChanges: { readonly __typename: string; readonly cursor: string };
}

const isJoin = ({ peerChanges }: Change) => peerChanges.__typename === 'PeerJoined';

const joined = (room: string, name: string) => ({
  peerChanges: {
    __typename: 'PeerJoined',
    cursor: expect.any(String),
    room: { name: room, bookings: [{ title: 'Piano' }] },
    peer: { name },
  },
});

const clients = { 'server-sent events': eventStreamClient, WebSocket: webSocketClient };

const missing = missingHive();

describe.skipIf(missing !== null).each(['sse', 'ws'] as const)(
  `Hive Gateway that subscribes over %s${missing === null ? '' : ` (${missing})`}`,
  { timeout: 60_000 },
  (transport) => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await startStage(transport);
    }, 90_000);
    afterAll(() => stage[Symbol.asyncDispose]());

    it('answers a query across both subgraphs, from either side', async () => {
      const { id, name } = await bookedRoom(stage);
      const { data, errors } = await stage.ask(`{
        room(id: "${id}") { name bookings { title room { template { name } } } }
      }`);
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        room: { name, bookings: [{ title: 'Piano', room: { template: { name: 'default' } } }] },
      });
    });

    it('reads 50 rooms that the other subgraph names by one REST call', async () => {
      const rooms = addRooms(stage.world, 50, 'many');
      const book = ({ id, name }: (typeof rooms)[number], index: number) =>
        `b${index}: book(roomId: "${id}", title: "${name}") { title }`;
      for (const part of [rooms.slice(0, 25), rooms.slice(25)]) {
        expect((await stage.ask(`mutation { ${part.map(book).join(' ')} }`)).errors).toBeUndefined();
      }
      stage.ledger.clear();
      const { data, errors } = await stage.ask('{ bookings { title room { name } } }');
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        bookings: expect.arrayContaining(rooms.map(({ name }) => ({ title: name, room: { name } }))),
      });
      expect(stage.ledger.lines()).toEqual(['GET /rooms?limit=100']);
    });

    it('passes the credential of each caller on, and the codes of refusals back', async () => {
      const { id, name } = await bookedRoom(stage);
      const document = `{ room(id: "${id}") { name } }`;
      // At the same time, as a router may share equal requests.
      const [allowed, refused, unknown] = await Promise.all([
        stage.ask(document),
        stage.ask(document, narrow.key),
        stage.ask(document, null),
      ]);
      expect(allowed.data).toEqual({ room: { name } });
      expect(codesOf(refused)).toEqual(['FORBIDDEN']);
      expect(codesOf(unknown)).toEqual(['UNAUTHENTICATED']);
    });

    describe.each(Object.entries(clients))('for a client over %s', (_name, clientOf) => {
      it('passes on events with fields of the other subgraph, and resumes by the last cursor after a drop', async () => {
        const { world, wire, url } = stage;
        const { id: roomId, name: room } = await bookedRoom(stage);
        const join = (name: string) => world.join(roomId, { name, role: 'guest', userId: name });
        await using client = clientOf(url, full.key);
        await using watching = client.watch<Change>(CHANGES, { roomId });
        expect(await watching.next()).toMatchObject({ peerChanges: { __typename: 'PeersSnapshot' } });
        join('Ada');
        const last = (await watching.until(isJoin)).at(-1);
        expect(last).toEqual(joined(room, 'Ada'));

        wire.cut();
        expect((await watching.answer())?.errors).toHaveLength(1);
        join('Grace');
        join('Emmy');
        await using resumed = client.watch<Change>(CHANGES, { roomId, after: last?.peerChanges.cursor });
        const missed = [await resumed.next(), await resumed.next()];
        expect(missed).toEqual(expect.arrayContaining([joined(room, 'Grace'), joined(room, 'Emmy')]));
        join('Edsger');
        expect(await resumed.next()).toEqual(joined(room, 'Edsger'));
      });

      it('refuses the subscription of a caller who may not, while another caller has one', async () => {
        const { id: roomId } = await bookedRoom(stage);
        await using allowed = clientOf(stage.url, full.key);
        await using watching = allowed.watch<Change>(CHANGES, { roomId });
        await watching.next();
        await using refused = clientOf(stage.url, narrow.key);
        await using other = refused.watch<Change>(CHANGES, { roomId });
        expect(codesOf(await other.answer())).toEqual(['FORBIDDEN']);
      });
    });
  },
);

it.skipIf(missing !== null)(
  'examples/federation ends with all that it has started on SIGTERM to npm',
  { timeout: 120_000 },
  async () => {
    const [bookingsPort, hivePort] = [await freePort(), await freePort()];
    await using home = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-npm-'));
    const folder = new URL('../../examples/federation/', import.meta.url);
    await using npm = startProcess('npm', ['start', '--no-update-notifier'], {
      cwd: folder,
      env: childEnvironment({
        HOME: home.path,
        BOOKINGS_PORT: String(bookingsPort),
        BOOKINGS_URL: `http://127.0.0.1:${bookingsPort}/graphql`,
        HIVE_PORT: String(hivePort),
      }),
      ownGroup: true,
    });
    await vi.waitUntil(() => npm.all().includes('Listening on '), { timeout: 90_000, interval: 50 });
    npm.child.kill('SIGTERM');
    // Resolves when the last process has ended that has a pipe of npm.
    expect(await npm.ended).toMatchObject({ code: 0 });
  },
);
