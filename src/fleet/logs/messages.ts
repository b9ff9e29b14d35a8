// The messages between instances that have joined a log, as JSON. Every key and channel name contains the version of this format.
import type { Position } from '../../live/log/cursor.ts';
import type { Note } from '../../live/log/shared-log.ts';

/** What the leader has concluded. */
export interface ToldMessage extends Pick<Position, 'epoch' | 'seq'> {
  readonly kind: 'told';
  readonly from: string;
  /** Number of events; `seq` is the number of the last one before them. */
  readonly count: number;
  /** See Codec. Absent without events. */
  readonly events?: unknown;
  readonly asOf: number | null;
  readonly stale: boolean;
  readonly shownMutation: string | null;
  /** See Conclusion; JSON leaves out an undefined one. */
  readonly confirmed?: Readonly<Record<string, number>> | undefined;
}

/** One message of a log. `lead`: an instance has taken the lead. `free`: the leader has left; the first who takes it leads. */
export type Message =
  | ToldMessage
  | { readonly kind: 'lead'; readonly from: string }
  | { readonly kind: 'free'; readonly from: string }
  | { readonly kind: 'note'; readonly from: string; readonly note: Note };

export function encodeMessage(message: Message): string {
  return JSON.stringify(message);
}

/** Whether a text is a conclusion of the instance `me`, without reading all of it: `encodeMessage` writes keys in their order. */
export function isConclusionOf(me: string, text: string): boolean {
  return text.startsWith(`{"kind":"told","from":"${me}"`);
}

/** The conclusions among messages of a log. */
export function toldOf(texts: readonly string[]): ToldMessage[] {
  return texts.map(decodeMessage).filter((message) => message.kind === 'told');
}

/** The message of a text that `encodeMessage` has made. */
export function decodeMessage(text: string): Message {
  // Only instances of the same version write to these channels.
  return JSON.parse(text) as Message;
}
