// The text of `next` messages of graphql-transport-ws, in parts.
import { partsOf, wellFormedJson, type TextOf } from '../operation/result-text.ts';

/** A `next` message up to its payload. */
export function nextPrefix(id: string): string {
  return `{"id":${wellFormedJson(JSON.stringify(id))},"type":"next","payload":`;
}

/** The payload and the end of the message, as bytes. */
export function payloadParts(result: object, textOf: TextOf): readonly Buffer[] {
  return partsOf('', result, '}', textOf);
}
