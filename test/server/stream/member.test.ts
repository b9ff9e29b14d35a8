// Members of groups without a transport: who resolves an event, what a slow member costs the others, and how members end.
import { GraphQLError, parse, type ExecutionResult } from 'graphql';
import { describe, expect, test, vi } from 'vitest';
import type { Taker } from '../../../src/live/log/taken-events.ts';
import type { RawVariables } from '../../../src/server/plans/operation-plan.ts';
import type { Answer } from '../../../src/server/stream/answer.ts';
import { groupKeyOf } from '../../../src/server/stream/group-key.ts';
import { Member, type Sink } from '../../../src/server/stream/member.ts';
import { Source, toldOf } from '../../support/told-source.ts';

/** Lets all promises settle that wait for nothing but each other. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A client that reads as a test says. */
class Client implements Required<Sink> {
  readonly got: unknown[] = [];
  isReady = true;
  ended: GraphQLError | undefined | null = null;
  #waiting: Taker | null = null;

  whenReady(taker: Taker): void {
    this.#waiting = taker;
  }

  read(): void {
    this.isReady = true;
    this.#waiting?.wake();
  }

  push({ result, cursor }: Answer): void {
    this.got.push([JSON.stringify(result), cursor]);
  }

  end(error: GraphQLError | undefined): void {
    this.ended = error;
  }
}

const dataOf = ({ name }: { name: string }): ExecutionResult => ({ data: { name } });

function memberWith(key: string, resolve: (event: never) => ExecutionResult | Promise<ExecutionResult>) {
  const source = new Source();
  const client = new Client();
  const pulled: (string | null)[] = [];
  const member = new Member({
    key,
    source,
    // Each test makes the events that its function resolves.
    resolve,
    countObjects: () => 1,
    mask: (error) => new GraphQLError(`masked: ${error instanceof Error ? error.message : ''}`),
    onPulled: (cursor) => pulled.push(cursor),
  });
  return { member, source, client, pulled };
}

describe('an event', () => {
  test('is resolved once for all members of a group, by the first that it reaches', () => {
    const resolve = vi.fn(dataOf);
    const later = vi.fn(dataOf);
    const members = [memberWith('k', resolve), memberWith('k', later), memberWith('k', later)];
    const event = toldOf('a');
    for (const { member, client, source } of members) {
      member.hold(client);
      source.tell(event);
    }
    expect(resolve).toHaveBeenCalledOnce();
    expect(later).not.toHaveBeenCalled();
    for (const { client } of members) expect(client.got).toEqual([['{"data":{"name":"a"}}', 'after a']]);
  });

  test('is resolved for each group', () => {
    const [one, other] = [memberWith('k', dataOf), memberWith('l', () => ({ data: { other: true } }))];
    const event = toldOf('a');
    for (const { member, client, source } of [one, other]) {
      member.hold(client);
      source.tell(event);
    }
    expect(one.client.got).toEqual([['{"data":{"name":"a"}}', 'after a']]);
    expect(other.client.got).toEqual([['{"data":{"other":true}}', 'after a']]);
  });

  test('that takes time keeps the order of events, and a member who leaves meanwhile gets nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<ExecutionResult>();
    const answer = (event: { name: string }) => (event.name === 'slow' ? promise : dataOf(event));
    const [stays, leaves] = [memberWith('k', answer), memberWith('k', answer)];
    const events = [toldOf('slow'), toldOf('b')];
    for (const { member, client, source } of [stays, leaves]) {
      member.hold(client);
      source.tell(...events);
    }
    await leaves.member.return();
    expect(leaves.source.hasLeft).toBe(true);
    resolve({ data: { name: 'slow' } });
    await settled();
    expect(stays.client.got).toEqual([
      ['{"data":{"name":"slow"}}', 'after slow'],
      ['{"data":{"name":"b"}}', 'after b'],
    ]);
    expect(leaves.client.got).toEqual([]);
  });

  test('whose answer fails is an error of that event, and the next one is told', async () => {
    const { member, client, source } = memberWith('k', (event: { name: string }) => {
      if (event.name === 'thrown') throw new Error('x');
      return event.name === 'rejected' ? Promise.reject(new Error('y')) : dataOf(event);
    });
    member.hold(client);
    source.tell(toldOf('thrown'), toldOf('rejected'), toldOf('c'));
    await settled();
    expect(client.got.map(String)).toEqual([
      expect.stringContaining('masked: x'),
      expect.stringContaining('masked: y'),
      expect.stringContaining('"name":"c"'),
    ]);
  });

  test('for which the source must wait is told when it comes, and a source that rejects ends the subscription', async () => {
    const { member, client, source } = memberWith('k', dataOf);
    member.hold(client);
    source.tell(Promise.resolve(toldOf('a')), toldOf('b'), Promise.reject(new Error('gone')));
    await settled();
    expect(client.got).toHaveLength(2);
    expect(client.ended?.message).toBe('masked: gone');
  });
});

describe('a member', () => {
  test('who leaves while others are told does not disturb them', () => {
    const members = [memberWith('k', dataOf), memberWith('k', dataOf), memberWith('k', dataOf)];
    const [first, second, third] = members;
    for (const { member, client } of members) member.hold(client);
    const event = toldOf('a');
    vi.spyOn(first?.client ?? new Client(), 'push').mockImplementation(() => void second?.member.return());
    for (const { source } of members) source.tell(event);
    expect(second?.client.got).toEqual([]);
    expect(third?.client.got).toHaveLength(1);
  });

  test('waits for an event only while its client reads and no other is being answered', async () => {
    const { promise, resolve } = Promise.withResolvers<ExecutionResult>();
    const { member, client } = memberWith('k', (event: { name: string }) =>
      event.name === 'slow' ? promise : dataOf(event),
    );
    expect(member.isWaiting).toBe(false);
    member.hold(client);
    expect(member.isWaiting).toBe(true);
    client.isReady = false;
    expect(member.isWaiting).toBe(false);
    client.isReady = true;
    member.give(toldOf('slow'));
    expect(member.isWaiting).toBe(false);
    resolve({ data: { name: 'slow' } });
    await settled();
    expect(member.isWaiting).toBe(true);
    member.give(toldOf('b'));
    expect(client.got.map(String)).toEqual([
      expect.stringContaining('"name":"slow"'),
      expect.stringContaining('"name":"b"'),
    ]);
    await member.return();
    expect(member.isWaiting).toBe(false);
  });

  test('whose client does not read is not told until it does; the others are', () => {
    const [fast, slow] = [memberWith('k', dataOf), memberWith('k', dataOf)];
    for (const { member, client } of [fast, slow]) member.hold(client);
    slow.client.isReady = false;
    for (const name of ['a', 'b']) for (const { source } of [slow, fast]) source.tell(toldOf(name));
    expect(fast.client.got).toHaveLength(2);
    expect(slow.client.got).toHaveLength(0);
    slow.client.read();
    expect(slow.client.got).toEqual(fast.client.got);
  });

  test('gets its first result by next, and the others pushed, until the source ends', async () => {
    const { member, client, source, pulled } = memberWith('k', dataOf);
    source.tell(toldOf('a'), toldOf('b'));
    expect(JSON.stringify(await member.next())).toBe('{"done":false,"value":{"data":{"name":"a"}}}');
    expect(pulled).toEqual(['after a']);
    member.pushTo(client);
    const end = member.next();
    expect(client.got).toEqual([['{"data":{"name":"b"}}', 'after b']]);
    source.end();
    expect(await end).toEqual({ done: true, value: undefined });
    expect(client.ended).toBeNull();
  });

  test('is told of the end of its source, if nothing waits for it', () => {
    const [complete, failed] = [memberWith('k', dataOf), memberWith('k', dataOf)];
    for (const { member, client } of [complete, failed]) member.hold(client);
    complete.source.end();
    failed.source.end(new Error('gone'));
    expect(complete.client.ended).toBeUndefined();
    expect(failed.client.ended?.message).toBe('masked: gone');
  });
});

describe('the key of a group', () => {
  const keyOf = (query: string, variables: RawVariables, rights = 'all') => {
    const document = parse(query);
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('An operation was expected.');
    return groupKeyOf({ document, operation }, variables, rights);
  };
  const watching =
    'subscription S($id: ID!, $after: String) { peerChanges(roomId: $id, after: $after) { cursor } }';
  const key = keyOf(watching, { id: '1' });

  test('is the same wherever the subscription began', () => {
    expect(keyOf(watching, { id: '1', after: 'x' })).toBe(key);
    expect(keyOf(watching, { id: '1', after: null })).toBe(key);
  });

  test.each([
    ['another variable', watching, { id: '2' }, 'all'],
    ['other rights', watching, { id: '1' }, 'few'],
    ['another document', watching.replace('cursor', 'at'), { id: '1' }, 'all'],
    ['another name of the operation', watching.replace('S', 'T'), { id: '1' }, 'all'],
  ])('differs for %s', (_name, query, variables, rights) => {
    expect(keyOf(query, variables, rights)).not.toBe(key);
  });

  test('differs by a position that the answers show as well', () => {
    const shown = watching.replace('cursor', 'cursor @include(if: $after)');
    expect(keyOf(shown, { id: '1', after: 'x' })).not.toBe(keyOf(shown, { id: '1', after: 'y' }));
  });
});
