// Objects whose values no schema checks, because they differ with the type of their event: each known key has its documented kind
// or null. An event is never refused, and never fails as a whole, for one odd value in it.
import type { Repair } from './repair.ts';
import { VENDOR_ID_PATTERN } from './vendor-id.ts';

/** `whole`: a number without fraction, of at most 32 bits. `id`: a text that the gateway takes back as an id. */
export type Kind = 'string' | 'id' | 'number' | 'whole' | 'boolean' | 'object';

const VENDOR_ID = new RegExp(VENDOR_ID_PATTERN, 'u');

/**
 * The same object if each of its known keys has its kind, is null or is missing; else a copy. There a value is converted if its
 * text says it (`"79"` is 79, 42 is `"42"`), a fraction is cut off where the kind is `whole`, and any other value is null.
 * `onMended` gets the key of each value that the copy has in another form, and what became of the value.
 */
export function withKinds<T extends object>(
  object: T,
  known: Readonly<Record<string, Kind>>,
  onMended?: (key: string, action: Repair['action']) => void,
): T {
  const mended: Record<string, unknown> = {};
  for (const [key, kind] of Object.entries(known)) {
    const value: unknown = Reflect.get(object, key);
    if (value === undefined || value === null) continue;
    const taken = converted(value, kind);
    if (taken === value) continue;
    mended[key] = taken;
    onMended?.(key, taken === null ? 'nulled' : 'converted');
  }
  return Object.keys(mended).length === 0 ? object : { ...object, ...mended };
}

function converted(value: unknown, kind: Kind): unknown {
  switch (kind) {
    case 'string':
      return textOf(value);
    case 'id': {
      const text = textOf(value);
      // An empty id counts as missing everywhere.
      return text === null || text === '' || VENDOR_ID.test(text) ? text : null;
    }
    case 'number':
      return numberOf(value);
    case 'whole': {
      const whole = Math.floor(numberOf(value) ?? NaN);
      // Bitwise operators cut a number to 32 bits.
      return whole === (whole | 0) ? whole : null;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' || (value === 'false' ? false : null);
    default:
      return typeof value === 'object' && !Array.isArray(value) ? value : null;
  }
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
