// The ids of requests are random UUIDs.
import { expect, it } from 'vitest';
import { Uuids } from '../../../src/server/http/uuids.ts';

const MANY = 10_000;

it('are of version 4, and all different', () => {
  const uuids = new Uuids();
  const made = Array.from({ length: MANY }, () => uuids.next());
  for (const each of made) {
    expect(each).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(made).size).toBe(MANY);
});

it('have all digits in all places where the version sets none', () => {
  const uuids = new Uuids();
  const made = Array.from({ length: MANY }, () => uuids.next());
  for (let at = 0; at < 36; at += 1) {
    const digits = new Set(made.map((each) => each[at])).size;
    expect(digits).toBe([8, 13, 14, 18, 23].includes(at) ? 1 : at === 19 ? 4 : 16);
  }
});
