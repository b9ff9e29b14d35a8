// Compressed answers: which coding a client gets, what is compressed, and that decoding gives the plain answer.
import { once } from 'node:events';
import { request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { acceptedCoding } from '../../../src/server/http/accept-encoding.ts';
import { graphiqlOf, startTestServer } from '../../support/server.ts';

describe('the coding by Accept-Encoding', () => {
  it.each([
    [null, null],
    ['', null],
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['deflate, zstd', null],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip;q=0', null],
    ['gzip ; q=0.0 , br;q=0', null],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0.001, gzip;q=0', 'br'],
    ['gzip;q=0.5, identity', null],
    ['gzip;q=0.5, identity;q=0.5', 'gzip'],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['gzip, *;q=0', 'gzip'],
    ['gzip;level=9;q=1', 'gzip'],
    ['gzip;q=high', 'gzip'],
    ['gzipped, brx', null],
    [',,;', null],
  ])('%s: %s', (header, coding) => {
    expect(acceptedCoding(header).coding).toBe(coding);
  });

  it.each([
    ['gzip, identity;q=0', true],
    ['gzip, *;q=0', true],
    ['identity;q=0, *', true],
    ['*;q=0, identity;q=0.1', false],
    ['gzip', false],
    ['*', false],
    [null, false],
  ])('%s refuses the plain text: %s', (header, refusesPlain) => {
    expect(acceptedCoding(header).refusesPlain).toBe(refusesPlain);
  });
});

const decoders = { br: brotliDecompressSync, gzip: gunzipSync } as const;
const LONG = '{ __schema { types { name fields { name description } } } }';
const SHORT = '{ hello }';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request whose answer is not decoded. With a body it is a POST. */
async function ask(url: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Received> {
  const request = send(url, { method: body === undefined ? 'GET' : 'POST', headers });
  request.end(body);
  // The only argument of the event.
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = await response.toArray();
  return { headers: response.headers, body: Buffer.concat(chunks) };
}

function post(url: string, query: string, headers: Readonly<Record<string, string>> = {}) {
  return ask(`${url}/graphql`, { 'content-type': 'application/json', ...headers }, JSON.stringify({ query }));
}

describe('a long JSON answer', () => {
  it.each(['br', 'gzip'] as const)('is sent in %s, with its length', async (coding) => {
    await using server = await startTestServer();
    const plain = await post(server.url, LONG);
    const { headers, body } = await post(server.url, LONG, { 'accept-encoding': coding });
    expect(headers['content-encoding']).toBe(coding);
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers['content-type']).toBe(plain.headers['content-type']);
    expect(body.length).toBeLessThan(plain.body.length / 2);
    expect(decoders[coding](body).equals(plain.body)).toBe(true);
  });

  it('tells caches that it depends on Accept-Encoding, compressed or not', async () => {
    await using server = await startTestServer();
    for (const headers of [{}, { 'accept-encoding': 'gzip' }]) {
      const answer = await post(server.url, LONG, headers);
      expect(answer.headers.vary).toMatch(/\baccept-encoding\b/i);
    }
  });

  it.each([undefined, 'identity', 'gzip;q=0, br;q=0', 'deflate'])(
    'is sent as it is to a client with Accept-Encoding %s',
    async (accepted) => {
      await using server = await startTestServer();
      const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
      const answer = await post(server.url, LONG, headers);
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(JSON.parse(answer.body.toString())).toMatchObject({ data: { __schema: {} } });
    },
  );

  it('is compressed for GET too, and a refusal if it is long', async () => {
    await using server = await startTestServer();
    const headers = { 'accept-encoding': 'gzip', accept: 'application/graphql-response+json' };
    const query = await ask(`${server.url}/graphql?query=${encodeURIComponent(LONG)}`, headers);
    expect(query.headers['content-encoding']).toBe('gzip');
    const faults = Array.from({ length: 9 }, (_, index) => `unknown${'x'.repeat(90)}${index}`).join(' ');
    const refusal = await post(server.url, `{ ${faults} }`, headers);
    expect(refusal.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    expect(gunzipSync(refusal.body).toString()).toContain('"errors"');
  });
});

describe('sent as it is', () => {
  it('is a short answer, unless the client refuses that', async () => {
    await using server = await startTestServer();
    const short = await post(server.url, SHORT, { 'accept-encoding': 'gzip' });
    expect(short.headers['content-encoding']).toBeUndefined();
    expect(short.body.toString()).toContain('"hello":"world"');
    const coded = await post(server.url, SHORT, { 'accept-encoding': 'gzip, identity;q=0' });
    expect(gunzipSync(coded.body).equals(short.body)).toBe(true);
  });

  it.each(['text/event-stream', 'multipart/mixed'])('is an answer in %s', async (accept) => {
    await using server = await startTestServer();
    const answer = await post(server.url, LONG, { 'accept-encoding': 'gzip', accept });
    expect(answer.headers['content-type']).toContain(accept);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toContain('"__schema"');
  });
});

describe('other routes', () => {
  it('/metrics is compressed', async () => {
    const metrics = { contentType: 'text/plain', text: () => Promise.resolve('hms_x 1\n'.repeat(500)) };
    await using server = await startTestServer({ metrics });
    const { headers, body } = await ask(`${server.url}/metrics`, { 'accept-encoding': 'gzip' });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(gunzipSync(body).toString()).toBe(await metrics.text());
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=0', undefined],
  ])('a file of GraphiQL for %s is sent in %s', async (accepted, coding) => {
    const content = 'const x = 1;\n'.repeat(500);
    await using server = await startTestServer({ graphiql: graphiqlOf(content) });
    const { headers, body } = await ask(`${server.url}/graphql/graphiql.js`, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(coding);
    expect(headers['content-length']).toBe(String(body.length));
    const decoded = coding === 'br' || coding === 'gzip' ? decoders[coding](body) : body;
    expect(decoded.toString()).toBe(content);
  });
});
