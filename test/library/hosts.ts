// Servers of web frameworks with a gateway behind `/api/graphql`, each as docs/library.md shows it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable, Writable } from 'node:stream';
import express from 'express';
import fastify from 'fastify';
import type { Mount } from '../../src/server/mount/mount.ts';
import { listenOnLoopback } from '../support/loopback.ts';

/** A server that listens. */
export interface HostServer extends AsyncDisposable {
  /** The URL above `/graphql`. */
  readonly url: string;
}

/** Starts a framework's server with the handlers of a gateway behind `/api/graphql`. */
export type StartHost = (gateway: Mount) => Promise<HostServer>;

const PATH = '/api/graphql';
const WEBHOOKS = '/webhooks/100ms';

async function served(server: Server): Promise<HostServer> {
  const listening = await listenOnLoopback(server);
  return { url: `${listening.url}/api`, [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose]() };
}

/** Upgrades at other paths are the host's. */
function withWebSockets(server: Server, gateway: Mount): Server {
  return server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?', 1)[0] === PATH) gateway.upgrade(request, socket, head);
    else socket.destroy();
  });
}

/** `node:http`. */
export const inNode: StartHost = (gateway) => served(withWebSockets(createServer(gateway.listener), gateway));

const inExpress: StartHost = (gateway) => {
  const app = express();
  app.use([PATH, WEBHOOKS], gateway.listener);
  return served(withWebSockets(createServer(app), gateway));
};

/** Express, whose parser reads each body of JSON first. */
export const behindBodyParser: StartHost = (gateway) => {
  const app = express();
  app.use(express.json());
  app.use([PATH, WEBHOOKS], gateway.listener);
  return served(withWebSockets(createServer(app), gateway));
};

const inFastify: StartHost = async (gateway) => {
  const app = fastify();
  app.register(async (scope) => {
    // The gateway reads the body itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    for (const url of [PATH, WEBHOOKS])
      scope.route({
        method: ['GET', 'POST', 'OPTIONS'],
        url,
        handler: (request, reply) => {
          reply.hijack();
          gateway.listener(request.raw, reply.raw);
        },
      });
  });
  withWebSockets(app.server, gateway);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `${url}/api`,
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
};

/**
 * Calls the handlers of a route as Next.js does: a Request whose signal aborts when the client leaves, the parameters of the path as the
 * second argument, and a Response, of the global class, whose body is sent as it comes.
 */
export const asNextRoute: StartHost = (gateway) => {
  const route = { GET: gateway.fetch, POST: gateway.fetch, OPTIONS: gateway.fetch };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const leaving = new AbortController();
    response.on('close', () => leaving.abort());
    const handler = Object.entries(route).find(([method]) => method === request.method)?.[1];
    const answered = await handler?.(requestOf(request, leaving.signal), { params: Promise.resolve({}) });
    if (!(answered instanceof Response)) throw new TypeError('No response is returned from route handler');
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    if (answered.body === null) response.end();
    // A body that fails, or a client that leaves, ends both.
    else await answered.body.pipeTo(Writable.toWeb(response)).catch(() => response.destroy());
  };
  return served(createServer((request, response) => void answer(request, response)));
};

function requestOf(request: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url = '', headers } = request;
  const hasBody = method === 'POST';
  const init = {
    method,
    headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    signal,
  };
  return new Request(`http://${headers.host}${url}`, {
    ...init,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  });
}

/** The hosts by their names; those with `hasWebSockets` have a server of Node's that tells of upgrades. */
export const hosts: readonly {
  readonly host: string;
  readonly start: StartHost;
  readonly hasWebSockets: boolean;
}[] = [
  { host: 'node:http', start: inNode, hasWebSockets: true },
  { host: 'Express', start: inExpress, hasWebSockets: true },
  { host: 'Express with express.json()', start: behindBodyParser, hasWebSockets: true },
  { host: 'Fastify', start: inFastify, hasWebSockets: true },
  { host: 'a route handler of Next.js', start: asNextRoute, hasWebSockets: false },
];
