// The written form of one conclusion: the message for the followers, and the parts of the state that have changed.
import type { Codec, Conclusion } from '../../live/log/shared-log.ts';
import type { KeptEntries } from './kept-entries.ts';
import type { Lease, StoredEntry } from './log-store.ts';
import { encodeMessage } from './messages.ts';

/** Where an entry is written to. */
export interface EntryPlace<S, E> {
  /** Number of the last event before the entry. */
  readonly seq: number;
  /** Whether all of the state is written, as the store has none. */
  readonly isWhole: boolean;
  readonly codec: Codec<S, E>;
  readonly entries: KeptEntries;
}

/** The entry of a conclusion, for the holder of a lease. */
export function entryOf<S, E>(
  conclusion: Conclusion<S, E>,
  lease: Lease,
  place: EntryPlace<S, E>,
): StoredEntry {
  const { before, after, events, asOf, readAgeMs, stale, shownMutation, confirmed } = conclusion;
  const { seq, isWhole, codec, entries } = place;
  const count = events.length;
  const { owner: from, epoch } = lease;
  const told = { kind: 'told', from, epoch, seq, count, asOf, stale, shownMutation, confirmed } as const;
  const message = encodeMessage(count === 0 ? told : { ...told, events: codec.encode(events) });
  if (count > 0) entries.add(seq + count, message.length);
  const was = isWhole ? new Map<string, object>() : codec.items(before);
  const now = codec.items(after);
  const head = JSON.stringify(codec.head(after));
  const { keptFrom } = entries;
  return { seq, count, message, head, asOf, readAgeMs, stale, ...changedItems(was, now), isWhole, keptFrom };
}

/** Whether a conclusion leaves the state as it was. */
export function isSameState<S, E>({ before, after, events }: Conclusion<S, E>, codec: Codec<S, E>): boolean {
  if (events.length > 0 || codec.head(before) !== codec.head(after)) return false;
  const { set, removed } = changedItems(codec.items(before), codec.items(after));
  return set.size === 0 && removed.length === 0;
}

/** The items that differ. An item that is the same object has not changed. */
function changedItems(was: ReadonlyMap<string, object>, now: ReadonlyMap<string, object>) {
  const set = new Map<string, string>();
  if (was === now) return { set, removed: [] };
  for (const [id, item] of now) if (was.get(id) !== item) set.set(id, JSON.stringify(item));
  return { set, removed: [...was.keys()].filter((id) => !now.has(id)) };
}
