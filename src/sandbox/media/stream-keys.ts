// The stream keys of rooms, with which an encoder sends into them: one active key a room, disabled for good.
import type { Instant } from '../instant.ts';
import type { Workspace } from '../workspace.ts';

export interface StreamKeyRecord {
  readonly id: string;
  readonly roomId: string;
  /** The secret itself. */
  readonly key: string;
  readonly enabled: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export class StreamKeys {
  readonly #workspace: Workspace;
  readonly #latestByRoom = new Map<string, StreamKeyRecord>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** The key that works, if the room has one. */
  activeOf(roomId: string): StreamKeyRecord | undefined {
    const latest = this.#latestByRoom.get(roomId);
    return latest?.enabled === true ? latest : undefined;
  }

  /** Makes a room's key, in place of one that is disabled. */
  create(roomId: string): StreamKeyRecord {
    const now = this.#workspace.instant();
    const id = this.#workspace.ids.objectId();
    const record = {
      id,
      roomId,
      key: `strm-${this.#workspace.ids.uuid()}`,
      enabled: true,
      createdAt: now,
      updatedAt: now,
    };
    this.#latestByRoom.set(roomId, record);
    return record;
  }

  disable(record: StreamKeyRecord): void {
    this.#latestByRoom.set(record.roomId, {
      ...record,
      enabled: false,
      updatedAt: this.#workspace.instant(),
    });
  }
}
