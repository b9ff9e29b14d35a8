// The local part of a global id: the vendor's id, or a pair of ids if the vendor's id is unique only within another object.
import { VENDOR_ID_PATTERN } from '../src/rest/shapes/vendor-id.ts';

/** Most of the vendor's ids: 24 hexadecimal digits. */
export const HEX_24 = /^[0-9a-f]{24}$/i;

/** Any id that the vendor may return; see `VENDOR_ID_PATTERN`. */
export const VENDOR_ID = new RegExp(VENDOR_ID_PATTERN, 'u');

/**
 * The vendor ids of peers that are accepted in arguments: UUIDs, and other words joined by hyphens, such as `sip-peer-1`. A peer
 * with another id must be named by its global id.
 */
export const PEER_ID = /^(?=.{3,200}$)[a-z\d]+(?:-[a-z\d]+)+$/i;

/** How the local ids of a Node type look. Ids that do not match are refused before a URL is built from them. */
export interface LocalId {
  readonly kind: 'hex' | 'pair';
  readonly matches: (localId: string) => boolean;
}

/** The local id is the vendor's id: 24 hexadecimal digits as documented, but whatever the vendor has returned is accepted. */
export const hexId = {
  kind: 'hex',
  matches: (localId: string) => VENDOR_ID.test(localId),
} as const satisfies LocalId;

/** The local id is the vendor's id of another object, a colon, and a text that `second` accepts. */
export function pairId(second: (value: string) => boolean) {
  return {
    kind: 'pair',
    matches: (localId: string) => {
      const [left, right] = splitPair(localId);
      return VENDOR_ID.test(left) && second(right);
    },
  } as const satisfies LocalId;
}

/** The two halves of a local id such as a peer's (room id, peer id): the first colon divides them. */
export function splitPair(localId: string): readonly [string, string] {
  const colon = localId.indexOf(':');
  return colon < 0 ? [localId, ''] : [localId.slice(0, colon), localId.slice(colon + 1)];
}
