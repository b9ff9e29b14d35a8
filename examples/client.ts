// What every example needs: a typed query over HTTP and a typed subscription over WebSocket, from a document that
// codegen has typed. `GATEWAY_URL` says where the gateway is (default http://127.0.0.1:4000), `GATEWAY_TOKEN` what
// to show it where it asks for a key or token.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { createClient } from 'graphql-ws';

/** A document as codegen types it. */
export type TypedDocument<Data, Variables> = DocumentTypeDecoration<Data, Variables> & {
  toString(): string;
  /** `hash`: its name among persisted operations. */
  readonly __meta__?: Readonly<Record<string, unknown>> | undefined;
};

/** The gateway as the examples use it. */
export interface GatewayClient {
  /** Runs a query or mutation. Throws when the answer has errors. */
  request<Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Follows a subscription until `signal` aborts. A lost connection is made again by itself. */
  subscribe<Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): AsyncIterable<Data>;
  close(): Promise<void>;
}

interface Answer<Data> {
  readonly data?: Data | null | undefined;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}

export function connect(
  url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000',
  token = process.env['GATEWAY_TOKEN'],
): GatewayClient {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const sockets = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: authorization,
  });
  return {
    async request<Data>(document: TypedDocument<Data, never>, variables: object) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization },
        body: JSON.stringify(operationOf(document, variables)),
      });
      // Codegen knows the type of what the document asks for.
      return dataOf((await response.json()) as Answer<Data>);
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

/** The operation with its name, for a gateway that runs persisted operations only. */
function operationOf(document: TypedDocument<unknown, never>, variables: object) {
  const documentId = document.__meta__?.['hash'];
  return { query: document.toString(), variables: { ...variables }, documentId };
}

function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  if (data == null) throw new Error('The gateway gave no data.');
  return data;
}
