// Unusual answers that the live API and similar systems have been seen to send, made from a correct answer or from an error.
import { STATUS_CODES } from 'node:http';

/** How the body of an error is written. `error`: `{"error": text}`; `details`: with `details` as a text. */
export type ErrorForm = 'error' | 'plain-text' | 'details';

type Json = Readonly<Record<string, unknown>>;

/**
 * An answer with a map of peers, of which the first is null, the second has a number as `user_id`, and the third an object
 * as `metadata`; further peers and other answers are unchanged.
 */
export function withOddPeers(body: unknown): unknown {
  const peers = isObject(body) ? body['peers'] : undefined;
  if (!isObject(body) || !isObject(peers)) return body;
  const odd = Object.entries(peers).map(([id, peer], at) => [id, oddPeer(peer, at)]);
  return { ...body, peers: Object.fromEntries(odd) };
}

function oddPeer(peer: unknown, at: number): unknown {
  if (at === 0) return null;
  if (at === 1) return Object.assign({}, peer, { user_id: 42 });
  return at === 2 ? Object.assign({}, peer, { metadata: { hand: true } }) : peer;
}

/** A copy in which each number, at any depth, is a string. */
export function withTextNumbers(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(withTextNumbers);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withTextNumbers(member)]));
}

/** The body of an error in an odd form. A text is sent as HTML. */
export function errorBody(
  status: number,
  form: ErrorForm,
  message = STATUS_CODES[status] ?? 'Unknown',
): unknown {
  if (form === 'plain-text') return message;
  if (form === 'error') return { error: message };
  return { code: status, message: STATUS_CODES[status] ?? 'Unknown', details: message };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
