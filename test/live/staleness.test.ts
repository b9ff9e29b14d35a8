// What a client knows of staleness, tested with random histories: outages begin and end, and clients disconnect and
// resume at any point, also in the middle of the events they missed. FUZZ_RUNS raises the number of histories.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PeerChange, SessionChange } from '../../src/live/changes.ts';
import { fuzzRuns } from '../support/fuzz.ts';
import { settle } from '../support/manual-clock.ts';
import { Scene } from './scene.ts';

type Subscribe = (after: string | undefined) => AsyncIterableIterator<PeerChange | SessionChange>;

/** Keeps the cursor of the last event, and whether the last snapshot said that the room is stale. */
class Client {
  stale: boolean | null = null;
  #cursor: string | undefined;
  #iterator: AsyncIterableIterator<PeerChange | SessionChange> | null = null;
  readonly #subscribe: Subscribe;

  constructor(subscribe: Subscribe) {
    this.#subscribe = subscribe;
  }

  get isConnected(): boolean {
    return this.#iterator !== null;
  }

  /** Subscribes after the last event, and disconnects after `limit` further ones. */
  connect(limit = Number.POSITIVE_INFINITY): void {
    if (this.#iterator !== null) return;
    this.#iterator = this.#subscribe(this.#cursor);
    void this.#pull(this.#iterator, limit);
  }

  drop(): void {
    void this.#iterator?.return?.();
    this.#iterator = null;
  }

  async #pull(iterator: AsyncIterableIterator<PeerChange | SessionChange>, limit: number): Promise<void> {
    for (let taken = 0; taken < limit; taken += 1) {
      const { done, value } = await iterator.next();
      if (done === true || iterator !== this.#iterator) return;
      if (value.kind === 'snapshot' || value.kind === 'sessions') this.stale = value.stale;
      this.#cursor = value.cursor;
    }
    if (iterator === this.#iterator) this.drop();
  }
}

/** About the size of an event here. */
const EVENT_BYTES = 540;

class World implements Disposable {
  readonly #scene = new Scene({
    limits: { maxBytes: 12 * EVENT_BYTES, backlogBytes: 4 * EVENT_BYTES, burstBytes: 0, burstChanges: 2 },
  });
  readonly #room = this.#scene.upstream.room('r');
  readonly #streams: readonly Subscribe[] = [
    (after) => this.#scene.live.peerChanges('r', cursor(after)),
    (after) => this.#scene.live.peerChanges('r', { ...cursor(after), filter: { role: 'host' } }),
    (after) => this.#scene.live.sessionChanges(cursor(after)),
  ];
  readonly #clients = this.#streams.map((subscribe) => [new Client(subscribe), new Client(subscribe)]);
  #isOutage = false;

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      await this.#do(step);
      await settle();
      for (const at of this.#streams.keys()) await this.#compareWithNewcomer(at);
      if (step.do === 'wait' && step.ms === QUIET_MS) this.#compareWithOutage();
    }
  }

  [Symbol.dispose](): void {
    this.#scene.live.close();
  }

  async #do(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        return this.#scene.clock.advance(step.ms);
      case 'outage':
        this.#isOutage = step.begins;
        this.#scene.upstream.weather.failing = new Set(
          step.begins ? (['peers', 'activeSessions', 'allActiveSessions', 'roomExists'] as const) : [],
        );
        return;
      case 'join':
        this.#room.join({ role: step.role });
        return;
      case 'end':
        return this.#room.end();
      case 'connect':
        return this.#clients[step.stream]?.[step.client]?.connect(step.limit ?? undefined);
      default:
        return this.#clients[step.stream]?.[step.client]?.drop();
    }
  }

  /**
   * If the gateway knows whether the room is stale, a new subscriber is told so, and every connected client has been
   * told the same.
   */
  async #compareWithNewcomer(stream: number): Promise<void> {
    const connected = this.#clients[stream]?.filter(({ isConnected }) => isConnected) ?? [];
    const subscribe = this.#streams[stream];
    if (connected.length === 0 || subscribe === undefined) return;
    const newcomer = new Client(() => subscribe(undefined));
    newcomer.connect();
    await settle();
    newcomer.drop();
    if (newcomer.stale === null) return;
    for (const { stale } of connected) expect(stale).toBe(newcomer.stale);
  }

  #compareWithOutage(): void {
    const connected = this.#clients.flat().filter(({ isConnected }) => isConnected);
    for (const { stale } of connected) expect(stale).toBe(this.#isOutage);
  }
}

function cursor(after: string | undefined): { after?: string } {
  return after === undefined ? {} : { after };
}

/** Long enough for two failed polls, and for one that succeeds. */
const QUIET_MS = 60_000;

const client = { stream: fc.nat({ max: 2 }), client: fc.nat({ max: 1 }) };
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(90, 1100, 6000, QUIET_MS) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('outage' as const), begins: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('join' as const), role: fc.constantFrom('host', 'guest') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('connect' as const),
      ...client,
      limit: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('drop' as const), ...client }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test('a connected client knows whether the room is stale, however often it has disconnected and resumed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 50, size: 'max' }), async (steps) => {
      using world = new World();
      await world.run(steps);
    }),
    fuzzRuns(150),
  );
}, 600_000);
