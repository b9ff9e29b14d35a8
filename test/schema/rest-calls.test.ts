// How many REST calls an operation costs, counted by the sandbox's ledger.
import { describe, expect, it } from 'vitest';
import { graphql } from '../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

const roomsWithRoles = graphql(`
  query RoomsWithRoles {
    rooms(first: 20) {
      edges {
        node {
          name
          template {
            name
            roles {
              name
            }
          }
        }
      }
    }
  }
`);

const roomsWithPeople = graphql(`
  query RoomsWithPeople {
    rooms(first: 50) {
      edges {
        node {
          activeSession {
            peers {
              edges {
                node {
                  name
                  role
                }
              }
            }
          }
        }
      }
    }
  }
`);

const roomNames = graphql(`
  query RoomNames($first: Int!) {
    rooms(first: $first) {
      edges {
        node {
          name
        }
      }
    }
  }
`);

const roomNamesAndMore = graphql(`
  query RoomNamesAndMore($first: Int!) {
    rooms(first: $first) {
      edges {
        node {
          name
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

describe('rooms with the roles of their templates', () => {
  it('cost two calls with an empty cache, and one with a filled cache', async () => {
    await using tested = await startTestGateway();
    const cold = await tested.data(roomsWithRoles);
    expect(cold.rooms?.edges).toHaveLength(20);
    expect(cold.rooms?.edges.every(({ node }) => (node.template?.roles.length ?? 0) > 1)).toBe(true);
    expect(tested.sandbox.ledger.lines()).toEqual(['GET /rooms?limit=21', 'GET /templates?limit=100']);
    tested.sandbox.ledger.clear();
    expect(await tested.data(roomsWithRoles)).toEqual(cold);
    expect(tested.sandbox.ledger.lines()).toEqual(['GET /rooms?limit=21']);
  });

  it('cost a hundred concurrent clients no more than one client', async () => {
    await using tested = await startTestGateway();
    const answers = await Promise.all(Array.from({ length: 100 }, () => tested.data(roomsWithRoles)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(tested.sandbox.ledger.lines()).toEqual(['GET /rooms?limit=21', 'GET /templates?limit=100']);
  });
});

describe('rooms with the people of their active sessions', () => {
  const sweep = 'GET /sessions?active=true&limit=100';

  async function living(rooms: number): Promise<TestGateway> {
    const tested = await startTestGateway({ sandbox: { data: 'empty' } });
    for (const { id } of addRooms(tested.sandbox.world, rooms)) addPeers(tested.sandbox.world, id, 3);
    return tested;
  }

  it('cost the page of rooms and one page of active sessions', async () => {
    await using tested = await living(50);
    const { rooms } = await tested.data(roomsWithPeople);
    const people = rooms?.edges.map(({ node }) => node.activeSession?.peers?.edges.map((edge) => edge.node));
    const guests = [0, 1, 2].map((index) => ({ name: `Peer ${index}`, role: 'guest' }));
    expect(people).toEqual(Array.from({ length: 50 }, () => guests));
    expect(tested.sandbox.ledger.lines()).toEqual(['GET /rooms?limit=51', sweep]);
  });

  it('cost as many pages of active sessions as there are, not one call a room', async () => {
    await using tested = await living(150);
    const { rooms } = await tested.data(roomsWithPeople);
    expect(rooms?.edges.every(({ node }) => node.activeSession?.peers?.edges.length === 3)).toBe(true);
    expect(tested.sandbox.ledger.lines()).toEqual([
      'GET /rooms?limit=51',
      sweep,
      expect.stringMatching(/^GET \/sessions\?active=true&limit=100&start=[0-9a-f]{24}$/),
    ]);
  });
});

describe('a page of a list', () => {
  const calls = [
    { first: 3, alone: 1, withMore: 1 },
    { first: 10, alone: 1, withMore: 1 },
    { first: 100, alone: 1, withMore: 2 },
    { first: 101, alone: 2, withMore: 2 },
    { first: 250, alone: 3, withMore: 3 },
  ];

  it.each(calls)('of $first costs $alone calls without pageInfo, and $withMore with it', async (expected) => {
    const { first, alone, withMore } = expected;
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    addRooms(tested.sandbox.world, 300);
    const { ledger } = tested.sandbox;
    expect((await tested.data(roomNames, { first })).rooms?.edges).toHaveLength(first);
    expect(ledger.count()).toBe(alone);
    ledger.clear();
    expect((await tested.data(roomNamesAndMore, { first })).rooms?.pageInfo.hasNextPage).toBe(true);
    expect(ledger.count()).toBe(withMore);
  });

  it('of 100 costs no further call if the list is shorter', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    addRooms(tested.sandbox.world, 99);
    const { rooms } = await tested.data(roomNamesAndMore, { first: 100 });
    expect(rooms?.edges).toHaveLength(99);
    expect(rooms?.pageInfo.hasNextPage).toBe(false);
    expect(tested.sandbox.ledger.lines()).toEqual(['GET /rooms?limit=100']);
  });
});
