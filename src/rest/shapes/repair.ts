// Repairs an answer that fails its check, so that one invalid value does not make the rest of the answer unusable. A value of
// another type is converted if nothing is lost; an optional key becomes null; an element of a list or map that cannot be repaired
// is omitted. Two faults are not repaired: a missing essential key of the answer itself, and a list that would lose all its
// elements, because an empty list would look like a valid answer. Runs only after the check has failed. `unreadIn` returns the
// keys that were set to null or omitted, for callers who know earlier values.
import type { JsonSchema } from '../../openapi/document.ts';

/** A repair of the values under one key of an answer. */
export interface Repair {
  /** Names of documented properties from the root, such as `data.peers.user_id`; empty for elements of the answer itself. */
  readonly key: string;
  /** `converted`: text to a number or boolean, or a number to text. `nulled`: an optional key became null. */
  readonly action: 'converted' | 'nulled' | 'left-out';
}

/** Values of one answer that were repaired alike, for metrics. */
export interface RepairEvent extends Repair {
  readonly operationId: string;
  /** How many values; at least 1. */
  readonly count: number;
}

/** The repairs of one answer, counted by key and action. */
export function repairEvents(operationId: string, repairs: readonly Repair[]): RepairEvent[] {
  const events = new Map<string, RepairEvent>();
  for (const repair of repairs) {
    const group = `${repair.action} ${repair.key}`;
    const count = (events.get(group)?.count ?? 0) + 1;
    events.set(group, { operationId, ...repair, count });
  }
  return [...events.values()];
}

/** A repaired copy. Values that needed no repair are shared with the answer. */
export interface Repaired {
  readonly answer: unknown;
  /** One entry for each repaired value. */
  readonly repairs: readonly Repair[];
}

/** The lenient schemas by name (lenient.ts), to which references point. */
export type LenientSchemas = Readonly<Record<string, JsonSchema>>;

type JsonObject = Readonly<Record<string, unknown>>;

/** Marks a value that does not fit its schema and cannot be repaired. */
const UNFIT = Symbol('unfit');

/** The elements that were left out of lists, by the list. */
const leftOutElements = new WeakMap<object, readonly unknown[]>();

/** The elements as received that a repair has left out of a list. A page with an element left out is as full as before. */
export function leftOutOf(list: readonly unknown[]): readonly unknown[] {
  return leftOutElements.get(list) ?? [];
}

/** The keys whose values were nulled or left out, by the repaired object or map. */
const unreadKeys = new WeakMap<object, readonly string[]>();

/**
 * The keys of a repaired object that are null, and of a repaired map that are missing, because their values could not be
 * read. Empty for what needed no such repair.
 */
export function unreadIn(repairedValue: object): readonly string[] {
  return unreadKeys.get(repairedValue) ?? [];
}

/** Repairs `answer`; undefined if its root cannot be repaired. The result must be checked again. */
export function repaired(answer: unknown, root: JsonSchema, schemas: LenientSchemas): Repaired | undefined {
  const mender = new Mender(schemas);
  const mended = mender.mend(answer, root, '');
  return mended === UNFIT ? undefined : { answer: mended, repairs: mender.repairs };
}

class Mender {
  readonly #schemas: LenientSchemas;
  repairs: Repair[] = [];

  constructor(schemas: LenientSchemas) {
    this.#schemas = schemas;
  }

  /** The value, or a repaired copy, or UNFIT. */
  mend(value: unknown, reference: JsonSchema, key: string): unknown {
    const schema = this.#resolved(reference);
    const types = typesOf(schema);
    let mended = value;
    if (types !== undefined && !types.includes(typeOf(value))) {
      // An id (lenient.ts gives it a pattern) is never converted: a number names no object of the vendor.
      mended = schema['pattern'] === undefined ? converted(value, types) : UNFIT;
      if (mended === UNFIT) return UNFIT;
      this.#note(key, 'converted');
    }
    if (typeof mended === 'string' && !fitsPattern(mended, schema)) return UNFIT;
    if (typeof mended === 'number' && !fitsRange(mended, schema)) return UNFIT;
    if (Array.isArray(mended)) mended = this.#list(mended, schema, key);
    else if (isObject(mended)) mended = this.#entries(mended, schema, key);
    for (const part of schemasIn(schema['allOf']))
      if (mended !== UNFIT) mended = this.mend(mended, part, key);
    if (mended === UNFIT || schema['anyOf'] === undefined) return mended;
    return this.#either(mended, schemasIn(schema['anyOf']), key);
  }

  #list(list: readonly unknown[], { items }: JsonSchema, key: string): unknown {
    if (!isObject(items)) return list;
    const kept: unknown[] = [];
    const leftOut: unknown[] = [];
    for (const element of list) {
      const mended = this.#attempt(() => this.mend(element, items, key));
      if (mended === UNFIT) {
        this.#note(key, 'left-out');
        leftOut.push(element);
      } else kept.push(mended);
    }
    if (leftOut.length > 0) leftOutElements.set(kept, leftOut);
    return kept.length === 0 && list.length > 0 ? UNFIT : kept;
  }

  #entries(object: JsonObject, schema: JsonSchema, key: string): JsonObject | typeof UNFIT {
    const essential = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    if (essential.some((name) => !Object.hasOwn(object, name))) return UNFIT;
    const known = isObject(schema['properties']) ? schema['properties'] : {};
    const isPage = Object.hasOwn(known, 'last');
    // As the data of a page, null would count as an empty list; as its `last` or `next`, as the end of the list.
    const kept = isPage ? [...essential, 'data', 'last'] : [...essential, 'next'];
    const entries = Object.entries(object);
    const mended: Record<string, unknown> = {};
    const unread = [...unreadIn(object)];
    for (const [name, received] of entries) {
      const value = isPage && name === 'last' ? this.#lastOf(object, received, known['last']) : received;
      const documented = Object.hasOwn(known, name) ? known[name] : undefined;
      const fit = isObject(documented)
        ? this.#property(value, documented, key === '' ? name : `${key}.${name}`, kept.includes(name))
        : this.#element(value, schema['additionalProperties'], key);
      if (fit === UNFIT && isObject(documented)) return UNFIT;
      if (fit === UNFIT || (fit === null && value !== null)) unread.push(name);
      // `__proto__` as a key of an answer must become a key, too, not the prototype.
      if (fit !== UNFIT) Object.defineProperty(mended, name, { value: fit, ...OWN });
    }
    if (unread.length > 0) unreadKeys.set(mended, unread);
    return entries.length > 0 && Object.keys(mended).length === 0 ? UNFIT : mended;
  }

  #property(value: unknown, schema: JsonSchema, key: string, isKept: boolean): unknown {
    const mended = this.#attempt(() => this.mend(value, schema, key));
    if (mended !== UNFIT || (isKept && this.#hasElements(schema)) || !this.#takesNull(schema)) return mended;
    this.#note(key, 'nulled');
    return null;
  }

  /** The `last` of a page. If it is no valid id, the id of the last element replaces it, as documented. */
  #lastOf({ data }: JsonObject, last: unknown, schema: unknown): unknown {
    if (last == null || !Array.isArray(data)) return last;
    if (typeof last === 'string' && isObject(schema) && fitsPattern(last, schema)) return last;
    const element: unknown = data.at(-1);
    const id = isObject(element) ? (element['id'] ?? element['code']) : undefined;
    if (typeof id !== 'string') return last;
    this.#note('last', 'converted');
    return id;
  }

  /** Repairs a value of a map. A value without a schema passes: it is under an unknown key. */
  #element(value: unknown, schema: unknown, key: string): unknown {
    if (!isObject(schema)) return value;
    const mended = this.#attempt(() => this.mend(value, schema, key));
    if (mended === UNFIT) this.#note(key, 'left-out');
    return mended;
  }

  /** By the alternative that needs the fewest repairs. */
  #either(value: unknown, alternatives: readonly JsonSchema[], key: string): unknown {
    const before = this.repairs;
    let best: { readonly mended: unknown; readonly repairs: Repair[] } | undefined;
    for (const alternative of alternatives) {
      this.repairs = [];
      const mended = this.mend(value, alternative, key);
      if (mended === UNFIT || (best !== undefined && best.repairs.length <= this.repairs.length)) continue;
      best = { mended, repairs: this.repairs };
    }
    this.repairs = before.concat(best?.repairs ?? []);
    return best === undefined ? UNFIT : best.mended;
  }

  /** Runs `mend`. If it ends as UNFIT, the repairs that it has recorded are removed again. */
  #attempt(mend: () => unknown): unknown {
    const count = this.repairs.length;
    const mended = mend();
    if (mended === UNFIT) this.repairs.length = count;
    return mended;
  }

  /** Whether null in place of the value would hide elements: those of a list, of a map, or of the pages that follow. */
  #hasElements(reference: JsonSchema): boolean {
    const { items, additionalProperties, pattern } = this.#resolved(reference);
    const element = items ?? additionalProperties;
    return (
      pattern !== undefined || (isObject(element) && !typesOf(this.#resolved(element))?.includes('string'))
    );
  }

  #takesNull(reference: JsonSchema): boolean {
    const schema = this.#resolved(reference);
    return (
      (typesOf(schema)?.includes('null') ?? true) &&
      schemasIn(schema['allOf']).every((part) => this.#takesNull(part)) &&
      (schema['anyOf'] === undefined || schemasIn(schema['anyOf']).some((part) => this.#takesNull(part)))
    );
  }

  #resolved(schema: JsonSchema): JsonSchema {
    const { $ref } = schema;
    return typeof $ref === 'string' ? (this.#schemas[$ref.slice('#/$defs/'.length)] ?? {}) : schema;
  }

  #note(key: string, action: Repair['action']): void {
    this.repairs.push({ key, action });
  }
}

function fitsPattern(text: string, { pattern }: JsonSchema): boolean {
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text);
}

/** A number in JSON may be too large for a number here, such as `1e400`. */
function fitsRange(number: number, { multipleOf, minimum, maximum }: JsonSchema): boolean {
  if (!Number.isFinite(number)) return false;
  if (multipleOf === 1 && !Number.isInteger(number)) return false;
  return !(number < Number(minimum ?? -Infinity) || number > Number(maximum ?? Infinity));
}

const OWN = { enumerable: true, writable: true, configurable: true } as const;

/** Only conversions that lose nothing. */
function converted(value: unknown, types: readonly string[]): unknown {
  if (typeof value === 'number' && types.includes('string')) return String(value);
  if (typeof value !== 'string') return UNFIT;
  if (types.includes('number') && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return UNFIT;
}

function typesOf({ type }: JsonSchema): readonly string[] | undefined {
  return type === undefined ? undefined : [type].flat().map(String);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function schemasIn(list: unknown): readonly JsonSchema[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
