// The core of packages/client: what the random histories do not show of its reducers, resuming, and results of mutations.
import {
  cursorIn,
  noPeers,
  noSessions,
  peerChangesText,
  possibleTypes,
  reducePeers,
  reduceSessions,
  ResultError,
  resuming,
  sessionChangesText,
  unwrap,
  type PeersStateOf,
} from '@hms-gateway/client';
import { typePolicies } from '@hms-gateway/client/apollo';
import { parse, validate } from 'graphql';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { schema } from '../../schema/index.ts';
import type { FollowPeersSubscription, FollowSessionsSubscription } from '../generated/graphql.ts';

type Change = FollowPeersSubscription['peerChanges'];
type State = PeersStateOf<Change>;

const at = '2026-03-12T16:00:00Z';
const peer = (hmsId: string, role = 'guest') => ({
  hmsId,
  name: null,
  role,
  metadata: null,
  connected: true,
});
const snapshot = (...ids: readonly string[]): Change => ({
  __typename: 'PeersSnapshot',
  cursor: `snapshot of ${ids.join()}`,
  at,
  reason: 'SUBSCRIBED',
  stale: false,
  asOf: at,
  peers: ids.map((id) => peer(id)),
  session: { hmsId: 's' },
});
const joined = (id: string): Change => ({
  __typename: 'PeerJoined',
  cursor: id,
  at,
  cause: 'ROOM',
  peer: peer(id),
});
const after = (...changes: readonly Change[]): State => {
  let state: State = noPeers;
  for (const change of changes) state = reducePeers(state, change);
  return state;
};
const idsOf = ({ peers }: State) => peers.map(({ hmsId }) => hmsId);

describe('the state of a room', () => {
  it('has the types of the fields that the document selects', () => {
    type Shown = State['peers'][number];
    expectTypeOf<Shown['role']>().toEqualTypeOf<string | null>();
    expectTypeOf<State['session']>().toEqualTypeOf<{ hmsId: string } | null>();
    // @ts-expect-error `metadataJson` is not selected
    expectTypeOf<Shown['metadataJson']>().toBeUnknown();
  });

  it('keeps the order in which peers appeared, through snapshots too', () => {
    expect(idsOf(after(snapshot('b', 'a'), joined('c'), snapshot('d', 'c', 'a')))).toEqual(['a', 'c', 'd']);
  });

  it('has the order of joining if `joinedAt` is selected', () => {
    type Timed = { readonly cursor: string; readonly stale: boolean } & (
      | { readonly __typename: 'PeersSnapshot'; readonly peers: readonly Person[] }
      | { readonly __typename: 'PeerJoined'; readonly peer: Person }
    );
    interface Person {
      readonly id: string;
      readonly joinedAt: string;
    }
    const person = (id: string, second: number) => ({ id, joinedAt: `2026-03-12T16:00:0${second}Z` });
    const base = { cursor: '1', stale: false };
    const peers = [person('c', 3), person('a', 1)];
    const begun = reducePeers<Timed>(noPeers, { __typename: 'PeersSnapshot', ...base, peers });
    const state = reducePeers<Timed>(begun, { __typename: 'PeerJoined', ...base, peer: person('b', 2) });
    expect(state.peers.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('is the same after an event that comes twice', () => {
    expect(after(snapshot('a'), joined('b'), joined('b'))).toEqual(after(snapshot('a'), joined('b')));
  });

  it('changes only its cursor by an event of a type that it does not know', () => {
    // A newer gateway may send it.
    const unknown = { __typename: 'PeerWaved', cursor: '9', at } as unknown as Change;
    const state = after(snapshot('a'));
    expect(reducePeers(state, unknown)).toEqual({ ...state, cursor: '9' });
  });

  it('stays unknown until a snapshot comes', () => {
    expect(after(joined('a'), joined('b'))).toBe(noPeers);
  });

  it('is live where the gateway cannot read the session that began', () => {
    const begun: Change = { __typename: 'SessionStarted', cursor: '1', at, session: null };
    expect(after(snapshot(), begun)).toMatchObject({ live: true, session: null });
  });
});

describe('the sessions of the workspace', () => {
  it('lose one whose record cannot be read, by its room', () => {
    const of = (id: string) => ({ id, room: { id: `room of ${id}` } });
    type Event =
      | {
          readonly __typename: 'SessionsSnapshot';
          readonly cursor: string;
          readonly stale: boolean;
          readonly sessions: readonly ReturnType<typeof of>[];
        }
      | {
          readonly __typename: 'SessionEnded';
          readonly cursor: string;
          readonly room?: { readonly id: string };
          readonly session: null;
        };
    const sessions = [of('a'), of('b')];
    const begun = reduceSessions<Event>(noSessions, {
      __typename: 'SessionsSnapshot',
      cursor: '1',
      stale: false,
      sessions,
    });
    const ended: Event = { __typename: 'SessionEnded', cursor: '2', session: null };
    const room = { id: 'room of a' };
    expect(reduceSessions<Event>(begun, { ...ended, room }).sessions).toEqual([of('b')]);
    expect(reduceSessions<Event>(begun, ended).sessions).toEqual(sessions);
  });

  it('need a document that selects the same of each session', () => {
    type Event = FollowSessionsSubscription['sessionChanges'];
    const begun: Event = {
      __typename: 'SessionsSnapshot',
      cursor: '1',
      reason: 'BURST',
      stale: true,
      sessions: [],
    };
    // @ts-expect-error the session of SessionStarted has no `room` in this document
    const { stale } = reduceSessions<Event>(noSessions, begun);
    expect(stale).toBe(true);
  });
});

describe('resuming', () => {
  interface Sent {
    readonly variables: Readonly<Record<string, unknown>>;
  }
  interface Sink {
    readonly next: (result: unknown) => void;
    readonly error: (error: unknown) => void;
    readonly complete: () => void;
  }

  /** A client that sends the payload's text again at each reconnect, as graphql-ws does. */
  function fakeClient() {
    const begun: { readonly payload: Sent; readonly sink: Sink }[] = [];
    const subscribe = (payload: Sent, sink: Sink) => {
      begun.push({ payload, sink });
      return () => sink.complete();
    };
    const iterate = (_payload: Sent): AsyncIterableIterator<unknown> => {
      throw new Error('is replaced');
    };
    return { client: resuming({ subscribe, iterate }), begun };
  }

  const event = (cursor: string) => ({ data: { __typename: 'Subscription', alias: { cursor } } });

  it('puts the cursor of the last event into the variables, of one subscription and not of another', () => {
    const { client, begun } = fakeClient();
    const variables = { roomId: 'r', after: 'first' };
    const seen: unknown[] = [];
    const sink = { next: (result: unknown) => seen.push(result), error: () => {}, complete: () => {} };
    client.subscribe({ variables }, sink);
    client.subscribe({ variables }, sink);
    const [one, other] = begun;
    expect(one?.payload.variables).toEqual({ roomId: 'r', after: 'first' });
    one?.sink.next(event('1'));
    one?.sink.next({ data: null, errors: [] });
    one?.sink.next(event('2'));
    expect(one?.payload.variables).toEqual({ roomId: 'r', after: '2' });
    expect(other?.payload.variables).toEqual({ roomId: 'r', after: 'first' });
    expect(variables).toEqual({ roomId: 'r', after: 'first' });
    expect(seen).toHaveLength(3);
  });

  it('iterates over all results that have arrived, and ends without waiting for another', async () => {
    const { client, begun } = fakeClient();
    const results = client.iterate({ variables: {} });
    begun[0]?.sink.next(event('1'));
    begun[0]?.sink.next(event('2'));
    expect(begun[0]?.payload.variables).toEqual({ after: '2' });
    expect(cursorIn((await results.next()).value)).toBe('1');
    expect(cursorIn((await results.next()).value)).toBe('2');
    const pending = results.next();
    await results.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  it('passes an error on to who iterates', async () => {
    const { client, begun } = fakeClient();
    const results = client.iterate({ variables: {} });
    begun[0]?.sink.error(new Error('lost'));
    await expect(results.next()).rejects.toThrow('lost');
  });
});

describe('the result of a mutation', () => {
  type Result =
    | { readonly __typename: 'Room'; readonly name: string }
    | { readonly __typename: 'NotFoundError'; readonly message: string };
  const failed: Result = { __typename: 'NotFoundError', message: 'There is no such room.' };

  it('is its success, or is thrown', () => {
    const room = unwrap<Result>({ __typename: 'Room', name: 'physics' });
    expectTypeOf(room).toEqualTypeOf<Extract<Result, { __typename: 'Room' }>>();
    expect(room.name).toBe('physics');
    expect(() => unwrap<Result>(failed)).toThrow(
      expect.objectContaining({ message: failed.message, typename: 'NotFoundError', failure: failed }),
    );
    expect(() => unwrap<Result>(failed)).toThrow(ResultError);
    expect(() => unwrap<Result>(null)).toThrow(TypeError);
  });

  it('is a failure by the name of its type, also of one that this version does not know', () => {
    const names = Object.keys(schema.getTypeMap()).filter(
      (name) => name.endsWith('Error') && name !== 'Error',
    );
    expect(names.toSorted()).toEqual([...possibleTypes.Error]);
    expect(() => unwrap({ __typename: 'TooManyError' })).toThrow('TooManyError');
  });
});

it('has valid texts of both subscriptions', () => {
  for (const text of [
    peerChangesText({ peer: 'name role', session: 'startedAt' }),
    sessionChangesText({ session: 'active' }),
  ])
    expect(validate(schema, parse(text))).toEqual([]);
});

it('each subscription has a policy for the cache of Apollo Client, which would warn without it', () => {
  const subscriptions = Object.keys(schema.getSubscriptionType()?.getFields() ?? {});
  expect(Object.keys(typePolicies.Subscription.fields).toSorted()).toEqual(subscriptions.toSorted());
});
