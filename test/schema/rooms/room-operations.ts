// How the REST operations of rooms, room codes and live rooms are caused through the graph, and what clients see of the
// vendor's refusals.
import { expect } from 'vitest';
import { openApiDocument, type OperationObject } from '../../../src/openapi/document.ts';
import type { Fault } from '../../../src/sandbox/http/faults.ts';
import type { Answer, TypedDocument } from '../../support/gateway.ts';
import { endRoom, removePeer, sendMessage, updatePeer } from '../peers/peer-documents.ts';
import {
  createRoom,
  createRoomCode,
  createRoomCodes,
  enableRoomCode,
  exchangeRoomCode,
  readRoomCodes,
  updateRoom,
} from './room-documents.ts';
import type { Scene } from './room-scene.ts';

type Document = TypedDocument<unknown, never>;

/** The document and variables that cause each REST operation, by operation id. */
export const operations: Readonly<
  Record<string, { readonly document: Document; readonly variables: (scene: Scene) => object }>
> = {
  createRoom: { document: createRoom, variables: () => ({ input: {} }) },
  updateRoom: { document: updateRoom, variables: ({ room }) => ({ input: { id: room.id, size: 9 } }) },
  createRoomCodes: {
    document: createRoomCodes,
    variables: ({ room }) => ({ input: { roomId: room.id } }),
  },
  listRoomCodes: { document: readRoomCodes, variables: ({ room }) => ({ id: room.id }) },
  createRoomCodeForRole: {
    document: createRoomCode,
    variables: ({ room }) => ({ input: { roomId: room.id, role: 'guest' } }),
  },
  updateRoomCode: { document: enableRoomCode, variables: ({ code }) => ({ input: { code: code.code } }) },
  exchangeRoomCode: { document: exchangeRoomCode, variables: ({ code }) => ({ input: { code: code.code } }) },
  updateActivePeer: {
    document: updatePeer,
    variables: ({ room, ada }) => ({ input: { roomId: room.id, peerId: ada.id, name: 'Ada L.' } }),
  },
  sendMessage: {
    document: sendMessage,
    variables: ({ room }) => ({ input: { roomId: room.id, message: 'Soon' } }),
  },
  removePeers: {
    document: removePeer,
    variables: ({ room, ada }) => ({ input: { roomId: room.id, peerId: ada.id } }),
  },
  endActiveRoom: { document: endRoom, variables: ({ room }) => ({ input: { roomId: room.id } }) },
};

/** The operation's entry in the OpenAPI document. */
export function documented(operationId: string): OperationObject {
  const found = Object.values(openApiDocument.paths)
    .flatMap((item) => [item.get, item.post])
    .find((operation) => operation?.operationId === operationId);
  if (found === undefined) throw new Error(`no operation ${operationId}`);
  return found;
}

/** Causes a REST operation. `input` is merged into the usual input. */
export function run(scene: Scene, operationId: string, input: object = {}): Promise<Answer> {
  const operation = operations[operationId];
  if (operation === undefined) throw new Error(`${operationId} is not run here`);
  const variables: { readonly input?: object } = operation.variables(scene);
  return scene.ask(operation.document, {
    ...variables,
    ...('input' in variables ? { input: { ...variables.input, ...input } } : input),
  });
}

/** An answer with this result of the mutation. */
export const asData = (result: object) => ({ data: { result } });

/** An answer with an error: its code and further extensions. It has the vendor's words only if `message` says so. */
export const asError = (code: string, more: object = {}, message: unknown = expect.any(String)) => ({
  data: { result: null },
  errors: [{ message, path: ['result'], extensions: { code, ...more } }],
});

/** The gateway's own credentials were refused. The client does not see the vendor's words about them. */
export const unauthorized = asError(
  'UPSTREAM_ERROR',
  { status: 401 },
  'The upstream API refused the request.',
);

/** A fault that makes the sandbox give this answer. */
export const says = (status: number, message: string, details: readonly string[] = []): Fault => ({
  kind: 'status',
  status,
  body: { code: status, message, details },
});
