// The metrics of requests, operations, sockets and points. The values of all labels are bounded, whatever clients send.
import { Gauge, type Registry } from 'prom-client';
import type { OperationDefinitionNode } from 'graphql';
import type { AnsweredRequest, EndedOperation, ServerObserver, StreamTransport } from '../observer.ts';
import { CellMap, Counters, Histograms } from './cells.ts';
import { OperationNames } from './operation-names.ts';

/** Upper bounds of the histogram of durations, in seconds. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Codes of errors that the gateway makes (docs/architecture.md, "Errors"). */
const CODES: ReadonlySet<string> = new Set([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'LIMIT_EXCEEDED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'PERSISTED_OPERATION_ONLY',
  'NOT_FOUND',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_ERROR',
  'UPSTREAM_BAD_RESPONSE',
  'INTERNAL',
]);

/** The codes with which the gateway, `ws` and graphql-ws close sockets, and with which clients do. */
const CLOSE_CODES: ReadonlySet<number> = new Set([
  1000, 1001, 1005, 1006, 1009, 1013, 4400, 4401, 4403, 4406, 4408, 4409, 4429, 4500,
]);

/**
 * The metrics of the server, all zero, in `registry`.
 * @param persisted the names of the operations of a manifest; default: any operation may run
 */
export function createServerMetrics(registry: Registry, persisted?: Iterable<string>): ServerObserver {
  return {
    onRequest: createRequestMetrics(registry),
    onOperation: createOperationMetrics(registry, new OperationNames(persisted)),
    ...createStreamMetrics(registry),
    ...createPointMetrics(registry),
  };
}

function createRequestMetrics(registry: Registry): ServerObserver['onRequest'] {
  const requests = new Counters(registry, {
    name: 'hms_http_requests_total',
    help: 'HTTP requests that have been answered, by route, method and status; event streams count when they end.',
    labelNames: ['route', 'method', 'status'],
  });
  const cells = new CellMap(
    (route: string) =>
      new CellMap(
        (method: string) =>
          new CellMap((status: number) => requests.cell({ route, method, status: String(status) })),
      ),
  );
  return ({ route, method = 'other', status }: AnsweredRequest) =>
    cells
      .of(route)
      .of(METHODS.has(method) ? method : 'other')
      .of(status)
      .add();
}

/** The cells of the operations of one name and kind. */
interface OperationCells {
  readonly duration: { observe(seconds: number): void };
  readonly results: CellMap<string, { add(): void }>;
}

function createOperationMetrics(registry: Registry, names: OperationNames): ServerObserver['onOperation'] {
  const operations = new Counters(registry, {
    name: 'hms_operations_total',
    help: 'GraphQL operations that have ended, by name, kind and result: ok, aborted, or the code of the first error.',
    labelNames: ['operation', 'kind', 'result'],
  });
  const durations = new Histograms(registry, {
    name: 'hms_operation_duration_seconds',
    help: 'Time from the arrival of a query or mutation to the end of its answer.',
    labelNames: ['operation', 'kind'],
    bounds: DURATION_BUCKETS,
  });
  const cellsOf = (kind: string) =>
    new CellMap((operation: string): OperationCells => ({
      duration:
        kind === 'query' || kind === 'mutation'
          ? durations.cell({ operation, kind })
          : { observe: () => undefined },
      results: new CellMap((result: string) => operations.cell({ operation, kind, result })),
    }));
  const cells = {
    query: cellsOf('query'),
    mutation: cellsOf('mutation'),
    subscription: cellsOf('subscription'),
    unread: cellsOf('unread'),
  };
  return ({ operation, code, aborted, durationMs }: EndedOperation) => {
    const { duration, results } =
      operation === null
        ? cells.unread.of('(unread)')
        : cells[operation.operation].of(nameOf(operation, code, names));
    duration.observe(durationMs / 1000);
    results.of(resultOf(code, aborted)).add();
  };
}

/** A name is learnt only from an operation without an error, so a refused operation cannot use up a value of the label. */
function nameOf(operation: OperationDefinitionNode, code: string | null, names: OperationNames): string {
  return names.labelOf(operation, code === null);
}

function resultOf(code: string | null, aborted: boolean): string {
  if (code === null) return aborted ? 'aborted' : 'ok';
  return CODES.has(code) ? code : 'other';
}

type StreamHooks = Pick<
  ServerObserver,
  'onSubscription' | 'onSubscriptionEnd' | 'onSocket' | 'onSocketClosed' | 'onSocketRefused'
>;

function createStreamMetrics(registry: Registry): StreamHooks {
  const registers = [registry];
  const subscriptions = new Gauge({
    name: 'hms_subscriptions',
    help: 'Running subscriptions, by transport.',
    labelNames: ['transport'],
    registers,
  });
  const sockets = new Gauge({ name: 'hms_websockets', help: 'Open WebSockets.', registers });
  const closed = new Counters(registry, {
    name: 'hms_websockets_closed_total',
    help: 'WebSockets that have been closed, by close code.',
    labelNames: ['code'],
  });
  const refused = new Counters(registry, {
    name: 'hms_websockets_refused_total',
    help: 'Upgrades to a WebSocket that were refused, by HTTP status.',
    labelNames: ['status'],
  });
  const transports: readonly StreamTransport[] = ['sse', 'websocket'];
  for (const transport of transports) subscriptions.set({ transport }, 0);
  const closedBy = new CellMap((code: string) => closed.cell({ code }));
  const refusedBy = new CellMap((status: string) => refused.cell({ status }));
  return {
    onSubscription: (transport) => subscriptions.inc({ transport }),
    onSubscriptionEnd: (transport) => subscriptions.dec({ transport }),
    onSocket: () => sockets.inc(),
    onSocketClosed(code) {
      sockets.dec();
      closedBy.of(CLOSE_CODES.has(code) ? String(code) : 'other').add();
    },
    onSocketRefused: (status) => refusedBy.of(String(status)).add(),
  };
}

function createPointMetrics(registry: Registry): Pick<ServerObserver, 'onPointsSpent' | 'onPointsRefused'> {
  const spent = new Counters(registry, {
    name: 'hms_points_spent_total',
    help: 'Points that operations have cost their callers, without those of refused operations.',
  }).cell();
  const refused = new Counters(registry, {
    name: 'hms_points_refused_total',
    help: 'Points of operations that were refused because their callers had too few left.',
  }).cell();
  return {
    onPointsSpent: (points) => spent.add(points),
    onPointsRefused: (points) => refused.add(points),
  };
}
