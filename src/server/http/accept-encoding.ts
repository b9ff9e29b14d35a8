// Reads `Accept-Encoding`: chooses the coding of an answer. No other file reads this header. Sources: RFC 9110 sections 12.5.3
// and 8.4.1.
import { weightOf } from './accept.ts';

/** A content coding in which the gateway sends. */
export type Coding = 'br' | 'gzip';

/** What a client accepts beside the plain text. */
export interface AcceptedCoding {
  /** The coding that it prefers, Brotli if it prefers none; null: it accepts neither, or would rather have the plain text. */
  readonly coding: Coding | null;
  /** Whether it refuses the plain text. If it refuses all that there is, it is sent the plain text all the same. */
  readonly refusesPlain: boolean;
}

const PLAIN_ONLY: AcceptedCoding = { coding: null, refusesPlain: false };

/** The coding by the value of `Accept-Encoding`. Without the header an answer is not compressed: few such clients could read it. */
export function acceptedCoding(header: string | null | undefined): AcceptedCoding {
  if (header == null || header.trim() === '') return PLAIN_ONLY;
  const weights = weightsOf(header);
  const others = weights.get('*');
  const br = weights.get('br') ?? others ?? 0;
  const gzip = weights.get('gzip') ?? others ?? 0;
  const plain = weights.get('identity') ?? (others === 0 ? 0 : undefined);
  const best = Math.max(br, gzip);
  // The plain text is accepted without being named, and then with the least weight.
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
