// Parses JSON from bytes: bodies of requests and webhooks, the manifest of persisted operations. Source: RFC 8259 section 8.1
// (UTF-8; a parser may ignore a byte order mark).

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/**
 * Parses JSON in UTF-8, with or without a byte order mark.
 * @throws SyntaxError if it is not JSON, TypeError if the bytes are not UTF-8.
 */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  return JSON.parse(strict.decode(bytes));
}

/**
 * The same, but bytes that are not UTF-8 are read as U+FFFD.
 * @throws SyntaxError if it is not JSON.
 */
export function parseJsonBytesLeniently(bytes: Uint8Array): unknown {
  return JSON.parse(lenient.decode(bytes));
}
