// The order of requests that a client sends over one connection without waiting for answers (pipelining). Node would start all of
// them immediately and keep their answers in memory; here one runs, and the others wait for their turn.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Maximum number of unanswered requests of one connection; browsers and most clients send one at a time. */
const MAX_PIPELINED = 8;

/** The requests without an answer, of all connections of a server. */
export class Turns {
  readonly #connections = new WeakMap<Socket, (() => void)[]>();
  readonly #onOver: () => void;
  #count = 0;

  /** `onOver` is called whenever requests have been answered or their connection has closed. */
  constructor(onOver: () => void) {
    this.#onOver = onOver;
  }

  /** How many requests are running or waiting for their turn. */
  get count(): number {
    return this.#count;
  }

  /**
   * Calls `run` when the earlier requests of the connection are answered, and their answers are sent. Cuts the connection
   * instead if 8 of its requests are without an answer.
   */
  take({ socket }: IncomingMessage, response: ServerResponse, run: () => void): void {
    const turns = this.#turnsOf(socket);
    if (turns.length === MAX_PIPELINED) {
      socket.destroy();
      return;
    }
    turns.push(run);
    this.#count += 1;
    response.on('close', () => {
      if (turns.shift() === undefined) return;
      this.#over(1);
      if (!socket.destroyed) turns[0]?.();
    });
    if (turns.length === 1) run();
  }

  /** The unanswered requests of a connection; the first is running. */
  #turnsOf(socket: Socket): (() => void)[] {
    const known = this.#connections.get(socket);
    if (known !== undefined) return known;
    const turns: (() => void)[] = [];
    this.#connections.set(socket, turns);
    // When a connection is gone, Node closes the response that runs, but not those that wait.
    socket.once('close', () => this.#over(turns.splice(0).length));
    return turns;
  }

  #over(requests: number): void {
    this.#count -= requests;
    this.#onOver();
  }
}
