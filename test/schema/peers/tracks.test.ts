// The tracks of peers: one REST call a peer, and a limit on how many.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { addPastSession, addPeers, addRooms } from '../../support/worlds.ts';

const tracksOfRoom = graphql(`
  query TracksOfRoom($id: ID!, $first: Int) {
    room(id: $id) {
      peers(first: $first) {
        edges {
          node {
            hmsId
            tracks {
              hmsId
              type
              source
              muted
              startedAt
              streamId
              description
            }
          }
        }
      }
    }
  }
`);

const tracksTwice = graphql(`
  query TracksTwice($id: ID!) {
    room(id: $id) {
      peers {
        edges {
          node {
            tracks {
              hmsId
            }
          }
        }
      }
      activeSession {
        peers {
          edges {
            node {
              tracks {
                hmsId
              }
            }
          }
        }
      }
    }
  }
`);

async function roomOf(peers: number): Promise<{ tested: TestGateway; id: string }> {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const [room] = addRooms(tested.sandbox.world, 1);
  const id = room?.id ?? '';
  addPeers(tested.sandbox.world, id, peers);
  return { tested, id };
}

describe('tracks', () => {
  it('have their kind, source and state', async () => {
    const { tested, id } = await roomOf(0);
    await using _ = tested;
    const { world } = tested.sandbox;
    const peer = world.join(id, {
      name: 'Ada',
      role: 'host',
      userId: 'ada',
      publish: ['audio', 'video', 'screen'],
    });
    world.setMute(id, peer.id, 'audio', true);
    const { room } = await tested.data(tracksOfRoom, { id });
    expect(room?.peers?.edges[0]?.node.tracks).toMatchObject([
      { type: 'AUDIO', source: 'regular', muted: true, description: null },
      { type: 'VIDEO', source: 'regular', muted: false },
      { type: 'VIDEO', source: 'screen', muted: false },
    ]);
  });

  it('cost one call a peer', async () => {
    const { tested, id } = await roomOf(7);
    await using _ = tested;
    const { room } = await tested.data(tracksOfRoom, { id });
    expect(room?.peers?.edges.map(({ node }) => node.tracks)).toEqual(Array.from({ length: 7 }, () => []));
    expect(tested.sandbox.ledger.count({ operationId: 'getActivePeer' })).toBe(7);
    expect(tested.sandbox.ledger.count()).toBe(9);
  });

  it('of the same peer are read once, however often they are selected', async () => {
    const { tested, id } = await roomOf(3);
    await using _ = tested;
    await tested.data(tracksTwice, { id });
    expect(tested.sandbox.ledger.count({ operationId: 'getActivePeer' })).toBe(3);
  });

  it('are returned for 100 peers an operation, and refused for the next one', async () => {
    const { tested, id } = await roomOf(101);
    await using _ = tested;
    await tested.data(tracksOfRoom, { id, first: 100 });
    const { ledger } = tested.sandbox;
    expect(ledger.count({ operationId: 'getActivePeer' })).toBe(100);
    ledger.clear();
    const answer = await tested.ask(tracksOfRoom, { id, first: 101 });
    expect(answer.errors).toMatchObject([
      {
        path: ['room', 'peers', 'edges', 100, 'node', 'tracks'],
        extensions: { code: 'LIMIT_EXCEEDED', limit: 'tracks' },
      },
    ]);
    expect(answer.errors?.[0]?.message).toContain('100');
    expect(ledger.count({ operationId: 'getActivePeer' })).toBe(100);
  });

  it('of a peer who has left are null and cost no call', async () => {
    const { tested, id } = await roomOf(0);
    await using _ = tested;
    addPastSession(tested.sandbox.world, id);
    const document = `query ($id: ID!) {
      room(id: $id) { sessions { edges { node { peers { edges { node { connected tracks { hmsId } } } } } } } }
    }`;
    expect(await tested.data(document, { id })).toEqual({
      room: {
        sessions: { edges: [{ node: { peers: { edges: [{ node: { connected: false, tracks: null } }] } } }] },
      },
    });
    expect(tested.sandbox.ledger.count({ operationId: 'getActivePeer' })).toBe(0);
  });
});
