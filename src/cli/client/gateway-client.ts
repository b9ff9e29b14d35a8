// The command's client for a gateway: typed queries and mutations over HTTP, and subscriptions over WebSocket that resume after a
// lost connection. Every failure is a CommandFault whose message says what to do.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { createClient, type Client } from 'graphql-ws';
import { resuming } from '../../../packages/client/src/resume.ts';
import { CommandFault, messageOf } from '../fault.ts';
import type { Target } from './target.ts';

/** How long a query or mutation may take, in milliseconds: the gateway's own limit of 30 s, and a reserve. */
const REQUEST_MS = 35_000;
/** How often a WebSocket sends a ping, and how long the pong may take, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;
/** The longest wait before a lost connection is tried again, in milliseconds. */
const MAX_RETRY_MS = 10_000;

/** A document with the types of its data and variables, as codegen makes it. */
type TypedDocument<Data, Variables> = DocumentTypeDecoration<Data, Variables> & { toString(): string };

interface Answer<Data> {
  readonly data?: Data | null | undefined;
  readonly errors?:
    | readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
    | undefined;
}

/** One gateway, for one caller. */
export class GatewayClient implements AsyncDisposable {
  readonly #target: Target;
  readonly #sockets: Client;
  /** Called when the connection of the subscriptions is lost (false) or there again (true). */
  onConnection: (isConnected: boolean) => void = () => {};

  /** `keepAliveMs`: see `KEEP_ALIVE_MS`, its default. */
  constructor(target: Target, keepAliveMs = KEEP_ALIVE_MS) {
    this.#target = target;
    const url = new URL(target.url);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#sockets = resuming(this.#createSockets(url, keepAliveMs));
  }

  #createSockets(url: URL, keepAliveMs: number): Client {
    const { token } = this.#target;
    // A failure of the network does not close a connection, so one without an answer to a ping is closed here.
    let answerTimer: NodeJS.Timeout | undefined;
    const client = createClient({
      url: url.href,
      webSocketImpl: WebSocket,
      connectionParams: token === null ? {} : { authorization: `Bearer ${token}` },
      retryAttempts: Infinity,
      // By default, graphql-ws tries again only after a connection was closed, and not if it could not be opened.
      shouldRetry: () => true,
      retryWait: (retries) => new Promise((done) => setTimeout(done, waitBefore(retries))),
      keepAlive: keepAliveMs,
      on: {
        connected: () => this.onConnection(true),
        closed: () => {
          clearTimeout(answerTimer);
          this.onConnection(false);
        },
        ping: (isReceived) => {
          if (!isReceived) answerTimer = setTimeout(() => client.terminate(), keepAliveMs);
        },
        pong: (isReceived) => {
          if (isReceived) clearTimeout(answerTimer);
        },
      },
    });
    return client;
  }

  /** Runs a query or mutation. Throws a CommandFault if it cannot be sent, or if the answer has errors. */
  async request<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const { url, token } = this.#target;
    const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
    const signal = AbortSignal.timeout(REQUEST_MS);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: token === null ? headers : { ...headers, authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: document.toString(), variables }),
        signal,
        // A redirect could send the key to another server.
        redirect: 'error',
      });
      const answer: unknown = await response.json();
      if (!isResult(answer)) throw new SyntaxError('no result of GraphQL');
      // The document's type names the type of its data.
      return dataOf(answer as Answer<Data>);
    } catch (error) {
      throw this.#faultOf(error);
    }
  }

  /** Yields the results of a subscription until `signal` aborts. A document with `$after` and `cursor` goes on where it stopped. */
  async *subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): AsyncGenerator<Data> {
    const results = this.#sockets.iterate<Data>({ query: document.toString(), variables });
    const stop = () => void results.return?.();
    signal.addEventListener('abort', stop);
    try {
      for await (const result of results) yield dataOf<Data>(result);
    } catch (error) {
      throw this.#faultOf(error);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#sockets.dispose();
    } catch {
      // The connection was still being opened.
    }
  }

  #faultOf(error: unknown): CommandFault {
    if (error instanceof CommandFault) return error;
    const { origin, pathname } = this.#target.url;
    if (error instanceof SyntaxError)
      return new CommandFault(1, [`what answers at ${origin}${pathname} is no gateway`]);
    if (Array.isArray(error)) return refusal(error);
    // A close event of a WebSocket has a reason instead of a message.
    if (typeof error === 'object' && error !== null && 'reason' in error) {
      return new CommandFault(1, [`the gateway at ${origin} closed the connection: ${String(error.reason)}`]);
    }
    // `fetch` has the reason of a failure in the cause only.
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = reason instanceof Error && 'code' in reason ? String(reason.code) : messageOf(reason);
    return new CommandFault(1, [
      `no gateway answers at ${origin} (${code}); start one with \`hms-gateway start\`, or name another with --url`,
    ]);
  }
}

/**
 * The wait before the next attempt to connect, in milliseconds: doubled each time, with jitter, so that not all clients come at
 * once.
 */
function waitBefore(retries: number): number {
  return Math.min(MAX_RETRY_MS, 250 * 2 ** retries) * (0.5 + Math.random() / 2);
}

/** Whether a JSON value is a result of GraphQL. */
function isResult(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'errors' in value ? Array.isArray(value.errors) : 'data' in value;
}

function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors !== undefined) throw refusal(errors);
  if (data == null) throw new CommandFault(1, ['the answer of the gateway has no data']);
  return data;
}

function refusal(errors: NonNullable<Answer<unknown>['errors']>): CommandFault {
  const isUnauthenticated = errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
  const hint = 'the gateway wants a key: set GATEWAY_TOKEN, or give --token-file';
  return new CommandFault(1, [...errors.map(({ message }) => message), ...(isUnauthenticated ? [hint] : [])]);
}
