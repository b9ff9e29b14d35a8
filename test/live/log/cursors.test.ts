// Cursors: a cursor is a position in one log, and the logs of other streams refuse it.
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../src/live/log/cursor.ts';
import { InvalidCursorError } from '../../../src/live/errors.ts';

const place = { epoch: 'e-1', seq: 7, stale: false };

test('decoding a cursor returns its position, whatever characters the scope has', () => {
  for (const scope of ['64c3d8f2a05b4e0023bc45de', '*', 'a:b:c', 'Zürich\n']) {
    const cursor = encodeCursor(scope, { ...place, stale: true });
    expect(decodeCursor(scope, cursor)).toEqual({ ...place, stale: true });
    expect(cursor).toMatch(/^[\w-]+$/);
  }
});

test('a cursor of another stream is refused', () => {
  expect(() => decodeCursor('room-b', encodeCursor('room-a', place))).toThrow(InvalidCursorError);
});

test.each([
  '',
  'x',
  '!!',
  'ZToxOjA6',
  `${encodeCursor('r', place)}=`,
  ` ${encodeCursor('r', place)}`,
  'a'.repeat(100_000),
])('garbage is refused: %.20s', (garbage) =>
  expect(() => decodeCursor('r', garbage)).toThrow(InvalidCursorError),
);
