// Fault switches: what an upstream can do to its clients, on demand, per operation or for all.
import { operations } from './operations.ts';

/** Faults that take the place of the answer or spoil it. Of these one at a time plays, the one set first. */
export type AnswerFault =
  /** Answers this at once, the request has no effect. `body` is JSON, or text as it is; default: the error's shape. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Takes the request and never answers; the request has no effect. */
  | { readonly kind: 'hang' }
  /** Destroys the connection instead of answering; the request has no effect. */
  | { readonly kind: 'reset' }
  /** Redirects (302); the request has no effect. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** Answers half of the body, then nothing more. */
  | { readonly kind: 'hang-mid-body' }
  /** Announces the whole body, sends half of it and destroys the connection. */
  | { readonly kind: 'short' }
  /** Answers half of the JSON text as if it were all. */
  | { readonly kind: 'cut' }
  /** Answers the good status with an empty body. */
  | { readonly kind: 'empty' }
  /** Sends the body in pieces of `bytes` (default 1), one each `everyMs` (default 1000). */
  | { readonly kind: 'drip'; readonly bytes?: number; readonly everyMs?: number }
  /** Answers another JSON: what `shape` makes of the good one. */
  | { readonly kind: 'shape'; readonly shape: (body: unknown) => unknown }
  /** Answers a JSON text of at least so many bytes (default 16 MiB). */
  | { readonly kind: 'huge'; readonly bytes?: number };

export type Fault =
  | AnswerFault
  /** Waits before anything else. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Acknowledged writes to an active room take effect this much later. */
  | { readonly kind: 'lag'; readonly ms: number };

interface Switch {
  readonly operationId: string;
  readonly fault: Fault;
  left: number;
}

/** The faults that one request meets. */
export interface Trouble {
  readonly latencyMs: number;
  readonly lagMs: number;
  readonly fault: AnswerFault | undefined;
}

export class Faults {
  #switches: Switch[] = [];

  /**
   * Switches a fault on for an operation id, or for all with `*`; for the next `times` requests (default: until it is
   * cleared). Latencies and lags add up; other faults play one after another. The returned function switches it off.
   */
  set(operationId: string, fault: Fault, { times = Infinity }: { times?: number } = {}): () => void {
    if (operationId !== '*' && !operations.has(operationId)) {
      throw new RangeError(`no operation ${operationId}`);
    }
    const added = { operationId, fault, left: times };
    this.#switches.push(added);
    return () => {
      this.#switches = this.#switches.filter((other) => other !== added);
    };
  }

  /** Switches off the faults that were set for this operation id or `*`; all without an argument. */
  clear(operationId?: string): void {
    this.#switches = this.#switches.filter(
      (other) => operationId !== undefined && other.operationId !== operationId,
    );
  }

  /** What the next request of this operation meets; counts it. */
  take(operationId: string | undefined): Trouble {
    const due = this.#switches.filter((one) => one.operationId === '*' || one.operationId === operationId);
    const answer = due.find(({ fault }) => fault.kind !== 'latency' && fault.kind !== 'lag');
    const used = due.filter(
      (one) => one === answer || one.fault.kind === 'latency' || one.fault.kind === 'lag',
    );
    for (const one of used) one.left -= 1;
    this.#switches = this.#switches.filter(({ left }) => left > 0);
    return troubleOf(used.map(({ fault }) => fault));
  }
}

function troubleOf(faults: readonly Fault[]): Trouble {
  let [latencyMs, lagMs] = [0, 0];
  let answerFault: AnswerFault | undefined;
  for (const fault of faults) {
    if (fault.kind === 'latency') latencyMs += fault.ms;
    else if (fault.kind === 'lag') lagMs += fault.ms;
    else answerFault = fault;
  }
  return { latencyMs, lagMs, fault: answerFault };
}
