// Successful writes of rooms and room codes as values, and how each is applied to a read that may not show it yet.
import type { RoomUpdateInput } from '../../openapi/types.ts';
import { filledIn } from '../catalog/written.ts';
import type { RoomCodeResource } from './room-codes.ts';
import type { RoomResource } from './rooms.ts';

/** The keys of a room that a write has set: those of its body, and those that its answer filled in. */
export type RoomChange = Omit<RoomUpdateInput, keyof RoomResource> & Partial<RoomResource>;

/** The room with the write over it. */
export function changedRoom(read: RoomResource, change: RoomChange): RoomResource {
  return { ...read, ...change };
}

/** The codes that a write has created or changed; none: the room is new, so that a read may not find it. */
export type RoomCodesChange = readonly RoomCodeResource[];

/** The codes of a room with written ones over them: replaces those that the read has, and puts new ones first. */
export function changedRoomCodes(
  read: readonly RoomCodeResource[],
  written: RoomCodesChange,
): readonly RoomCodeResource[] {
  if (written.length === 0) return read;
  const known = new Set(read.map(({ code }) => code));
  const changed = new Map(written.map((code) => [code.code, code]));
  return [
    ...written.filter(({ code }) => !known.has(code)),
    ...read.map((code) => ({ ...code, ...filledIn(changed.get(code.code) ?? code) })),
  ];
}
