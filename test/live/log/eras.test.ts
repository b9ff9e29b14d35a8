// The epochs of a log: which position of a cursor is which event, over borders at which the numbers change.
import { expect, test } from 'vitest';
import { Eras } from '../../../src/live/log/eras.ts';

test('numbers events alike in one epoch, and knows no other epoch and no number that was not given', () => {
  const eras = new Eras('own');
  expect(eras.positionOf(3)).toEqual({ epoch: 'own', seq: 3 });
  expect(eras.seqOf({ epoch: 'own', seq: 3 }, 3)).toBe(3);
  expect(eras.seqOf({ epoch: 'own', seq: 4 }, 3)).toBeNull();
  expect(eras.seqOf({ epoch: 'other', seq: 1 }, 3)).toBeNull();
});

test('an instance that was cut off knows the cursors from before, from meanwhile and from after', () => {
  const eras = new Eras('shared', 10);
  eras.begin('own', 12, 12);
  eras.begin('shared', 30, 14);
  expect([10, 11, 12, 13, 14, 15].map((seq) => eras.positionOf(seq))).toEqual([
    { epoch: 'shared', seq: 10 },
    { epoch: 'shared', seq: 11 },
    { epoch: 'own', seq: 12 },
    { epoch: 'own', seq: 13 },
    { epoch: 'shared', seq: 30 },
    { epoch: 'shared', seq: 31 },
  ]);
  const seqOf = (epoch: string, seq: number) => eras.seqOf({ epoch, seq }, 16);
  expect(seqOf('shared', 11)).toBe(11);
  // The last event before the border, by the cursor that its readers got.
  expect(seqOf('shared', 12)).toBe(12);
  expect([seqOf('own', 13), seqOf('own', 14)]).toEqual([13, 14]);
  expect([seqOf('shared', 30), seqOf('shared', 32)]).toEqual([14, 16]);
  // What the others were told meanwhile, this instance has not got.
  expect([seqOf('shared', 13), seqOf('shared', 29), seqOf('own', 15)]).toEqual([null, null, null]);
});

test('forgets the oldest of many eras', () => {
  const eras = new Eras('first');
  for (let era = 1; era <= 8; era += 1) eras.begin(`era-${era}`, 0, era);
  expect(eras.seqOf({ epoch: 'first', seq: 0 }, 9)).toBeNull();
  expect(eras.seqOf({ epoch: 'era-8', seq: 1 }, 9)).toBe(9);
});
