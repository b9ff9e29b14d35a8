// DataLoaders: each operation has its own set. A loader is declared beside the resolvers that use it, and created at its first
// use. Keys are the vendor's ids; an object that does not exist loads as null. The catalog decides whether several objects are
// read by one request for a list.
import DataLoader from 'dataloader';
import type { CallOptions, RestClient } from '../src/rest/client/client.ts';
import { RestNotFoundError } from '../src/rest/errors.ts';
import type { Services } from './services.ts';

/** The services that loaders use, and the properties of the operation that they read for. */
export interface LoaderContext extends Services {
  readonly loaders: Loaders;
  /** Options for the REST calls of the operation. */
  readonly call: CallOptions;
}

/** The DataLoader of one operation. It stays the same until `context.loaders` of the operation is replaced. */
export type OperationLoader<Key, Value, CacheKey = Key> = (
  context: LoaderContext,
) => DataLoader<Key, Value, CacheKey>;

/** The value without a promise if it is in memory, so that an executor can go on at once. */
export type MaybePromise<T> = T | Promise<T>;

/** Calls `change` with the value, at once or when its promise has resolved, and returns the result. */
export function mapped<T, Result>(
  value: MaybePromise<T>,
  change: (value: T) => MaybePromise<Result>,
): MaybePromise<Result> {
  return value instanceof Promise ? value.then(change) : change(value);
}

/** The loaders that one operation has used so far. */
export class Loaders {
  /** Null until the first loader is used: many operations, and all idle subscriptions, use none. */
  #made: Map<unknown, unknown> | null = null;

  /** The loader that `make` has made for this operation. `make` is called at the first use. */
  of<Loader>(make: (context: LoaderContext) => Loader, context: LoaderContext): Loader {
    // Under each `make`, the map has only the loader that this `make` has created.
    const known = this.#made?.get(make) as Loader | undefined;
    if (known !== undefined) return known;
    const loader = make(context);
    this.#made ??= new Map();
    this.#made.set(make, loader);
    return loader;
  }
}

/**
 * Declares a loader that reads many keys by one plan. `load` answers by key: a value, null, or the Error of that key
 * alone; a key that the answer lacks loads as null.
 */
export function plannedLoader<Value>(
  load: (
    ids: readonly string[],
    context: LoaderContext,
  ) => Promise<ReadonlyMap<string, Value | null | Error>>,
): OperationLoader<string, Value | null> {
  return operationLoader(
    (context) =>
      new DataLoader(async (ids) => {
        const found = await load(ids, context);
        return ids.map((id) => found.get(id) ?? null);
      }),
  );
}

/** Declares a loader of resources that the REST API returns one at a time: one request for each id, null on a 404. */
export function resourceLoader<Resource>(
  get: (client: RestClient, id: string, call: CallOptions) => Promise<Resource>,
): OperationLoader<string, Resource | null> {
  return singleLoader((id, context) => orNull(get(context.client, id, context.call)));
}

/** Declares a loader that runs `load` for all ids at the same time. A failure affects only its own id. */
export function singleLoader<Value>(
  load: (id: string, context: LoaderContext) => Promise<Value>,
): OperationLoader<string, Value> {
  return operationLoader((context) => new DataLoader((ids) => settled(ids, (id) => load(id, context))));
}

/** Like `singleLoader`, for keys of several parts: `cacheKeyOf` joins them, as DataLoader compares keys by identity. */
export function compoundLoader<Key, Value>(
  load: (key: Key, context: LoaderContext) => Promise<Value>,
  cacheKeyOf: (key: Key) => string,
): OperationLoader<Key, Value, string> {
  return operationLoader(
    (context) =>
      new DataLoader((keys) => settled(keys, (key) => load(key, context)), { cacheKeyFn: cacheKeyOf }),
  );
}

function operationLoader<Key, Value, CacheKey = Key>(
  make: OperationLoader<Key, Value, CacheKey>,
): OperationLoader<Key, Value, CacheKey> {
  return (context) => context.loaders.of(make, context);
}

async function settled<Key, Value>(
  keys: readonly Key[],
  load: (key: Key) => Promise<Value>,
): Promise<(Value | Error)[]> {
  const results = await Promise.allSettled(keys.map((key) => load(key)));
  return results.map((result) => (result.status === 'fulfilled' ? result.value : asError(result.reason)));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** The resource, or null where the REST API answered 404. */
export async function orNull<Resource>(answer: Promise<Resource>): Promise<Resource | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RestNotFoundError) return null;
    throw error;
  }
}
