// The places of an answer where a fault can be put: each value, and each key that its schema documents and the answer lacks.
// Places are grouped by their kind, such as `data/*/created_at`, so that a long list does not outweigh everything else.
import { openApiDocument, type JsonSchema } from '../../../src/openapi/document.ts';
import { operations } from '../../../src/sandbox/http/operations.ts';

/** A place of an answer. */
export interface Place {
  /** The keys from the root, with `*` for the indices of lists and the keys of maps; empty for the answer itself. */
  readonly kind: string;
  readonly path: readonly string[];
  readonly value: unknown;
  /** The first step of `path` that leads into an element of a list or map; -1 for a place outside all elements. */
  readonly elementAt: number;
}

type JsonObject = Record<string, unknown>;

/** The places of an answer by kind; the first kind is the answer itself. */
export function placesOf(operationId: string, answer: unknown): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  const visit = (place: Place, schema: JsonSchema): void => {
    const known = places.get(place.kind);
    if (known === undefined) places.set(place.kind, [place]);
    else known.push(place);
    for (const [key, value, inner, isElement] of childrenOf(place.value, schema)) {
      const path = [...place.path, key];
      const kind = [...(place.kind === '' ? [] : [place.kind]), isElement ? '*' : key].join('/');
      const elementAt = place.elementAt >= 0 || !isElement ? place.elementAt : place.path.length;
      visit({ kind, path, value, elementAt }, inner);
    }
  };
  visit({ kind: '', path: [], value: answer, elementAt: -1 }, answerSchemaOf(operationId));
  return places;
}

type Child = readonly [key: string, value: unknown, schema: JsonSchema, isElement: boolean];

function childrenOf(value: unknown, schema: JsonSchema): readonly Child[] {
  const { properties, items, values } = partsOf(schema);
  if (Array.isArray(value)) return value.map((element, index) => [String(index), element, items, true]);
  if (!isObject(value)) return [];
  const isMap = Object.keys(properties).length === 0 && Object.keys(values).length > 0;
  const present = Object.entries(value).map(([key, inner]): Child => [
    key,
    inner,
    properties[key] ?? values,
    isMap,
  ]);
  const absent = Object.keys(properties).filter((key) => !Object.hasOwn(value, key));
  return [...present, ...absent.map((key): Child => [key, undefined, properties[key] ?? {}, false])];
}

interface Parts {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly items: JsonSchema;
  /** The schema of a map's values; empty for an object that is no map. */
  readonly values: JsonSchema;
}

/** The parts of a schema with those of its references and alternatives. */
function partsOf(schema: JsonSchema): Parts {
  const own = resolved(schema);
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => {
    const list = own[key];
    return Array.isArray(list) ? list.filter(isObject).map(partsOf) : [];
  });
  const first = (key: 'items' | 'values', value: unknown): JsonSchema =>
    isObject(value) ? value : (parts.find((part) => Object.keys(part[key]).length > 0)?.[key] ?? {});
  const properties = Object.entries(isObject(own['properties']) ? own['properties'] : {}).filter(
    (entry): entry is [string, JsonSchema] => isObject(entry[1]),
  );
  return {
    properties: Object.assign(
      {},
      ...parts.map((part) => part.properties),
      Object.fromEntries(properties),
    ) as Parts['properties'],
    items: first('items', own['items']),
    values: first('values', own['additionalProperties']),
  };
}

function resolved(schema: JsonSchema): JsonSchema {
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  return resolved(openApiDocument.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
}

function answerSchemaOf(operationId: string): JsonSchema {
  const operation = operations.get(operationId);
  return operation?.object.responses[operation.success]?.content?.['application/json']?.schema ?? {};
}

/** A copy of the answer with `value` at the place; the value `undefined` removes the place's key or element. */
export function withValueAt(answer: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(answer)) {
    const index = Number(key);
    const changed = withValueAt(answer[index], rest, value);
    return changed === undefined ? answer.toSpliced(index, 1) : answer.with(index, changed);
  }
  const copy: JsonObject = Object.fromEntries(Object.entries(Object(answer)));
  const changed = withValueAt(copy[key], rest, value);
  if (changed === undefined) delete copy[key];
  // `__proto__` as a key becomes a key, too, not the prototype.
  else
    Object.defineProperty(copy, key, {
      value: changed,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return copy;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
