// Helpers of the REST client's tests: a client over undici's MockAgent, and a function that returns a rejection's error.
import { expect } from 'vitest';
import type { Interceptable } from 'undici';
import { MockAgent } from 'undici';
import type { ResponseEvent, RestClientOptions } from '../../../src/rest/client/client-options.ts';
import { RestClient } from '../../../src/rest/client/client.ts';
import type { Shape } from '../../../src/rest/shapes/shapes.ts';
import { gatewayCredentials } from '../../support/canary.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const ORIGIN = 'https://rest.test';

/** A check that accepts any answer. */
export const anything: Shape<unknown> = {
  operationId: 'anything',
  read: (answer) => answer,
  errorCodeIn: () => undefined,
};

export interface Reply {
  readonly status?: number;
  /** The body: JSON, or a text that is sent unchanged. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** An error of the connection instead of an answer. */
  readonly failure?: Error;
}

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface MockedRest extends AsyncDisposable {
  readonly client: RestClient;
  readonly clock: ManualClock;
  /** The sent requests, in order. */
  readonly requests: readonly SentRequest[];
  readonly events: readonly ResponseEvent[];
  /** Plans the answers of the next requests. */
  answer(...replies: Reply[]): void;
}

/**
 * A client whose upstream is a MockAgent: there is no network, and all planned answers must have been used at the end.
 */
export function mockedRest(options: Partial<RestClientOptions> = {}): MockedRest {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const clock = new ManualClock();
  const requests: SentRequest[] = [];
  const events: ResponseEvent[] = [];
  const replies: Reply[] = [];
  agent
    .get<Interceptable>(ORIGIN)
    .intercept({ path: () => true, method: /./ })
    .reply(({ method, path, body, headers }) => {
      // The client passes its headers as a plain record.
      requests.push({ method, path, body, headers: headers as Record<string, string> });
      const { status = 200, body: answer, headers: responseHeaders, failure } = replies.shift() ?? {};
      if (failure !== undefined) throw failure;
      const data = answer === undefined ? '' : typeof answer === 'string' ? answer : JSON.stringify(answer);
      return {
        statusCode: status,
        data,
        responseOptions: { headers: { 'content-type': 'application/json', ...responseHeaders } },
      };
    })
    .persist();
  const client = new RestClient({
    apiUrl: `${ORIGIN}/v2`,
    ...gatewayCredentials,
    clock,
    dispatcher: agent,
    random: () => 0,
    onResponse: (event) => events.push(event),
    ...options,
  });
  return {
    client,
    clock,
    requests,
    events,
    answer: (...planned) => void replies.push(...planned),
    async [Symbol.asyncDispose]() {
      await client.close();
      await agent.close();
      expect(replies, 'planned answers that no request used').toEqual([]);
    },
  };
}

/** The error of a promise, which must reject with this class. */
export async function rejection<E extends Error>(
  promise: Promise<unknown>,
  kind: abstract new (...args: never[]) => E,
): Promise<E> {
  const error: unknown = await promise.then(
    (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(kind);
  // The line above has checked the class.
  return error as E;
}
