// Cursors and the event log: a cursor is a position in one log, and every other log refuses or does not know it.
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../src/live/log/cursor.ts';
import { InvalidCursorError } from '../../../src/live/errors.ts';
import { EventLog } from '../../../src/live/log/event-log.ts';

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

test('a log numbers its events 1, 2, 3', () => {
  const log = new EventLog<number>({ epoch: 'e', size: 10 });
  expect([log.append((seq) => seq), log.append((seq) => seq)]).toEqual([1, 2]);
  expect(log.seq).toBe(2);
});

test('a log returns the events after a position, as far back as its size', () => {
  const log = new EventLog<number>({ epoch: 'e', size: 3 });
  for (let at = 0; at < 5; at += 1) log.append((seq) => seq);
  const since = (seq: number, epoch = 'e') => log.since({ epoch, seq, stale: false });
  expect(since(5)).toEqual([]);
  expect(since(3)).toEqual([4, 5]);
  expect(since(2)).toEqual([3, 4, 5]);
  expect(since(1)).toBeNull();
});

test('a log knows no position of another epoch or after its last event', () => {
  const log = new EventLog<number>({ epoch: 'e', size: 3 });
  log.append((seq) => seq);
  expect(log.since({ epoch: 'f', seq: 1, stale: false })).toBeNull();
  expect(log.since({ epoch: 'e', seq: 2, stale: false })).toBeNull();
});
