// The route that the vendor's webhooks are sent to. There is no signature: a secret header is all that is documented,
// so a webhook is believed only as a hint, and what it says of rooms is looked up.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Secret } from '../../secret.ts';

export interface WebhookOptions {
  /** Accepted values of the secret header: more than one while a secret is being changed. */
  readonly secrets: readonly Secret[];
  /** Name of the secret header, in lower case. */
  readonly secretHeader: string;
  /** Checks a body and returns what is to be done with it, after the answer. Throws on a malformed one. */
  readonly accept: (body: unknown) => () => void;
  readonly log: Logger;
}

/** The largest body, in bytes; the vendor's largest samples have some kilobytes. */
const MAX_BODY_BYTES = 256 * 1024;

class BodyTooLarge extends Error {}

/** Answers a delivery at once: 200 taken, 400 malformed, 401 wrong secret, 405, 413. Only 200 ends its retries. */
export function createWebhookHandler(
  options: WebhookOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const digests = options.secrets.map((secret) => digestOf(secret.reveal()));
  return async (request, response) => {
    if (request.method !== 'POST') return end(response, 405);
    const given = request.headers[options.secretHeader];
    if (typeof given !== 'string' || !isOneOf(digests, given)) return end(response, 401);
    try {
      const work = options.accept(JSON.parse(await readBody(request)));
      end(response, 200);
      setImmediate(work);
    } catch (error) {
      if (error instanceof BodyTooLarge) return end(response, 413);
      options.log.warn({ reason: reasonOf(error) }, 'a webhook was refused as malformed');
      end(response, 400);
    }
  };
}

/** Digests have one length, so that comparing them takes one time. */
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares with every secret, wherever the match is. */
function isOneOf(digests: readonly Buffer[], given: string): boolean {
  const digest = digestOf(given);
  return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to its end all the same: who is cut off while sending does not get to see the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
  return Buffer.concat(chunks).toString('utf8');
}

/** What a parser says of a body may repeat it; what the check says does not. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'The body is no JSON.';
  return error instanceof Error ? error.message : 'unknown';
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}
