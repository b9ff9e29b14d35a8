// Invented people for the demo data and the simulated rooms, with JSON metadata as an app might write it.
import type { TemplateRole } from '../../openapi/types.ts';
import type { Random } from '../random.ts';
import type { TrackKind } from '../records.ts';
import type { Newcomer } from '../peers/newcomers.ts';

/**
 * Full names, by first name. A seed picks people by their position in this list: another order would give other people for the same
 * seed.
 */
const NAMES = new Map(
  (
    'Ada Lovelace,Alan Turing,Barbara Liskov,Blaise Pascal,Carl Gauss,Dorothy Vaughan,Edsger Dijkstra,Emmy Noether,' +
    'Ernest Rutherford,Evelyn Granville,Frances Allen,Grace Hopper,Hedy Lamarr,Hypatia of Alexandria,Ida Rhodes,Jean Bartik,' +
    'John Backus,Katherine Johnson,Leonhard Euler,Lise Meitner,Margaret Hamilton,Maria Agnesi,Mary Jackson,' +
    'Niklaus Wirth,Omar Khayyam,Radia Perlman,Sofia Kovalevskaya,Srinivasa Ramanujan,Tim Berners-Lee,Tu Youyou,' +
    'Wang Xiaoyun,Zhenyi Wang'
  )
    .split(',')
    .map((name) => [name.slice(0, name.indexOf(' ')), name]),
);

/** An object with more opening brackets than this counts as an app's own. */
const MAX_BRACKETS = 100;

const COLOURS = ['amber', 'coral', 'indigo', 'jade', 'plum', 'teal'];

/** A random person for a role, who publishes some of the tracks that the role allows. */
export function randomNewcomer(random: Random, role: TemplateRole): Newcomer {
  const name = random.pick([...NAMES.keys()]);
  const person = random.between(1, 60);
  const isHandRaised = random.chance(0.1);
  const colour = random.pick(COLOURS);
  return {
    name,
    role: role.name ?? '',
    userId: `${name.toLowerCase()}-${person}`,
    metadata: JSON.stringify({ colour, isHandRaised }),
    hasUpperCaseId: person % 5 === 0,
    publish: publishable(role).filter((kind) => random.chance(kind === 'screen' ? 0.15 : 0.9)),
  };
}

/** The name with the last name, or without it if it has one; undefined for names that are not of this file. */
export function otherName(name: string): string | undefined {
  const [first = ''] = name.split(' ', 1);
  const full = NAMES.get(first);
  if (name === first) return full;
  return name === full ? first : undefined;
}

/** Whether the metadata, written by `handMetadata`, has the hand up. */
export function isHandRaised(metadata: string): boolean {
  return metadata.includes('"isHandRaised":true');
}

/**
 * The metadata with the hand up or down; other keys stay. Undefined if `metadata` is neither empty nor a shallow JSON
 * object: an app may have written anything.
 */
export function handMetadata(metadata: string, isRaised: boolean): string | undefined {
  const known = metadata === '' ? {} : parsedObject(metadata);
  return known && JSON.stringify({ ...known, isHandRaised: isRaised });
}

function parsedObject(text: string): object | undefined {
  // Beyond some thousand levels JSON.stringify overflows the stack.
  if (text.split(/[[{]/, MAX_BRACKETS + 1).length > MAX_BRACKETS) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function publishable(role: TemplateRole): TrackKind[] {
  const allowed = role.publishParams?.allowed ?? [];
  return (['audio', 'video', 'screen'] as const).filter((kind) => allowed.includes(kind));
}
