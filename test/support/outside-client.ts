// A client of the REST API that shares no code with the gateway. It sends requests and reads answers as the vendor's
// Node SDK does. The facts were recorded from the network traffic of version 0.3.0 of that SDK, which the project does
// not install: its licence is GPL-3.0-only.
import { createSecretKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { request } from 'undici';
import { canaryCredentials } from './canary.ts';

/** The lifetime of the SDK's tokens, in seconds. */
export const TOKEN_LIFE_SECONDS = 24 * 3600;
/** The number of elements in a full page if the client asked for no limit. */
const DEFAULT_LIMIT = 10;
/** More pages than any list of the tests has. Ends a walk that would never end. */
const MAX_PAGES = 10;

export interface OutsideClientOptions {
  /** The API's base URL, such as `http://127.0.0.1:4100/v2`. */
  readonly url: string;
  /** Default: the secret that sandboxes of the tests accept. */
  readonly secret?: string;
  /** The time at which tokens are issued, in milliseconds since the epoch. Default: the system clock. */
  readonly now?: () => number;
}

/** A JSON object of an answer. Every resource has an id; tests assert the rest. */
export interface Resource {
  readonly id: string;
  readonly [key: string]: unknown;
}

export type Filters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface OutsideAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** An answer with an error status. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor({ status, body }: OutsideAnswer) {
    super(`refused with ${status}`);
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
  }
}

/** Matches a `Refusal` whose body has the documented form. */
export function refusal(code: number, message: string, details: readonly string[] = []) {
  return { status: code, body: { code, message, details } };
}

/** A token of the SDK's form. `claims` has its type and, for a participant, the room, role and user. */
export function outsideToken(
  claims: Readonly<Record<string, string>>,
  { secret = canaryCredentials.secret, now = Date.now }: Omit<OutsideClientOptions, 'url'>,
): Promise<string> {
  const issuedAt = Math.floor(now() / 1000);
  return new SignJWT({ access_key: canaryCredentials.accessKey, version: 2, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_LIFE_SECONDS)
    .setJti(randomUUID())
    .sign(createSecretKey(Buffer.from(secret)));
}

export class OutsideClient {
  readonly #options: OutsideClientOptions;
  #token: Promise<string> | undefined;

  constructor(options: OutsideClientOptions) {
    this.#options = options;
  }

  /** The resource at `path`. Throws a `Refusal`. */
  async get(path: string, filters: Filters = {}): Promise<Resource> {
    return accepted(await this.ask('GET', path + queryOf(filters)));
  }

  /** The API's answer to `input`. Throws a `Refusal`. */
  async post(path: string, input: object = {}): Promise<Resource> {
    return accepted(await this.ask('POST', path, input));
  }

  /**
   * The elements of all pages. While a page is full and has a `last`, the next page is requested with `start`. A list
   * without elements may have `data: null`. Throws a `Refusal`, and an `Error` after ten pages.
   */
  async list(path: string, filters: Filters = {}): Promise<readonly Resource[]> {
    const found: Resource[] = [];
    const { limit = DEFAULT_LIMIT } = filters;
    let start: unknown;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await this.get(path, { ...filters, ...(typeof start === 'string' && { start }) });
      const elements = elementsOf(page);
      found.push(...elements);
      start = page['last'];
      if (elements.length < Number(limit) || typeof start !== 'string' || start === '') return found;
    }
    throw new Error(`${path} does not end`);
  }

  /** The answer, whatever its status. After a 401 or a 403 the client retries once, with a new token. */
  async ask(method: 'GET' | 'POST', path: string, input?: object): Promise<OutsideAnswer> {
    const answer = await this.#send(method, path, input);
    if (answer.status !== 401 && answer.status !== 403) return answer;
    this.#token = undefined;
    return this.#send(method, path, input);
  }

  /** The token is kept until the API refuses it; the SDK too sends expired tokens. */
  async #send(method: 'GET' | 'POST', path: string, input: object | undefined): Promise<OutsideAnswer> {
    const { url, ...options } = this.#options;
    this.#token ??= outsideToken({ type: 'management' }, options);
    const answer = await request(url + path, {
      method,
      headers: {
        Authorization: `Bearer ${await this.#token}`,
        Accept: 'application/json',
        // Sent without a body too, as the SDK does.
        'Content-Type': 'application/json',
      },
      ...(input !== undefined && { body: JSON.stringify(input) }),
    });
    return { status: answer.statusCode, body: await answer.body.json() };
  }
}

/** Joins keys and values without percent-encoding; a list repeats its key. */
function queryOf(filters: Filters): string {
  const pairs = Object.entries(filters).flatMap(([key, value]) =>
    [value].flat().map((one) => `${key}=${String(one)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function accepted(answer: OutsideAnswer): Resource {
  if (answer.status !== 200) throw new Refusal(answer);
  return withDates(answer.body);
}

/** Answers of analytics have their elements in `events`, other lists in `data`. */
export function elementsOf(page: Resource): readonly Resource[] {
  const elements = page['events'] ?? page['data'] ?? [];
  if (!Array.isArray(elements)) throw new Error('a page has no list of elements');
  return elements.map(withDates);
}

/** The answer with its instants (`created_at`, `started_at`) as `Date`. Throws if one is invalid. */
function withDates(answer: unknown): Resource {
  const entries = Object.entries(answer ?? {}).map(([key, value]: [string, unknown]) => [
    key,
    key.endsWith('_at') && typeof value === 'string' ? dateOf(key, value) : value,
  ]);
  // Lists and some confirmations have no `id`; the tests read none of those.
  return Object.fromEntries(entries) as Resource;
}

function dateOf(key: string, text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Error(`${key} is no instant: ${text}`);
  return date;
}
