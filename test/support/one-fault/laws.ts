// Rules for every answer of the graph, whatever single fault the answer of the REST API had. Each rule returns the breaches that
// it finds, in words.
import type { Answer } from '../gateway.ts';
import type { Asked } from './lab.ts';
import { nodeTypes } from '../select-everything.ts';
import { isInstant, type ReadOperation } from './operations.ts';

/** Codes of errors that a fault of the REST API may cause. */
const FAULT_CODES = /^UPSTREAM_(BAD_RESPONSE|ERROR|UNAVAILABLE|RATE_LIMITED|TIMEOUT)$/;
const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;
const POINTS_PER_CALL = 10;
/** The aliases of `selectEverything` under which answers have global ids; Nodes on the way have them as `id`. */
const nodeIds = new Set(nodeTypes().map((name) => `${name}_id`));

/** The laws of an answer by itself. */
export function breachesOf({ status, text, answer, calls, repeated, log }: Asked): string[] {
  const breaches = resultBreaches(text);
  if (status !== 200) breaches.push(`the status is ${status}`);
  if (log.includes('failed unexpectedly')) breaches.push(`the log has ${log}`);
  // The server's own keys.
  const cost = answer.extensions?.['cost'] as { readonly requested?: number } | undefined;
  const paid = (cost?.requested ?? 0) / POINTS_PER_CALL;
  // Calls that the gateway repeats by itself, also with a new token, are not counted.
  const caused = calls.filter(({ status: answered }) => answered !== 401).length - repeated;
  if (caused > paid) breaches.push(`${caused} REST calls at a price of ${paid}`);
  return breaches;
}

/** The laws of the text of a result, or of an event: the codes of its errors, its texts and its instants. */
export function resultBreaches(text: string): string[] {
  const breaches = text.isWellFormed() ? [] : ['the text is not well-formed'];
  const { data, errors = [] } = JSON.parse(text) as Answer;
  for (const { message, extensions } of errors) {
    const code = String(extensions['code']);
    if (!FAULT_CODES.test(code)) breaches.push(`${code}: ${message}`);
  }
  for (const [key, value] of leavesOf(data)) {
    if (typeof value !== 'string') continue;
    if (!value.isWellFormed()) breaches.push(`${key} has a lone surrogate`);
    if (isInstant(key) && !isValidInstant(value)) breaches.push(`${key} is ${value}`);
  }
  return breaches;
}

function isValidInstant(text: string): boolean {
  return INSTANT.test(text) && new Date(text).toISOString().slice(0, 19) === text.slice(0, 19);
}

/** The leaves of a value with the keys under which they are; those of a list are under the list's key. */
function* leavesOf(value: unknown, key = ''): Generator<readonly [key: string, leaf: unknown]> {
  if (typeof value !== 'object' || value === null) yield [key, value];
  else if (Array.isArray(value)) for (const element of value) yield* leavesOf(element, key);
  else for (const [inner, leaf] of Object.entries(value)) yield* leavesOf(leaf, inner);
}

/**
 * Elements of the operation's list that the answer lacks, or shows otherwise, beyond `most`, the number that the fault may
 * hide; null: any number.
 */
export function lostNeighbours(
  operation: ReadOperation,
  good: Asked,
  asked: Asked,
  most: number | null,
): string[] {
  if (operation.list === null || most === null) return [];
  const expected = elementsOf(operation, good);
  const found = elementsOf(operation, asked);
  if (found === null) {
    // The answer has an error instead, as `breachesOf` has seen. A list of one element has no neighbours.
    const isTold = (asked.answer.errors ?? []).length > 0;
    return isTold && (most > 0 ? (expected?.length ?? 0) <= most : true) ? [] : ['the list is null'];
  }
  const shown = new Map<string, number>();
  for (const element of found) shown.set(element, (shown.get(element) ?? 0) + 1);
  const lost = (expected ?? []).filter((element) => {
    const left = shown.get(element) ?? 0;
    shown.set(element, left - 1);
    return left === 0;
  });
  const breaches =
    lost.length > most
      ? [`${lost.length} elements are lost or changed: ${lost.slice(0, 2).join(' ').slice(0, 300)}`]
      : [];
  if (found.length > (expected?.length ?? 0) + most)
    breaches.push(`${found.length} elements in place of ${expected?.length}`);
  return breaches;
}

/** The elements of the operation's list as texts; null where the answer has no list. */
export function elementsOf(operation: ReadOperation, { answer }: Asked): readonly string[] | null {
  const list = (operation.list ?? []).reduce<unknown>((value, key) => Object(value)[key], answer.data);
  const elements: unknown = Array.isArray(list) ? list : Object(list).edges;
  if (!Array.isArray(elements)) return null;
  // Cursors of analytics events are the sandbox's own and new at each answer.
  return elements.map((element) => JSON.stringify(Array.isArray(list) ? element : Object(element).node));
}

/** The ids and the cursors of an answer. */
export function handlesIn({ answer }: Asked): {
  readonly ids: ReadonlySet<string>;
  readonly cursors: ReadonlySet<string>;
} {
  const [ids, cursors] = [new Set<string>(), new Set<string>()];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') visit(inner);
      else if (key === 'id' ? '__typename' in value : nodeIds.has(key)) ids.add(inner);
      else if (key === 'cursor' || key === 'endCursor') cursors.add(inner);
    }
  };
  visit(answer.data);
  return { ids, cursors };
}

/** The fields of the operation's one object as texts, by alias; empty where there is no object. */
export function fieldsOf(asked: Asked): ReadonlyMap<string, string> {
  const [root] = Object.values(Object(asked.answer.data) as Record<string, unknown>);
  return new Map(
    Object.entries(Object(root) as Record<string, unknown>).map(([key, value]) => [
      key,
      JSON.stringify(value),
    ]),
  );
}
