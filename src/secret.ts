// A class for secrets that keeps them out of messages and logs. As a second protection, a function that removes secrets from
// texts from other sources (a message of the REST API, a log line).
import { inspect } from 'node:util';

const REDACTED = '[secret]';

/**
 * A secret string. Converted to a string, to JSON or by `util.inspect` (which `console` uses), also as a member of another
 * object, it becomes `[secret]`. Only `reveal` returns the value.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value. Call it where the value is used, and keep no variable of it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/**
 * A JWT: three parts in base64url, the first of which begins with an encoded `{"`. The first part alone matches too, so that
 * the search goes on behind it: otherwise a text of many `eyJ` would take quadratic time.
 */
const TOKEN = /eyJ[\w-]{8,}(\.[\w-]{8,}\.[\w-]*)?/g;
/** An API key of the gateway, also one whose end was cut off. */
const API_KEY = /hgk_[\w-]{16,}/g;
/** The shortest secret that is removed, in characters: a shorter one could be an ordinary word. */
const MIN_LENGTH = 8;

/**
 * Replaces JWTs by `[token]`, API keys by `[api key]` and `secrets` of at least 8 characters by `[secret]`, the last also in
 * their JSON-escaped spelling.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  return createRedactor(secrets)(text);
}

/** `redact` for many texts. */
export function createRedactor(secrets: readonly Secret[]): (text: string) => string {
  const values = secrets.map((secret) => secret.reveal()).filter(({ length }) => length >= MIN_LENGTH);
  const spellings = [...new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))];
  // Nearly no text has any of these, so one search for all of them comes first.
  const any = new RegExp(['eyJ', 'hgk_', ...spellings.map((each) => RegExp.escape(each))].join('|'));
  return (text) => {
    if (!any.test(text)) return text;
    const redacted = text
      .replaceAll(TOKEN, (match, rest: string | undefined) => (rest === undefined ? match : '[token]'))
      .replaceAll(API_KEY, '[api key]');
    return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, REDACTED), redacted);
  };
}
