// The messages between instances that have joined a log, as JSON. Neither messages nor keys contain a version: all
// instances over one Redis must run versions of the gateway with the same format.
import type { Position } from '../../live/log/cursor.ts';
import type { Note } from '../../live/log/shared-log.ts';
import type { Confirmation } from './log-store.ts';

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

/** So many characters of an epoch tell the epochs of one log apart. */
const EPOCH_CHARACTERS = 8;

/** One log in a message of confirmations; see Confirmation. */
type ConfirmedLog = readonly [
  scope: string,
  epoch: string,
  seq: number,
  agoMs: number,
  shownMutation?: string,
];

/** That a read of the leader has confirmed a log, at a follower. */
export interface ConfirmedMessage extends Pick<
  Confirmation,
  'scope' | 'seq' | 'asOf' | 'agoMs' | 'shownMutation'
> {
  readonly from: string;
  /** The beginning of the epoch's name. */
  readonly epoch: string;
}

/** The text of one log in a message of confirmations. */
export function encodeConfirmation({ scope, lease, seq, agoMs, shownMutation }: Confirmation): string {
  const log = [scope, lease.epoch.slice(0, EPOCH_CHARACTERS), seq, Math.ceil(agoMs)] as const;
  const confirmed: ConfirmedLog = shownMutation === null ? log : [...log, shownMutation];
  return JSON.stringify(confirmed);
}

/**
 * A message of confirmations is this, the texts of its logs with commas between them, and CONFIRMED_END. `at`: by the wall clock.
 */
export function confirmedBeginning(from: string, at: number): string {
  return `{"from":"${from}","at":${at},"logs":[`;
}
export const CONFIRMED_END = ']}';

/** Whether a text is a message of confirmations from the instance `me`, without reading all of it. */
export function isConfirmedBy(me: string, text: string): boolean {
  return text.startsWith(`{"from":"${me}"`);
}

/** What a message of confirmations says of each log. */
export function decodeConfirmed(text: string): readonly ConfirmedMessage[] {
  // Only instances with the same format write to this channel.
  const { from, at, logs } = JSON.parse(text) as { from: string; at: number; logs: ConfirmedLog[] };
  return logs.map(([scope, epoch, seq, agoMs, shownMutation = null]) => {
    return { from, scope, epoch, seq, asOf: at - agoMs, agoMs, shownMutation };
  });
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
  // Only instances with the same format write to these channels.
  return JSON.parse(text) as Message;
}
