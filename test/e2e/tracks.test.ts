// `trackChanges` as its clients meet it: real clients over real sockets, a gateway that reads the peers of a sandbox.
import { expect, test } from 'vitest';
import { graphql } from '../generated/gql.ts';
import type { FollowTracksSubscription } from '../generated/graphql.ts';
import { eventStreamClient, openEventStream, webSocketClient } from '../support/sockets.ts';
import { followPeers } from './documents.ts';
import { addListeners } from '../support/worlds.ts';
import { FAST, stage, type Stage } from './stage.ts';

const followTracks = graphql(`
  subscription FollowTracks($roomId: ID!, $after: String) {
    trackChanges(roomId: $roomId, after: $after) {
      __typename
      cursor
      at
      asOf
      ... on TracksSnapshot {
        reason
        stale
        peerTracks {
          asOf
          peer {
            ...TrackedPeer
          }
          tracks {
            ...FollowedTrack
          }
        }
      }
      ... on TracksAwaited {
        peer {
          ...TrackedPeer
        }
      }
      ... on TracksUpdated {
        previousAsOf
        peer {
          ...TrackedPeer
        }
        tracks {
          ...FollowedTrack
        }
        previousTracks {
          ...FollowedTrack
        }
      }
      ... on TracksEnded {
        endCause
        peer {
          ...TrackedPeer
        }
      }
    }
  }
  fragment TrackedPeer on Peer {
    hmsId
    name
    role
    connected
  }
  fragment FollowedTrack on Track {
    type
    source
    muted
  }
`);

type Change = FollowTracksSubscription['trackChanges'];
type Tracks = Extract<Change, { __typename: 'TracksUpdated' }>['tracks'];

const tracksIn = (tracks: Tracks | null) =>
  tracks === null
    ? '?'
    : tracks
        .map(({ type, source, muted }) => `${source === 'screen' ? 'SCREEN' : type} ${muted ? 'off' : 'on'}`)
        .sort()
        .join(', ') || '-';

function inShort(change: Change): string {
  if (change.__typename === 'TracksSnapshot') {
    const all = change.peerTracks.map(({ peer, tracks }) => `${peer.name}: ${tracksIn(tracks)}`);
    return `${change.reason} [${all.join('; ')}]`;
  }
  const { name } = change.peer;
  if (change.__typename === 'TracksUpdated') return `${name}: ${tracksIn(change.tracks)}`;
  return change.__typename === 'TracksAwaited' ? `${name} awaited` : `${name} ended ${change.endCause}`;
}

const config = { ...FAST, trackLooksPerSecond: 1000 };
const camera = { userId: 'grace', publish: ['audio', 'video'] as const };

/** A client of the room's tracks that has got the first event. */
async function follow(client: ReturnType<typeof webSocketClient>, { room }: Stage) {
  const stream = client.watch(followTracks, { roomId: room.id });
  const until = async (last: string) => {
    const read = await stream.until(({ trackChanges }) => inShort(trackChanges) === last);
    return read.map(({ trackChanges }) => inShort(trackChanges));
  };
  return { stream, until, first: inShort((await stream.next()).trackChanges) };
}

test('cameras and microphones that go on and off reach clients over both transports', async () => {
  await using staged = await stage({ config });
  const { url, world, room, ada } = staged;
  addListeners(world, room);
  await using webSocket = webSocketClient(url);
  await using eventStream = eventStreamClient(url);
  const one = await follow(webSocket, staged);
  const other = await follow(eventStream, staged);
  expect([one.first, await one.until('Ada: -')]).toEqual(['SUBSCRIBED [Ada: ?]', ['Ada: -']]);
  const grace = world.join(room.id, { name: 'Grace', role: 'guest', ...camera });
  expect(await one.until('Grace: AUDIO on, VIDEO on')).toEqual([
    'Grace awaited',
    'Grace: AUDIO on, VIDEO on',
  ]);
  world.setMute(room.id, grace.id, 'video', true);
  expect(await one.until('Grace: AUDIO on, VIDEO off')).toHaveLength(1);
  world.leave(room.id, grace.id);
  expect(await one.until('Grace ended LEFT')).toHaveLength(1);
  world.leave(room.id, ada.id);
  expect(await one.until('Ada ended LEFT')).toHaveLength(1);
  const told = await other.until('Ada ended LEFT');
  expect(told.slice(-4)).toEqual([
    'Grace: AUDIO on, VIDEO on',
    'Grace: AUDIO on, VIDEO off',
    'Grace ended LEFT',
    'Ada ended LEFT',
  ]);
});

test('an event says how old it is, and a resumed client gets what it missed', async () => {
  await using staged = await stage({ config });
  const { url, world, room } = staged;
  addListeners(world, room);
  const grace = world.join(room.id, { name: 'Grace', role: 'guest', ...camera });
  await using raw = await openEventStream(url, followTracks, { roomId: room.id });
  await using client = webSocketClient(url);
  const { until } = await follow(client, staged);
  await until('Grace: AUDIO on, VIDEO on');
  const before = Date.now();
  world.setMute(room.id, grace.id, 'video', true);
  await until('Grace: AUDIO on, VIDEO off');
  const read = async (): Promise<{ change: Change; id: string | undefined }> => {
    const event = await raw.next();
    if (event?.event !== 'next') throw new Error(`An event was expected, not ${JSON.stringify(event)}`);
    // The stream is one of `followTracks`.
    const { data } = JSON.parse(event.data) as { data: { trackChanges: Change } };
    return { change: data.trackChanges, id: event.id };
  };
  let last = await read();
  let cursor = last.id;
  while (inShort(last.change) !== 'Grace: AUDIO on, VIDEO off') {
    cursor = last.id;
    last = await read();
  }
  const { change } = last;
  if (change.__typename !== 'TracksUpdated') throw new Error('not updated');
  expect(Date.parse(change.asOf ?? '')).toBeGreaterThanOrEqual(before);
  expect(Date.parse(change.asOf ?? '')).toBeLessThanOrEqual(Date.parse(change.at));
  expect(Date.parse(change.previousAsOf ?? '')).toBeLessThanOrEqual(Date.parse(change.asOf ?? ''));
  expect(tracksIn(change.previousTracks)).toBe('AUDIO on, VIDEO on');
  const resumed = client.watch(followTracks, { roomId: room.id, after: cursor ?? '' });
  expect((await resumed.next()).trackChanges).toEqual(change);
});

test('the ledger has one read of a peer a time, none of roles that publish nothing, and none when nobody watches', async () => {
  await using staged = await stage({ config });
  const { url, world, room, ada, sandbox } = staged;
  addListeners(world, room);
  const quiet = world.join(room.id, { name: 'Quiet', role: 'listener', userId: 'quiet' });
  await using client = webSocketClient(url);
  await using other = webSocketClient(url);
  const one = await follow(client, staged);
  const two = await follow(other, staged);
  expect(one.first).toBe('SUBSCRIBED [Ada: ?]');
  const reads = (id: string) => sandbox.ledger.count({ path: `/active-rooms/${room.id}/peers/${id}` });
  await expect.poll(() => reads(ada.id)).toBeGreaterThan(3);
  expect(reads(quiet.id)).toBe(0);
  await one.stream.stop();
  await two.stream.stop();
  const peers = other.watch(followPeers, { roomId: room.id });
  await peers.next();
  await expect.poll(() => staged.gateway.services.live.gauges().trackedRooms).toBe(0);
  const before = reads(ada.id);
  const polls = () => sandbox.ledger.count({ path: `/active-rooms/${room.id}/peers` });
  const atLeast = polls() + 3;
  await expect.poll(polls).toBeGreaterThan(atLeast);
  expect(reads(ada.id) - before).toBeLessThanOrEqual(1);
});
