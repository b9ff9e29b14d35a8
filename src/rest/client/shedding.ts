// Load shedding: chooses the call that is refused when the queue of the budget is full.
import type { Urgency } from './urgency.ts';

/**
 * The call to refuse: of the calls with the lowest priority, those of the account with most queued calls; of these the newest,
 * which is the last. Undefined if no call is queued.
 */
export function leastUrgent<T extends { readonly urgency: Urgency }>(queued: readonly T[]): T | undefined {
  const rank = Math.max(...queued.map(({ urgency }) => urgency.rank));
  const candidates = queued.filter(({ urgency }) => urgency.rank === rank);
  const counts = new Map<string, number>();
  const countOf = ({ urgency }: T) =>
    Math.min(...Array.from(urgency.accounts, (account) => counts.get(account) ?? 0));
  for (const { urgency } of candidates) {
    for (const account of urgency.accounts) counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  let least: T | undefined;
  for (const call of candidates) {
    if (least === undefined || countOf(call) >= countOf(least)) least = call;
  }
  return least;
}
