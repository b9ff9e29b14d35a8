// HTTP written to a plain socket, for requests that HTTP clients do not send.
import { connect, type Socket } from 'node:net';
import { watchAnswer } from './canary.ts';

/** Opens a connection to the server at `url`. */
export function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The text of a request for an upgrade to WebSocket. */
export function upgradeRequest(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({
    host: 'localhost:4000',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-protocol': 'graphql-transport-ws',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** Sends `text` and resolves with the first data of the answer. The socket stays open and sends nothing more. */
export async function sendRaw(url: string, text: string): Promise<{ socket: Socket; answer: string }> {
  const socket = await openSocket(url);
  const answer = new Promise<string>((resolve) => {
    socket.once('data', (data) => {
      const text = data.toString();
      watchAnswer(text);
      resolve(text);
    });
    socket.once('close', () => resolve(''));
  });
  socket.on('error', () => undefined);
  socket.write(text);
  return { socket, answer: await answer };
}

/**
 * Sends `text` and resolves with the received data once it matches `end` or the server closes the connection. With
 * `times` the text is sent again on the same connection after each answer, and the last answer is returned. Then the
 * socket is destroyed.
 */
export async function exchangeRaw(
  url: string,
  text: string | Uint8Array,
  end: RegExp,
  times = 1,
): Promise<string> {
  const socket = await openSocket(url);
  socket.on('error', () => undefined);
  let answer = '';
  for (let turn = 0; turn < times; turn += 1) {
    answer = '';
    await new Promise<void>((resolve) => {
      socket.removeAllListeners('data');
      socket.on('data', (data) => {
        answer += data.toString();
        if (end.test(answer)) resolve();
      });
      socket.once('close', () => resolve());
      socket.write(text);
    });
    watchAnswer(answer);
  }
  socket.destroy();
  return answer;
}
