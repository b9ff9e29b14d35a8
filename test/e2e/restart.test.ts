// The gateway is stopped and started again under subscribers, over real sockets: every client reconnects by itself, and
// the list of peers that it keeps equals that of the room.
import { expect, it } from 'vitest';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { composeGateway, type Gateway } from '../../src/gateway.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { canaryCredentials, canaryLog, gatewayCredentials } from '../support/canary.ts';
import { testConfig } from '../support/gateway.ts';
import { subscribingClients, type Subscribe } from '../support/subscribing-clients.ts';
import { addRooms } from '../support/worlds.ts';
import { FAST, newcomer } from './stage.ts';

const EACH = 50;

const QUERY = `subscription ($roomId: ID!) {
  peerChanges(roomId: $roomId) {
    __typename
    ... on PeersSnapshot { peers { hmsId } }
    ... on PeerJoined { peer { hmsId } }
    ... on PeerLeft { peer { hmsId } }
  }
}`;

interface Person {
  readonly hmsId: string;
}

type Change =
  | { readonly __typename: 'PeersSnapshot'; readonly peers: readonly Person[] }
  | { readonly __typename: 'PeerJoined' | 'PeerLeft'; readonly peer: Person }
  | { readonly __typename: 'PeerUpdated' | 'SessionStarted' | 'SessionEnded' };

/** A client that keeps the list of the peers of a room. */
class Member {
  readonly name: string;
  readonly roomId: string;
  /** How its subscription ended; null while it runs. */
  over: unknown = null;
  /** The client's list of peers; null before its first event. */
  peers: ReadonlySet<string> | null = null;
  readonly leave: () => unknown;

  constructor(name: string, subscribe: Subscribe, url: string, roomId: string) {
    this.name = name;
    this.roomId = roomId;
    this.leave = subscribe<{ readonly peerChanges: Change }>(
      url,
      QUERY,
      { roomId },
      {
        event: ({ peerChanges }) => this.#apply(peerChanges),
        over: (how) => (this.over = how),
      },
    );
  }

  #apply(change: Change): void {
    if (change.__typename === 'PeersSnapshot') this.peers = new Set(change.peers.map(({ hmsId }) => hmsId));
    if (change.__typename === 'PeerJoined')
      this.peers = this.peers?.union(new Set([change.peer.hmsId])) ?? null;
    if (change.__typename === 'PeerLeft')
      this.peers = this.peers?.difference(new Set([change.peer.hmsId])) ?? null;
  }

  /** The name of the client if its list differs from the room's or its subscription has ended; else null. */
  fault(world: World): string[] {
    const present = new Set(world.sessions.active(this.roomId)?.peers.keys());
    const isTrue = this.peers?.symmetricDifference(present).size === 0;
    return isTrue && this.over === null ? [] : [`${this.name} ${String(this.over)}`];
  }
}

it(
  `${EACH} of each client come back from a stop and a start by themselves, with the room's list of peers`,
  { timeout: 90_000 },
  async () => {
    await using sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
    const { world } = sandbox;
    const rooms = addRooms(world, 5).map(({ id }) => id);
    const [changed = '', emptied = '', replaced = '', same = '', filled = ''] = rooms;
    const first = [changed, emptied, replaced, same].map((id) => world.join(id, newcomer('Ada')));
    const start = async (port: number): Promise<{ readonly gateway: Gateway; readonly url: string }> => {
      const gateway = composeGateway({
        config: testConfig({ upstreamRequestsPerSecond: 100_000, ...FAST, port }),
        log: canaryLog(),
        // Both steps of the stop, but short.
        lingerMs: 100,
        upstream: { apiUrl: sandbox.url, ...gatewayCredentials },
        limits: { pointsPerMinute: 0 },
        authentication: new Authenticator({}, systemClock),
      });
      return { gateway, url: await gateway.listen() };
    };

    const { gateway, url } = await start(0);
    // Clients disconnect before the gateway stops; otherwise they would try to reconnect.
    await using gateways = new AsyncDisposableStack();
    await using clients = new AsyncDisposableStack();
    const members = Object.entries(subscribingClients).flatMap(([name, subscribe]) =>
      Array.from(
        { length: EACH },
        (_, index) => new Member(name, subscribe, url, rooms[index % rooms.length] ?? ''),
      ),
    );
    for (const member of members) clients.defer(async () => void (await member.leave()));
    const faults = () => members.flatMap((member) => member.fault(world));
    const allTrue = () => expect.poll(faults, { interval: 20, timeout: 25_000 }).toEqual([]);
    await allTrue();

    await gateway.close();
    world.join(changed, newcomer('Grace'));
    world.leave(emptied, first[1]?.id ?? '');
    world.leave(replaced, first[2]?.id ?? '');
    world.join(replaced, newcomer('Emmy'));
    world.join(filled, newcomer('Ida'));
    expect(faults().length).toBeGreaterThan(0);
    const again = await start(Number(new URL(url).port));
    gateways.use(again.gateway);
    await allTrue();

    // The clients also receive new changes.
    for (const id of rooms) world.join(id, newcomer('Hedy'));
    await allTrue();
  },
);
