// What the live-rooms page folds out of events and records, without a browser: counts over time, the timeline, places.
import { describe, expect, it } from 'vitest';
import { hasHandUp, initialsOf, nameOf, type Person } from '../../examples/dashboard/src/live/people.ts';
import { createPlaces } from '../../examples/dashboard/src/live/places.ts';
import type { Problem } from '../../examples/dashboard/src/gateway/problem.ts';
import { nothingKnown, withEvent } from '../../examples/dashboard/src/live/room-state.ts';
import { stepsOf, visibleSteps, withStep } from '../../examples/dashboard/src/live/series.ts';
import { entriesOf, entriesOfRecord, type RoomEvent } from '../../examples/dashboard/src/live/timeline.ts';

const iso = (second: number) => new Date(second * 1000).toISOString();
const stay = (joined: number, left: number | null) => ({
  joinedAt: iso(joined),
  leftAt: left === null ? null : iso(left),
});

describe('the steps of a room', () => {
  it('are those of its record, up to the first look', () => {
    const stays = [stay(10, 40), stay(20, null), stay(30, null), stay(90, null)];
    expect(stepsOf(stays, 60_000, 2)).toEqual([
      { at: 10_000, count: 1 },
      { at: 20_000, count: 2 },
      { at: 30_000, count: 3 },
      { at: 40_000, count: 2 },
    ]);
  });

  it('meet the count of the first look, also where the record lacks the oldest stays', () => {
    expect(stepsOf([stay(20, null)], 60_000, 7)).toEqual([{ at: 20_000, count: 7 }]);
    expect(stepsOf([stay(10, null), stay(20, null)], 60_000, 1).map(({ count }) => count)).toEqual([0, 1]);
  });

  it('leave out what changes nothing, and never run backwards', () => {
    const steps = [{ at: 5, count: 1 }];
    expect(withStep(steps, { at: 9, count: 1 })).toBe(steps);
    expect(withStep(steps, { at: 3, count: 2 })).toEqual([...steps, { at: 5, count: 2 }]);
  });

  it('are cut at the left edge of what is shown', () => {
    const steps = [10, 20, 30].map((at) => ({ at, count: at }));
    expect(visibleSteps(steps, 45, 20)).toEqual([
      { at: 25, count: 20 },
      { at: 30, count: 30 },
    ]);
  });
});

const person = (name: string, isHandRaised = false): Person => ({
  id: name,
  hmsId: name,
  name,
  role: 'guest',
  userId: null,
  metadataJson: { isHandRaised },
  joinedAt: null,
});

/** The entries of an event in words. */
function told(event: RoomEvent, before: readonly Person[] = [], isFirst = false): readonly string[] {
  return entriesOf(event, before, isFirst).map(({ who, what }) => [who, what].join(' ').trim());
}

const stamp = { cursor: 'c', at: iso(0) };

describe('the timeline', () => {
  const snapshot = (peers: Person[], reason: 'CURSOR_TOO_OLD' | 'STALENESS', stale = false): RoomEvent => ({
    ...stamp,
    __typename: 'PeersSnapshot',
    reason,
    stale,
    asOf: null,
    session: null,
    peers,
  });

  it('tells what a snapshot after a gap has changed, and nothing of the first one', () => {
    const [ada, grace, ida] = [person('Ada'), person('Grace'), person('Ida')];
    expect(told(snapshot([grace, ida], 'CURSOR_TOO_OLD'), [ada, grace])).toEqual([
      'Meanwhile 1 joined, 1 left',
    ]);
    expect(told(snapshot([ada], 'CURSOR_TOO_OLD'), [ada])).toEqual([]);
    expect(told(snapshot([ada], 'CURSOR_TOO_OLD'), [], true)).toEqual([]);
    expect(told(snapshot([ada], 'STALENESS', true), [ada])).toEqual(['The REST API stopped answering']);
  });

  it('tells hands, and all that one update changed', () => {
    const update: RoomEvent = {
      ...stamp,
      __typename: 'PeerUpdated',
      changed: ['METADATA', 'ROLE', 'NAME'],
      previous: { name: 'Ada', role: 'host' },
      peer: { ...person('Ada', true), name: 'Ada L.' },
    };
    expect(told(update, [person('Ada')])).toEqual([
      'Ada L. raised a hand',
      'Ada L. became guest',
      'Ada is now Ada L.',
    ]);
    expect(told({ ...update, changed: ['METADATA'] }, [person('Ada', true)])).toEqual([]);
  });

  it('has what the record tells of the time before, the newest first', () => {
    const stays = [{ hmsId: 'a', name: 'Ada', ...stay(10, 40) }];
    expect(entriesOfRecord(stays, 60_000).map(({ who, what }) => `${who} ${what}`)).toEqual([
      'Ada left',
      'Ada joined',
    ]);
    expect(entriesOfRecord(stays, 20_000).map(({ what }) => what)).toEqual(['joined']);
  });
});

describe('what a login may not see of a room', () => {
  const closed: Problem = { code: 'FORBIDDEN', message: '', scope: 'sessions:read' };
  const session = (id: string) => ({ id, hmsId: id, startedAt: iso(0) });
  const look = (running: ReturnType<typeof session> | null): RoomEvent => ({
    ...stamp,
    __typename: 'PeersSnapshot',
    reason: 'CURSOR_TOO_OLD',
    stale: false,
    asOf: null,
    session: running,
    peers: [{ ...person('Ada'), joinedAt: iso(-60) }],
  });
  const ended: RoomEvent = { ...stamp, __typename: 'SessionEnded', session: session('one') };

  it('is known as of each event that tells the session, and no longer than the session runs', () => {
    const seen = withEvent(nothingKnown, look(null), closed);
    expect(seen.entries.map(({ who, what, at }) => `${who} ${what} ${at}`)).toEqual([
      `Ada joined ${iso(-60)}`,
    ]);
    const joined: RoomEvent = { ...stamp, __typename: 'PeerJoined', cause: 'ROOM', peer: person('Grace') };
    expect(withEvent(seen, joined, null).hidden).toBe(closed);
    expect(withEvent(seen, ended, closed).hidden).toBeNull();
    expect(withEvent(seen, look(null), null).hidden).toBeNull();
  });

  it('may be the record alone, which stays closed until another session runs', () => {
    const seen = { ...withEvent(nothingKnown, look(session('one')), null), hidden: closed };
    expect(withEvent(seen, look(session('one')), null).hidden).toBe(closed);
    expect(withEvent(seen, look(session('two')), null).hidden).toBeNull();
  });
});

describe('people', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['שלום', 'שלום'],
    ['\u202eevil', 'evil'],
    ['\u2067\u2066a\u2069b', 'ab'],
    [' \u202a\u202c ', 'Someone without a name'],
    ['', 'Someone without a name'],
    [null, 'Someone without a name'],
    [`Z${'\u0301'.repeat(50)}o`, `Z${'\u0301'.repeat(4)}o`],
    ['x'.repeat(80), 'x'.repeat(80)],
    ['x'.repeat(81), `${'x'.repeat(79)}…`],
    ['👩‍👩‍👧‍👦'.repeat(80), '👩‍👩‍👧‍👦'.repeat(80)],
    ['👩‍👩‍👧‍👦'.repeat(300), `${'👩‍👩‍👧‍👦'.repeat(79)}…`],
  ])('have names that change nothing beside them: %j', (name, shown) => {
    expect(nameOf({ name })).toBe(shown);
  });

  it('have a hand up only if their app says so', () => {
    const odd = [null, 'isHandRaised', [], { isHandRaised: 'true' }, { isHandRaised: false }];
    expect(odd.map((metadataJson) => hasHandUp({ metadataJson }))).toEqual(odd.map(() => false));
    expect(hasHandUp({ metadataJson: { isHandRaised: true } })).toBe(true);
  });

  it.each([
    ['Ada Lovelace', 'AL'],
    ['Ada', 'A'],
    ['Jean de la Tour (on air)', 'JT'],
    ['𝒜da', '𝒜'],
    ['', '?'],
    [null, '?'],
  ])('have initials: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

it('places are taken in turn, and whoever gives up waiting gets none', () => {
  const places = createPlaces(1);
  const begun: string[] = [];
  const begin = (name: string) => () => {
    begun.push(name);
    return () => void begun.push(`end of ${name}`);
  };
  const leaveFirst = places.take(begin('first'));
  const leaveSecond = places.take(begin('second'));
  const leaveThird = places.take(begin('third'));
  leaveSecond();
  leaveFirst();
  leaveThird();
  expect(begun).toEqual(['first', 'end of first', 'third', 'end of third']);
});
