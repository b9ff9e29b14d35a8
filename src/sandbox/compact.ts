// Removes undefined keys from JSON objects, because the vendor's answers omit fields that are not set.

/** `T` in which each key whose value may be undefined has become an optional key. */
export type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of `object` without the keys whose value is undefined. */
export function compact<T extends object>(object: T): Compact<T> {
  const kept = Object.entries(object).filter(([, value]) => value !== undefined);
  // Exactly what the type says: undefined values are gone and nothing else changed.
  return Object.fromEntries(kept) as Compact<T>;
}
