// Map keys made from texts of any length, and the maps that use such keys.
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { WebhookMemory } from '../src/live/webhooks/webhook-memory.ts';
import { mapKey } from '../src/map-key.ts';
import { defaultLimits } from '../src/server/operation/limits.ts';
import { Plans } from '../src/server/plans/plans.ts';
import { ManualClock } from './support/manual-clock.ts';

// The length of a string from which V8 computes its hash from the length alone.
const LONG = 17_000;
const long = (index: number) => `${index}`.padStart(LONG, '0');

describe('the key of a text', () => {
  it('of up to 256 characters is the text', () => {
    for (const text of ['', 'room', 'x'.repeat(256)]) expect(mapKey(text)).toBe(text);
  });

  it('may be the text up to another length', () => {
    expect(mapKey('x'.repeat(300), 300)).toHaveLength(300);
    expect(mapKey('x'.repeat(301), 300)).toHaveLength(51);
  });

  it('that is longer has 51 characters, and differs if the texts differ', () => {
    const keys = [1, 2, 3].map((index) => mapKey(long(index)));
    expect(new Set(keys).size).toBe(3);
    expect(mapKey(long(1))).toBe(keys[0]);
    for (const key of [...keys, mapKey('x'.repeat(257))]) expect(key).toHaveLength(51);
  });

  it('is never equal to a short text that looks like a key', () => {
    const key = mapKey(long(1));
    expect(mapKey(key)).not.toBe(key);
  });
});

/** Seconds of CPU time that `act` takes for all indexes below `count`. */
function secondsFor(count: number, act: (index: number) => void): number {
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) act(index);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('with texts of 17,000 characters, twice as many take about twice the time', () => {
  it.each(['session_id', 'peer_id', 'id'])('webhooks by `%s`', (key) => {
    const secondsOf = (count: number) => {
      const memory = new WebhookMemory(new ManualClock());
      return secondsFor(count, (index) => {
        const { id, ...data } = {
          id: `event ${index}`,
          session_id: 'one',
          peer_id: 'peer',
          left_at: '2026-01-01T00:00:00Z',
          [key]: long(index),
        };
        memory.remember({ id, type: 'peer.leave.success', timestamp: '2026-01-01T00:00:00Z', data });
      });
    };
    expect(secondsOf(4000)).toBeLessThan(1.5);
  });

  it('documents', () => {
    const schema = buildSchema('type Query { a: Int }');
    const plans = new Plans({ schema, limits: defaultLimits, introspection: true });
    // They cannot be parsed, which the parser notices at once.
    const errorOf = (text: string) => {
      try {
        return plans.of(text);
      } catch (error) {
        return error;
      }
    };
    const twice = (index: number) => {
      errorOf(long(index));
      errorOf(long(index));
    };
    expect(secondsFor(4000, twice)).toBeLessThan(4);
    expect(errorOf(long(3999))).toBe(errorOf(long(3999)));
  });
});

it('a leave reason is kept up to its first 500 characters', () => {
  const memory = new WebhookMemory(new ManualClock());
  const data = { room_id: 'room', peer_id: 'peer', reason: 'because '.repeat(30_000) };
  memory.remember({ id: '1', type: 'peer.leave.success', timestamp: '2026-01-01T00:00:00Z', data });
  expect(memory.leaveReason('room', 'peer')).toBe('because '.repeat(30_000).slice(0, 500));
});
