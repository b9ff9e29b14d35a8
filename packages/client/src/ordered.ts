// Keeps lists in a stable order, so that a list on a screen does not jump when a snapshot replaces it: elements are sorted by the
// time in a field if that field is selected; otherwise each element keeps its place.
import { keyOf, type Identified } from './changes.ts';

/** The field whose time orders a list. */
type TimeField = 'joinedAt' | 'startedAt';

/**
 * The elements of `next` without duplicates. If all have a time, they are sorted by it. Otherwise the elements that are also in
 * `list` come first, in its order, and then the others.
 */
export function replaced<T extends Identified>(
  list: readonly T[],
  next: readonly T[],
  field: TimeField,
): readonly T[] {
  const places = new Map(list.map((element, place) => [keyOf(element), place]));
  const rows = [...new Map(next.map((element) => [keyOf(element), element]))].map(([key, element]) => ({
    element,
    place: places.get(key) ?? list.length,
    time: timeIn(element, field),
  }));
  const isTimed = rows.every(({ time }) => time !== null);
  rows.sort((a, b) => (isTimed ? (a.time ?? 0) - (b.time ?? 0) : 0) || a.place - b.place);
  return rows.map(({ element }) => element);
}

/** The list with the element in its old place. A new element is inserted by its time, or appended if it has none. */
export function withElement<T extends Identified>(
  list: readonly T[],
  element: T,
  field: TimeField,
): readonly T[] {
  const key = keyOf(element);
  const known = list.findIndex((one) => keyOf(one) === key);
  if (known !== -1) return list.with(known, element);
  const time = timeIn(element, field);
  if (time === null) return [...list, element];
  const before = list.findLastIndex((one) => (timeIn(one, field) ?? time) <= time);
  return list.toSpliced(before + 1, 0, element);
}

/** The list without the elements for which `isGone` returns true. If there are no such elements, the same array is returned. */
export function without<T>(list: readonly T[], isGone: (element: T) => boolean): readonly T[] {
  return list.some(isGone) ? list.filter((element) => !isGone(element)) : list;
}

/** In milliseconds; null if the field is not selected, or is null. */
function timeIn(element: Identified, field: TimeField): number | null {
  const text: unknown = (element as Partial<Record<TimeField, unknown>>)[field]; // any document may select it
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
