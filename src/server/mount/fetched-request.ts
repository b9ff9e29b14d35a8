// A request of the fetch API from its arrival until its answer has ended. It provides what the server otherwise learns from
// Node's request and response.
import type { FrameOptions } from '../http/request-frame.ts';
import { CLIENT_GONE } from '../http/request-frame.ts';
import { requestIdOf } from '../http/request-id.ts';
import { RequestNote } from '../request-note.ts';
import type { OnStream } from '../stream/streamed-body.ts';

/** Options of `FetchedRequest`. */
export interface FetchedRequestOptions extends FrameOptions {
  /** See `InFlight.begin`. */
  readonly begin: (cut: () => void) => () => void;
}

/** The name of requests to the graph in the metrics. */
export const GRAPHQL_ROUTE = '/graphql';

/** Writes its line and counts it once, when the answer is over. */
export class FetchedRequest {
  readonly requestId: string;
  readonly path: string;
  readonly note: RequestNote;
  /** Counted when the answer is over. */
  status = CLIENT_GONE;
  /** Its name in the metrics. */
  route = GRAPHQL_ROUTE;
  /** Resolves when the gateway closes and does not wait for the answer any more. */
  readonly cutOff: Promise<null>;
  readonly #request: Request;
  readonly #options: FetchedRequestOptions;
  readonly #leaving = new AbortController();
  readonly #forget: () => void;
  #isCut = false;
  #cutStream: (() => void) | null = null;
  #isOver = false;

  constructor(
    request: Request,
    headers: Parameters<typeof requestIdOf>[0]['headers'],
    options: FetchedRequestOptions,
  ) {
    const { log, clock, observer } = options;
    this.#request = request;
    this.#options = options;
    this.path = URL.parse(request.url)?.pathname ?? '/';
    this.requestId = requestIdOf({ headers }, log);
    this.note = new RequestNote({ log, clock, requestId: this.requestId, transport: 'http', observer });
    const { promise, resolve } = Promise.withResolvers<null>();
    this.cutOff = promise;
    this.#forget = options.begin(() => {
      this.#isCut = true;
      resolve(null);
      this.#leave();
      this.#cutStream?.();
    });
    request.signal.addEventListener('abort', this.#leave, { once: true });
    if (request.signal.aborted) this.#leave();
  }

  /** Aborts when the client disconnects before the answer is over, or when the gateway closes and ends the answer (`cutOff`). */
  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Call for an answer that is sent in pieces: it has ended when its body has. */
  readonly onStream: OnStream = (cut) => {
    this.#cutStream = cut;
    if (this.#isCut) cut();
    return (isWhole) => this.#over(!isWhole);
  };

  /** Call when the answer is ready. It has then ended, unless it is sent in pieces. */
  answered(): void {
    if (this.#cutStream === null) this.#over(this.signal.aborted);
  }

  /** Call when there is no answer, or when the answer that has begun failed. */
  failed(): void {
    this.#cutStream?.();
    this.#over(this.signal.aborted);
  }

  readonly #leave = () => this.#leaving.abort();

  #over(aborted: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { status, path, route } = this;
    const { method, signal } = this.#request;
    signal.removeEventListener('abort', this.#leave);
    this.note.end({ method, path, status, aborted });
    this.#options.observer?.onRequest({ route, method, status });
    this.#forget();
  }
}
