// What the page reads out of a peer.
import type { LivePeerFragment } from '../../generated/graphql.ts';

export type Person = LivePeerFragment;

/**
 * Whether the app says that the person has a hand up. Metadata is whatever the app writes; this is the key of the vendor's
 * Prebuilt app, and of the sandbox. An app with another key changes this function.
 */
export function hasHandUp({ metadataJson }: Pick<Person, 'metadataJson'>): boolean {
  if (typeof metadataJson !== 'object' || metadataJson === null) return false;
  return 'isHandRaised' in metadataJson && metadataJson.isHandRaised === true;
}

/** Characters that would turn the direction of the text around the name. The directions of letters need none of them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
/** Marks beyond the fourth on one letter, which would reach into the rows above and below. */
const STACKED = /(?<=\p{M}{4})\p{M}+/gu;
/** The longest name that is shown, in characters as people count them. */
const MAX_NAME = 80;
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The name as the page shows it. Its person chose it, so it must not change what stands beside it, or take the whole screen. */
export function nameOf({ name }: { readonly name: string | null }): string {
  const shown = (name ?? '').replaceAll(TURNING, '').replaceAll(STACKED, '').trim();
  if (shown === '') return 'Someone without a name';
  // Most names are shorter, and are not taken apart.
  if (shown.length <= MAX_NAME) return shown;
  const parts = [...characters.segment(shown)];
  if (parts.length <= MAX_NAME) return shown;
  return `${shown.slice(0, parts[MAX_NAME - 1]?.index)}…`;
}

/** Two letters at most, for a small round picture. */
export function initialsOf(name: string | null): string {
  const words = (name ?? '').replaceAll(/\(.*?\)/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = words[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [first, last].map((word) => /^./u.exec(word)?.[0] ?? '').join('');
}

/** How many colours tell roles apart: see `--role-0` and on in styles/tokens.css. */
const ROLE_COLOURS = 6;

/** The colour of a role, the same wherever the role is shown. */
export function colourOf(role: string | null): number {
  let sum = 7;
  for (const character of role ?? '') sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % ROLE_COLOURS;
}
