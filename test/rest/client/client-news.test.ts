// What clients of several instances tell one another: pauses, breakers and writes.
import { describe, expect, it } from 'vitest';
import { Breaker, BREAKER_PERIOD_MS } from '../../../src/rest/client/breaker.ts';
import type { ClientNews } from '../../../src/rest/client/client-news.ts';
import { RestBreakerOpenError, RestRateLimitedError } from '../../../src/rest/errors.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { anything, mockedRest, rejection } from './support.ts';

/** Breakers of one family that hear one another. Each waits for its own random part of a second. */
function breakersOf(count: number) {
  const clock = new ManualClock();
  const news: string[] = [];
  const breakers: Breaker[] = Array.from(
    { length: count },
    (_, own) =>
      new Breaker({
        clock,
        random: () => own / count,
        onNews(state) {
          news.push(state);
          for (const [at, breaker] of breakers.entries()) if (at !== own) breaker.hear(state);
        },
      }),
  );
  const at = (index: number): Breaker => breakers[index] ?? expect.fail(`there is no breaker ${index}`);
  const fail = async (breaker: Breaker) => {
    for (let time = 0; time < 5; time += 1) {
      if (time === 4) await clock.advance(1000);
      breaker.conclude(breaker.admit(), 'failed');
    }
  };
  return { clock, news, breakers, at, fail };
}

describe('breakers of several instances', () => {
  it('open together, and tell it once', async () => {
    const { news, breakers, at, fail } = breakersOf(4);
    await fail(at(0));
    expect(breakers.map((breaker) => breaker.admit())).toEqual([null, null, null, null]);
    expect(news).toEqual(['open']);
  });

  it('send one probe a period together, however many have calls', async () => {
    const { clock, breakers, at, fail } = breakersOf(10);
    await fail(at(0));
    let probes = 0;
    for (let ms = 0; ms < 60_000; ms += 50) {
      for (const breaker of breakers) {
        if (breaker.admit() === null) continue;
        probes += 1;
        breaker.conclude('probe', 'failed');
      }
      await clock.advance(50);
    }
    expect(probes).toBe(60_000 / BREAKER_PERIOD_MS - 1);
  });

  it('let another instance probe if the one that opened has no call', async () => {
    const { clock, at, fail } = breakersOf(3);
    await fail(at(0));
    await clock.advance(BREAKER_PERIOD_MS + 2000);
    expect([at(2).admit(), at(1).admit(), at(0).admit()]).toEqual(['probe', null, null]);
    at(2).conclude('probe', 'answered');
    expect([at(0).state, at(1).state, at(2).state]).toEqual(['closed', 'closed', 'closed']);
    expect(clock.pending).toBe(0);
  });

  it('do not open where an answer came in the last two seconds; the next own failure opens them', async () => {
    const { clock, at, fail } = breakersOf(2);
    await clock.advance(500);
    at(1).conclude(at(1).admit(), 'answered');
    await fail(at(0));
    expect([at(0).state, at(1).state]).toEqual(['open', 'closed']);
    at(1).conclude(at(1).admit(), 'failed');
    expect(at(1).state).toBe('open');
  });

  it('of which one alone fails do not stop the others', async () => {
    const { at, fail } = breakersOf(2);
    at(1).conclude(at(1).admit(), 'answered');
    await fail(at(0));
    at(1).conclude(at(1).admit(), 'answered');
    at(1).conclude(at(1).admit(), 'failed');
    expect(at(1).state).toBe('closed');
  });
});

const probe = { route: '/rooms', shape: anything };
const other = { route: '/sessions', shape: anything };
const failed = { failure: new Error('reset') };

/** Two clients of which the second hears the first. */
function two() {
  const news: ClientNews[] = [];
  const there = mockedRest();
  const here = mockedRest({
    onNews(each) {
      news.push(each);
      there.client.hear(each);
    },
  });
  return { here, there, news };
}

describe('clients of several instances', () => {
  it('hold back the family of endpoints that the upstream has refused to one of them', async () => {
    const { here, there, news } = two();
    await using _here = here;
    await using _there = there;
    here.answer({ status: 429, headers: { 'retry-after': '20' } });
    await rejection(here.client.get(probe), RestRateLimitedError);
    expect(news).toEqual([{ paused: 'rooms', forMs: 20_000 }]);
    const refused = await rejection(there.client.get(probe), RestRateLimitedError);
    expect(refused.retryAfterSeconds).toBe(20);
    there.answer({ body: 1 });
    expect(await there.client.get(other)).toBe(1);
    expect(there.requests).toHaveLength(1);
  });

  it('refuse the calls of a family of which one of them has opened the breaker', async () => {
    const { here, there } = two();
    await using _here = here;
    await using _there = there;
    for (let time = 0; time < 5; time += 1) {
      here.answer(failed);
      await here.client.get(probe, { priority: 'poll' }).catch(() => undefined);
      await here.clock.advance(250);
    }
    await rejection(there.client.get(probe), RestBreakerOpenError);
    expect(there.requests).toHaveLength(0);
  });

  it('do not join a read that began before another one wrote', async () => {
    const { here, there, news } = two();
    await using _here = here;
    await using _there = there;
    there.answer({ body: 1 }, { body: 2 });
    here.answer({ body: 1 });
    await here.client.post(probe);
    expect(news).toEqual([{ wrote: true }]);
    const early = there.client.get(probe);
    for (const each of news) there.client.hear(each);
    const late = there.client.get(probe);
    expect([await early, await late]).toEqual([1, 2]);
  });
});
