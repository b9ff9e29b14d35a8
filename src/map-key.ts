// Keys of Maps that are made from external texts: ids of webhooks, documents, names of accounts.
// A namespace import, because Node before 20.12 has no `hash`: it would report the missing name, not the sentence of check-node.ts.
import * as crypto from 'node:crypto';

/** The longest text that is its own key, in characters. */
const MAX_LENGTH = 256;
const PREFIX = 'sha256:';

/**
 * A short key for a text of any length: the text itself, or its SHA-256 if it has more than `maxLength` characters (default
 * 256). Equal texts have
 * equal keys. V8 hashes a string of more than 16,383 characters by its length alone, so with such keys every access to a Map
 * compares all of them; and a Map would keep each text in memory.
 */
export function mapKey(text: string, maxLength = MAX_LENGTH): string {
  if (text.length <= maxLength && !text.startsWith(PREFIX)) return text;
  return PREFIX + crypto.hash('sha256', text, 'base64');
}
