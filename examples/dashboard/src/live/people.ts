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

export function nameOf({ name }: { readonly name: string | null }): string {
  return name === null || name.trim() === '' ? 'Someone without a name' : name;
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
