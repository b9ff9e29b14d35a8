// The REST API and the identity provider behind a real CONNECT proxy on loopback. The hosts `*.hms.test` exist only behind it.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { beforeAll, expect, it } from 'vitest';
import { JwtVerifier } from '../../src/auth/jwt.ts';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { RestClient } from '../../src/rest/client/client.ts';
import { listTemplates } from '../../src/rest/templates/templates.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials, gatewayCredentials } from '../support/canary.ts';
import { audience, issuer, makeKey, startIdentityProvider } from '../support/identity-provider.ts';
import { listenOnLoopback } from '../support/loopback.ts';

const pem = readFileSync(new URL('../fixtures/proxied-hosts.pem', import.meta.url), 'utf8');

beforeAll(() => {
  setDefaultCACertificates([...getCACertificates('default'), pem.slice(pem.indexOf('-----BEGIN CERT'))]);
});

/** A CONNECT proxy. Behind it is a TLS server for every host name, which passes requests on to `target`. */
async function startProxy(target: string) {
  const connects: { readonly host: string | undefined; readonly credentials: string | undefined }[] = [];
  const host = createTlsServer({ key: pem, cert: pem }, (request, response) => {
    const { method, headers, url } = request;
    const forwarded = httpRequest(new URL(url ?? '/', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(forwarded);
  });
  host.listen(0, '127.0.0.1');
  await once(host, 'listening');
  const address = host.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', ({ url, headers }, client, head) => {
    connects.push({ host: url, credentials: headers['proxy-authorization'] });
    const tunnel = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.write(head);
      tunnel.pipe(client).pipe(tunnel);
    });
    for (const socket of [client, tunnel])
      socket.on('error', () => undefined).on('close', () => tunnel.destroy());
  });
  const listening = await listenOnLoopback(proxy);
  return {
    url: listening.url,
    connects,
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
      host.closeAllConnections();
      host.close();
    },
  };
}

const vendor = {
  HMS_ACCESS_KEY: 'key',
  HMS_SECRET: 'secret',
  HMS_API_URL: 'https://api.hms.test/v2',
  GATEWAY_AUTH: 'jwt',
  GATEWAY_JWKS_URL: 'https://login.hms.test/keys',
  GATEWAY_JWT_ISSUER: issuer,
  GATEWAY_JWT_AUDIENCE: audience,
};

it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
  'the REST API is called through the proxy of %s, with its credentials',
  async (variable) => {
    await using sandbox = await startSandbox(canaryCredentials);
    await using proxy = await startProxy(sandbox.url);
    const url = proxy.url.replace('://', '://user:pass@');
    const config = readConfig({ ...vendor, [variable]: url });
    await using client = new RestClient({
      apiUrl: 'https://api.hms.test/v2',
      ...gatewayCredentials,
      proxy: config.proxy,
    });
    await listTemplates(client, { limit: 10 });
    const credentials = `Basic ${Buffer.from('user:pass').toString('base64')}`;
    expect(proxy.connects).toEqual([{ host: 'api.hms.test:443', credentials }]);
  },
);

it("the identity provider's keys are read through the proxy", async () => {
  await using provider = await startIdentityProvider(systemClock, [await makeKey('a')]);
  await using proxy = await startProxy(provider.jwksUrl);
  const { proxy: settings, authentication } = readConfig({ ...vendor, HTTPS_PROXY: proxy.url });
  if (authentication.jwt === null) throw new Error('no identity provider is configured');
  const verifier = new JwtVerifier({ ...authentication.jwt, clock: systemClock, proxy: settings });
  expect(await verifier.callerOf(await provider.sign())).toMatchObject({ name: 'jwt:ada' });
  expect(proxy.connects.map(({ host }) => host)).toEqual(['login.hms.test:443']);
});

it.each(['hms.test', '.hms.test', '*', 'other.test, api.hms.test:443'])(
  'NO_PROXY=%s keeps the REST API from the proxy',
  async (NO_PROXY) => {
    await using proxy = await startProxy('http://127.0.0.1:1');
    const config = readConfig({ ...vendor, HTTPS_PROXY: proxy.url, NO_PROXY });
    await using client = new RestClient({
      apiUrl: 'https://api.hms.test/v2',
      ...gatewayCredentials,
      proxy: config.proxy,
    });
    await expect(listTemplates(client, { limit: 10 })).rejects.toThrow("can't be reached");
    expect(proxy.connects).toEqual([]);
  },
);

it('loopback addresses, such as the sandbox, are called directly', async () => {
  await using sandbox = await startSandbox(canaryCredentials);
  await using proxy = await startProxy(sandbox.url);
  const config = readConfig({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
  await using client = new RestClient({ apiUrl: sandbox.url, ...gatewayCredentials, proxy: config.proxy });
  await listTemplates(client, { limit: 10 });
  expect(proxy.connects).toEqual([]);
});

it('a proxy that is no http or https URL is a configuration fault, reported without its value, if hosts other than loopback are called', () => {
  for (const url of ['socks5://user:CANARY@proxy', 'proxy:3128', 'CANARY']) {
    const fault = 'HTTPS_PROXY must be an http or https URL such as http://proxy.example:3128';
    expect(() => readConfig({ ...vendor, HTTPS_PROXY: url })).toThrow(fault);
    expect(() => readConfig({ ...vendor, HTTPS_PROXY: url })).not.toThrow('CANARY');
    expect(readConfig({ HTTPS_PROXY: url }).upstream.kind).toBe('sandbox');
  }
});
