// A client of the workspace's sessions: applies each event to its copy, and notes a fault when an event does not fit it.
import { expect } from 'vitest';
import type { SessionChange } from '../../../src/live/changes.ts';
import { decodeCursor } from '../../../src/live/log/cursor.ts';
import type { LiveRooms } from '../../../src/live/live-rooms.ts';

export class SessionsMirror {
  readonly running = new Set<string>();
  readonly received: SessionChange[] = [];
  readonly faults: unknown[] = [];
  stale = false;
  cursor: string | undefined;
  #seq = -1;
  #iterator: AsyncIterableIterator<SessionChange> | null = null;
  #epoch = '';
  #rooms: LiveRooms;

  constructor(rooms: LiveRooms) {
    this.#rooms = rooms;
  }

  get connected(): boolean {
    return this.#iterator !== null;
  }

  /** Whether it has received a state that a check confirmed. */
  get known(): boolean {
    return this.received.some((change) => change.kind !== 'sessions' || change.asOf !== null);
  }

  /** Subscribes to another instance, when it connects the next time. */
  moveTo(rooms: LiveRooms): void {
    this.#rooms = rooms;
  }

  connect(): void {
    if (this.#iterator !== null) return;
    const after = this.cursor === undefined ? {} : { after: this.cursor };
    this.#iterator = this.#rooms.sessionChanges(after);
    void this.#pull(this.#iterator);
  }

  drop(): void {
    void this.#iterator?.return?.();
    this.#iterator = null;
  }

  async #pull(iterator: AsyncIterableIterator<SessionChange>): Promise<void> {
    try {
      for await (const change of iterator) {
        if (iterator !== this.#iterator) return;
        this.#apply(change);
      }
    } catch (error) {
      this.faults.push(error);
    }
  }

  #apply(change: SessionChange): void {
    this.received.push(change);
    const { seq, epoch } = decodeCursor('*', change.cursor);
    // Each epoch numbers by itself.
    if (epoch !== this.#epoch) this.#seq = seq - 1;
    this.#epoch = epoch;
    if (change.kind === 'sessions') {
      this.running.clear();
      for (const { id } of change.sessions) this.running.add(id);
      this.stale = change.stale;
    } else {
      expect(seq, 'numbers').toBe(this.#seq + 1);
      const { id } = change.session;
      if (change.kind === 'sessionEnded') expect(this.running.delete(id)).toBe(true);
      else expect(this.running.has(id)).toBe(false);
      if (change.kind === 'sessionStarted') this.running.add(id);
    }
    this.#seq = seq;
    this.cursor = change.cursor;
  }
}
