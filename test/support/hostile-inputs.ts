// Arbitrary inputs of a gateway: documents, variables, HTTP requests, webhooks and WebSocket frames, from nearly right to
// nonsense.
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';

/** Texts that have caused faults in programs. */
const oddTexts = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '__proto__',
  'constructor',
  'toString',
  '../../etc',
  '%2e%2e%2f',
  '"',
  '\\',
  '${x}',
  "';--",
  '9'.repeat(400),
  'é'.repeat(3000),
  'UGVlcjo=',
  'Um9vbTo',
  '64a0000000000000000000ff',
);
const anyText = fc.oneof(oddTexts, fc.string({ unit: 'binary', maxLength: 40 }), fc.base64String());

/** JSON values of every kind. Members may have the names of the prototype. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyText,
    fc.constantFrom(null, true, false, 0, -0, -1, 1e308, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(anyText, fc.constantFrom('id', 'first', 'after', 'name', '__proto__')),
      tie('value'),
      {
        maxKeys: 4,
        noNullPrototype: false,
      },
    ),
  ),
})).value;

/** A text with some of its characters removed, doubled, or replaced by another text. */
export function spoilt(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(100_000),
    length: fc.nat(12),
    by: fc.oneof(
      fc.constant(null),
      anyText,
      fc.constantFrom('{', '}', '(', '$', '...', '@', '!', '[', ',', ':'),
    ),
  });
  return fc.tuple(text, fc.array(change, { maxLength: 4 })).map(([whole, changes]) => {
    let changed = whole;
    for (const { at, length, by } of changes) {
      const from = at % (changed.length + 1);
      const cut = changed.slice(from, from + length);
      changed = changed.slice(0, from) + (by ?? cut + cut) + changed.slice(from + length);
    }
    return changed;
  });
}

const words = fc.constantFrom(
  ...'query mutation subscription fragment on { } ( ) [ ] ! $ @ ... : , = | & " """ # 1 -1 1.5e9 true null'.split(
    ' ',
  ),
  ...'room rooms session template node nodes peer id first after filter edges cursor pageInfo hmsId name __typename'.split(
    ' ',
  ),
  ...'__schema __type Room Peer Query include skip if sendMessage endRoom input roomId $id F a'.split(' '),
);

/** Documents: words of the language and of the schema in any order, and corrupted versions of `good`. */
export function anyDocument(good: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: spoilt(fc.constantFrom(...good)) },
    { weight: 1, arbitrary: fc.array(words, { maxLength: 60 }).map((all) => all.join(' ')) },
    { weight: 1, arbitrary: anyText },
  );
}

const values: Readonly<Record<string, readonly string[]>> = {
  accept: ['application/json', '*/*', 'text/event-stream', 'multipart/mixed', 'text/html;q=0', ';;q=,', '*'],
  'content-type': [
    'application/json',
    'application/json; charset=latin1',
    'text/plain',
    'multipart/form-data',
    'x',
  ],
  authorization: ['Bearer ', 'Bearer a.b.c', 'Basic eDp5', 'Bearer hgk_x', 'bearer bearer'],
  'accept-encoding': ['gzip', 'br;q=1, gzip;q=0', 'identity;q=0', '*;q=x', 'zstd'],
  'content-encoding': ['gzip', 'br', 'identity', 'x'],
  'x-request-id': ['r-1', 'a'.repeat(300), 'ä'],
  traceparent: ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-0-0-0', 'x'],
  origin: ['http://localhost:3000', 'null', 'https://evil.example', 'http://['],
  host: ['localhost', '127.0.0.1:1', '[::1]', 'evil.example', 'a b', '%'],
  forwarded: ['for=1.2.3.4', 'for="[::1]:x";by=_', '=;,'],
  'x-forwarded-for': ['1.2.3.4', ', ,', 'x'],
  'last-event-id': ['x', 'é', '0'],
  'sec-fetch-site': ['cross-site', 'same-origin', 'x'],
  'x-gateway-upstream': ['1', '2'],
  expect: ['100-continue', 'x'],
  connection: ['keep-alive', 'upgrade', 'close, x'],
  upgrade: ['websocket', 'h2c', 'x'],
  'sec-websocket-version': ['13', '8'],
  'sec-websocket-key': ['dGhlIHNhbXBsZSBub25jZQ==', 'x'],
  'sec-websocket-protocol': ['graphql-transport-ws', 'graphql-ws', ','],
  'if-none-match': ['*', 'W/"x"', '"'],
  'x-webhook-secret': ['x', ''],
  cookie: ['a=b'],
};
const headerText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) }),
);
const header = fc
  .constantFrom(...Object.keys(values))
  .chain((name) =>
    fc.oneof(fc.constantFrom(...(values[name] ?? [''])), headerText).map((value) => `${name}: ${value}`),
  );

/** The bytes of HTTP requests, of latin1 characters. Each ends its connection, unless its headers or length are wrong. */
export const anyRequest: fc.Arbitrary<string> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'OPTIONS', 'PUT', 'HEAD', 'DELETE', 'BREW'),
    target: fc.constantFrom(
      '/graphql',
      '/graphql',
      '/graphql',
      '/graphql?query={__typename}',
      '/graphql?query=%',
      '/graphql?query={rooms(first:1){edges{cursor}}}&variables={',
      '/health',
      '/ready',
      '/metrics',
      '/webhooks/100ms',
      '/live',
      '//',
      '*',
      'http://x/graphql',
      '/%00',
      '/__proto__',
    ),
    headers: fc.array(header, { maxLength: 6 }),
    body: fc.oneof(
      fc.constantFrom(
        '',
        '{"query":"{ __typename }"}',
        '{"query":"{ rooms(first: 1) { edges { cursor } } }"}',
        '[]',
        'null',
      ),
      spoilt(
        fc.constant(
          '{"query":"query Q($id: ID!) { room(id: $id) { name } }","variables":{"id":"x"},"operationName":"Q"}',
        ),
      ),
      fc.json(),
    ),
    length: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.constantFrom(-1, -5)),
  })
  .map(({ method, target, headers, body, length }) => {
    const bytes = Buffer.from(body).toString('latin1');
    const own = [
      ...(headers.some((one) => one.startsWith('host:')) ? [] : ['host: localhost']),
      ...(headers.some((one) => one.startsWith('content-type:')) ? [] : ['content-type: application/json']),
      ...(headers.some((one) => one.startsWith('connection:')) ? [] : ['connection: close']),
      `content-length: ${Math.max(0, bytes.length + length)}`,
    ];
    return `${method} ${target} HTTP/1.1\r\n${[...headers, ...own].join('\r\n')}\r\n\r\n${bytes}`;
  });

const samples = ['core', 'media'].flatMap(
  (name) =>
    // The files have the samples of the vendor's reference.
    JSON.parse(
      readFileSync(new URL(`../fixtures/webhooks-${name}.json`, import.meta.url), 'utf8'),
    ) as object[],
);

/** Bodies of webhooks: corrupted samples, samples with other values, and any JSON. */
export const anyWebhook: fc.Arbitrary<string> = fc.oneof(
  spoilt(fc.constantFrom(...samples.map((sample) => JSON.stringify(sample)))),
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.dictionary(fc.constantFrom('id', 'type', 'timestamp', 'data', 'x'), anyJson),
    )
    .map(([sample, changes]) => JSON.stringify({ ...sample, ...changes })),
  anyJson.map((value) => JSON.stringify(value)),
);

const messages = [
  { type: 'connection_init', payload: {} },
  { type: 'ping' },
  { type: 'pong', payload: { x: 1 } },
  { id: '1', type: 'subscribe', payload: { query: '{ __typename }' } },
  { id: '2', type: 'subscribe', payload: { query: 'subscription { sessionChanges { __typename } }' } },
  { id: '1', type: 'complete' },
].map((message) => JSON.stringify(message));

const frame = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...messages) },
  { weight: 4, arbitrary: spoilt(fc.constantFrom(...messages)) },
  {
    weight: 1,
    arbitrary: anyJson.map((payload) => JSON.stringify({ id: '3', type: 'subscribe', payload })),
  },
  { weight: 1, arbitrary: anyJson.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
);

/** Frames of WebSockets, texts or bytes, in the order in which they are sent. Half of them begin as they should. */
export const anyFrames: fc.Arbitrary<readonly (string | Uint8Array)[]> = fc
  .tuple(fc.constantFrom([], messages.slice(0, 1)), fc.array(frame, { maxLength: 6 }))
  .map((parts) => parts.flat());
