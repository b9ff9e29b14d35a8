// The same operation over each transport: what it is refused with must be the same everywhere.
import { openSession, subscribe } from '../support/raw-socket.ts';
import { post } from '../support/server.ts';
import { eventsOf } from '../support/sockets.ts';

export interface Operation {
  readonly query?: string | undefined;
  readonly variables?: object | undefined;
  readonly operationName?: string | undefined;
  readonly extensions?: object | undefined;
  /** Names a persisted operation. */
  readonly documentId?: string | undefined;
}

/** An answer that has errors and nothing else. */
export interface Refusal {
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

type Send = (url: string, operation: Operation, authorization?: string) => Promise<unknown>;

const overHttp: Send = async (url, operation, authorization) => {
  const answer = await post(url, operation, authorization === undefined ? {} : { authorization });
  return answer.json();
};

const overGet: Send = async (url, operation, authorization) => {
  const { query, variables, operationName, extensions, documentId } = operation;
  const parameters = new URLSearchParams({
    ...(query === undefined ? {} : { query }),
    ...(variables === undefined ? {} : { variables: JSON.stringify(variables) }),
    ...(operationName === undefined ? {} : { operationName }),
    ...(extensions === undefined ? {} : { extensions: JSON.stringify(extensions) }),
    ...(documentId === undefined ? {} : { documentId }),
  });
  const answer = await fetch(`${url}/graphql?${parameters}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  return answer.json();
};

const overEventStream: Send = async (url, operation, authorization) => {
  const answer = await post(url, operation, {
    accept: 'text/event-stream',
    ...(authorization === undefined ? {} : { authorization }),
  });
  // Requests that are refused as such are no stream.
  if (answer.headers.get('content-type')?.includes('json') === true) return answer.json();
  const event = (await eventsOf(answer).next()).value;
  return JSON.parse(event?.data ?? 'null');
};

const overWebSocket: Send = async (url, operation, authorization) => {
  await using raw = await openSession(url, authorization === undefined ? undefined : { authorization });
  const { query = '', ...more } = operation;
  subscribe(raw, '1', query, more);
  const { type, payload } = await raw.next();
  return type === 'error' ? { errors: payload } : payload;
};

export const transports: readonly (readonly [name: string, send: Send])[] = [
  ['POST', overHttp],
  ['GET', overGet],
  ['an event stream', overEventStream],
  ['WebSocket', overWebSocket],
];
