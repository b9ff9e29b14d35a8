// Ids and cursors that the graph returns are accepted again, whatever the vendor's ids look like, unless they could change
// the path of a URL.
import { describe, expect, it } from 'vitest';
import { connectionOverPages, idCursorsOf } from '../../resolvers/connection.ts';
import { decodeGlobalId, encodeGlobalId, hmsIdOf, peerIdOf } from '../../resolvers/ids.ts';

const ROOM = 'abcdef0123456789abcdef01';
const odd = [
  'sip-peer-1',
  'A1B2C3D4-0000-4000-8000-00000000ABCD',
  '+4915112345',
  'peer:1@host',
  'ｐeer',
  '0',
];

describe('an unusual id of the vendor', () => {
  it.each(odd)('%s is accepted as a peer’s, unchanged', (id) => {
    const globalId = encodeGlobalId('Peer', `${ROOM}:${id}`);
    expect(decodeGlobalId(globalId)).toEqual({ typename: 'Peer', id: `${ROOM}:${id}` });
    expect(peerIdOf('peerId', globalId, ROOM)).toBe(id);
  });

  it.each(['room-slug-9', 'ABCDEF0123456789ABCDEF01', '7'])('%s is accepted in a global id', (id) => {
    expect(hmsIdOf('Room', 'id', encodeGlobalId('Room', id))).toBe(id);
    expect(decodeGlobalId(encodeGlobalId('Session', id))).toEqual({ typename: 'Session', id });
  });

  it.each(['room-slug-9', '7', ROOM])('%s at the end of a page is accepted as `after`', async (id) => {
    const cursors = idCursorsOf('rooms');
    const starts: (string | undefined)[] = [];
    const page = (start?: string) =>
      connectionOverPages({ first: 1, after: start }, cursors, async (request) => {
        starts.push(request.start);
        return { items: [{ id }], last: id, isLast: true, isFull: false };
      });
    const { pageInfo } = await page();
    await page((await pageInfo.endCursor) ?? undefined);
    expect(starts).toEqual([undefined, id]);
  });
});

it.each(['sip-peer-1', 'A1B2C3D4-0000-4000-8000-00000000ABCD', '49-151'])(
  '%s is accepted as a peer’s vendor id',
  (id) => {
    expect(peerIdOf('peerId', id, ROOM)).toBe(id);
  },
);

describe.each([
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\\b',
  'a?b',
  'a#b',
  'a%2fb',
  'a b',
  'a\n',
  'a\0',
  'x'.repeat(201),
])('a text that could change a URL or is no id, %j,', (id) => {
  it('is refused by itself, in a global id and in a cursor', () => {
    expect(() => peerIdOf('peerId', id, ROOM)).toThrow(/must be the id of a Peer/);
    expect(() => decodeGlobalId(encodeGlobalId('Peer', `${ROOM}:${id}`))).toThrow(/id/);
    expect(() => decodeGlobalId(encodeGlobalId('Room', id))).toThrow(/id/);
    const cursors = idCursorsOf('rooms');
    expect(() => cursors.decode('after', cursors.encode(id))).toThrow(/cursor/);
  });
});
