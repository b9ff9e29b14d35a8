// Pushes the results of one subscription to its socket, as messages of graphql-transport-ws.
import type { Taker } from '../../live/log/taken-events.ts';
import { formatError } from '../operation/mask-errors.ts';
import { partsOf, wellFormedJson, type TextOf } from '../operation/result-text.ts';
import type { RequestNote } from '../request-note.ts';
import type { Answer } from '../stream/answer.ts';
import type { Sink } from '../stream/member.ts';
import type { Outbox } from './outbox.ts';

/** The kind of bytes that these answers have: see `Answer.bytes`. */
const KIND = 'websocket';

/** The part of a socket's session that its subscriptions use. */
export interface PushedSession {
  readonly outbox: Outbox;
  /** Closes the socket if its client's token has expired. */
  readonly expiry: { keep(): boolean } | null;
}

/** The sink of one subscription. */
export class SocketSink implements Sink {
  readonly #session: PushedSession;
  readonly #prefix: string;
  readonly #note: RequestNote | undefined;
  readonly #textOf: TextOf;

  /** `id`: the client's id of the subscription. `note` gets each result; `textOf` writes them. */
  constructor(session: PushedSession, id: string, note: RequestNote | undefined, textOf: TextOf) {
    this.#textOf = textOf;
    this.#session = session;
    this.#prefix = nextPrefix(id);
    this.#note = note;
  }

  get isReady(): boolean {
    return this.#session.outbox.isReady;
  }

  whenReady(taker: Taker): void {
    this.#session.outbox.whenReady(taker);
  }

  push(answer: Answer): void {
    const { outbox, expiry } = this.#session;
    this.#note?.saw(answer.result ?? {});
    // A socket that this closes sends nothing any more.
    expiry?.keep();
    outbox.push(
      this.#prefix,
      answer.bytes(KIND, () => this.#write(answer)),
    );
  }

  #write({ result }: Answer): readonly Buffer[] {
    const { data, errors } = result ?? {};
    const formatted = errors === undefined ? {} : { errors: errors.map(formatError) };
    return payloadParts({ ...(data === undefined ? {} : { data }), ...formatted }, this.#textOf);
  }
}

/** A `next` message up to its payload. */
export function nextPrefix(id: string): string {
  return `{"id":${wellFormedJson(JSON.stringify(id))},"type":"next","payload":`;
}

/** A result, with the end of its message, as bytes. */
export function payloadParts(result: object, textOf: TextOf): readonly Buffer[] {
  return partsOf('', result, '}', textOf);
}
