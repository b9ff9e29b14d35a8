// The route to which the vendor posts its webhooks, in the gateway's own server and in that of another program. The vendor
// documents no signature, only a header with a secret of the customer's choice. A forged webhook must therefore do little harm:
// the gateway takes it as a hint to poll the room. Source: the vendor's webhook guide.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { parseJsonBytesLeniently } from './json-bytes.ts';
import type { Secret } from '../../secret.ts';

/** The options of `createWebhookReceiver`; each one is required. */
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

/** A webhook that arrives. */
export interface Delivery {
  readonly method: string | undefined;
  /** The value of a header, by its name in lower case; anything but a text is a wrong secret. */
  readonly header: (name: string) => unknown;
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Resolves to the status with which a delivery is to be answered. Never rejects. */
export type ReceiveWebhook = (delivery: Delivery) => Promise<number>;

/** The path of the route. */
export const WEBHOOKS_PATH = '/webhooks/100ms';

/** Whether a path is that of the route, or the same behind a prefix, as in a server that mounts its parts. */
export function isWebhookPath(path: string): boolean {
  return path.replace(/\/$/, '').endsWith(WEBHOOKS_PATH);
}

/** Largest body accepted, in bytes. The vendor's samples have up to a few kilobytes. */
const MAX_BODY_BYTES = 256 * 1024;

class BodyTooLarge extends Error {}

/**
 * Receives deliveries. Answers 200 (accepted), 400 (malformed body), 401 (wrong or missing secret), 405 (not a POST) or 413 (body
 * over 256 KiB). The work begins when the answer has been sent. The vendor repeats a delivery until the answer is 200.
 */
export function createWebhookReceiver(options: WebhookOptions): ReceiveWebhook {
  const digests = options.secrets.map((secret) => digestOf(secret.reveal()));
  return async ({ method, header, body }) => {
    if (method !== 'POST') return 405;
    const secret = header(options.secretHeader);
    if (typeof secret !== 'string' || !isOneOf(digests, secret)) return 401;
    try {
      setImmediate(options.accept(parseJsonBytesLeniently(await readBody(body))));
      return 200;
    } catch (error) {
      if (error instanceof BodyTooLarge) return 413;
      options.log.warn({ reason: reasonOf(error) }, 'a webhook was refused as malformed');
      return 400;
    }
  };
}

/** Answers a delivery to Node's HTTP server. `body`: it was read before; default: it is unread. */
export async function serveWebhook(
  receive: ReceiveWebhook,
  request: IncomingMessage,
  response: ServerResponse,
  body?: Uint8Array,
): Promise<void> {
  const { method, headers } = request;
  const header = (name: string) => headers[name];
  const status = await receive({ method, header, body: body === undefined ? request : [body] });
  response.writeHead(status, { 'content-length': 0, ...headersOf(status) }).end();
}

/** Answers a delivery of the fetch API. */
export async function fetchWebhook(receive: ReceiveWebhook, request: Request): Promise<Response> {
  const { method, headers, body } = request;
  const status = await receive({ method, header: (name) => headers.get(name), body: body ?? [] });
  return new Response(null, { status, headers: headersOf(status) });
}

/** A refused method comes with the allowed one (RFC 9110 section 15.5.6). */
function headersOf(status: number): Readonly<Record<string, string>> {
  return status === 405 ? { allow: 'POST' } : {};
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

async function readBody(body: Delivery['body']): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // A body that is too large is read to its end but not kept, because a sender that is cut off does not read the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
  return Buffer.concat(chunks);
}

/**
 * The reason for the log. The message of a JSON parser can quote the body, which may contain personal data; other messages do
 * not.
 */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'The body is not valid JSON.';
  return error instanceof Error ? error.message : 'unknown';
}
