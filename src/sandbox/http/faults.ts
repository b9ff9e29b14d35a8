// Faults that tests switch on to make the REST API misbehave, for one operation or for all.
import type { Past } from '../past.ts';
import type { ErrorForm } from './odd-answers.ts';
import { operations } from './operations.ts';

/** Faults that replace or damage the answer. A request meets at most one: the one set first. */
export type AnswerFault =
  /** Answers with this status; the request has no effect. A string is sent as HTML. Default: the API's error. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Never answers; the request has no effect. */
  | { readonly kind: 'hang' }
  /** Destroys the connection instead of answering; the request has no effect. */
  | { readonly kind: 'reset' }
  /** Redirects (302); the request has no effect. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** Sends half of the body, then nothing more, and keeps the connection open. */
  | { readonly kind: 'hang-mid-body' }
  /** Sends the full `Content-Length`, half of the body, and destroys the connection. */
  | { readonly kind: 'short' }
  /** Answers half of the JSON text as if it were complete. */
  | { readonly kind: 'cut' }
  /** Answers the success status with an empty body. */
  | { readonly kind: 'empty' }
  /** Sends the body in pieces of `bytes` (default 1) every `everyMs` milliseconds (default 1000). */
  | { readonly kind: 'drip'; readonly bytes?: number; readonly everyMs?: number }
  /** Replaces the JSON of the correct answer by the result of `shape`. */
  | { readonly kind: 'shape'; readonly shape: (body: unknown) => unknown }
  /**
   * Sends the result of `text`, called with the JSON text of the correct answer, for texts that no JSON value is written as, such
   * as `1e400`.
   */
  | { readonly kind: 'text'; readonly text: (json: string) => string }
  /** Sends maps of peers in which the first is null, the second has a number as `user_id`, and the third has odd metadata. */
  | { readonly kind: 'odd-peers' }
  /** Sends every number of the correct answer as a string. */
  | { readonly kind: 'text-numbers' }
  /**
   * Answers an error whose body has another form than documented; the request has no effect. Default of `message`: the
   * status's name.
   */
  | {
      readonly kind: 'odd-error';
      readonly status: number;
      readonly form: ErrorForm;
      readonly message?: string;
    }
  /** Answers a JSON array of at least `bytes` bytes (default 16 MiB). */
  | { readonly kind: 'huge'; readonly bytes?: number };

/** A fault of the answer, or a delay. Delays of several faults add up. */
export type Fault =
  | AnswerFault
  /** Handles the request `ms` milliseconds late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Writes to an active room are acknowledged at once but take effect `ms` milliseconds later. */
  | { readonly kind: 'lag'; readonly ms: number }
  /**
   * Reads (GET) show rooms, room codes, templates, sessions, peers, polls, media jobs, files and stream keys as they were
   * `ms` milliseconds ago (at most 60 000), but not before the fault was set. Writes take effect and answer at once.
   */
  | { readonly kind: 'stale'; readonly ms: number };

interface Switch {
  /** `*`: all operations. */
  readonly operationId: string;
  readonly fault: Fault;
  /** Requests that will still meet the fault. */
  left: number;
  /** Ends the recording of the past that a `stale` fault needs. */
  readonly end: () => void;
}

/** The faults that one request meets. */
export interface RequestFaults {
  readonly latencyMs: number;
  readonly lagMs: number;
  /** How far reads lag behind writes. */
  readonly staleMs: number;
  readonly fault: AnswerFault | undefined;
}

/** The faults that are switched on now. */
export class Faults {
  readonly #past: Past;
  #switches: Switch[] = [];

  constructor(past: Past) {
    this.#past = past;
  }

  /**
   * Switches a fault on for an operation id, or for all operations with `*`. It applies to the next `times` requests (default:
   * until it is cleared). Latencies of several faults add up, and so do lags. Of the other faults, the one that was set first
   * applies until it is used up. The returned function switches the fault off. Throws a RangeError for an unknown operation id.
   */
  set(operationId: string, fault: Fault, { times = Infinity }: { times?: number } = {}): () => void {
    if (operationId !== '*' && !operations.has(operationId)) {
      throw new RangeError(`unknown operation ${operationId}`);
    }
    const end = fault.kind === 'stale' ? this.#past.record() : () => undefined;
    const added = { operationId, fault, left: times, end };
    this.#switches.push(added);
    return () => this.#keep((other) => other !== added);
  }

  /** Switches off the faults set for exactly this operation id (or `*`); without an argument, all. */
  clear(operationId?: string): void {
    this.#keep((other) => operationId !== undefined && other.operationId !== operationId);
  }

  /** The faults for the next request of this operation; counts as one of their `times`. */
  take(operationId: string | undefined): RequestFaults {
    const due = this.#switches.filter((one) => one.operationId === '*' || one.operationId === operationId);
    const answer = due.find(({ fault }) => !isDelay(fault));
    const used = due.filter((one) => one === answer || isDelay(one.fault));
    for (const one of used) one.left -= 1;
    this.#keep(({ left }) => left > 0);
    return combined(used.map(({ fault }) => fault));
  }

  #keep(isKept: (one: Switch) => boolean): void {
    for (const one of this.#switches) if (!isKept(one)) one.end();
    this.#switches = this.#switches.filter(isKept);
  }
}

type Delay = Exclude<Fault, AnswerFault>;

function isDelay(fault: Fault): fault is Delay {
  return fault.kind === 'latency' || fault.kind === 'lag' || fault.kind === 'stale';
}

function combined(faults: readonly Fault[]): RequestFaults {
  const sumOf = (kind: Delay['kind']): number =>
    faults.reduce((sum, fault) => (isDelay(fault) && fault.kind === kind ? sum + fault.ms : sum), 0);
  return {
    latencyMs: sumOf('latency'),
    lagMs: sumOf('lag'),
    staleMs: sumOf('stale'),
    fault: faults.find((fault) => !isDelay(fault)),
  };
}
