// The media type of an answer for each `Accept` header, and a comparison with a second implementation of RFC 9110
// 12.5.1 that shares no code with the first.
import { array, assert, boolean, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptsStream,
  answerTypes,
  prefersPage,
  refusalType,
  singleResultType,
} from '../../../src/server/http/accept.ts';
import { fuzzRuns } from '../../support/fuzz.ts';
import { post, startTestServer } from '../../support/server.ts';
import { eventsOf } from '../../support/sockets.ts';

const JSON_TYPE = 'application/json';
const RESPONSE = 'application/graphql-response+json';
const STREAM = 'text/event-stream';
const MULTIPART = 'multipart/mixed';
const URQL =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';

/** `Accept` headers and the type of a single result; null: 406. */
const cases: readonly (readonly [accept: string, type: string | null])[] = [
  [URQL, RESPONSE],
  ['text/event-stream, application/json', JSON_TYPE],
  ['text/event-stream, */*', JSON_TYPE],
  ['text/event-stream;q=0.9, application/json;q=0.8', STREAM],
  ['text/event-stream, application/json;q=0.999', STREAM],
  ['text/event-stream;q=0.5, application/json;q=0.5', JSON_TYPE],
  ['text/event-stream, */*;q=0.1', STREAM],
  ['text/*, application/*;q=0.2', STREAM],
  ['text/event-stream, application/json;q=0', STREAM],
  ['text/event-stream;q=0, */*', JSON_TYPE],
  ['application/json;q=0, */*;q=0.1', RESPONSE],
  ['application/*;q=0, */*', STREAM],
  ['application/*;q=0, text/*;q=0, */*', MULTIPART],
  ['*/*;q=0', null],
  ['*/*;q=0.000, text/html', null],
  ['application/json;q=0', null],
  ['application/json, application/graphql-response+json', JSON_TYPE],
  ['application/graphql-response+json, application/json', RESPONSE],
  ['application/json;q=0.9, application/graphql-response+json', RESPONSE],
  ['application/*, application/graphql-response+json', RESPONSE],
  ['*/*', JSON_TYPE],
  ['', JSON_TYPE],
  ['APPLICATION/JSON ; Q=0.4 ; Charset="UTF-8"', JSON_TYPE],
  ['application/json;charset=iso-8859-1, text/event-stream;q=0.1', STREAM],
  ['application/json;profile="a, b";q=1, text/event-stream;q=0.3', STREAM],
  ['application/json;q=0.2, application/json;charset=utf-8;q=0.9, text/event-stream;q=0.5', JSON_TYPE],
  ['*/json, text/event-stream', STREAM],
  [',, application/json,', JSON_TYPE],
  ['multipart/mixed;deferSpec=20220824, application/json', JSON_TYPE],
];

describe('a query that is sent with the header', () => {
  it.each(cases)('%s is answered as %s', async (accept, type) => {
    await using server = await startTestServer();
    const answer = await post(server.url, { query: '{ hello }' }, { accept });
    const sent = answer.headers.get('content-type')?.replace(/;.*/, '');
    const text = await answer.text();
    expect([answer.status, sent]).toEqual(type === null ? [406, JSON_TYPE] : [200, type]);
    expect(text).toContain(type === null ? 'BAD_USER_INPUT' : '{"data":{"hello":"world"}}');
  });

  it.each([
    [URQL, RESPONSE],
    ['text/event-stream, application/graphql-response+json;q=0.1', RESPONSE],
    ['text/event-stream', JSON_TYPE],
    ['multipart/mixed', JSON_TYPE],
  ])('%s gets a refusal as %s', async (accept, type) => {
    await using server = await startTestServer();
    const foreign = await post(
      server.url,
      { query: '{ hello }' },
      { accept, origin: 'https://evil.example' },
    );
    const unread = await post(server.url, 'hello', { accept, 'content-type': 'text/plain' });
    for (const [answer, status] of [
      [foreign, 403],
      [unread, 415],
    ] as const) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, `${type}; charset=utf-8`]);
      expect(await answer.json()).toHaveProperty('errors');
    }
  });
});

it('a subscription gets a stream although JSON has the higher weight', async () => {
  await using server = await startTestServer();
  const answer = await post(server.url, { query: 'subscription { ticks }' }, { accept: URQL });
  expect(answer.headers.get('content-type')).toBe(STREAM);
  const events = eventsOf(answer);
  expect((await events.next()).value?.data).toBe('{"data":{"ticks":1}}');
  await events.return();
});

/** Parts from which headers are built: the supported types, in many spellings of weights and parameters. */
const arbitraryType = constantFrom(
  ...answerTypes,
  '*/*',
  'text/*',
  'application/*',
  'multipart/*',
  'text/html',
  'image/png',
  'Application/JSON',
  'TEXT/*',
);
const arbitraryWeight = constantFrom(
  '',
  ';q=0',
  ';q=0.0',
  ';q=1',
  ';q=1.000',
  ';q=0.5',
  '; q=0.5',
  ' ;Q=0.25',
  ';q=0.001',
  ';q=0.999',
  ';q="0.5"',
);
const arbitraryParameter = constantFrom(
  '',
  '',
  '',
  ';charset=utf-8',
  ';Charset="UTF-8"',
  ';charset=latin1',
  ';v="a,b"',
  ';v="\\", text/html"',
);
const arbitraryRange = tuple(arbitraryType, arbitraryParameter, arbitraryWeight, boolean()).map(
  ([type, parameter, weight, first]) => type + (first ? weight + parameter : parameter + weight),
);
const arbitraryAccept = array(arbitraryRange, { maxLength: 7 }).chain((ranges) =>
  constantFrom(',', ', ', ' ,\t').map((comma) => ranges.join(comma)),
);

/** Splits a text at a character outside quotes, one character at a time. */
function cut(text: string, at: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') isQuoted = !isQuoted;
    if (character === at && !isQuoted) parts.push('');
    else if (character === '\\' && isQuoted) index += 1;
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.map((part) => part.trim());
}

/** The weight of a type by RFC 9110: the most specific range that matches decides. */
function weightByTheBook(accept: string, type: string): number {
  if (accept.trim() === '') return 1;
  const family = `${type.split('/', 1)[0]}/*`;
  const ranges = cut(accept, ',').map((member) => {
    const [name = '', ...rest] = cut(member, ';').map((part) => part.toLowerCase().replaceAll('"', ''));
    const q = rest.find((part) => part.startsWith('q='));
    return {
      name,
      parameters: rest.filter((part) => part !== q),
      q: q === undefined ? 1 : Number(q.slice(2)),
    };
  });
  const levels = [type, family, '*/*'].flatMap((name) => [
    { name, parameters: 'charset=utf-8' },
    { name, parameters: '' },
  ]);
  for (const level of levels) {
    const weights = ranges
      .filter(({ name, parameters }) => name === level.name && parameters.join(';') === level.parameters)
      .map(({ q }) => q);
    if (weights.length > 0) return Math.max(...weights);
  }
  return 0;
}

it('the second implementation reads every header like the first', () => {
  assert(
    property(arbitraryAccept, (accept) => {
      const [json, response, stream, multipart] = [JSON_TYPE, RESPONSE, STREAM, MULTIPART].map((type) =>
        weightByTheBook(accept, type),
      ) as [number, number, number, number];
      const bestJson = Math.max(json, response);
      const type = singleResultType(accept);
      if (bestJson > 0 && bestJson >= stream) {
        expect([JSON_TYPE, RESPONSE]).toContain(type);
        expect(type === JSON_TYPE ? json : response).toBe(bestJson);
        expect(refusalType(accept)).toBe(type);
      } else expect(type).toBe(stream > 0 ? STREAM : multipart > 0 ? MULTIPART : null);
      expect(acceptsStream(accept)).toBe(stream > 0);
      expect(prefersPage(accept)).toBe(
        weightByTheBook(accept, 'text/html') > Math.max(bestJson, stream, multipart),
      );
    }),
    fuzzRuns(1000),
  );
}, 120_000);

it('any text is read quickly and without an error', () => {
  assert(
    property(string({ maxLength: 200 }), (accept) => {
      expect([...answerTypes, null]).toContain(singleResultType(accept));
    }),
    fuzzRuns(500),
  );
  const long = `application/json;v="${'\\'.repeat(8000)},`;
  const startedAt = performance.now();
  expect(singleResultType(long)).toBeNull();
  expect(singleResultType(',;"'.repeat(5000))).toBeNull();
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
