// A webhook reaches any instance, and acts in all: the one that receives it asks Redis whether it is new, acts on it, and
// broadcasts it; the others act on it too.
//
// Why this is sound: both keys of a webhook (its id, and its content) are looked up and set by one script, so of two equal
// deliveries at the same time one is accepted. State comes from polls, and webhooks are hints, so a broadcast that is
// lost costs a look, and subscribers of `roomEvents` at that instance the event. While Redis is away each instance tells
// repetitions apart for itself and passes nothing on.
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
