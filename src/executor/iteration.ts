// Reads lists as graphql-js does: any value that can be iterated, synchronously or asynchronously.
import { handled } from './run.ts';

/** The same test as in graphql-js. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.iterator in value &&
    typeof value[Symbol.iterator] === 'function'
  );
}

/** The same test as in graphql-js. */
export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    typeof value[Symbol.asyncIterator] === 'function'
  );
}

/** Handles the rejections of the remaining items of a failed list, so that none is reported as unhandled. */
export function handleRest(iterator: Iterator<unknown>): void {
  try {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) handled([next.value]);
  } catch {
    // The list has failed already.
  }
}

/** Ends an asynchronous list of which no more items are needed. */
export async function returned(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // The list has failed already.
  }
}
