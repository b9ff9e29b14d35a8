// Cursors of what is watched: places in a log, good for that log alone.
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../src/live/log/cursor.ts';
import { InvalidCursorError } from '../../../src/live/errors.ts';
import { EventLog } from '../../../src/live/log/event-log.ts';

const place = { epoch: 'e-1', seq: 7, stale: false };

test('a cursor gives its place back, whatever the scope is called', () => {
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

test('a log numbers from one, without a gap', () => {
  const log = new EventLog<number>({ epoch: 'e', size: 10 });
  expect([log.append((seq) => seq), log.append((seq) => seq)]).toEqual([1, 2]);
  expect(log.seq).toBe(2);
});

test('a log tells what came behind a place, as far back as it is large', () => {
  const log = new EventLog<number>({ epoch: 'e', size: 3 });
  for (let at = 0; at < 5; at += 1) log.append((seq) => seq);
  const since = (seq: number, epoch = 'e') => log.since({ epoch, seq, stale: false });
  expect(since(5)).toEqual([]);
  expect(since(3)).toEqual([4, 5]);
  expect(since(2)).toEqual([3, 4, 5]);
  expect(since(1)).toBeNull();
});

test('a place of another epoch, or one not reached yet, is unknown to a log', () => {
  const log = new EventLog<number>({ epoch: 'e', size: 3 });
  log.append((seq) => seq);
  expect(log.since({ epoch: 'f', seq: 1, stale: false })).toBeNull();
  expect(log.since({ epoch: 'e', seq: 2, stale: false })).toBeNull();
});
