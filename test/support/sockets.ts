// Real clients over real sockets: graphql-ws, graphql-sse and a plain reader of event streams. Received events are
// queued, so a test misses none. Each client ends with its test.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { watchAnswer } from './canary.ts';
import type { Answer, TypedDocument } from './gateway.ts';
import { SearchedSocket } from './searched-socket.ts';

type Results = AsyncIterableIterator<Answer> & { return?: (value?: unknown) => unknown };

/** One running subscription from its client's side. */
export class Watching<Data> implements AsyncDisposable {
  readonly #results: Results;

  constructor(results: Results) {
    this.#results = results;
  }

  /** The next answer, unchanged; null: the stream has ended. */
  async answer(): Promise<Answer | null> {
    const { done, value } = await this.#results.next();
    if (done === true) return null;
    // Data of an event stream is read by the client itself.
    watchAnswer(JSON.stringify(value));
    return value;
  }

  /** The data of the next event. Rejects if the event has errors. */
  async next(): Promise<Data> {
    const answer = await this.answer();
    if (answer?.data == null || answer.errors !== undefined) {
      throw new Error(`An event was expected, not ${JSON.stringify(answer)}`);
    }
    // The document decides the type of its data.
    return answer.data as Data;
  }

  /** Reads events up to the first that `matches`, and returns all of them. */
  async until(matches: (data: Data) => boolean): Promise<Data[]> {
    const read: Data[] = [];
    for (;;) {
      const data = await this.next();
      read.push(data);
      if (matches(data)) return read;
    }
  }

  /** Unsubscribes. */
  async stop(): Promise<void> {
    await this.#results.return?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Starts subscriptions over one kind of transport. */
export interface SubscribingClient extends AsyncDisposable {
  watch<Data, Variables>(document: TypedDocument<Data, Variables>, variables: Variables): Watching<Data>;
  watch<Data>(document: string, variables: object): Watching<Data>;
}

function clientOver(
  iterate: (query: string, variables: Record<string, unknown>) => unknown,
  dispose: () => unknown,
): SubscribingClient {
  return {
    watch: <Data>(document: { toString(): string }, variables: unknown) =>
      // Both clients return parsed JSON, typed by libraries that do not know the document.
      new Watching<Data>(iterate(document.toString(), variables as Record<string, unknown>) as Results),
    [Symbol.asyncDispose]: async () => {
      await dispose();
    },
  };
}

/**
 * The graphql-ws client, with one socket for all its subscriptions. `answer` rejects with the errors of an operation,
 * or with the event that closes the socket.
 */
export function webSocketClient(url: string, credential?: string): SubscribingClient {
  const client = createWsClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: SearchedSocket,
    retryAttempts: 0,
    ...(credential === undefined ? {} : { connectionParams: { authorization: `Bearer ${credential}` } }),
  });
  return clientOver(
    (query, variables) => client.iterate({ query, variables }),
    () => client.dispose(),
  );
}

/** The graphql-sse client in its distinct connections mode: one request for each subscription. */
export function eventStreamClient(url: string, credential?: string): SubscribingClient {
  const client = createSseClient({
    url: `${url}/graphql`,
    retryAttempts: 0,
    ...(credential === undefined ? {} : { headers: { authorization: `Bearer ${credential}` } }),
  });
  return clientOver(
    (query, variables) => client.iterate({ query, variables }),
    () => client.dispose(),
  );
}

/** An event of an event stream, parsed by the standard. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** Yields the events of an event stream. Comments (pings) are skipped. */
export async function* eventsOf(response: Response): AsyncGenerator<StreamEvent, void> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      watchAnswer(block);
      const lines = block.split('\n');
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}:`))?.replace(/^\w+: ?/, '');
      const event = field('event');
      if (event !== undefined) yield { event, id: field('id'), data: field('data') ?? '' };
    }
  }
}

/**
 * An event stream that is read without a library, to see what libraries hide: ids, and the status and headers of the response.
 */
export interface RawStream extends AsyncDisposable {
  readonly response: Response;
  /** The next event; null: the stream has ended. */
  next(): Promise<StreamEvent | null>;
}

/** Subscribes by a GET, as a browser's EventSource does. */
export async function openEventStream(
  url: string,
  document: { toString(): string },
  variables: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawStream> {
  const leaving = new AbortController();
  const response = await fetch(subscriptionUrl(url, document, variables), {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  });
  const events = eventsOf(response);
  return {
    response,
    next: async () => (await events.next()).value ?? null,
    [Symbol.asyncDispose]: async () => leaving.abort(),
  };
}

/** The URL of a subscription by GET. */
export function subscriptionUrl(url: string, document: { toString(): string }, variables: object): string {
  const query = new URLSearchParams({
    query: document.toString(),
    variables: JSON.stringify(variables),
  });
  return `${url}/graphql?${query}`;
}

/** A proxy between a client and the gateway whose connections a test can break or pause. */
export interface Wire extends AsyncDisposable {
  readonly url: string;
  /** Breaks all connections; new ones are accepted. */
  cut(): void;
  /** Stops reading from the server until `resume`. */
  pause(): void;
  resume(): void;
}

/** Starts a proxy to the server at `url`. */
export async function layWire(url: string): Promise<Wire> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const serverSides = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    serverSides.add(far);
    far.on('close', () => serverSides.delete(far));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  // A server that listens on a port has an address object with a port.
  const { port: ownPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${ownPort}`,
    cut,
    pause: () => {
      for (const socket of serverSides) socket.pause();
    },
    resume: () => {
      for (const socket of serverSides) socket.resume();
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
