// A list for values that are added and removed thousands of times a second. A Set has a disadvantage in V8's garbage collection:
// when it allocates a new table, the old table points to the new one. A full collection moves the current table to the old
// generation. Until the next full collection, that table keeps all later tables alive, with the values that they contained when
// they were replaced. So each scavenge copies megabytes of values that are no longer used. In this list nothing references a
// removed value.

/** The place of a value in a list. */
interface Place<Value> {
  value: Value | null;
  previous: Place<Value> | null;
  next: Place<Value> | null;
}

/** Values in the order in which they came. */
export class LinkedList<Value extends object> {
  #first: Place<Value> | null = null;
  #last: Place<Value> | null = null;

  /** The value that came first; null: the list is empty. */
  get first(): Value | null {
    return this.#first?.value ?? null;
  }

  /** Adds a value at the end. The returned function removes it; removing twice is harmless. */
  add(value: Value): () => void {
    const place: Place<Value> = { value, previous: this.#last, next: null };
    if (this.#last === null) this.#first = place;
    else this.#last.next = place;
    this.#last = place;
    return () => this.#remove(place);
  }

  /** Removes the first value. */
  removeFirst(): void {
    if (this.#first !== null) this.#remove(this.#first);
  }

  /** The values that are in the list now. */
  values(): readonly Value[] {
    const values: Value[] = [];
    for (let place = this.#first; place !== null; place = place.next) {
      if (place.value !== null) values.push(place.value);
    }
    return values;
  }

  #remove(place: Place<Value>): void {
    if (place.value === null) return;
    const { previous, next } = place;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    place.value = null;
    place.previous = null;
    place.next = null;
  }
}
