// The stream keys of rooms, with which an encoder streams into a room. A room has at most one active key; a disabled
// key cannot be enabled again.
import { stateOf } from '../family.ts';
import type { Instant } from '../instant.ts';
import { PastMap } from '../past.ts';
import type { Workspace } from '../workspace.ts';

/** A stream key. */
export interface StreamKeyRecord {
  readonly id: string;
  readonly roomId: string;
  /** The secret itself. */
  readonly key: string;
  readonly enabled: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Holds the latest key of each room. */
class StreamKeys {
  readonly #workspace: Workspace;
  readonly #latestByRoom: Map<string, StreamKeyRecord>;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#latestByRoom = new PastMap(workspace.past);
  }

  /** The room's active key; undefined if it has none. */
  activeOf(roomId: string): StreamKeyRecord | undefined {
    const latest = this.#latestByRoom.get(roomId);
    return latest?.enabled === true ? latest : undefined;
  }

  /** Creates an active key, which replaces the room's key whether or not that is disabled. */
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

  /** Disables this key. */
  disable(record: StreamKeyRecord): void {
    this.#latestByRoom.set(record.roomId, {
      ...record,
      enabled: false,
      updatedAt: this.#workspace.instant(),
    });
  }
}

/** The stream keys of a world. */
export const streamKeysOf = stateOf((world) => new StreamKeys(world));
