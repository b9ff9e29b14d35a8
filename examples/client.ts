// The client that all examples share: typed queries over HTTP and typed subscriptions over WebSocket, for documents that
// codegen has typed. `GATEWAY_URL` is the gateway's URL, with or without `/graphql` (default http://127.0.0.1:4000).
// `GATEWAY_TOKEN` is the API key or token to send if the gateway requires authentication.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { resuming } from '@hms-gateway/client';
import { createClient } from 'graphql-ws';

/** A document with the types of its data and variables, as codegen generates it. */
export type TypedDocument<Data, Variables> = DocumentTypeDecoration<Data, Variables> & {
  toString(): string;
  /** Its key `hash` is the document's id among persisted operations. */
  readonly __meta__?: Readonly<Record<string, unknown>> | undefined;
};

/** The gateway as the examples use it. */
export interface GatewayClient {
  /** Runs a query or mutation. Throws if the answer has errors, also beside data. */
  request<Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /**
   * Yields the results of a subscription until `signal` aborts. graphql-ws reconnects after a lost connection; a document with
   * `$after` and `cursor` then goes on after the last event.
   */
  subscribe<Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): AsyncIterable<Data>;
  /** Closes the WebSocket, which ends all subscriptions. */
  close(): Promise<void>;
}

interface Answer<Data> {
  readonly data?: Data | null | undefined;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}

/** The URL of the gateway without a path: that of `GATEWAY_URL`, which may be written with or without `/graphql`. */
export function gatewayUrl(): string {
  return (process.env['GATEWAY_URL'] || 'http://127.0.0.1:4000').replace(/\/(graphql\/?)?$/, '');
}

/** Makes a client. It connects at the first request or subscription. */
export function connect(gateway = gatewayUrl(), token = process.env['GATEWAY_TOKEN']?.trim()): GatewayClient {
  const url = `${gateway}/graphql`;
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const sockets = resuming(
    createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: authorization,
    }),
  );
  return {
    async request<Data>(document: TypedDocument<Data, never>, variables: object) {
      // `fetch` would refuse the header with a message that has the token.
      if (!/^[\x21-\x7e]*$/.test(token ?? ''))
        throw new Error('GATEWAY_TOKEN must be one line of ASCII without spaces');
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization },
        body: JSON.stringify(operationOf(document, variables)),
      });
      // The document's type names the type of its data. What answers without JSON is no gateway.
      const answer = (await response.json().catch(() => ({}))) as Answer<Data>;
      if (answer.data === undefined && answer.errors === undefined)
        throw new Error(`${url} answers ${response.status} and no GraphQL (set GATEWAY_URL)`);
      return dataOf(answer);
    },
    async *subscribe<Data>(
      document: TypedDocument<Data, never>,
      variables: object,
      signal?: AbortSignal,
    ): AsyncGenerator<Data> {
      const results = sockets.iterate<Data>(operationOf(document, variables));
      const stop = () => void results.return?.();
      signal?.addEventListener('abort', stop);
      try {
        for await (const result of results) yield dataOf<Data>(result);
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
    close: async () => sockets.dispose(),
  };
}

/** The body of a request. Its `documentId` lets it run on a gateway that accepts persisted operations only. */
function operationOf(document: TypedDocument<unknown, never>, variables: object) {
  const documentId = document.__meta__?.['hash'];
  return { query: document.toString(), variables: { ...variables }, documentId };
}

function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  if (data == null) throw new Error('The answer has no data.');
  return data;
}
