// The hooks by which the server reports requests, operations, sockets and points, for metrics. A hook must not throw.
import type { OperationDefinitionNode } from 'graphql';

/** One answered request to a route. */
export interface AnsweredRequest {
  /** The path of a route that exists, or `other`. */
  readonly route: string;
  readonly method: string | undefined;
  readonly status: number;
}

/** One operation that has ended, over any transport. */
export interface EndedOperation {
  /** Null if the operation was refused before it was read. */
  readonly operation: OperationDefinitionNode | null;
  /** The code of its first error; null if it has none. */
  readonly code: string | null;
  /** Whether its client left before the answer. */
  readonly aborted: boolean;
  readonly durationMs: number;
}

/** The transport of a subscription. */
export type StreamTransport = 'sse' | 'websocket';

/** All hooks. */
export interface ServerObserver {
  onRequest(request: AnsweredRequest): void;
  onOperation(operation: EndedOperation): void;
  /** A subscription begins. */
  onSubscription(transport: StreamTransport): void;
  /** A subscription that has begun has ended; `onOperation` is called too. */
  onSubscriptionEnd(transport: StreamTransport): void;
  /** A WebSocket was opened. */
  onSocket(): void;
  /** A WebSocket was closed. */
  onSocketClosed(closeCode: number): void;
  /** The upgrade to a WebSocket was refused. */
  onSocketRefused(status: number): void;
  /** Points were taken for an operation that has run. */
  onPointsSpent(points: number): void;
  /** An operation was refused because its caller has too few points. */
  onPointsRefused(points: number): void;
}
