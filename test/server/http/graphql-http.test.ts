// The audits of graphql-http for the GraphQL over HTTP specification, each as a test, those of level MAY included. They
// run once with the options of `npm start` and without authentication, and once with an API key.
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiKeys, createApiKey } from '../../../src/auth/api-keys.ts';
import { Authenticator } from '../../../src/auth/authenticator.ts';
import { systemClock } from '../../../src/clock.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

const { key, line } = createApiKey({ name: 'auditor', scopes: ['*:read'], rooms: [], expires: null });
const authenticator = new Authenticator({ apiKeys: new ApiKeys(line) }, systemClock);

/** A `fetch` that adds the API key. */
const fetchWithKey: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${key}`);
  return fetch(url, { ...init, headers });
};

describe.each([
  ['without authentication', {}, fetch],
  ['with an API key', { authentication: authenticator }, fetchWithKey],
])('GraphQL over HTTP, %s', (_how, options, fetchFn) => {
  let gateway: TestGateway;
  let url: string;
  beforeAll(async () => {
    gateway = await startTestGateway(options);
    url = `${await gateway.gateway.listen()}/graphql`;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  it.each(serverAudits({ url: () => url, fetchFn }).map((audit) => [audit.name, audit.id, audit] as const))(
    '%s (%s)',
    async (_name, _id, audit) => {
      const result = await audit.fn();
      expect('reason' in result ? result.reason : result.status).toBe('ok');
    },
  );
});
