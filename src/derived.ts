// Stores a value that was computed from an object with that object, so that it need not be computed again.
//
// The value is a hidden property of the object, and not in a `WeakMap`. V8's scavenger treats each value of a `WeakMap` as
// reachable, whether or not its key is. So values that belong to one request would be copied and promoted to the old generation,
// and freed only by the next full garbage collection.

/** Values by the objects that they are made of. A value is freed together with its object; a frozen object keeps none. */
export class Derived<Source extends object, Value> {
  readonly #key = Symbol('derived');

  /** The value that is kept with the object. */
  get(source: Source): Value | undefined {
    // Nothing else knows the symbol.
    return (source as { readonly [key: symbol]: Value | undefined })[this.#key];
  }

  /** Keeps the value in place of an earlier one. */
  keep(source: Source, value: Value): void {
    Reflect.defineProperty(source, this.#key, { value, configurable: true });
  }
}
