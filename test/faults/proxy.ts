// A proxy between the gateway and the sandbox that can be told to misbehave, for one family of endpoints or for all.
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What the proxy does in place of passing a request on. `null`: it passes it on. */
export type Behaviour = (exchange: Exchange) => void | Promise<void>;

/** A request that has arrived, and the means to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The sandbox's answer to the request. */
  readonly answer: () => Promise<{ readonly status: number; readonly body: Buffer }>;
}

/** A request that has arrived. */
export interface Arrival {
  readonly family: string;
  readonly path: string;
  /** By `performance.now()`. */
  readonly at: number;
  /** Whether its answer ended before the gateway closed the connection; null while it runs. */
  ended: boolean | null;
}

/** Listens on loopback until it is disposed of. */
export class FaultProxy implements AsyncDisposable {
  readonly arrivals: Arrival[] = [];
  readonly #upstream: URL;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  readonly #behaviours = new Map<string, Behaviour>();
  #port = 0;

  private constructor(upstream: URL) {
    this.#upstream = upstream;
  }

  /** Starts a proxy of the sandbox at this URL. */
  static async start(upstream: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(upstream));
    await proxy.listen();
    return proxy;
  }

  /** The base URL of the REST API behind the proxy. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}${this.#upstream.pathname}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Misbehaves from now on: in one family of endpoints, or in all (`*`). */
  set(behaviour: Behaviour, family = '*'): void {
    this.#behaviours.set(family, behaviour);
  }

  /** Behaves again. */
  heal(): void {
    this.#behaviours.clear();
  }

  /** Refuses connections, and closes those that there are. */
  async refuse(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Listens, again on the same port after `refuse`. */
  async listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port; // a TCP server has such an address
  }

  /** Closes the connections; new ones are accepted. */
  closeConnections(): void {
    this.#server.closeAllConnections();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').slice(this.#upstream.pathname.length);
    const family = path.split(/[/?]/)[1] ?? '';
    const arrival: Arrival = { family, path, at: performance.now(), ended: null };
    this.arrivals.push(arrival);
    response.on('error', () => undefined);
    response.on('close', () => (arrival.ended = response.writableFinished));
    const answer = () => this.#ask(request, path);
    const behaviour = this.#behaviours.get(family) ?? this.#behaviours.get('*') ?? pass;
    try {
      await behaviour({ request, response, answer });
    } catch {
      response.destroy();
    }
  }

  async #ask(request: IncomingMessage, path: string) {
    const { method, headers } = request;
    const { hostname, port, pathname } = this.#upstream;
    const asked = forward({ hostname, port, method, headers, path: `${pathname}${path}`, agent: false });
    request.pipe(asked);
    // The event `response` has the answer as its argument.
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const body = Buffer.concat(await answer.toArray());
    return { status: answer.statusCode ?? 502, body };
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Passes the request on, and the answer back. */
export const pass: Behaviour = async ({ response, answer }) => {
  const { status, body } = await answer();
  response.writeHead(status, { ...JSON_TYPE, 'content-length': body.length }).end(body);
};

/** Resets the connection before there is an answer. */
export const reset: Behaviour = ({ request }) => void request.socket.resetAndDestroy();

/** Sends half of the body, then resets the connection. */
export const resetMidBody: Behaviour = async (exchange) => {
  await sendHalf(exchange);
  exchange.request.socket.resetAndDestroy();
};

/** Sends half of the body, then nothing more. */
export const hangMidBody: Behaviour = async (exchange) => sendHalf(exchange);

/** Never answers. */
export const hang: Behaviour = () => undefined;

async function sendHalf({ response, answer }: Exchange): Promise<void> {
  const { status, body } = await answer();
  response.writeHead(status, { ...JSON_TYPE, 'content-length': body.length + 1 });
  await new Promise<void>((sent) =>
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => sent()),
  );
}

/** Sends the body byte by byte, ten a second. */
export const drip: Behaviour = async ({ response, answer }) => {
  const { status, body } = await answer();
  response.writeHead(status, JSON_TYPE);
  let at = 0;
  const timer = setInterval(() => {
    if (response.destroyed || at >= body.length) return clearInterval(timer);
    response.write(body.subarray(at, (at += 1)));
  }, 100);
};

/** Sends half of the JSON text as if that were all. */
export const truncate: Behaviour = async ({ response, answer }) => {
  const { status, body } = await answer();
  response.writeHead(status, JSON_TYPE).end(body.subarray(0, body.length / 2));
};

/** Sends what is no JSON under the type of JSON. */
export const malform: Behaviour = ({ response }) =>
  void response.writeHead(200, JSON_TYPE).end('{"data": [,]}');

/** Answers with this status, and headers. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return ({ response }) =>
    void response.writeHead(code, { ...JSON_TYPE, ...headers }).end(JSON.stringify({ code, message: 'no' }));
}

/** The error page of a proxy before the REST API. */
export const html502: Behaviour = ({ response }) =>
  void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');

const HUGE_BYTES = 200_000_000;
const PART = Buffer.alloc(64 * 1024, 'x');

/** Sends 200 MB, of which the length is not announced. */
export const huge: Behaviour = ({ response }) => {
  response.writeHead(200, JSON_TYPE);
  response.write('["');
  let sent = 0;
  const more = () => {
    while (sent < HUGE_BYTES && !response.destroyed) {
      sent += PART.length;
      if (response.write(PART)) continue;
      response.once('drain', more);
      return;
    }
    response.end('"]');
  };
  more();
};

const BOMB = gzipSync(Buffer.alloc(HUGE_BYTES / 4, 'x'));

/** Sends a small body that unpacks to 50 MB. */
export const bomb: Behaviour = ({ response }) =>
  void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(BOMB);

/** Sends the caller elsewhere. */
export const redirect: Behaviour = status(302, { location: 'http://127.0.0.1:9/v2/rooms' });

/** Takes turns between misbehaving and passing on, each for `ms` milliseconds. */
export function flapping(behaviour: Behaviour, ms: number): Behaviour {
  const since = performance.now();
  return (exchange) =>
    Math.floor((performance.now() - since) / ms) % 2 === 0 ? behaviour(exchange) : pass(exchange);
}

/** Misbehaves at the first `times` requests. */
export function first(times: number, behaviour: Behaviour): Behaviour {
  let left = times;
  return (exchange) => {
    left -= 1;
    return left >= 0 ? behaviour(exchange) : pass(exchange);
  };
}
