// A TCP proxy on loopback that can cut connections, refuse them, or drop all bytes, like a network that is cut off.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A client's connection and the one to the server. */
type Pair = readonly [client: Socket, server: Socket];

/** Listens until it is disposed of. */
export class TcpProxy implements AsyncDisposable {
  readonly #target: number;
  readonly #server = createServer({ allowHalfOpen: true }, (socket) => this.#take(socket));
  readonly #pairs = new Set<Pair>();
  #swallows = false;
  #isCut = false;
  #refused = 0;

  private constructor(target: number) {
    this.#target = target;
  }

  /** Starts a proxy of a port of loopback. */
  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port; // a TCP server has such an address
  }

  /** The connections that are open. */
  get connections(): number {
    return this.#pairs.size;
  }

  /** How many new connections were reset because of `cut`. */
  get refused(): number {
    return this.#refused;
  }

  /** Resets the connections; new ones are accepted. */
  reset(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
    this.#pairs.clear();
  }

  /** Resets the connections, and new ones too, until `heal`. */
  cut(): void {
    this.#isCut = true;
    this.reset();
  }

  /** Drops all bytes in both directions, in existing and new connections, until `heal`. Neither side is notified. */
  blackhole(): void {
    this.#swallows = true;
  }

  /** Serves new connections again. Connections that have lost bytes are reset. */
  heal(): void {
    if (this.#swallows) this.reset();
    this.#swallows = false;
    this.#isCut = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.reset();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #take(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#isCut) {
      this.#refused += 1;
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    server.on('error', () => client.destroy());
    const pair: Pair = [client, server];
    this.#pairs.add(pair);
    this.#pass(client, server);
    this.#pass(server, client);
    for (const socket of pair) socket.on('close', () => !this.#swallows && this.#pairs.delete(pair));
  }

  #pass(from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => {
      if (!this.#swallows && !to.destroyed) to.write(bytes);
    });
    from.on('end', () => {
      if (!this.#swallows) to.end();
    });
    from.on('close', () => {
      if (!this.#swallows) to.destroy();
    });
  }
}
