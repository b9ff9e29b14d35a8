// Analytics by real GraphQL text over the sandbox: events as a connection, and the quality of connections.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import { graphql } from '../../generated/gql.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { addPastSession } from '../../support/worlds.ts';

const eventsOfRoom = graphql(`
  query EventsOfRoom($id: ID!, $first: Int, $after: String, $filter: AnalyticsEventFilter) {
    room(id: $id) {
      analyticsEvents(first: $first, after: $after, filter: $filter) {
        totalCount
        edges {
          cursor
          node {
            __typename
            hmsId
            type
            at
            peerId
            peer {
              name
            }
            session {
              hmsId
            }
            room {
              hmsId
            }
            ... on AnalyticsTrackEvent {
              userId
              userName
              role
              joinedAt
              trackId
              streamId
              trackType
              source
              muted
              startedAt
              stoppedAt
            }
            ... on AnalyticsRecordingEvent {
              beamId
              durationSeconds
              sizeBytes
              recordingPath
              startedAt
              stoppedAt
              createdAt
              maxWidth
              maxHeight
            }
            ... on AnalyticsErrorEvent {
              userId
              errorCode
              errorName
              errorMessage
              errorDescription
              terminal
              action
              transportState
              agent {
                sdk
                osVersion
                prebuilt
              }
            }
            ... on AnalyticsOtherEvent {
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          endCursor
        }
      }
    }
  }
`);

const eventIds = graphql(`
  query EventIds($roomId: ID!, $first: Int, $after: String, $filter: AnalyticsEventFilter) {
    analyticsEvents(roomId: $roomId, first: $first, after: $after, filter: $filter) {
      edges {
        node {
          hmsId
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const quality = graphql(`
  query Quality($sessionId: ID!, $peerId: ID!) {
    peerQualityStats(sessionId: $sessionId, peerId: $peerId) {
      published {
        trackId
        trackType
        source
        layer
        samples {
          at
          bitrateKbps
          fps
          packetLossPercent
          rttMs
          jitterMs
          freezeCount
          concealedSamples
        }
      }
      received {
        trackType
        samples {
          bitrateKbps
        }
      }
    }
  }
`);

const qualityOfPeers = graphql(`
  query QualityOfPeers($id: ID!) {
    session(id: $id) {
      peers(first: 200) {
        edges {
          node {
            qualityStats {
              published {
                trackId
              }
            }
          }
        }
      }
    }
  }
`);

async function watched() {
  const clock = new ManualClock();
  const tested = await startTestGateway({ sandbox: { data: 'empty' }, clock });
  const { world } = tested.sandbox;
  const room = world.rooms.create();
  const ada = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada', publish: ['audio', 'screen'] });
  return { ...tested, clock, world, room, ada };
}

describe('the events of a room', () => {
  it('have the fields of their kind, and links to the room, session and peer', async () => {
    await using tested = await watched();
    const { world, room, ada } = tested;
    await tested.clock.advance(1000);
    world.leave(room.id, ada.id, 'websocket closed');
    const { room: read } = await tested.data(eventsOfRoom, { id: room.id });
    expect(read?.analyticsEvents?.totalCount).toBe(5);
    const events = read?.analyticsEvents?.edges.map(({ node }) => node) ?? [];
    const common = {
      peerId: ada.id,
      peer: { name: 'Ada' },
      session: { hmsId: ada.sessionId },
      room: { hmsId: room.id },
    };
    expect(events[0]).toMatchObject({
      __typename: 'AnalyticsTrackEvent',
      type: 'TRACK_REMOVE_SUCCESS',
      ...common,
      userName: 'Ada',
      role: 'host',
      trackType: 'VIDEO',
      source: 'screen',
      muted: false,
      stoppedAt: expect.stringMatching(/^2026-03-12T16:00:01/),
    });
    expect(events[2]).toMatchObject({
      __typename: 'AnalyticsErrorEvent',
      type: 'CLIENT_DISCONNECTED',
      ...common,
      errorCode: 1003,
      terminal: true,
      action: 'RECONNECT_SIGNAL',
      agent: { sdk: 'web', osVersion: '10.15.7', prebuilt: false },
    });
    expect(events[4]).toMatchObject({ type: 'TRACK_ADD_SUCCESS', stoppedAt: null });
    // The room, its events, and the one session of all events.
    expect(tested.sandbox.ledger.count()).toBe(3);
  });

  it('are listed once and in order with any page size, and hasNextPage is true', async () => {
    await using tested = await watched();
    const { world, room, ada } = tested;
    for (let index = 0; index < 21; index += 1) world.setMute(room.id, ada.id, 'audio', index % 2 === 0);
    const walked = async (
      first: number,
      meanwhile = (_page: number): void => undefined,
    ): Promise<string[]> => {
      const ids: string[] = [];
      let after: string | null = null;
      for (let pages = 0; pages < 30; pages += 1) {
        // Annotated, because TypeScript cannot infer a type from a loop that refers to itself.
        const variables: { roomId: string; first: number; after: string | null } = {
          roomId: room.id,
          first,
          after,
        };
        const { analyticsEvents: page } = await tested.data(eventIds, variables);
        ids.push(...(page?.edges.map(({ node }) => node.hmsId) ?? []));
        expect(page?.pageInfo.hasNextPage).toBe(ids.length < 23);
        if (page?.pageInfo.hasNextPage !== true) break;
        after = page.pageInfo.endCursor ?? null;
        meanwhile(pages);
      }
      return ids;
    };
    const all = await walked(100);
    expect(new Set(all).size).toBe(23);
    for (const first of [1, 7, 22]) expect(await walked(first)).toEqual(all);
    // Events that happen while a client pages are not part of its list.
    const muting = (page: number): void => void world.setMute(room.id, ada.id, 'screen', page % 2 === 0);
    expect(await walked(5, muting)).toEqual(all);
  });

  it('are filtered by type, session, peer and user', async () => {
    await using tested = await watched();
    const { world, room, ada } = tested;
    const bob = world.join(room.id, { name: 'Bob', role: 'guest', userId: 'bob', publish: ['audio'] });
    const count = async (filter: object): Promise<number> =>
      (await tested.data(eventIds, { roomId: encodeGlobalId('Room', room.id), filter })).analyticsEvents
        ?.edges.length ?? -1;
    expect(await count({ types: ['TRACK_ADD_SUCCESS', 'TRACK_UPDATE_SUCCESS'] })).toBe(3);
    expect(await count({ types: ['BEAM_RECORDING_SUCCESS'], beamId: 'f'.repeat(24) })).toBe(0);
    expect(await count({ sessionId: encodeGlobalId('Session', ada.sessionId) })).toBe(3);
    expect(await count({ peerId: encodeGlobalId('Peer', `${room.id}:${bob.id}`) })).toBe(1);
    expect(await count({ userId: 'ada' })).toBe(2);
    expect(await count({ errorsOnly: true })).toBe(0);
    const other = await tested.ask(eventIds, { roomId: room.id, filter: { types: ['OTHER'] } });
    expect(other.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('of a kind that the vendor has added are AnalyticsOtherEvent', async () => {
    await using tested = await watched();
    const data = { room_id: tested.room.id, peer_id: '' };
    const shape = (): unknown => ({
      limit: 1,
      total: 1,
      next: '',
      events: [{ id: 'e', type: 'track.frozen', timestamp: null, data }],
    });
    tested.sandbox.faults.set('listAnalyticsEvents', { kind: 'shape', shape });
    const { room } = await tested.data(eventsOfRoom, { id: tested.room.id });
    expect(room?.analyticsEvents?.edges.map(({ node }) => node)).toEqual([
      {
        __typename: 'AnalyticsOtherEvent',
        hmsId: 'e',
        type: 'OTHER',
        name: 'track.frozen',
        at: null,
        peerId: null,
        peer: null,
        session: null,
        room: { hmsId: tested.room.id },
      },
    ]);
  });

  it('of recordings have no link to their files', async () => {
    await using tested = await startTestGateway();
    const { world } = tested.sandbox;
    const recorded = [...world.jobs.all.values()].find(
      ({ kind, status }) => kind === 'recording' && status === 'completed',
    );
    const filter = { types: ['BEAM_RECORDING_SUCCESS' as const] };
    const { room } = await tested.data(eventsOfRoom, { id: recorded?.roomId ?? '', filter });
    expect(room?.analyticsEvents?.edges[0]?.node).toMatchObject({
      __typename: 'AnalyticsRecordingEvent',
      beamId: expect.any(String),
      durationSeconds: expect.any(Number),
      recordingPath: expect.any(String),
      peer: null,
    });
  });
});

describe("the quality of a peer's connection", () => {
  it('is a list of samples once the session has ended, by vendor ids and global ids', async () => {
    await using tested = await watched();
    const { world, room, ada } = tested;
    world.join(room.id, { name: 'Bob', role: 'guest', userId: 'bob', publish: ['audio'] });
    await tested.clock.advance(20_000);
    const ids = { sessionId: ada.sessionId, peerId: ada.id };
    expect(await tested.data(quality, ids)).toEqual({ peerQualityStats: { published: [], received: [] } });
    world.endSession(room.id);
    const { peerQualityStats: stats } = await tested.data(quality, ids);
    expect(stats?.published.map(({ trackType, source, layer }) => [trackType, source, layer])).toEqual([
      ['VIDEO', 'screen', null],
      ['AUDIO', null, null],
    ]);
    expect(stats?.published[1]?.samples).toHaveLength(2);
    expect(stats?.published[1]?.samples[0]).toEqual({
      at: '2026-03-12T16:00:10.000Z',
      bitrateKbps: expect.any(Number),
      fps: null,
      packetLossPercent: expect.any(Number),
      rttMs: expect.any(Number),
      jitterMs: expect.any(Number),
      freezeCount: null,
      concealedSamples: null,
    });
    expect(stats?.received).toMatchObject([{ trackType: 'AUDIO' }]);
    const global = {
      sessionId: encodeGlobalId('Session', ada.sessionId),
      peerId: encodeGlobalId('Peer', `${room.id}:${ada.id}`),
    };
    expect(await tested.data(quality, global)).toEqual({ peerQualityStats: stats });
    expect(await tested.data(quality, { ...ids, sessionId: 'f'.repeat(24) })).toEqual({
      peerQualityStats: null,
    });
    const bad = await tested.ask(quality, { ...ids, peerId: '../x' });
    expect(bad.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('costs one REST call a peer, and is limited to a hundred peers', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, ledger } = tested.sandbox;
    const few = addPastSession(world, world.rooms.create().id);
    const read = await tested.data(qualityOfPeers, { id: few.sessionId });
    expect(read.session?.peers?.edges).toEqual([{ node: { qualityStats: { published: [] } } }]);
    expect(ledger.count({ operationId: 'getPeerQualityStats' })).toBe(1);
    const room = world.rooms.create();
    const peers = Array.from({ length: 101 }, (_, index) =>
      world.join(room.id, { name: `Peer ${index}`, role: 'guest', userId: `user-${index}` }),
    );
    const many = await tested.ask(qualityOfPeers, { id: peers[0]?.sessionId });
    expect(many.errors?.map(({ extensions }) => extensions['code'])).toEqual(['LIMIT_EXCEEDED']);
  });
});
