// An upstream that puts the received token and the workspace's secret into its answers, at every place that can contain a text.
import { createServer, type ServerResponse } from 'node:http';
import { CANARY } from './canary.ts';
import { listenOnLoopback } from './loopback.ts';

type Echo = (response: ServerResponse, said: string) => void;

function json(status: number, body: (said: string) => unknown): Echo {
  return (response, said) => {
    const head = { 'content-type': 'application/json', 'x-request-id': said };
    response.writeHead(status, head).end(JSON.stringify(body(said)));
  };
}

/** The kinds of answers, each given to every request, by name. */
export const echoes: Readonly<Record<string, Echo>> = {
  'a 400': json(400, (said) => ({ code: 400, message: said, details: [said, { deep: said }] })),
  'a 401': json(401, (said) => ({ code: 401, message: said })),
  'a 403 with a description': json(403, (said) => ({ code: 403, data: { description: said } })),
  'a 404': json(404, (said) => ({ code: 404, message: `not found: ${said}` })),
  'a 409': json(409, (said) => ({ code: 409, message: said })),
  'a 429': json(429, (said) => ({ code: 429, message: `${said} retry after 45 seconds` })),
  'a 500': json(500, (said) => ({ code: 500, message: said })),
  'a page of a proxy': (response, said) => {
    response.writeHead(502, { 'content-type': `text/html; ${said}` }).end(`<pre>${said}</pre>`);
  },
  'a redirect': (response, said) => {
    response.writeHead(302, { location: `http://127.0.0.1:1/${encodeURIComponent(said)}` }).end();
  },
  'broken JSON': (response, said) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"${said}`);
  },
  'another shape': json(200, (said) => ({ id: [said], data: [{ [said]: said }], peers: { [said]: said } })),
  'another kind': (response, said) => {
    response.writeHead(200, { 'content-type': said, 'content-encoding': said }).end(said);
  },
  'what is not HTTP': (response, said) => response.socket?.end(`${said}\r\n\r\n`),
  'a broken connection': (response, said) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(`{"id":"${said}`, () => response.destroy());
  },
};

export interface EchoingUpstream extends AsyncDisposable {
  /** Base URL of the API, with its version. */
  readonly apiUrl: string;
  /** The received `Authorization` headers. */
  readonly authorizations: readonly string[];
}

export async function startEchoingUpstream(echo: Echo): Promise<EchoingUpstream> {
  const authorizations: string[] = [];
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers;
    authorizations.push(authorization);
    request.resume();
    echo(response, `Authorization: ${authorization}, secret: ${CANARY}.`);
  });
  const listening = await listenOnLoopback(server);
  return {
    apiUrl: `${listening.url}/v2`,
    authorizations,
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
}
