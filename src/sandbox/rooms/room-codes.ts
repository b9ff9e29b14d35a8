// The room codes of the workspace: each admits to one room with one role. A code can be disabled but not deleted.
import type { RoomCodeRecord } from '../records.ts';
import { PastMap } from '../past.ts';
import type { Workspace } from '../workspace.ts';

/** Holds the room codes. Every change emits `code.changed`. */
export class RoomCodes {
  readonly #workspace: Workspace;
  readonly #codes: Map<string, RoomCodeRecord>;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#codes = new PastMap(workspace.past);
  }

  /** By code, oldest first. */
  get all(): ReadonlyMap<string, RoomCodeRecord> {
    return this.#codes;
  }

  /** Oldest first, disabled codes included. */
  ofRoom(roomId: string): RoomCodeRecord[] {
    return this.#codes
      .values()
      .filter((code) => code.roomId === roomId)
      .toArray();
  }

  /** Creates an enabled code. Neither the room nor the role is checked. */
  create(roomId: string, role: string): RoomCodeRecord {
    const now = this.#workspace.instant();
    return this.#keep({
      code: this.#workspace.ids.roomCode(),
      roomId,
      role,
      enabled: true,
      createdAt: now,
      updatedAt: now,
    });
  }

  /** Enables or disables a code; undefined if the code is unknown. */
  setEnabled(code: string, enabled: boolean): RoomCodeRecord | undefined {
    const known = this.#codes.get(code);
    return known && this.#keep({ ...known, enabled, updatedAt: this.#workspace.instant() });
  }

  #keep(code: RoomCodeRecord): RoomCodeRecord {
    this.#codes.set(code.code, code);
    this.#workspace.events.emit({ type: 'code.changed', code });
    return code;
  }
}
