// The reducer of `trackChanges`.
import { noTracks, reduceTracks, type TracksStateOf } from '@hms-gateway/client';
import { expect, expectTypeOf, it } from 'vitest';
import type { FollowTracksSubscription } from '../generated/graphql.ts';

type Change = FollowTracksSubscription['trackChanges'];
type State = TracksStateOf<Change>;

const at = '2026-03-12T16:00:00Z';
const later = '2026-03-12T16:00:09Z';
const peer = (hmsId: string) => ({ hmsId, name: hmsId, role: 'guest', connected: true });
const camera = { type: 'VIDEO', source: 'regular', muted: false } as const;

const snapshot = (...ids: readonly string[]): Change => ({
  __typename: 'TracksSnapshot',
  cursor: `snapshot of ${ids.join()}`,
  at,
  asOf: null,
  reason: 'SUBSCRIBED',
  stale: false,
  peerTracks: ids.map((id) => ({ asOf: null, peer: peer(id), tracks: null })),
});
const awaited = (id: string): Change => ({
  __typename: 'TracksAwaited',
  cursor: `awaited ${id}`,
  at,
  asOf: at,
  peer: peer(id),
});
const updated = (id: string): Change => ({
  __typename: 'TracksUpdated',
  cursor: `updated ${id}`,
  at: later,
  asOf: later,
  peer: peer(id),
  tracks: [camera],
  previousTracks: null,
  previousAsOf: null,
});
const ended = (id: string): Change => ({
  __typename: 'TracksEnded',
  cursor: `ended ${id}`,
  at,
  asOf: at,
  peer: peer(id),
  endCause: 'LEFT',
});

const after = (...changes: readonly Change[]): State => {
  let state: State = noTracks;
  for (const change of changes) state = reduceTracks(state, change);
  return state;
};
const inShort = ({ peerTracks }: State) =>
  peerTracks.map(({ peer: { hmsId }, tracks }) => `${hmsId} ${tracks?.length ?? '?'}`);

it('has the types of the fields that the document selects', () => {
  type Shown = State['peerTracks'][number];
  expectTypeOf<Shown['peer']['role']>().toEqualTypeOf<string | null>();
  expectTypeOf<NonNullable<Shown['tracks']>[number]['muted']>().toEqualTypeOf<boolean>();
});

it('adds up what is awaited, shown and ended, each peer in its place', () => {
  const state = after(snapshot('a', 'b'), updated('b'), awaited('c'), updated('a'), ended('b'));
  expect(inShort(state)).toEqual(['a 1', 'c ?']);
  expect(state).toMatchObject({ cursor: 'ended b', stale: false });
  expect(state.peerTracks[0]).toMatchObject({ asOf: later });
});

it('a snapshot replaces all, and an event that comes twice changes nothing', () => {
  const state = after(snapshot('a'), updated('a'), updated('a'));
  expect(inShort(state)).toEqual(['a 1']);
  expect(inShort(after(snapshot('a'), updated('a'), snapshot('b')))).toEqual(['b ?']);
});

it('leaves out changes before the first snapshot, and moves the cursor for types that it does not know', () => {
  expect(after(updated('a'))).toBe(noTracks);
  // A newer gateway may have further types of events.
  const unknown = { __typename: 'Other', cursor: 'other' } as unknown as Change;
  expect(after(snapshot('a'), unknown)).toMatchObject({
    cursor: 'other',
    peerTracks: [{ peer: { hmsId: 'a' } }],
  });
});
