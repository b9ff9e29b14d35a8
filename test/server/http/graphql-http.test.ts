// GraphQL over HTTP as its specification has it: the audits of graphql-http, each a test. Those of what a server MAY do
// pass as well, so that none is left out. They are asked once as `npm start` answers, and once where callers show a key.
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiKeys, createApiKey } from '../../../src/auth/api-keys.ts';
import { Authenticator } from '../../../src/auth/authenticator.ts';
import { systemClock } from '../../../src/clock.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

const { key, line } = createApiKey({ name: 'auditor', scopes: ['*:read'], rooms: [], expires: null });
const authenticator = new Authenticator({ apiKeys: new ApiKeys(line) }, systemClock);

/** Sends what it is asked to, with the key beside it. */
const fetchWithKey: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${key}`);
  return fetch(url, { ...init, headers });
};

describe.each([
  ['with the door open', {}, fetch],
  ['with a key', { authentication: authenticator }, fetchWithKey],
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
