// Cursors: a place in one log. Opaque to clients; they hold the log's scope and epoch, so that a cursor of another
// room is refused and one of an earlier life of the log is told from a place in this one.
import { InvalidCursorError } from '../errors.ts';

/** A place in a log. */
export interface Position {
  /** Which life of the log numbered the event. */
  readonly epoch: string;
  /** Number of the last event that the holder has. */
  readonly seq: number;
  /** Whether the holder was last told that the stream is stale. */
  readonly stale: boolean;
}

const pattern = /^([\w-]{1,64}):(\d{1,15}):([01]):(.+)$/s;

export function encodeCursor(scope: string, position: Position): string {
  const text = `${position.epoch}:${position.seq}:${position.stale ? 1 : 0}:${scope}`;
  return Buffer.from(text).toString('base64url');
}

/** Throws InvalidCursorError unless `cursor` was made for `scope`. */
export function decodeCursor(scope: string, cursor: string): Position {
  const [, epoch, seq, stale, madeFor] = pattern.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (epoch === undefined) throw new InvalidCursorError('The cursor is malformed.');
  if (madeFor !== scope) throw new InvalidCursorError('The cursor belongs to another stream.');
  const position = { epoch, seq: Number(seq), stale: stale === '1' };
  if (encodeCursor(scope, position) !== cursor) throw new InvalidCursorError('The cursor is malformed.');
  return position;
}
