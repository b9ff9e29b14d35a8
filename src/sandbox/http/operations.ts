// The operations of the OpenAPI document, by id and by method and path.
import {
  openApiDocument,
  type HttpMethod,
  type OperationObject,
  type ParameterObject,
} from '../../openapi/document.ts';

/** An operation of the OpenAPI document. */
export interface Operation {
  readonly operationId: string;
  readonly method: HttpMethod;
  /** The path template, such as `/rooms/{room_id}`. */
  readonly route: string;
  readonly object: OperationObject;
  /** Parameters of the path and of the operation, with references resolved. */
  readonly parameters: readonly ParameterObject[];
  /** The status of a successful answer. */
  readonly success: number;
}

/** The operation that a request matches. */
export interface Match {
  readonly operation: Operation;
  /** Decoded path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
}

const METHODS: readonly HttpMethod[] = ['get', 'post', 'delete'];

/** All operations, by operation id. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(openApiDocument.paths)
    .flatMap(([route, item]) =>
      METHODS.map((method) => operationOf(route, method, item.parameters, item[method])),
    )
    .filter((operation) => operation !== undefined)
    .map((operation) => [operation.operationId, operation]),
);

const matchers = [...operations.values()].map((operation) => ({
  operation,
  segments: operation.route.split('/'),
}));

/** The operation for a method and path; undefined if none matches. Literal segments win over parameters. */
export function findOperation(method: string, path: string): Match | undefined {
  const requested = path.split('/');
  const candidates = matchers
    .filter(
      ({ operation, segments }) => operation.method === method.toLowerCase() && fits(segments, requested),
    )
    .sort((left, right) => left.operation.route.split('{').length - right.operation.route.split('{').length);
  const [best] = candidates;
  return best && { operation: best.operation, params: paramsOf(best.segments, requested) };
}

function operationOf(
  route: string,
  method: HttpMethod,
  shared: readonly ParameterObject[] = [],
  object?: OperationObject,
): Operation | undefined {
  if (object === undefined) return undefined;
  const parameters = [...shared, ...(object.parameters ?? [])].map(resolved);
  const success = Number(Object.keys(object.responses).find((status) => status.startsWith('2')));
  return { operationId: object.operationId, method, route, object, parameters, success };
}

function resolved(parameter: ParameterObject): ParameterObject {
  const name = parameter.$ref?.split('/').at(-1);
  return (name === undefined ? undefined : openApiDocument.components.parameters[name]) ?? parameter;
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}

function fits(segments: readonly string[], requested: readonly string[]): boolean {
  return (
    segments.length === requested.length &&
    segments.every((segment, index) =>
      isParameter(segment) ? requested[index] !== '' : segment === requested[index],
    )
  );
}

function paramsOf(segments: readonly string[], requested: readonly string[]): Record<string, string> {
  const pairs = segments.map((segment, index) => [segment, requested[index] ?? ''] as const);
  return Object.fromEntries(
    pairs
      .filter(([segment]) => isParameter(segment))
      .map(([segment, value]) => [segment.slice(1, -1), decoded(value)]),
  );
}

/** A malformed escape sequence stays unchanged; no object has such an id, so the answer is a 404. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
