// The local part of a global id: the vendor's id, or a pair of ids where the vendor's is unique only within another.

/** Most of the vendor's ids: 24 hexadecimal digits. */
export const HEX_24 = /^[0-9a-f]{24}$/i;

/** A peer's id. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** How the local ids of a Node type look. Ids that do not match are refused before a URL is built from them. */
export interface LocalId {
  readonly kind: 'hex' | 'pair';
  readonly matches: (localId: string) => boolean;
}

/** The local id is the vendor's id of 24 hexadecimal digits. */
export const hexId = {
  kind: 'hex',
  matches: (localId: string) => HEX_24.test(localId),
} as const satisfies LocalId;

/** The local id is the 24 hexadecimal digits of another object, a colon, and what `second` accepts. */
export function pairId(second: (value: string) => boolean) {
  return {
    kind: 'pair',
    matches: (localId: string) => {
      const [left, right] = splitPair(localId);
      return HEX_24.test(left) && second(right);
    },
  } as const satisfies LocalId;
}

/** The two halves of a local id such as a peer's (room id, peer id): the first colon divides them. */
export function splitPair(localId: string): readonly [string, string] {
  const colon = localId.indexOf(':');
  return colon < 0 ? [localId, ''] : [localId.slice(0, colon), localId.slice(colon + 1)];
}
