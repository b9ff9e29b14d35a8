// Answers in parts (`@defer`, `@stream`) as their clients read them, over each transport. Leaving an answer closes its connection.
import { watchAnswer } from './canary.ts';
import type { Answer } from './gateway.ts';
import { openSession, subscribe } from './raw-socket.ts';
import { eventsOf } from './sockets.ts';
import type { Operation } from './transports.ts';

type Path = readonly (string | number)[];

/** A part in either format. */
export interface Part extends Answer {
  readonly pending?: readonly { readonly id: string; readonly path: Path; readonly label?: string }[];
  readonly incremental?: readonly Increment[];
  readonly completed?: readonly (Pick<Answer, 'errors'> & { readonly id: string })[];
  readonly hasNext?: boolean;
}

interface Increment extends Answer {
  readonly id?: string;
  readonly path?: Path;
  readonly subPath?: Path;
  readonly items?: readonly unknown[] | null;
  readonly label?: string;
}

/** How a client sends an operation; its connection closes when `signal` aborts. */
export interface SendOptions {
  readonly authorization?: string;
  readonly signal?: AbortSignal;
}

/** Sends an operation and yields the parts of its answer, or its only result. */
export type SendForParts = (
  url: string,
  operation: Operation,
  options?: SendOptions,
) => AsyncGenerator<Part, void>;

/** What a client sends that accepts parts with ids, or JSON. */
export const PARTS = 'multipart/mixed;incrementalSpec=v0.2, application/json';

const DELIMITER = '\r\n---';

/** The parts of a multipart response, or its JSON. */
export async function* partsOf(response: Response): AsyncGenerator<Part, void> {
  if (response.headers.get('content-type')?.startsWith('multipart/mixed') !== true) {
    yield partIn(await response.text());
    return;
  }
  if (response.body === null) throw new Error('the response has no body');
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const pieces = text.split(DELIMITER);
    text = pieces.pop() ?? '';
    for (const piece of pieces) if (piece !== '') yield partIn(bodyOf(piece));
  }
  if (text !== '--\r\n') throw new Error(`the answer ends with ${JSON.stringify(text)}`);
}

function bodyOf(piece: string): string {
  const [head, body] = piece.split('\r\n\r\n');
  if (head !== '\r\nContent-Type: application/json; charset=utf-8' || body === undefined) {
    throw new Error(`not a part: ${JSON.stringify(piece)}`);
  }
  return body;
}

function partIn(text: string): Part {
  watchAnswer(text);
  // The server writes a part as a JSON object.
  return JSON.parse(text) as Part;
}

function request(accept: string, { authorization, signal }: SendOptions) {
  const headers = { accept, ...(authorization === undefined ? {} : { authorization }) };
  return { headers, ...(signal === undefined ? {} : { signal }) };
}

const overPost: SendForParts = async function* (url, operation, options = {}) {
  const { headers, ...more } = request(PARTS, options);
  const body = JSON.stringify(operation);
  const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body, ...more };
  yield* partsOf(await fetch(`${url}/graphql`, sent));
};

const overGet: SendForParts = async function* (url, { query = '', variables = {} }, options = {}) {
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  yield* partsOf(await fetch(`${url}/graphql?${parameters}`, request(PARTS, options)));
};

const overEventStream: SendForParts = async function* (url, operation, options = {}) {
  const { headers, ...more } = request('text/event-stream, application/json', options);
  const body = JSON.stringify(operation);
  const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body, ...more };
  const response = await fetch(`${url}/graphql`, sent);
  if (response.headers.get('content-type') !== 'text/event-stream') yield partIn(await response.text());
  else for await (const { event, data } of eventsOf(response)) if (event === 'next') yield partIn(data);
};

const overWebSocket: SendForParts = async function* (url, { query = '', ...operation }, options = {}) {
  const { authorization, signal } = options;
  await using raw = await openSession(url, authorization === undefined ? undefined : { authorization });
  signal?.addEventListener('abort', () => raw.socket.terminate());
  subscribe(raw, '1', query, operation);
  for (;;) {
    const { type, payload } = await raw.next();
    if (type === 'complete') return;
    yield partIn(JSON.stringify(type === 'error' ? { errors: payload } : payload));
    if (type === 'error') return;
  }
};

export const partTransports: readonly (readonly [name: string, send: SendForParts])[] = [
  ['POST', overPost],
  ['GET', overGet],
  ['an event stream', overEventStream],
  ['WebSocket', overWebSocket],
];

/** All parts that are left. */
export async function allOf(parts: AsyncIterable<Part>): Promise<Part[]> {
  return Array.fromAsync(parts);
}

/** The next part. Throws if there is none. */
export async function nextOf(parts: AsyncGenerator<Part, void>): Promise<Part> {
  const { done, value } = await parts.next();
  if (done === true) throw new Error('the answer has ended');
  return value;
}
