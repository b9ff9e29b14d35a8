// How an answer that does not fit its documentation is repaired, and which answers are still refused.
import { describe, expect, it } from 'vitest';
import { declaredAnswerOf, ShapeError } from '../../../src/rest/shapes/shapes.ts';
import { sourceFiles } from '../../support/imports.ts';

// Each file of endpoint functions declares the shapes of its answers when it is imported.
for (const { path } of sourceFiles('src/rest'))
  await import(new URL(`../../../${path}`, import.meta.url).href);

function read(
  operationId: string,
  answer: unknown,
): { readonly answer: unknown; readonly repairs: string[] } {
  const repairs: string[] = [];
  const shape = declaredAnswerOf(operationId);
  const result = shape?.read(answer, ({ key, action }) => repairs.push(`${action} ${key}`));
  return { answer: result, repairs };
}

const room = { id: 'r', name: 'n' };
const session = { id: 's', room_id: 'r', peers: { p: { id: 'p' } } };
const peer = { id: 'p', name: 'Ada' };

describe('a value of another type', () => {
  it.each([
    ['listActivePeers', { peers: { p: peer, q: { id: 'q', user_id: 7 } } }, 'converted peers.user_id', '7'],
    [
      'listRooms',
      { data: [room, { ...room, updated_at: 1_700_000_000 }] },
      'converted data.updated_at',
      '1700000000',
    ],
    ['getRoom', { ...room, size: '2500' }, 'converted size', 2500],
    ['getRoom', { ...room, enabled: 'false' }, 'converted enabled', false],
  ])('of %s is converted if nothing is lost: %j', (operationId, answer, repair, value) => {
    const result = read(operationId, answer);
    expect(result.repairs).toEqual([repair]);
    expect(Object.values(flat(result.answer))).toContain(value);
  });

  it('that is an essential id is never converted: its element is left out', () => {
    const result = read('listSessions', { data: [{ ...session, id: 12 }, session] });
    expect(result.repairs).toEqual(['left-out data']);
    expect(result.answer).toEqual({ data: [session] });
  });

  it.each(['', ' ', '..', 'a/b', '%2e', 'a\n', '\ud83d', 'x'.repeat(201)])(
    'as an id that no URL may have counts as missing: %j',
    (id) => {
      expect(read('listSessions', { data: [{ ...session, id }, session] })).toEqual({
        repairs: ['left-out data'],
        answer: { data: [session] },
      });
      expect(read('getRoom', { ...room, template_id: id || ' ' }).answer).toEqual({
        ...room,
        template_id: null,
      });
      expect(() => read('getRoom', { ...room, id })).toThrow(ShapeError);
    },
  );

  it.each([1.5, 2 ** 31, -(2 ** 31) - 1, 1e300, Infinity, '1e400', '79.5'])(
    'as an integer that GraphQL cannot represent counts as missing: %s',
    (question) => {
      const good = { id: 'a', question: 1 };
      const result = read('listPollResponses', { responses: [{ id: 'b', question }, good] });
      expect(result).toEqual({ repairs: ['left-out responses'], answer: { responses: [good] } });
      expect(read('getRoom', { ...room, max_duration_seconds: question }).answer).toEqual({
        ...room,
        max_duration_seconds: null,
      });
    },
  );

  it('as a number for the size of a file may have more than 32 bits', () => {
    const asset = { id: 'a', size: 2 ** 40 };
    expect(read('getRecordingAsset', asset)).toEqual({ repairs: [], answer: asset });
  });

  it.each([12_345, 0, true, {}, ['x']])(
    'as the `last` of a page is the id of its last element: %j',
    (last) => {
      expect(read('listRooms', { data: [room, { ...room, id: 'z' }], last })).toEqual({
        repairs: ['converted last'],
        answer: { data: [room, { ...room, id: 'z' }], last: 'z' },
      });
    },
  );

  it.each([
    [
      'listActivePeers',
      { peers: { p: peer, q: { id: 'q', metadata: { hand: true } } } },
      'nulled peers.metadata',
    ],
    ['getRoom', { ...room, enabled: 'yes' }, 'nulled enabled'],
    ['getRoom', { ...room, size: '' }, 'nulled size'],
    ['getRoom', { ...room, polls: [null] }, 'nulled polls'],
    ['getRoom', { ...room, webhook: { url: {} } }, 'nulled webhook.url'],
    ['getActivePeer', { ...peer, tracks: { t: { id: 't', mute: 'perhaps' } } }, 'nulled tracks.mute'],
  ])('of %s becomes null where the key is optional: %j', (operationId, answer, repair) => {
    expect(read(operationId, answer).repairs).toEqual([repair]);
  });
});

describe('an element that cannot be repaired', () => {
  it.each([
    ['listRooms', { data: [room, null] }, { data: [room] }, 'left-out data'],
    ['listRooms', { data: [{ id: 'r' }, room] }, { data: [room] }, 'left-out data'],
    ['listRooms', { data: ['r', room] }, { data: [room] }, 'left-out data'],
    ['listActivePeers', { peers: { p: peer, q: null } }, { peers: { p: peer } }, 'left-out peers'],
    ['listActivePeers', { peers: { p: peer, q: 'q' } }, { peers: { p: peer } }, 'left-out peers'],
    ['listSessions', { data: [session, { ...session, peers: [] }] }, { data: [session] }, 'left-out data'],
  ])('of %s is left out: %j', (operationId, answer, rest, repair) => {
    expect(read(operationId, answer)).toEqual({ answer: rest, repairs: [repair] });
  });

  it('of a list of analytics events of several kinds is left out, the others stay', () => {
    const event = {
      id: 'e',
      type: 'track.update.success',
      data: { room_id: 'r', peer_id: 'p', joined_at: 0 },
    };
    const { answer } = read('listAnalyticsEvents', { events: [event, { id: 'f' }], total: 2 });
    expect(answer).toMatchObject({ events: [{ id: 'e' }], total: 2 });
  });

  it('is counted once, without the repairs within it', () => {
    const odd = { ...room, id: null, size: '5' };
    expect(read('listRooms', { data: [room, odd] }).repairs).toEqual(['left-out data']);
  });
});

describe('an answer is refused', () => {
  it.each([
    ['listRooms', { data: [null, null] }],
    ['listActivePeers', { peers: { p: null } }],
    ['listRooms', { data: {} }],
    ['getRoom', { name: 'without an id', size: '5' }],
    ['getRoom', { id: {}, name: 'n' }],
    ['getSession', { ...session, peers: [] }],
  ])('if its essential part is malformed: %s %j', (operationId, answer) => {
    expect(() => read(operationId, answer)).toThrow(ShapeError);
  });

  it('if the gateway writes it back as a whole and a repair would lose a part of it', () => {
    expect(read('getRole', { name: 'host', maxPeerCount: '5' }).repairs).toEqual(['converted maxPeerCount']);
    expect(() => read('getDestinations', { hlsDestinations: { a: {}, b: null } })).toThrow(ShapeError);
    expect(() => read('getRole', { name: 'host', publishParams: 'all' })).toThrow(ShapeError);
  });
});

it('a key named __proto__ stays a key', () => {
  const peers: unknown = JSON.parse('{"peers":{"__proto__":{"id":"x"},"p":{"id":"p","name":7}}}');
  const { answer } = read('listActivePeers', peers);
  expect(Object.keys(Object(answer).peers)).toEqual(['__proto__', 'p']);
});

/** All leaf values of an object, by their paths. */
function flat(value: unknown, path = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return { [path]: value };
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(inner, `${path}/${key}`)));
}
