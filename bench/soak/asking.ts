// Queries beside the subscriptions, each of whose answers must be true or an error with a known code.
import type { Crowd } from './crowd.ts';
import { oneOf, type Random } from './random.ts';

/** Codes that a query may get while the REST API has faults. */
const CODES = new Set([
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_ERROR',
  'UPSTREAM_BAD_RESPONSE',
]);
/** The longest time until an answer, in milliseconds. */
const LONGEST_MS = 15_000;

interface Answer {
  readonly data?: object | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Asks one query after another, and counts what came. */
export class Asking {
  /** By the first error's code; `ok`: without one. */
  readonly outcomes = new Map<string, number>();
  readonly #url: string;
  readonly #authorization: string;
  readonly #crowd: Crowd;
  readonly #onFault: (fault: string) => void;

  constructor(url: string, authorization: string, crowd: Crowd, onFault: (fault: string) => void) {
    this.#url = url;
    this.#authorization = authorization;
    this.#crowd = crowd;
    this.#onFault = onFault;
  }

  /** Asks for something. Resolves when it is answered. */
  async ask(random: Random): Promise<void> {
    const id = oneOf(random, this.#crowd.roomIds);
    const query = oneOf(random, [
      `{ room(id: "${id}") { name peers(first: 50) { nodes: edges { node { name role } } } } }`,
      '{ rooms(first: 20) { edges { node { hmsId name template { name roles { name } } } } } }',
      `{ room(id: "${id}") { activeSession { hmsId startedAt } } }`,
      '{ sessions(first: 10) { edges { node { hmsId room { name } } } } }',
    ]);
    try {
      const answered = await fetch(`${this.#url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: this.#authorization },
        body: JSON.stringify({ query }),
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      // GraphQL over HTTP.
      const { data, errors } = (await answered.json()) as Answer;
      if (answered.status !== 200) this.#onFault(`a query got status ${answered.status}`);
      if (errors === undefined && data == null) this.#onFault('a query got neither data nor errors');
      for (const { message, extensions } of errors ?? []) {
        if (!CODES.has(extensions?.code ?? '')) this.#onFault(`a query got ${extensions?.code}: ${message}`);
      }
      this.#count(errors?.[0]?.extensions?.code ?? 'ok');
    } catch (error) {
      this.#onFault(`a query failed: ${String(error)}`);
    }
  }

  #count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }
}
