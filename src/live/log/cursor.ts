// The cursors of the live core's events: a position in one channel's log, as base64url text that clients treat as opaque. A
// cursor contains the channel's scope and epoch, so a cursor of another channel is refused, and a cursor from before a restart is
// recognized.
import { InvalidCursorError } from '../errors.ts';

/** A position in a channel's log. */
export interface Position {
  /** The epoch of the log that numbered the event; 1 to 64 letters, digits, `-` or `_`. */
  readonly epoch: string;
  /** Number of the last event that the client received; 0 before the first one. */
  readonly seq: number;
  /** Whether the last snapshot that the cursor's holder received said that the stream is stale. */
  readonly stale: boolean;
}

const pattern = /^([\w-]{1,64}):(\d{1,15}):([01]):(.+)$/s;

/** The cursor of a position in the channel whose scope is `scope`. */
export function encodeCursor(scope: string, position: Position): string {
  const text = `${position.epoch}:${position.seq}:${position.stale ? 1 : 0}:${scope}`;
  return Buffer.from(text).toString('base64url');
}

/** The position of a cursor. Throws InvalidCursorError when it is malformed, or made for another scope. */
export function decodeCursor(scope: string, cursor: string): Position {
  const [, epoch, seq, stale, madeFor] = pattern.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (epoch === undefined) throw new InvalidCursorError('The cursor is malformed.');
  if (madeFor !== scope) throw new InvalidCursorError('The cursor belongs to another stream.');
  const position = { epoch, seq: Number(seq), stale: stale === '1' };
  // Base64url and numbers have several spellings; only the one that `encodeCursor` writes is accepted.
  if (encodeCursor(scope, position) !== cursor) throw new InvalidCursorError('The cursor is malformed.');
  return position;
}
