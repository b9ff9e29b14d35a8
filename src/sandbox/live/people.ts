// Invented people for the demo data and the living rooms, with the JSON metadata that an app might write.
import type { TemplateRole } from '../../openapi/types.ts';
import type { Random } from '../random.ts';
import type { TrackKind } from '../records.ts';
import type { Newcomer } from '../peers/newcomers.ts';

const NAMES =
  'Ada Alan Barbara Blaise Carl Dorothy Edsger Emmy Ernest Evelyn Frances Grace Hedy Hypatia Ida Jean John Katherine ' +
  'Leonhard Lise Margaret Maria Mary Niklaus Omar Radia Sofia Srinivasa Tim Tu Wang Zhenyi';

const COLOURS = ['amber', 'coral', 'indigo', 'jade', 'plum', 'teal'];

/** A random person for a role, who publishes some of the tracks that the role allows. */
export function randomNewcomer(random: Random, role: TemplateRole): Newcomer {
  const name = random.pick(NAMES.split(' '));
  return {
    name,
    role: role.name ?? '',
    userId: `${name.toLowerCase()}-${random.between(1, 60)}`,
    metadata: handMetadata('', random.chance(0.1), random.pick(COLOURS)),
    publish: publishable(role).filter((kind) => random.chance(kind === 'screen' ? 0.15 : 0.9)),
  };
}

/** Adds the suffix ` (on air)` to a name, or removes it if the name has it. */
export function toggleOnAir(name: string): string {
  const suffix = ' (on air)';
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name + suffix;
}

/** Whether the metadata, written by `handMetadata`, has the hand up. */
export function isHandRaised(metadata: string): boolean {
  return metadata.includes('"isHandRaised":true');
}

/** The metadata with the hand up or down; other keys stay. Throws if `metadata` is neither empty nor JSON. */
export function handMetadata(metadata: string, isRaised: boolean, colour?: string): string {
  const known: unknown = metadata === '' ? {} : JSON.parse(metadata);
  return JSON.stringify({
    ...Object(known),
    ...(colour !== undefined && { colour }),
    isHandRaised: isRaised,
  });
}

function publishable(role: TemplateRole): TrackKind[] {
  const allowed = role.publishParams?.allowed ?? [];
  return (['audio', 'video', 'screen'] as const).filter((kind) => allowed.includes(kind));
}
