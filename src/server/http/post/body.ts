// Reads the body of a request by Node's events, without the fetch API.
import { isAscii } from 'node:buffer';
import type { Exchange } from './exchange.ts';

/** Reads the bytes of a body. `too large`: it has more than `maxBytes`; `gone`: the client disconnected before its end. */
export function readBody(
  { request, body }: Pick<Exchange, 'request' | 'body'>,
  maxBytes: number,
): Promise<Buffer | 'too large' | 'gone'> {
  if (body !== undefined) return Promise.resolve(body.length > maxBytes ? 'too large' : body);
  return new Promise((resolve) => {
    let first: Buffer | undefined;
    let chunks: Buffer[] | undefined;
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest of a body that is too large is read and dropped: a client that is cut off does not read the answer.
      if (size > maxBytes) resolve('too large');
      else if (first === undefined) first = chunk;
      else (chunks ??= [first]).push(chunk);
    });
    request.once('end', () =>
      resolve(chunks === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(chunks)),
    );
    request.once('close', () => resolve('gone'));
  });
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** The text of a body, without a byte order mark; null: it is not UTF-8. */
export function textOfBody(bytes: Buffer): string | null {
  if (isAscii(bytes)) return bytes.toString('latin1');
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}
