// Instants: which texts are accepted, and how they are written in UTC.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utcInstant } from '../../resolvers/values.ts';
import { fuzzRuns } from '../support/fuzz.ts';
import { startTestGateway } from '../support/gateway.ts';

describe('an instant', () => {
  it.each([
    ['2026-03-12T16:00:05Z', '2026-03-12T16:00:05Z'],
    ['2026-03-12t16:00:05.118273645z', '2026-03-12T16:00:05.118273645Z'],
    ['2026-03-12T21:30:05.118+05:30', '2026-03-12T16:00:05.118Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
    ['2026-12-31T23:59:59-00:01', '2027-01-01T00:00:59Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ])('%s is %s in UTC', (text, utc) => {
    expect(utcInstant(text)).toBe(utc);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-04-31T12:00:00+02:00',
    '2026-00-10T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-03-12T24:00:00Z',
    '2026-03-12T16:60:00Z',
    '2026-02-30T25:61:61Z',
    '2026-03-12T16:00:00+24:00',
    '2026-03-12T16:00:00+05:60',
    '2026-03-12 16:00:00Z',
    '0000-01-01T00:00:00+00:01',
  ])('%s is invalid', (text) => {
    expect(utcInstant(text)).toBeNull();
  });
});

/** Texts that are nearly instants: each part may be out of its range, or no number. */
const nearlyInstants = fc
  .tuple(
    fc.oneof(fc.nat({ max: 9999 }), fc.constantFrom(1900, 2000, 2024)).map((year) => pad(year, 4)),
    fc.nat({ max: 13 }).map((month) => pad(month, 2)),
    fc.oneof(fc.nat({ max: 32 }), fc.constantFrom(28, 29)).map((day) => pad(day, 2)),
    fc.nat({ max: 25 }).map((hour) => pad(hour, 2)),
    fc.nat({ max: 61 }).map((minute) => pad(minute, 2)),
    fc.oneof(
      fc.nat({ max: 61 }).map((second) => pad(second, 2)),
      fc.constantFrom('', '5', '5x', '-1', '+1', '005'),
    ),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{0,10}$/), fc.constant('.1x')),
  )
  .map(([year, month, day, ...[hour, minute, second, fraction]]) => {
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}`;
  });

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

it('an instant with `Z` is valid exactly where one with the offset +00:00 is', () => {
  const law = fc.property(nearlyInstants, (text) => {
    expect(utcInstant(`${text}Z`)).toBe(utcInstant(`${text}+00:00`));
  });
  fc.assert(law, fuzzRuns(3000));
});

describe('as input', () => {
  const rooms = 'query ($at: DateTime) { rooms(filter: { createdBefore: $at }) { edges { cursor } } }';
  const replay = `mutation ($at: DateTime!) {
    replayWebhooks(input: { sentAfter: $at }) { ... on InvalidInputError { issues { path } } }
  }`;
  const deliveries =
    'query ($at: DateTime) { webhookDeliveries(filter: { sentAfter: $at }) { edges { cursor } } }';

  it.each([
    ['2026-03-12t16:00:00z', '2026-03-12T16:00:00.000Z'],
    ['2026-03-12T17:00:00.5+01:00', '2026-03-12T16:00:00.500Z'],
  ])('%s is sent to the vendor as %s', async (at, sent) => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    await tested.data(rooms, { at });
    expect(tested.sandbox.ledger.lines()).toEqual([
      expect.stringContaining(`before=${encodeURIComponent(sent)}`),
    ]);
  });

  it.each([rooms, replay, deliveries])('a date that does not exist is refused by %s', async (document) => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    for (const at of ['2026-02-30T00:00:00Z', '2026-06-31t00:00:00+02:00', '2027-02-29T23:59:59z']) {
      const answer = await tested.ask(document, { at });
      expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
      expect(answer.errors?.[0]?.message).toContain(at);
    }
    expect(tested.sandbox.ledger.lines()).toEqual([]);
  });
});
