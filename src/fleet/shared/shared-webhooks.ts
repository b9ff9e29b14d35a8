// A webhook arrives at any instance, and all instances process it: the one that receives it asks Redis whether it is new,
// processes it, and broadcasts it to the others.
//
// Why this is correct: one script looks up and sets both keys of a webhook (its id, and its content), so of two equal deliveries
// at the same time one is accepted. The state of rooms comes from polls. So if a broadcast is lost, an instance only misses a
// reason to read, and its subscribers of `roomEvents` miss the event. While Redis is unavailable, each instance recognizes only
// its own repetitions, and broadcasts nothing.
import { createHash } from 'node:crypto';
import { Script, type Fleet } from '../fleet.ts';

const KIND = 'webhook';
const KEPT_MS = 24 * 60 * 60 * 1000;

/** KEYS: those of one webhook. ARGV: how long they are kept, in milliseconds. Returns 1 if none was there. */
const ONCE = new Script(
  'webhook once',
  `if redis.call('EXISTS', unpack(KEYS)) > 0 then return 0 end
for _, key in ipairs(KEYS) do redis.call('SET', key, '', 'PX', ARGV[1]) end
return 1`,
);

/**
 * Whether none of the keys was seen in the last 24 hours by any instance; then all of them are. Rejects with a
 * FleetUnavailableError.
 */
export async function webhookOnce(fleet: Fleet, keys: readonly string[]): Promise<boolean> {
  // Keys hold texts of webhooks, of any length.
  const hashed = keys.map((key) => {
    const digest = createHash('sha256').update(key).digest('base64url');
    return `${fleet.prefix}{webhooks}:${digest}`;
  });
  return (await fleet.run(ONCE, hashed, [KEPT_MS])) === 1;
}

/** What an instance does with webhooks. */
export interface WebhookActions<Event> {
  /** The keys by which a repetition is told; none of two different webhooks are equal. */
  readonly keysOf: (event: Event) => readonly string[];
  /** Acts on a webhook at this instance. Repetitions that it recognizes by itself do nothing. */
  readonly act: (event: Event) => void;
}

/** Webhooks of the fleet. `stop` ends the listening. */
export class SharedWebhooks<Event> {
  readonly #fleet: Fleet;
  readonly #actions: WebhookActions<Event>;
  readonly stop: () => void;

  constructor(fleet: Fleet, actions: WebhookActions<Event>) {
    this.#fleet = fleet;
    this.#actions = actions;
    // The event was checked by the instance that received it.
    this.stop = fleet.onBroadcast(KIND, (data) => actions.act(data as Event));
  }

  /** Call with a webhook that has reached this instance. Never rejects. */
  async receive(event: Event): Promise<void> {
    const { keysOf, act } = this.#actions;
    try {
      if (!(await webhookOnce(this.#fleet, keysOf(event)))) return;
    } catch {
      // Redis is away.
      return act(event);
    }
    act(event);
    await this.#fleet.broadcast(KIND, event).catch(() => undefined);
  }
}
