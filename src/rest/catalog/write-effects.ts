// The effects of the gateway's own writes on the memory of an instance, as values. If another instance repeats them
// (`RestCatalog.repeat`), it answers its next query as if it had made the write itself.

/** The kinds of objects for which writes are applied to later reads. */
export type WrittenKind =
  | 'rooms'
  | 'templates'
  | 'recordingConfigs'
  | 'roomCodes'
  | 'polls'
  | 'streamKeys'
  | 'liveStreams'
  | 'recordings'
  | 'externalStreams';

/**
 * One effect, as JSON. It may contain secrets, such as storage credentials, because a patch within the next seconds must not undo
 * a write of them.
 */
export interface WriteEffect {
  /** `liveRooms`: what was read of the live room is dropped. */
  readonly of: WrittenKind | 'peers' | 'liveRooms';
  /** The vendor's id of the object, or of the room or template that it belongs to. */
  readonly id: string;
  /** The change, for the rule of the kind; null if the object only may have been changed, so that it is only dropped. */
  readonly change: unknown;
  /** See `DoneWrite.whole`. */
  readonly whole: object | null;
}
