// Converts the vendor's loose values to values of the graph: empty strings and the zero date become null.
import type { Clock } from '../src/clock.ts';

const ZERO_DATE = '0001-01-01T00:00:00';

/** A text; null for an empty or missing one. */
export function textOrNull(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/**
 * An instant of the vendor in UTC, with its 0 to 9 fraction digits; null for the zero date, empty or missing, and for a date that
 * does not exist. Also null for a value that is not a string: analytics events have several shapes, so some of their values are
 * unchecked.
 */
export function instantOrNull(instant: unknown): string | null {
  if (typeof instant !== 'string' || instant === '' || instant.startsWith(ZERO_DATE)) return null;
  return utcInstant(instant);
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})t(\d{2}:\d{2}:\d{2})(\.\d{1,9})?(?:z|([+-])(\d{2}):(\d{2}))$/i;

/**
 * The instant of an RFC 3339 text in UTC, with its 0 to 9 fraction digits: `2026-03-12T21:30:05.118+05:30` becomes
 * `2026-03-12T16:00:05.118Z`. Null for another form, a date that does not exist, and an hour or offset over 23:59.
 */
export function utcInstant(text: string): string | null {
  if (isUtcInstant(text)) return text;
  const match = RFC_3339.exec(text);
  if (match === null) return null;
  const [, date = '', time = '', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = Date.parse(`${date}T${time}Z`);
  // Date.parse accepts February 30 and the hour 24, and rolls over to the next day.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${date}T${time}.`)) return null;
  if (sign === undefined) return `${date}T${time}${fraction}Z`;
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '+' ? 1 : -1);
  const utc = new Date(local - offsetMs).toISOString();
  return /^\d{4}-/.test(utc) ? `${utc.slice(0, 19)}${fraction}Z` : null;
}

/**
 * Whether the text is what `utcInstant` would make of it, as nearly all instants of the vendor are. Without a pattern and
 * without a `Date`: a room's peers have hundreds of instants, and this takes a twentieth of the time.
 */
function isUtcInstant(text: string): boolean {
  const end = text.length - 1;
  const hasFraction = text[19] === '.';
  return (
    text[end] === 'Z' &&
    (hasFraction ? end > 20 && end < 30 && numberIn(text, 20, end) >= 0 : end === 19) &&
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':' &&
    numberIn(text, 11, 13) < 24 &&
    numberIn(text, 14, 16) < 60 &&
    numberIn(text, 17, 19) < 60 &&
    isDate(numberIn(text, 0, 4), numberIn(text, 5, 7), numberIn(text, 8, 10))
  );
}

/** The number in the digits of a text from `from` up to, but not including, `to`; NaN if there is any other character. */
function numberIn(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN;
  }
  return number;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the date exists in the Gregorian calendar. */
function isDate(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 0 && day >= 1 && day <= days;
}

/** An instant of `utcInstant` with nine fraction digits, so that texts sort in the order of time; an empty text sorts first. */
export function sortableInstant(instant: string): string {
  const text = instant.slice(0, -1);
  if (text === '') return '.000000000';
  return text.length === SECONDS_LENGTH ? `${text}.000000000` : text.padEnd(SORTABLE_LENGTH, '0');
}

/** A whole number that grows with the second of an instant of `utcInstant`; 0 for an empty text. */
export function secondRank(instant: string): number {
  if (instant === '') return 0;
  const days = (numberIn(instant, 0, 4) * 12 + numberIn(instant, 5, 7)) * 31 + numberIn(instant, 8, 10);
  const minutes = numberIn(instant, 11, 13) * 60 + numberIn(instant, 14, 16);
  return (days * 24 * 60 + minutes) * 60 + numberIn(instant, 17, 19);
}

const SECONDS_LENGTH = '2026-03-12T16:00:05'.length;
const SORTABLE_LENGTH = '2026-03-12T16:00:05.118273645'.length;

/** Compares two instants of `utcInstant`, like a function for `Array.sort`; an empty text comes first. */
export function compareInstants(one: string, other: string): number {
  if (one === other) return 0;
  // Instants with the same number of digits can be compared as texts.
  if (one.length === other.length) return one < other ? -1 : 1;
  return sortableInstant(one) < sortableInstant(other) ? -1 : 1;
}

/** Whole seconds from `start` to `end`, or to now without an end; null if one of them is not a valid instant. */
export function secondsBetween(
  start: string | null | undefined,
  end: string | null | undefined,
  clock: Clock,
): number | null {
  const from = instantOrNull(start);
  if (from === null) return null;
  const until = instantOrNull(end);
  const milliseconds = (until === null ? clock.now() : Date.parse(until)) - Date.parse(from);
  return Number.isNaN(milliseconds) ? null : Math.max(0, Math.floor(milliseconds / 1000));
}

/**
 * The maximum number of levels of arrays and objects in a JSON value of the graph. Clients overflow their stack at some hundreds
 * of levels, and `JSON.stringify` does at some thousands.
 */
export const MAX_JSON_DEPTH = 64;

/** The value, or null if its arrays and objects are nested more than 64 levels deep. Without recursion, at any depth. */
export function shallowOrNull(value: unknown): unknown {
  let level = containersIn([value]);
  for (let depth = 0; depth < MAX_JSON_DEPTH && level.length > 0; depth += 1) {
    level = containersIn(level.flatMap((container) => Object.values(container)));
  }
  return level.length > 0 ? null : value;
}

function containersIn(values: readonly unknown[]): readonly object[] {
  return values.filter((value) => typeof value === 'object' && value !== null);
}

/** The value of a JSON text; null if the text is empty, not JSON, or nested more than 64 levels deep. */
export function jsonOrNull(text: string | null): unknown {
  if (text === null) return null;
  try {
    return shallowOrNull(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The type of the result of `withoutNullish`: keys that can be null or undefined become optional. */
type WithoutNullish<T> = {
  [Key in keyof T as null extends T[Key] ? never : undefined extends T[Key] ? never : Key]: T[Key];
} & {
  [Key in keyof T as null extends T[Key] ? Key : undefined extends T[Key] ? Key : never]?: NonNullable<
    T[Key]
  >;
};

/** A copy of an object without the keys whose value is null or undefined. */
export function withoutNullish<T extends object>(values: T): WithoutNullish<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  // The type allows exactly the removed keys to be missing.
  return Object.fromEntries(entries) as WithoutNullish<T>;
}

/**
 * Elements of a list that may fail independently. The elements of a streamed list (`@stream`) are awaited one after another, and
 * not at all if the client leaves. Without this, an element that rejects before its turn would end the process.
 */
export function oneByOne<T>(elements: readonly Promise<T>[]): readonly Promise<T>[] {
  for (const element of elements) element.catch(() => undefined);
  return elements;
}
