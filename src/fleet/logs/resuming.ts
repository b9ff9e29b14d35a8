// For clients that resume at a position that this instance's log does not contain. Earlier events are read from the store. If the
// position is later than the log, because another instance has sent the events already, the client waits for them.
import type { Position } from '../../live/log/cursor.ts';
import type { Codec, LogHost } from '../../live/log/shared-log.ts';
import type { LogSurroundings } from './log-surroundings.ts';
import { toldOf } from './messages.ts';

/** The longest time, in milliseconds, for which a client waits that resumes where this instance has not come to yet. */
const LONGEST_LAG_MS = 1000;

/** One for each log. */
export class Resuming<S, E> {
  readonly #scope: string;
  readonly #host: LogHost<S, E>;
  readonly #codec: Codec<S, E>;
  readonly #around: LogSurroundings;
  /** Those who wait for events that other instances have told before this one. */
  readonly #ahead = new Set<{ readonly seq: number; readonly done: () => void }>();

  constructor(scope: string, host: LogHost<S, E>, codec: Codec<S, E>, around: LogSurroundings) {
    this.#scope = scope;
    this.#host = host;
    this.#codec = codec;
    this.#around = around;
  }

  /** See SharedLog; for a log that this instance leads or follows. */
  reachBack(position: Position): Promise<void> | null {
    const { heldFrom, position: own } = this.#host;
    if (position.epoch === own.epoch && position.seq > own.seq) return this.#until(position.seq);
    return position.epoch === heldFrom.epoch && position.seq < heldFrom.seq ? this.#prepend(position) : null;
  }

  /** Call when the host was told events. */
  onTold(): void {
    const { seq } = this.#host.position;
    for (const waiting of this.#ahead) if (waiting.seq <= seq) waiting.done();
  }

  #until(seq: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        this.#ahead.delete(waiting);
        resolve();
      };
      const cancel = this.#around.wait(done, LONGEST_LAG_MS);
      const waiting = { seq, done };
      this.#ahead.add(waiting);
    });
  }

  async #prepend(position: Position): Promise<void> {
    try {
      const kept = toldOf(await this.#around.store.history(this.#scope, position));
      const held = this.#host.heldFrom;
      const earlier = kept.filter(({ seq }) => seq < held.seq);
      const [first] = earlier;
      const last = earlier.at(-1);
      if (first === undefined || last === undefined || held.epoch !== position.epoch) return;
      // Without a gap, on either side.
      if (first.seq > position.seq || last.seq + last.count !== held.seq) return;
      this.#host.prepend(earlier.map(({ events, asOf }) => ({ events: this.#codec.decode(events), asOf })));
    } catch {
      // The store is away: the client gets a snapshot.
    }
  }
}
