// Joins texts of which some are still promises.

/** The text of a value, or a promise of it. '': JSON omits the value. */
export type Text = string | Promise<string>;

/**
 * Waits for `values`, of which at least one is a promise, and passes their texts to `join`. Takes as many microtasks as
 * `Promise.all`, and leaves no rejection unhandled.
 */
export function allTexts<Result>(
  values: readonly Text[],
  join: (texts: readonly string[]) => Result,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const texts: string[] = [];
    let awaited = 0;
    for (const [index, value] of values.entries()) {
      if (typeof value === 'string') {
        texts[index] = value;
        continue;
      }
      awaited += 1;
      const arrived = (text: string) => {
        texts[index] = text;
        awaited -= 1;
        if (awaited === 0) resolve(join(texts));
      };
      // A promise of another library may call back synchronously.
      Promise.resolve(value).then(arrived, reject);
    }
  });
}

/** The text of a list that grows item by item. */
export class ListText {
  #text = '[';
  /** The items from the first promise on; null: no item has been a promise. */
  #late: Text[] | null = null;

  add(item: Text): void {
    if (this.#late !== null) this.#late.push(item);
    else if (typeof item === 'string') this.#text = withItem(this.#text, item);
    else this.#late = [item];
  }

  /** The items that may be promises. */
  get late(): readonly Text[] {
    return this.#late ?? [];
  }

  finish(): Text {
    if (this.#late === null) return `${this.#text}]`;
    return allTexts(this.#late, (texts) => `${texts.reduce(withItem, this.#text)}]`);
  }
}

function withItem(list: string, item: string): string {
  // JSON omits such a value from an object, but writes null for it in a list.
  return `${list === '[' ? list : `${list},`}${item === '' ? 'null' : item}`;
}
