// Readings of a room that changes between two requests.
import { expect, test } from 'vitest';
import { EMPTY_ROOM, type RoomState } from '../../../src/live/rooms/differences.ts';
import { readRoom, type RoomPolls } from '../../../src/live/rooms/room-reading.ts';
import type { ActivePeerResource } from '../../../src/rest/peers/peers.ts';
import type { SessionResource } from '../../../src/rest/sessions/sessions.ts';

const when = '2026-03-12T16:00:00Z';

function peer(id: string): ActivePeerResource {
  return { id, name: id, user_id: id, metadata: '', role: 'guest', joined_at: when };
}

function session(id: string, joins: Record<string, string | undefined> = {}): SessionResource {
  const peers = Object.entries(joins).map(([peerId, leftAt]) => [
    peerId,
    {
      id: peerId,
      session_id: id,
      name: '',
      role: '',
      user_id: '',
      joined_at: when,
      ...(leftAt !== undefined && { left_at: leftAt }),
    },
  ]);
  const whole = { id, room_id: 'r', customer_id: 'c', active: true, created_at: when, updated_at: when };
  return { ...whole, peers: Object.fromEntries(peers) as SessionResource['peers'] };
}

function known(id: string, ...ids: string[]): RoomState {
  return {
    session: { id, room_id: 'r', created_at: when },
    peers: new Map(ids.map((each) => [each, peer(each)])),
  };
}

/** Answers in the given order; `requested` lists the requests. */
function script(
  ...answers: (readonly string[] | SessionResource | null)[]
): RoomPolls & { requested: string[] } {
  const requested: string[] = [];
  return {
    requested,
    async peers() {
      requested.push('peers');
      const answer = answers.shift();
      if (!Array.isArray(answer)) throw new Error('the script has another answer here');
      return answer.map((id: string) => peer(id));
    },
    async session() {
      requested.push('session');
      const answer = answers.shift();
      if (answer === undefined || Array.isArray(answer))
        throw new Error('the script has another answer here');
      // Not an array, as was just checked.
      return answer as SessionResource | null;
    },
  };
}

const brief = (reading: Awaited<ReturnType<typeof readRoom>>) =>
  reading && [reading.session?.id ?? null, ...reading.peers.map(({ id }) => id)];

test('one known peer proves that the known session goes on', async () => {
  expect(brief(await readRoom(known('s', 'a', 'b'), script(['b', 'c'])))).toEqual(['s', 'b', 'c']);
});

test('peers of a session that began after the poll of the session are not read as peers of the older one', async () => {
  const polls = script(session('s2', { c: undefined }), ['d'], session('s3', { d: undefined }));
  expect(brief(await readRoom(EMPTY_ROOM, polls))).toEqual(['s3', 'd']);
});

test('a record without the latest joins is accepted when the session is the same before and after', async () => {
  expect(brief(await readRoom(EMPTY_ROOM, script(session('s'), ['a'], session('s'))))).toEqual(['s', 'a']);
  expect(brief(await readRoom(known('s', 'x'), script(['a'], session('s'))))).toEqual(['s', 'a']);
});

test('with another session and a record without its joins, the peers are requested again', async () => {
  const polls = script(['b'], session('s2'), ['b'], session('s2'));
  expect(brief(await readRoom(known('s1', 'a'), polls))).toEqual(['s2', 'b']);
});

test('the session has not ended while known peers are connected', async () => {
  expect(brief(await readRoom(known('s', 'a'), script(['a', 'b']), null))).toEqual(['s', 'a', 'b']);
});

test('other peers than the known ones and no session: both are requested again', async () => {
  const polls = script(['b'], null, [], null);
  expect(brief(await readRoom(known('s', 'a'), polls))).toEqual([null]);
  const again = script(['b'], null, ['b'], session('s2', { b: undefined }));
  expect(brief(await readRoom(known('s', 'a'), again))).toEqual(['s2', 'b']);
});

test('no peers, then another session with a connected peer: the peers are requested again', async () => {
  const polls = script([], session('s2', { b: undefined }), ['b']);
  expect(brief(await readRoom(known('s1', 'a'), polls))).toEqual(['s2', 'b']);
});

test('no peers, but the same session with a connected peer: unknown', async () => {
  expect(await readRoom(known('s', 'a'), script([], session('s', { a: undefined })))).toBeNull();
});

test.each(['', '0001-01-01T00:00:00Z'])(
  'a time of leaving that is not set ("%s") means connected',
  async (leftAt) => {
    expect(await readRoom(known('s', 'a'), script([], session('s', { a: leftAt })))).toBeNull();
  },
);

test('a room that changes faster than it can be read is unknown after a bounded number of requests', async () => {
  const polls = script(
    ['b'],
    session('s2'),
    ['c'],
    session('s3'),
    ['d'],
    session('s4'),
    ['e'],
    session('s5'),
  );
  expect(await readRoom(known('s1', 'a'), polls)).toBeNull();
  expect(polls.requested).toHaveLength(6);
});

test('a session whose record has no map of peers has no joins', async () => {
  const bare = { ...session('s'), peers: null };
  // The vendor documents the map as required; a record can still lack it.
  const polls = script(bare as unknown as SessionResource, []);
  expect(brief(await readRoom(EMPTY_ROOM, polls))).toEqual(['s']);
});
