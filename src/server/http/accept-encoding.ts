// Reads `Accept-Encoding`: chooses the coding of an answer. No other file reads this header. Sources: RFC 9110 sections 12.5.3
// and 8.4.1.
import { weightOf } from './accept.ts';

/** A content coding in which the gateway sends. */
export type Coding = 'br' | 'gzip';

/** What a client accepts in addition to uncompressed text. */
export interface AcceptedCoding {
  /** The coding that it prefers, Brotli if it has no preference; null if it accepts neither, or prefers uncompressed text. */
  readonly coding: Coding | null;
  /** Whether it refuses uncompressed text. If it also refuses all codings, it gets uncompressed text anyway. */
  readonly refusesPlain: boolean;
}

const PLAIN_ONLY: AcceptedCoding = { coding: null, refusesPlain: false };

/**
 * The coding for a value of `Accept-Encoding`. Without the header an answer is not compressed, because few such clients could
 * read it.
 */
export function acceptedCoding(header: string | null | undefined): AcceptedCoding {
  if (header == null || header.trim() === '') return PLAIN_ONLY;
  const weights = weightsOf(header);
  const others = weights.get('*');
  const br = weights.get('br') ?? others ?? 0;
  const gzip = weights.get('gzip') ?? others ?? 0;
  const plain = weights.get('identity') ?? (others === 0 ? 0 : undefined);
  const best = Math.max(br, gzip);
  // Uncompressed text is accepted even if it is not named, and then with the lowest weight.
  const isCompressed = best > 0 && best >= (plain ?? 0);
  return { coding: isCompressed ? (br === best ? 'br' : 'gzip') : null, refusesPlain: plain === 0 };
}

/** The weight of each name, in lower case. If a name occurs twice, its higher weight counts. */
function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const member of header.split(',')) {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '');
    const coding = name.replace(/^x-gzip$/, 'gzip');
    weights.set(coding, Math.max(weights.get(coding) ?? 0, weightOf(q ?? null)));
  }
  return weights;
}
