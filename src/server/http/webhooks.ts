// The route to which the vendor posts its webhooks. The vendor documents no signature, only a header with a secret of
// the customer's choice. A forged webhook must therefore do little harm: the gateway takes it as a hint to poll the room.
// Source: the vendor's webhook guide.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { parseJsonBytesLeniently } from './json-bytes.ts';
import type { Secret } from '../../secret.ts';

/** The options of the route; each one is required. */
export interface WebhookOptions {
  /** Accepted values of the secret header, at least one; two while the secret is being replaced. */
  readonly secrets: readonly Secret[];
  /** Name of the secret header, in lower case, as Node gives header names. */
  readonly secretHeader: string;
  /**
   * Checks the parsed body and returns the work to do after the answer has been sent. When it throws, the delivery is
   * answered with 400, and the error's message is logged: it must not repeat the body.
   */
  readonly accept: (body: unknown) => () => void;
  /** Gets one warning for each malformed body. */
  readonly log: Logger;
}

/** Largest body accepted, in bytes. The vendor's samples have up to a few kilobytes. */
const MAX_BODY_BYTES = 256 * 1024;

class BodyTooLarge extends Error {}

/**
 * The handler of the route. It answers before the work begins: 200 accepted, 400 malformed body, 401 wrong or missing
 * secret, 405 not a POST, 413 body over 256 KiB. The vendor repeats a delivery until the answer is 200.
 */
export function createWebhookHandler(
  options: WebhookOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const digests = options.secrets.map((secret) => digestOf(secret.reveal()));
  return async (request, response) => {
    if (request.method !== 'POST') return end(response, 405);
    const secret = request.headers[options.secretHeader];
    if (typeof secret !== 'string' || !isOneOf(digests, secret)) return end(response, 401);
    try {
      const work = options.accept(parseJsonBytesLeniently(await readBody(request)));
      end(response, 200);
      setImmediate(work);
    } catch (error) {
      if (error instanceof BodyTooLarge) return end(response, 413);
      options.log.warn({ reason: reasonOf(error) }, 'a webhook was refused as malformed');
      end(response, 400);
    }
  };
}

/** `timingSafeEqual` needs two buffers of one length, which digests have. */
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares with every digest, so that the time does not depend on which one matches. */
function isOneOf(digests: readonly Buffer[], secret: string): boolean {
  const digest = digestOf(secret);
  return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // A body that is too large is read to its end, not kept: a sender that is cut off does not read the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
  return Buffer.concat(chunks);
}

/** For the log. The message of a JSON parser can quote the body, which may hold personal data; others do not. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'The body is not valid JSON.';
  return error instanceof Error ? error.message : 'unknown';
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}
