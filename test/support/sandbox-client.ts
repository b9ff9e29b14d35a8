// Plain HTTP to a sandbox, without the project's own client, so that tests see the sandbox's answers unchanged.
import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { request } from 'undici';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { canaryCredentials } from './canary.ts';
import { ManualClock } from './manual-clock.ts';
import { expectDocumentedAnswer } from './openapi.ts';

export interface TokenClaims {
  readonly accessKey?: string;
  readonly secret?: string;
  readonly type?: string;
  /** Seconds since the epoch; default: the system clock. */
  readonly now?: number;
  readonly lifeSeconds?: number;
  readonly notBefore?: number;
}

/** A management token that sandboxes of the tests accept, with these claims changed. */
export function managementToken(claims: TokenClaims = {}): Promise<string> {
  const {
    accessKey = canaryCredentials.accessKey,
    secret = canaryCredentials.secret,
    type = 'management',
    lifeSeconds = 3600,
  } = claims;
  const { now = Math.floor(Date.now() / 1000) } = claims;
  return new SignJWT({ access_key: accessKey, type, version: 2 })
    .setProtectedHeader({ alg: 'HS256' })
    .setJti('3b8f6f3e-8c3f-4a55-9f51-54a3c1d0a111')
    .setIssuedAt(now)
    .setNotBefore(claims.notBefore ?? now - 10)
    .setExpirationTime(now + lifeSeconds)
    .sign(createSecretKey(Buffer.from(secret)));
}

export interface RestAnswer {
  readonly status: number;
  /** The parsed JSON; undefined without a body. */
  readonly body: unknown;
}

/** A client whose requests fail if the answer does not fit the OpenAPI document. */
export interface RestClient {
  get(path: string): Promise<RestAnswer>;
  post(path: string, body?: unknown): Promise<RestAnswer>;
  delete(path: string): Promise<RestAnswer>;
}

/** The sandbox's time at the start of a test. */
export const START_MS = Date.parse('2026-03-12T16:00:00Z');

/** A sandbox whose clock stands still at START_MS, empty by default, and a client with a valid token. */
export async function startTestSandbox(
  options: SandboxOptions = {},
): Promise<AsyncDisposable & { sandbox: Sandbox; world: World; rest: RestClient; clock: ManualClock }> {
  const clock = new ManualClock(START_MS);
  const sandbox = await startSandbox({
    ...canaryCredentials,
    data: 'empty',
    clock,
    onTimerError: thrown,
    ...options,
  });
  const rest = restClient(sandbox, await managementToken({ now: START_MS / 1000 }));
  return { sandbox, world: sandbox.world, rest, clock, [Symbol.asyncDispose]: () => sandbox.close() };
}

/** An error of a timer fails the test that advances the clock. */
function thrown(error: unknown): never {
  throw error;
}

/** A client of this sandbox with this token; `''`: without a token. */
export function restClient(sandbox: Sandbox, bearer: string): RestClient {
  const call = async (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<RestAnswer> => {
    const noted = sandbox.ledger.next(
      (entry) => entry.method === method && entry.path === path.replace(/\?$/, ''),
    );
    const answer = await request(sandbox.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(bearer !== '' && { authorization: `Bearer ${bearer}` }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    const { operationId } = await noted;
    if (operationId !== undefined) expectDocumentedAnswer(operationId, answer.statusCode, parsed);
    return { status: answer.statusCode, body: parsed };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
  };
}

/** The ids of a page's elements. */
export function idsOf(page: unknown): string[] {
  // The answer was validated: a page has elements with ids, or null.
  const { data } = page as { data: { id: string }[] | null };
  return (data ?? []).map(({ id }) => id);
}
