// Bodies whose type is spelt differently, that begin with a byte order mark, or that are not UTF-8.
import { describe, expect, it } from 'vitest';
import { startTestServer } from '../../support/server.ts';

const HELLO = new TextEncoder().encode('{"query":"{ hello }"}');
const MARK = [0xef, 0xbb, 0xbf];

function send(url: string, type: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body });
}

it.each([
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json; Charset="UTF-8"',
  'APPLICATION/json ; charset=UTF8; x=y',
])('a body of the type %s is accepted', async (type) => {
  await using server = await startTestServer();
  for (const body of [HELLO, new Uint8Array([...MARK, ...HELLO])]) {
    const answer = await send(server.url, type, body);
    expect([answer.status, await answer.json()]).toEqual([200, { data: { hello: 'world' } }]);
  }
});

it.each([
  'application/json; charset=iso-8859-1',
  'application/json;charset="utf-16"',
  'application/json, text/plain',
  'application/json;x=y;charset=windows-1252',
])('a body of the type %s is refused with 415', async (type) => {
  await using server = await startTestServer();
  const answer = await send(server.url, type, HELLO);
  expect([answer.status, await answer.json()]).toEqual([
    415,
    {
      errors: [
        {
          message: 'Send a body of the type application/json, in UTF-8, uncompressed.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    },
  ]);
});

describe('a mutation whose body', () => {
  const before = new TextEncoder().encode('{"query":"mutation { change }","variables":{"x":"');
  const after = new TextEncoder().encode('"}}');

  it.each([
    ['has an é of ISO 8859-1', [0xe9]],
    ['has a character that is cut', [0xf0, 0x9f, 0x98]],
    ['has a surrogate', [0xed, 0xa0, 0xbd]],
  ])('%s is refused with 400 and does not run', async (_what, bytes) => {
    await using server = await startTestServer();
    const body = new Uint8Array([...before, ...bytes, ...after]);
    const answer = await send(server.url, 'application/json', body);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        errors: [
          { message: 'The body must be a JSON object in UTF-8.', extensions: { code: 'BAD_USER_INPUT' } },
        ],
      },
    ]);
    expect(server.started.fields).toEqual([]);
  });
});
