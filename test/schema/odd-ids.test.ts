// Ids of other forms than the documented ones: the gateway accepts every id that it has returned, and never returns an
// id that no URL may have.
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/http/faults.ts';
import { codesOf, startTestGateway } from '../support/gateway.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

type Json = Record<string, unknown>;

/** Changes the newest element of a page. */
function newest(change: (element: Json) => Json): Fault {
  return {
    kind: 'shape',
    shape: (body) => {
      const page: Json = Object(body);
      const [first, ...rest]: Json[] = Object(page['data']);
      return { ...page, data: [change(first ?? {}), ...rest] };
    },
  };
}

const SESSIONS = '{ sessions { edges { cursor node { id } } } }';

interface Sessions {
  readonly sessions: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  };
}

async function liveLab() {
  const lab = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = lab.sandbox;
  for (const { id } of addRooms(world, 2)) addPeers(world, id, 2);
  return lab;
}

describe('an id that has another form than the documented one', () => {
  it.each(['session-slug-9', 'FFFFFFFFFFFFFFFFFFFFFFFF', 'x', '__proto__', 'a:b', 'ид', '😀'.repeat(200)])(
    'is accepted as it was returned: %s',
    async (id) => {
      await using lab = await liveLab();
      lab.sandbox.faults.set(
        'listSessions',
        newest((session) => ({ ...session, id })),
      );
      const { sessions } = (await lab.data(SESSIONS)) as Sessions;
      const [edge] = sessions.edges;
      expect(sessions.edges).toHaveLength(2);
      lab.sandbox.faults.clear();
      lab.sandbox.ledger.clear();
      const found = await lab.ask('query ($id: ID!) { node(id: $id) { id } }', { id: edge?.node.id });
      expect(found).toEqual({ data: { node: null } });
      expect(lab.sandbox.ledger.lines()).toEqual([`GET /sessions/${encodeURIComponent(id)}`]);
      const after = await lab.ask('query ($after: String) { sessions(after: $after) { edges { cursor } } }', {
        after: edge?.cursor,
      });
      expect(codesOf(after)).not.toContain('BAD_USER_INPUT');
    },
  );

  it('gives access to the objects that belong to its object', async () => {
    await using lab = await liveLab();
    const { world, faults, ledger } = lab.sandbox;
    const session = world.sessions.active([...world.rooms.all.keys()][0] ?? '')?.id;
    faults.set('getSession', { kind: 'shape', shape: (body) => ({ ...Object(body), id: 'session-slug-9' }) });
    const answer = await lab.ask(
      `query ($id: ID!) { session(id: $id) {
        recordings { edges { cursor } } recordingAssets { edges { cursor } }
        liveStreams { edges { cursor } } externalStreams { edges { cursor } }
      } }`,
      { id: session },
    );
    expect(answer.errors).toBeUndefined();
    const lists = ledger.lines().filter((line) => line.includes('session_id=session-slug-9'));
    expect(lists).toHaveLength(4);
  });
});

describe('an id that no URL may have', () => {
  it.each(['a/b', '..', 'a?b', '%2e', ' ', 'a\nb', '\ud83d', 'y'.repeat(201), ''])(
    'is no id: its element is left out, and the other elements are returned: %j',
    async (id) => {
      await using lab = await liveLab();
      lab.sandbox.faults.set(
        'listSessions',
        newest((session) => ({ ...session, id })),
      );
      const { sessions } = (await lab.data(SESSIONS)) as Sessions;
      expect(sessions.edges).toHaveLength(1);
    },
  );

  it('is null if it is the link to another object', async () => {
    await using lab = await liveLab();
    const [room] = lab.sandbox.world.rooms.all.keys();
    lab.sandbox.faults.set('getRoom', {
      kind: 'shape',
      shape: (body) => ({ ...Object(body), template_id: 'a/b' }),
    });
    const answer = await lab.ask('query ($id: ID!) { room(id: $id) { name template { id } } }', { id: room });
    expect(answer).toEqual({ data: { room: { name: 'room-0', template: null } } });
  });
});

describe('the id of a peer', () => {
  it('is replaced by the key of the map if it is invalid; a peer without a valid id or key is left out', async () => {
    await using lab = await liveLab();
    const { world, faults } = lab.sandbox;
    const room = [...world.rooms.all.keys()][0] ?? '';
    const [first, second] = world.sessions.connectedPeers(room);
    faults.set('listActivePeers', {
      kind: 'shape',
      shape: (body) => {
        const { peers } = Object(body);
        return {
          peers: {
            [first?.id ?? '']: { ...peers[first?.id ?? ''], id: ' ' },
            ' ': { ...peers[second?.id ?? ''], id: '' },
          },
        };
      },
    });
    const answer = await lab.ask(
      'query ($id: ID!) { room(id: $id) { peers { edges { node { hmsId } } } } }',
      {
        id: room,
      },
    );
    expect(answer).toEqual({ data: { room: { peers: { edges: [{ node: { hmsId: first?.id } }] } } } });
  });
});
