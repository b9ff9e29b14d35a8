// The transports by which an operation and its caller's credential reach a listening server. All return one answer; of
// a subscription it is the first event, after which the subscription is closed.
import { watchAnswer } from './canary.ts';
import type { Answer } from './gateway.ts';
import { openSession, subscribe } from './raw-socket.ts';
import { post } from './server.ts';
import { eventsOf } from './sockets.ts';

export interface Operation {
  readonly query?: string | undefined;
  readonly variables?: object | undefined;
  readonly operationName?: string | undefined;
  readonly extensions?: object | undefined;
  /** The id of a persisted operation. */
  readonly documentId?: string | undefined;
}

/** An answer that has only errors. */
export type Refusal = Required<Pick<Answer, 'errors'>>;

/** `authorization` is the value of the header, or of the key in the payload of connection_init. */
export type Send = (url: string, operation: Operation, authorization?: string) => Promise<unknown>;

function shown(authorization: string | undefined): Readonly<Record<string, string>> {
  return authorization === undefined ? {} : { authorization };
}

/** The answer in an HTTP response. Throws if the status is 401 without the error UNAUTHENTICATED, or the reverse. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await textOf(response);
  // Responses of a gateway within the process have a class of their own, which no-leaks.ts does not search.
  watchAnswer(text);
  // The server answers with GraphQL results.
  const answer = JSON.parse(text) as Answer;
  const isUnauthenticated =
    answer.errors?.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED') === true;
  if ((response.status === 401) !== isUnauthenticated) {
    throw new Error(`the status is ${response.status} for ${JSON.stringify(answer)}`);
  }
  return answer;
}

/** A request that is refused before it runs is not answered by a stream. Leaving the loop ends the stream. */
async function textOf(response: Response): Promise<string> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (!isStream) return response.text();
  for await (const { data } of eventsOf(response)) return data;
  return 'null';
}

const overHttp: Send = async (url, operation, authorization) =>
  answerOf(await post(url, operation, shown(authorization)));

const overGet: Send = async (url, operation, authorization) => {
  const { query, variables, operationName, extensions, documentId } = operation;
  const parameters = new URLSearchParams({
    ...(query === undefined ? {} : { query }),
    ...(variables === undefined ? {} : { variables: JSON.stringify(variables) }),
    ...(operationName === undefined ? {} : { operationName }),
    ...(extensions === undefined ? {} : { extensions: JSON.stringify(extensions) }),
    ...(documentId === undefined ? {} : { documentId }),
  });
  return answerOf(await fetch(`${url}/graphql?${parameters}`, { headers: shown(authorization) }));
};

export async function overEventStream(
  url: string,
  operation: Operation,
  authorization?: string,
): Promise<Answer> {
  return answerOf(await post(url, operation, { accept: 'text/event-stream', ...shown(authorization) }));
}

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
