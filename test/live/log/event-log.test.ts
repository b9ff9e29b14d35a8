// The log: its numbers, its bounds in bytes and age, and the bound of all logs together.
import { expect, test } from 'vitest';
import { EventLog } from '../../../src/live/log/event-log.ts';
import { LogMemory } from '../../../src/live/log/log-memory.ts';
import { ManualClock } from '../../support/manual-clock.ts';

interface Sized {
  readonly seq: number;
  readonly bytes: number;
}

function setUp({ maxBytes = 1000, maxAgeMs = 60_000, totalBytes = 10_000 } = {}) {
  const clock = new ManualClock();
  const memory = new LogMemory(totalBytes);
  const newLog = (epoch = 'e') =>
    new EventLog<Sized>({ epoch, clock, memory, maxBytes, maxAgeMs, bytesOf: ({ bytes }) => bytes });
  return { clock, memory, newLog, log: newLog() };
}

/** One poll with events of these sizes. */
function append(log: EventLog<Sized>, ...sizes: number[]) {
  return log.append(sizes.map((bytes) => (seq: number) => ({ seq, bytes })));
}

const held = (log: EventLog<Sized>) =>
  Array.from({ length: log.seq }, (_, at) => at + 1).filter((seq) => log.pollOf(seq) !== null);
const reaches = (log: EventLog<Sized>, seq: number, epoch = 'e') =>
  log.seqAfterWhich({ epoch, seq, stale: false }) !== null;

test('numbers the events of all polls 1, 2, 3', () => {
  const { log } = setUp();
  expect(append(log, 1, 1)?.events.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(append(log)).toBeNull();
  expect(append(log, 1)?.events.map(({ seq }) => seq)).toEqual([3]);
  expect(log.seq).toBe(3);
});

test('finds the poll of each number', () => {
  const { log } = setUp();
  for (const sizes of [[1], [1, 1, 1], [1], [1, 1]]) append(log, ...sizes);
  const firsts = [1, 2, 3, 4, 5, 6, 7].map((seq) => log.pollOf(seq)?.firstSeq);
  expect(firsts).toEqual([1, 2, 2, 2, 5, 6, 6]);
  expect([log.pollOf(0), log.pollOf(8)]).toEqual([null, null]);
});

test('drops whole polls, the oldest first, when it has too many bytes', () => {
  const { log, memory } = setUp({ maxBytes: 1000 });
  append(log, 300, 300);
  append(log, 400);
  expect(held(log)).toEqual([1, 2, 3]);
  append(log, 1);
  expect(held(log)).toEqual([3, 4]);
  expect([0, 1, 2, 3, 4, 5].map((seq) => reaches(log, seq))).toEqual([false, false, true, true, true, false]);
  expect(memory.bytes).toBe(401);
});

test('does not keep a poll that is larger than the log', () => {
  const { log, memory } = setUp({ maxBytes: 1000 });
  append(log, 10);
  append(log, 600, 600);
  expect(held(log)).toEqual([]);
  expect([reaches(log, 1), reaches(log, 2), reaches(log, 3)]).toEqual([false, false, true]);
  expect(log.latest).toEqual({ firstSeq: 2, bytesBefore: 10 });
  expect(memory.bytes).toBe(0);
});

test('drops polls that are too old', async () => {
  const { log, clock } = setUp({ maxAgeMs: 1000 });
  append(log, 1);
  await clock.advance(600);
  append(log, 1);
  await clock.advance(401);
  expect([reaches(log, 0), reaches(log, 1)]).toEqual([false, true]);
  await clock.advance(600);
  expect([reaches(log, 1), reaches(log, 2)]).toEqual([false, true]);
});

test('knows no position of another epoch', () => {
  const { log } = setUp();
  append(log, 1);
  expect(reaches(log, 1, 'f')).toBe(false);
});

test('all logs together drop the oldest polls of any of them', () => {
  const { newLog, memory } = setUp({ totalBytes: 1000 });
  const [busy, quiet] = [newLog(), newLog()];
  append(quiet, 400);
  append(busy, 300);
  append(busy, 300);
  expect([held(quiet), held(busy)]).toEqual([[1], [1, 2]]);
  append(busy, 200);
  expect([held(quiet), held(busy)]).toEqual([[], [1, 2, 3]]);
  append(quiet, 500);
  expect([held(quiet), held(busy)]).toEqual([[2], [2, 3]]);
  expect(memory.bytes).toBe(1000);
  busy.clear();
  expect(memory.bytes).toBe(500);
});
