// The body of a GraphQL request. Yoga's parser reads bytes that are not UTF-8 as U+FFFD, which a mutation would then store.
import { GraphQLError } from 'graphql';
import { parseJsonBytes } from './json-bytes.ts';
import { brokenBody } from '../refusals.ts';
import { isUtf8, parseMediaType } from './media-type.ts';

/** Whether the headers declare uncompressed JSON in UTF-8. Browsers send a preflight before they post it across origins. */
export function declaresJson(headers: Headers): boolean {
  return isPlainJson(headers.get('content-type') ?? '') && !isEncoded(headers.get('content-encoding'));
}

/** Whether a `Content-Encoding` says that a body is compressed. `identity` says that it is not. */
export function isEncoded(coding: string | null | undefined): boolean {
  return coding != null && !/^\s*(identity)?\s*$/i.test(coding);
}

/** Whether a `Content-Type` says JSON in UTF-8. */
export function isPlainJson(contentType: string): boolean {
  const type = parseMediaType(contentType);
  return type?.essence === 'application/json' && isUtf8(type);
}

/**
 * Reads the body, with or without a byte order mark. Rejects with BAD_USER_INPUT if it is not UTF-8 or not a JSON object or
 * list, and passes on the GraphQLError of a body that is too large.
 */
export async function readJsonBody(request: Request): Promise<object> {
  try {
    return jsonIn(new Uint8Array(await request.arrayBuffer()));
  } catch (error) {
    throw error instanceof GraphQLError ? error : brokenBody();
  }
}

/** The JSON object or list in the bytes of a body. Throws BAD_USER_INPUT if the body is anything else. */
export function jsonIn(bytes: Uint8Array): object {
  try {
    const body = parseJsonBytes(bytes);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Not UTF-8, or no JSON.
  }
  throw brokenBody();
}
