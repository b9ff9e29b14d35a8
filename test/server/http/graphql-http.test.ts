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

  // The audits of variables send a document that is already invalid without them.
  const room = 'query ($id: ID!) { room(id: $id) { name } }';
  const rooms = 'query ($filter: RoomFilter) { rooms(filter: $filter) { edges { cursor } } }';
  it.each([
    ['is missing', { query: room, variables: {} }],
    ['has a field that its type lacks', { query: rooms, variables: { filter: { enbled: true } } }],
    ['has no instant for a DateTime', { query: rooms, variables: { filter: { createdAfter: 'today' } } }],
  ])(
    'the status is 400 where a variable %s, and 200 for clients that accept only JSON',
    async (_what, body) => {
      const send = async (accept: string) => {
        const query = `query=${encodeURIComponent(body.query)}&variables=${encodeURIComponent(JSON.stringify(body.variables))}`;
        const answers = await Promise.all([
          fetchFn(url, {
            method: 'POST',
            headers: { accept, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
          fetchFn(`${url}?${query}`, { headers: { accept } }),
        ]);
        return Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]));
      };
      const refusal = { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] };
      const [posted, got] = await send('application/graphql-response+json');
      expect([posted, got]).toMatchObject([
        [400, refusal],
        [400, refusal],
      ]);
      expect(posted?.[1]).not.toHaveProperty('data');
      expect(await send('application/json')).toMatchObject([
        [200, refusal],
        [200, refusal],
      ]);
    },
  );
});
