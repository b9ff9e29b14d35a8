// Attendance, compared with a model that counts second by second, and single cases.
import { array, assert, boolean, constantFrom, nat, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attendanceOf } from '../../../resolvers/peers/attendance.ts';
import type { SessionPeerResource, SessionResource } from '../../../src/rest/sessions/sessions.ts';

const START = Date.parse('2026-03-12T16:00:00Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

interface Stay {
  readonly userId: string;
  readonly joined: number;
  readonly left: number | null;
}

function sessionOf(stays: readonly Stay[], active: boolean, endSeconds: number): SessionResource {
  const peers = stays.map(({ userId, joined, left }, index): SessionPeerResource => ({
    id: `peer-${index}`,
    session_id: 's',
    name: `Peer ${index}`,
    role: 'guest',
    user_id: userId,
    joined_at: at(joined),
    ...(left === null ? {} : { left_at: at(left) }),
  }));
  return {
    id: 's',
    room_id: 'r',
    customer_id: 'c',
    active,
    peers: Object.fromEntries(peers.map((peer) => [peer.id, peer])),
    created_at: at(0),
    updated_at: at(endSeconds),
  };
}

/** The number of seconds in which at least one of the user's peers is in the room, counted one by one. */
function secondsByModel(stays: readonly Stay[], endSeconds: number): number {
  const present = new Set<number>();
  for (const { joined, left } of stays) {
    for (let second = joined; second < (left ?? endSeconds); second += 1) present.add(second);
  }
  return present.size;
}

const END = 120;
const stays = array(
  record({
    userId: constantFrom('', 'ada', 'bob', 'eve'),
    joined: nat(END - 1),
    lasted: option(nat(END)),
  }).map(({ userId, joined, lasted }): Stay => ({
    userId,
    joined,
    left: lasted === null ? null : Math.min(END, joined + lasted),
  })),
  { maxLength: 12 },
);

describe('attendance', () => {
  it('of each user is the time in which at least one of the peers was there', () => {
    assert(
      property(stays, boolean(), (all, active) => {
        // A stay without an end lasts until the clock's time if the session runs, and until the last change of an ended
        // session. The other of the two is set to a wrong time here.
        const session = sessionOf(all, active, active ? 1 : END);
        const attendance = attendanceOf(session, START + (active ? END : 9999) * 1000);
        const named = new Map(
          attendance.filter(({ userId }) => userId !== null).map((one) => [one.userId, one]),
        );
        for (const userId of ['ada', 'bob', 'eve']) {
          const own = all.filter((stay) => stay.userId === userId);
          expect(named.get(userId)?.attendedSeconds ?? 0).toBe(secondsByModel(own, END));
          expect(named.get(userId)?.peers.length ?? 0).toBe(own.length);
          expect(named.get(userId)?.connected ?? false).toBe(active && own.some(({ left }) => left === null));
        }
      }),
    );
  });

  it('of peers without a user id has an entry for each peer', () => {
    assert(
      property(stays, (all) => {
        const nameless = all.filter(({ userId }) => userId === '');
        const attendance = attendanceOf(sessionOf(all, false, END), START);
        const apart = attendance.filter(({ userId }) => userId === null);
        expect(apart.map(({ peers }) => peers.length)).toEqual(nameless.map(() => 1));
        expect(apart.map(({ attendedSeconds }) => attendedSeconds).toSorted((a, b) => a - b)).toEqual(
          nameless.map((stay) => secondsByModel([stay], END)).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('is listed in the order of the first joining', () => {
    assert(
      property(stays, (all) => {
        const joined = attendanceOf(sessionOf(all, false, END), START).map(({ joinedAt }) => joinedAt);
        expect(joined).toEqual(joined.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)));
      }),
    );
  });

  it('has the first joining and the last leaving, and no leaving while the user is in the room', () => {
    const gone: Stay[] = [
      { userId: 'ada', joined: 30, left: 40 },
      { userId: 'ada', joined: 10, left: 60 },
    ];
    const [whole] = attendanceOf(sessionOf(gone, true, 1), START + 100_000);
    expect(whole).toMatchObject({ joinedAt: at(10), leftAt: at(60), connected: false, attendedSeconds: 50 });
    const back: Stay[] = [...gone, { userId: 'ada', joined: 90, left: null }];
    const [again] = attendanceOf(sessionOf(back, true, 1), START + 100_000);
    expect(again).toMatchObject({ leftAt: null, connected: true, attendedSeconds: 60 });
  });

  it('adds the parts of seconds of several stays', () => {
    const session = sessionOf(
      [
        { userId: 'ada', joined: 0, left: 0 },
        { userId: 'ada', joined: 5, left: 5 },
      ],
      false,
      END,
    );
    for (const peer of Object.values(session.peers)) {
      peer.left_at = new Date(Date.parse(peer.joined_at) + 700).toISOString();
    }
    const [ada] = attendanceOf(session, START);
    expect(ada?.attendedSeconds).toBe(1);
  });

  it('of a peer without a recorded time of joining is zero seconds', () => {
    const session = sessionOf([{ userId: 'ada', joined: 0, left: 10 }], false, END);
    const peers = { a: { ...session.peers['peer-0'], joined_at: '0001-01-01T00:00:00Z' } };
    // The type requires the time of joining; nothing else is wrong with this record.
    const [ada] = attendanceOf({ ...session, peers } as SessionResource, START);
    expect(ada).toMatchObject({ attendedSeconds: 0, joinedAt: null });
  });
});
