// Secrets that cannot be shown by mistake, and the net under them: a function that takes secrets out of a text that
// others have written (an upstream's message, a line of the log).
import { inspect } from 'node:util';

const SHOWN = '[secret]';

/**
 * A text that nobody may see. In messages, in JSON and in what `console` or a debugger shows of it, or of an object
 * that holds it, it is `[secret]`; `reveal` is the only way to its value.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the moment in which it is used; it belongs in no variable that lives longer. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.toPrimitive](): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}

/**
 * Three parts of base64url, the first beginning with `{"`. The first alone matches too: what has been searched once is
 * not searched again from each `eyJ` in it, so that no text takes long.
 */
const TOKEN = /eyJ[\w-]{8,}(\.[\w-]{8,}\.[\w-]*)?/g;
/** The gateway's own API keys; also one that was cut. */
const API_KEY = /hgk_[\w-]{16,}/g;
/** A shorter secret would take ordinary words out of every text, and protects nothing. Characters. */
const MIN_LENGTH = 8;

/** The text without tokens, API keys and these secrets, the secrets also where they stand escaped in JSON. */
export function redact(text: string, secrets: readonly Secret[]): string {
  let redacted = text
    .replaceAll(TOKEN, (match, rest: string | undefined) => (rest === undefined ? match : '[token]'))
    .replaceAll(API_KEY, '[api key]');
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length < MIN_LENGTH) continue;
    for (const spelling of [value, JSON.stringify(value).slice(1, -1)]) {
      redacted = redacted.replaceAll(spelling, SHOWN);
    }
  }
  return redacted;
}
