// Stale answers: during an outage of the REST API, the last known version of an object is returned together with its age.

/** An object that was answered from memory because the upstream is out. */
export interface StaleObject {
  readonly type: 'Room' | 'Template';
  /** The vendor's id. */
  readonly hmsId: string;
  /** Time since it was last read, in seconds, rounded up; at least 1. */
  readonly ageSeconds: number;
}

/** Called for each such object, perhaps several times. A caller without it gets the error instead of such objects. */
export type OnStale = (object: StaleObject) => void;

/** The object for a caller's `OnStale`. */
export function staleObject(type: StaleObject['type'], hmsId: string, ageMs: number): StaleObject {
  return { type, hmsId, ageSeconds: Math.max(1, Math.ceil(ageMs / 1000)) };
}
