// JSON objects without the keys that have no value, as the vendor leaves out what is unset.

/** `T` where a key whose value may be undefined is an optional key instead. */
export type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of `object` without the keys whose value is undefined. */
export function compact<T extends object>(object: T): Compact<T> {
  const kept = Object.entries(object).filter(([, value]) => value !== undefined);
  // Exactly what the type says: undefined values are gone and nothing else changed.
  return Object.fromEntries(kept) as Compact<T>;
}
