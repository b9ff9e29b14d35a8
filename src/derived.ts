// What is made of an object, kept with it for those who need it again.
//
// It is kept as a hidden property of the object, and not in a `WeakMap`: a scavenge takes each value of a `WeakMap` for
// reachable, whether or not its key is, so all that is made for one request would be copied and promoted, and freed by the
// next full collection only.

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
