// The state that each client keeps by the helpers of packages/client, after each event of random histories with drops,
// resumptions, snapshots, staleness and filters: it must be that of the model's own client (test/live/mirror.ts).
// FUZZ_RUNS sets the number of worlds, each of which has six clients of rooms.
import { noPeers, noSessions, reducePeers, reduceSessions } from '@hms-gateway/client';
import type { PeersStateOf, SessionsStateOf } from '@hms-gateway/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { fuzzRuns } from '../support/fuzz.ts';
import { apolloList, relayList, urqlList } from './cached-lists.ts';
import { recordHistories, type PeerEvent, type SessionEvent } from './recorded.ts';

const WORLDS = 340;
/** Of the histories in a cache, each of this number is compared after each event. */
const READ_EACH = 8;
let recorded: Awaited<ReturnType<typeof recordHistories>>;

beforeAll(async () => {
  recorded = await recordHistories(WORLDS);
  expect(recorded.rooms.length).toBeGreaterThanOrEqual(Math.min(2000, fuzzRuns(WORLDS).numRuns * 6));
}, 600_000);

const byId = (one: { readonly id: string }, other: { readonly id: string }) => (one.id < other.id ? -1 : 1);

describe('the reducer', { timeout: 60_000 }, () => {
  it('follows each room through its history', () => {
    const reasons = new Set<string>();
    for (const { events, present } of recorded.rooms) {
      let state: PeersStateOf<PeerEvent> = noPeers;
      for (const { event, truth } of events) {
        if (event.__typename === 'PeersSnapshot') reasons.add(event.reason);
        state = reducePeers(state, event);
        expect([
          state.peers.length,
          state.session?.id ?? null,
          state.live,
          state.stale,
          state.cursor,
        ]).toEqual([truth.peers.size, truth.sessionId, truth.sessionId !== null, truth.stale, truth.cursor]);
        if (event.__typename !== 'PeersSnapshot') expect(state.asOf).toBe(event.at);
        expect(new Map(state.peers.map((peer) => [peer.id, peer]))).toEqual(truth.peers);
      }
      expect(state.peers.toSorted(byId)).toEqual(present.peers);
      expect(state).toMatchObject({ stale: false, live: present.sessionId !== null });
    }
    const all = ['BURST', 'CURSOR_TOO_OLD', 'SLOW_CONSUMER', 'STALENESS', 'SUBSCRIBED'];
    expect([...reasons].toSorted()).toEqual(all);
  });

  it('follows the sessions of the workspace', () => {
    for (const { events, present } of recorded.workspaces) {
      let state: SessionsStateOf<SessionEvent> = noSessions;
      for (const event of events) state = reduceSessions(state, event);
      expect(new Set(state.sessions.map(({ id }) => id))).toEqual(present);
      expect(state.stale).toBe(false);
    }
  });
});

// Seconds where a core is free; many times that on a busy machine.
describe('the list', { timeout: 300_000 }, () => {
  it.each([
    ['Apollo’s cache', apolloList],
    ['urql’s normalised cache', urqlList],
    ['Relay’s store', relayList],
  ] as const)('in %s follows each room through its history', async (_name, open) => {
    for (const [at, { events, present }] of recorded.rooms.entries()) {
      const list = await open();
      for (const { event, truth } of events) {
        list.take(event);
        // What costs most is to read and to compare: the other histories are read at their ends.
        if (at % READ_EACH !== 0) continue;
        const shown = list.read();
        const people = [...truth.peers.values()].map(({ id, name, role }) => ({ id, name, role }));
        expect(shown.people.toSorted(byId)).toEqual(people.toSorted(byId));
        expect(shown.totalCount).toBe(people.length);
      }
      const { people, totalCount } = list.read();
      expect(people.map(({ id }) => id).toSorted()).toEqual(present.peers.map(({ id }) => id));
      expect(totalCount).toBe(people.length);
    }
  });
});
